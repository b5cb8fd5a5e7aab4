"""Making counters, reservations, ledger and the ERP's figures say the same again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from decimal import Decimal

from zveno.base.audit import record
from zveno.base.events import publish
from zveno.base.scope import current
from zveno.base.tx import in_transaction
from zveno.stock.actions.ending import end_parts
from zveno.stock.actions.giving_way import give_way
from zveno.stock.actions.ledger import held_entries, write_entries
from zveno.stock.actions.locked_supply import lock_supply, move_arrivals, move_reserved, move_shelves
from zveno.stock.actions.own_policy import own_policy
from zveno.stock.events import PromiseShaken, Shaken, SupplyCame
from zveno.stock.models import Movement, Reservation
from zveno.stock.queries.differences import Difference, DifferenceKind, found_of
from zveno.stock.rules.values import ZERO
from zveno.stock.rules.words import MovementKind


@in_transaction
def mend_stock(*, seller_id: int, kinds: Collection[DifferenceKind], now: datetime) -> dict[DifferenceKind, int]:
    """Mend the differences of these kinds; returns how many of each were mended. Running it again mends nothing.

    Goods held for orders that are over are released; counters become the sums of the reservations; where the ledger
    says otherwise it gets an entry that corrects it; shelves become what the ERP counted last, with what has moved
    since; what is held beyond what there is, is taken from those who need it latest (PromiseShaken). Kept in the audit.
    """
    mended: dict[DifferenceKind, int] = {}
    for kind in DifferenceKind:
        if kind in kinds:
            before = found_of(kind, seller_id=seller_id)
            # Locked first, then looked again: what others did meanwhile is not undone.
            lock_supply(seller_id=seller_id, product_ids={one.product_id for one in before})
            found = found_of(kind, seller_id=seller_id) if before else ()
            _MENDERS[kind](seller_id, found, now)
            mended[kind] = len(found)
    if any(mended.values()):
        _keep(seller_id, mended, now)
        publish(SupplyCame(seller_id=seller_id))
    return mended


def _release(seller_id: int, found: Sequence[Difference], now: datetime) -> None:
    ids = {one.reservation_id: one.stands for one in found if one.reservation_id is not None}
    if ids:
        held = Reservation.objects.visible_to(current()).filter(pk__in=ids, state="active").select_for_update()
        ended = end_parts(held.order_by("id"), ids, state="released", now=now)
        move_reserved(ended, sign=-1)
        write_entries(held_entries(ended, MovementKind.RELEASED, sign=-1, at=now))


def _count_held(seller_id: int, found: Sequence[Difference], now: datetime) -> None:
    """The ledger may have been right all the time: it gets an entry only where it differs then."""
    _move(found, quantity=False)
    moved = {(one.product_id, one.warehouse_id, one.arrival_id) for one in found}
    ledger = found_of(DifferenceKind.LEDGER, seller_id=seller_id) if found else ()
    write_entries(
        _entry(seller_id, one, now)
        for one in ledger
        if one.of_held and (one.product_id, one.warehouse_id, one.arrival_id) in moved
    )


def _correct_ledger(seller_id: int, found: Sequence[Difference], now: datetime) -> None:
    write_entries(_entry(seller_id, one, now) for one in found)


def _follow_erp(seller_id: int, found: Sequence[Difference], now: datetime) -> None:
    _move(found, quantity=True)
    write_entries(_entry(seller_id, one, now) for one in found)


def _take_excess(seller_id: int, found: Sequence[Difference], now: datetime) -> None:
    if not found:
        return
    rows = Reservation.objects.visible_to(current()).filter(
        seller_id=seller_id, product_id__in={one.product_id for one in found}, state="active"
    )
    of_supply: defaultdict[tuple[int, int, int | None], list[Reservation]] = defaultdict(list)
    for row in rows.select_related("product").select_for_update(of=("self",)).order_by("id"):
        of_supply[row.product_id, row.warehouse_id, row.arrival_id].append(row)
    lost = give_way(
        ((of_supply[one.product_id, one.warehouse_id, one.arrival_id], one.should) for one in found), now=now
    )
    in_order = sorted(lost, key=lambda one: (one.due_on, one.placed_at, one.order_id))
    if in_order:
        shaken = tuple(Shaken(one.order_id, one.product_id, "counted") for one in in_order)
        publish(PromiseShaken(seller_id=seller_id, shaken=shaken))


_MENDERS: dict[DifferenceKind, Callable[[int, Sequence[Difference], datetime], None]] = {
    DifferenceKind.STRAY: _release,
    DifferenceKind.HELD: _count_held,
    DifferenceKind.LEDGER: _correct_ledger,
    DifferenceKind.ERP: _follow_erp,
    DifferenceKind.OVER: _take_excess,
}


def _move(found: Sequence[Difference], *, quantity: bool) -> None:
    """Move the counters by what they are off."""
    shelves, arrivals = [], []
    for one in found:
        by = one.should - one.stands
        moved: tuple[Decimal, Decimal] = (by, ZERO) if quantity else (ZERO, by)
        if one.arrival_id is None:
            shelves.append((one.product_id, one.warehouse_id, *moved))
        else:
            arrivals.append((one.arrival_id, *moved))
    move_shelves(shelves)
    move_arrivals(arrivals)


def _entry(seller_id: int, one: Difference, now: datetime) -> Movement:
    by = one.should - one.stands
    return Movement(
        seller_id=seller_id,
        warehouse_id=one.warehouse_id,
        product_id=one.product_id,
        arrival_id=one.arrival_id,
        at=now,
        kind=MovementKind.CORRECTED.value,
        quantity=ZERO if one.of_held else by,
        held=by if one.of_held else ZERO,
    )


def _keep(seller_id: int, mended: dict[DifferenceKind, int], now: datetime) -> None:
    told = {kind.value: count for kind, count in mended.items()}
    record(
        action="stock_mended",
        subject=own_policy(seller_id),
        now=now,
        company_id=seller_id,
        seller_id=seller_id,
        count=sum(told.values()),
        **told,
    )
