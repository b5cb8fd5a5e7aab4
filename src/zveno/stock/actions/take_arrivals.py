"""What an accounting system says is on its way: new arrivals, changed ones, received ones, cancelled ones."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from zveno.base.events import publish
from zveno.base.scope import current
from zveno.base.tx import in_transaction
from zveno.stock.actions.locked_supply import lock_supply, move_shelves
from zveno.stock.actions.take_stock_report import Counts
from zveno.stock.events import PromiseShaken
from zveno.stock.models import Arrival, Balance, Reservation


class ArrivalState(StrEnum):
    """What has become of an arrival."""

    OPEN = "open"
    RECEIVED = "received"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class ArrivalTold:
    """One product of an order to a supplier (`source_number`), due at a warehouse."""

    source_number: str
    warehouse_id: int
    product_id: int
    quantity: Decimal
    due_on: date
    state: ArrivalState = ArrivalState.OPEN


@in_transaction
def take_arrivals(*, seller_id: int, rows: Iterable[ArrivalTold], at: datetime, closes_others: bool = False) -> Counts:
    """Bring the seller's arrivals in line with what the ERP says; one is known by number, warehouse and product.

    With `closes_others`, open arrivals that are not mentioned are cancelled. What orders hold of a received arrival is
    held on the shelf from then on; what they hold of a cancelled one is released. Publishes `PromiseShaken` for orders
    whose arrival was put off, cut below what is promised, or cancelled. A constant number of SQL statements.
    """
    told = {(row.source_number, row.warehouse_id, row.product_id): row for row in rows}
    open_ones = Arrival.objects.visible_to(current()).filter(seller_id=seller_id, closed_at=None)
    products = {row.product_id for row in told.values()}
    if closes_others:
        products |= set(open_ones.values_list("product_id", flat=True))
    lock_supply(seller_id=seller_id, product_ids=products)
    known = {(a.source_number, a.warehouse_id, a.product_id): a for a in open_ones.filter(product_id__in=products)}
    new = [_new(row, seller_id, at) for key, row in told.items() if key not in known and row.state is ArrivalState.OPEN]
    Arrival.objects.bulk_create(new)
    changed, shaken = _change(known, told, at, closes_others)
    if shaken:
        publish(PromiseShaken(seller_id=seller_id, order_ids=tuple(sorted(shaken))))
    unchanged = len(told) - len(new) - len(changed & told.keys())
    return Counts(created=len(new), changed=len(changed), unchanged=unchanged)


_Key = tuple[str, int, int]


def _change(
    known: dict[_Key, Arrival], told: dict[_Key, ArrivalTold], at: datetime, closes_others: bool
) -> tuple[set[_Key], set[int]]:
    """Apply what is told to known arrivals. Returns which changed, and the orders to be looked at."""
    changed: set[_Key] = set()
    received: list[Arrival] = []
    cancelled: list[Arrival] = []
    worse: list[Arrival] = []
    for key, arrival in known.items():
        row = told.get(key)
        state = row.state if row else ArrivalState.CANCELLED if closes_others else None
        if row and state is ArrivalState.OPEN:
            if row.due_on > arrival.due_on or row.quantity < arrival.reserved:
                worse.append(arrival)
            if (row.due_on, row.quantity) != (arrival.due_on, arrival.quantity):
                changed.add(key)
            arrival.due_on, arrival.quantity, arrival.confirmed_at = row.due_on, row.quantity, at
        elif state is not None:
            (received if state is ArrivalState.RECEIVED else cancelled).append(arrival)
            arrival.closed_at = arrival.confirmed_at = at
            changed.add(key)
    Arrival.objects.visible_to(current()).bulk_update(
        known.values(), ["due_on", "quantity", "confirmed_at", "closed_at"], batch_size=1000
    )
    _to_shelf(received, at)
    shaken = _orders_of(worse) | _release(cancelled, at)
    return changed, shaken


def _new(row: ArrivalTold, seller_id: int, at: datetime) -> Arrival:
    return Arrival(
        seller_id=seller_id,
        warehouse_id=row.warehouse_id,
        product_id=row.product_id,
        quantity=row.quantity,
        due_on=row.due_on,
        source_number=row.source_number,
        confirmed_at=at,
    )


def _held(arrivals: Sequence[Arrival]) -> list[Reservation]:
    if not arrivals:
        return []
    held = Reservation.objects.visible_to(current()).filter(arrival_id__in=[a.pk for a in arrivals], state="active")
    return list(held.order_by("id"))


def _orders_of(arrivals: Sequence[Arrival]) -> set[int]:
    return {reservation.order_id for reservation in _held(arrivals)}


def _to_shelf(arrivals: Sequence[Arrival], at: datetime) -> None:
    """What is held of received arrivals is held on the shelf; the goods themselves come with the next stock report."""
    held = _held(arrivals)
    if not held:
        return
    places = {(r.product_id, r.warehouse_id): r.seller_id for r in held}
    Balance.objects.bulk_create(
        [Balance(seller_id=s, product_id=p, warehouse_id=w, confirmed_at=at) for (p, w), s in sorted(places.items())],
        ignore_conflicts=True,
    )
    Reservation.objects.visible_to(current()).filter(pk__in=[r.pk for r in held]).update(arrival=None)
    move_shelves([(r.product_id, r.warehouse_id, r.quantity) for r in held], on_hand=False)
    Arrival.objects.visible_to(current()).filter(pk__in=[a.pk for a in arrivals]).update(reserved=0)


def _release(arrivals: Sequence[Arrival], at: datetime) -> set[int]:
    held = _held(arrivals)
    if held:
        Reservation.objects.visible_to(current()).filter(pk__in=[r.pk for r in held]).update(
            state="released", ended_at=at
        )
        Arrival.objects.visible_to(current()).filter(pk__in=[a.pk for a in arrivals]).update(reserved=0)
    return {reservation.order_id for reservation in held}
