"""What an accounting system says is on its way: new arrivals, changed ones, received ones, cancelled ones."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from zveno.base.events import publish
from zveno.base.scope import current
from zveno.base.tx import in_transaction
from zveno.stock.actions.giving_way import give_way
from zveno.stock.actions.hearing import hear_of
from zveno.stock.actions.ledger import arrival_entry, write_entries
from zveno.stock.actions.locked_supply import LockedSupply, lock_supply
from zveno.stock.actions.receive_arrivals import Came, receive
from zveno.stock.actions.take_stock_report import Counts
from zveno.stock.events import Change, PromiseShaken, Shaken, SupplyCame, SupplyShort
from zveno.stock.models import Arrival, Movement, Reservation
from zveno.stock.rules.values import ZERO
from zveno.stock.rules.words import Confidence, MovementKind


class ArrivalState(StrEnum):
    """What has become of an arrival."""

    OPEN = "open"
    RECEIVED = "received"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class ArrivalTold:
    """One product of an order to a supplier (`source_number`), due at a warehouse.

    Open: `quantity` is what has still to come, `received` what has come so far. Received: `quantity` is what came now,
    and nothing more will.
    """

    source_number: str
    warehouse_id: int
    product_id: int
    quantity: Decimal
    due_on: date
    state: ArrivalState = ArrivalState.OPEN
    confidence: Confidence = Confidence.CONFIRMED
    received: Decimal = ZERO


_Key = tuple[str, int, int]
_FIELDS = ("due_on", "quantity", "received", "confidence", "confirmed_at", "closed_at", "overdue_at")


@dataclass(slots=True)
class _Changes:
    """What is told of arrivals that were known, sorted by what it means."""

    changed: set[_Key] = field(default_factory=set)
    # By how much more or less is expected than what came explains.
    resized: list[tuple[Arrival, Decimal]] = field(default_factory=list)
    # With the day it was due before.
    late: list[tuple[Arrival, date]] = field(default_factory=list)
    came: list[Came] = field(default_factory=list)
    cancelled: list[Arrival] = field(default_factory=list)
    is_better: bool = False


@in_transaction
def take_arrivals(*, seller_id: int, rows: Iterable[ArrivalTold], at: datetime, closes_others: bool = False) -> Counts:
    """Bring the seller's arrivals in line with what the ERP says; one is known by number, warehouse and product.

    With `closes_others`, open arrivals that are not mentioned are cancelled. What came lies on the shelf from then on,
    with what orders hold of it. What an arrival no longer has is taken from those orders that need it latest; what was
    put off stays theirs. Publishes PromiseShaken for every order hurt, and for those alone; SupplyCame when there is
    more to promise, or surer; SupplyShort when less came than was promised. A constant number of SQL statements.
    """
    told = {(row.source_number, row.warehouse_id, row.product_id): row for row in rows}
    open_ones = Arrival.objects.visible_to(current()).filter(seller_id=seller_id, closed_at=None)
    products = {row.product_id for row in told.values()}
    if closes_others:
        products |= set(open_ones.values_list("product_id", flat=True))
    grace = hear_of(seller_id=seller_id, at=at)
    supply = lock_supply(seller_id=seller_id, product_ids=products)
    known = {(a.source_number, a.warehouse_id, a.product_id): a for a in supply.arrivals}
    new = [_new(row, seller_id, at) for key, row in told.items() if key not in known and row.state is ArrivalState.OPEN]
    Arrival.objects.bulk_create(new)
    changes = _compared(known, told, at, closes_others)
    Arrival.objects.visible_to(current()).bulk_update(known.values(), _FIELDS, batch_size=1000)
    write_entries(_entries(new, changes, at))
    _follow(seller_id, changes, supply, at, grace)
    if new or changes.is_better:
        publish(SupplyCame(seller_id=seller_id))
    unchanged = len(told) - len(new) - len(changes.changed & told.keys())
    return Counts(created=len(new), changed=len(changes.changed), unchanged=unchanged)


def _new(row: ArrivalTold, seller_id: int, at: datetime) -> Arrival:
    return Arrival(
        seller_id=seller_id,
        warehouse_id=row.warehouse_id,
        product_id=row.product_id,
        quantity=row.quantity,
        received=row.received,
        due_on=row.due_on,
        confidence=row.confidence.value,
        source_number=row.source_number,
        confirmed_at=at,
    )


def _compared(
    known: Mapping[_Key, Arrival], told: Mapping[_Key, ArrivalTold], at: datetime, closes_others: bool
) -> _Changes:
    """Apply what is told to known arrivals, and say what it means."""
    found = _Changes()
    for key, arrival in known.items():
        row = told.get(key)
        if row and row.state is ArrivalState.OPEN:
            _update(found, key, arrival, row)
        elif row or closes_others:
            found.changed.add(key)
            _close(found, arrival, row, at)
        else:
            continue
        arrival.confirmed_at = at
    return found


def _update(found: _Changes, key: _Key, arrival: Arrival, row: ArrivalTold) -> None:
    came = max(row.received - arrival.received, ZERO)
    resized = row.quantity - (arrival.quantity - came)
    surer = row.confidence.value != arrival.confidence
    if not (came or resized or surer or row.due_on != arrival.due_on):
        return
    found.changed.add(key)
    if came:
        found.came.append(Came(arrival, came, came, is_last=False))
    if resized:
        found.resized.append((arrival, resized))
    if row.due_on != arrival.due_on:
        arrival.overdue_at = None
    if row.due_on > arrival.due_on:
        found.late.append((arrival, arrival.due_on))
    found.is_better = found.is_better or bool(came) or resized > 0 or surer or row.due_on < arrival.due_on
    arrival.due_on, arrival.quantity, arrival.confidence = row.due_on, row.quantity, row.confidence.value
    arrival.received = max(row.received, arrival.received)


def _close(found: _Changes, arrival: Arrival, row: ArrivalTold | None, at: datetime) -> None:
    arrival.closed_at = at
    if row and row.state is ArrivalState.RECEIVED:
        found.came.append(Came(arrival, row.quantity, arrival.quantity, is_last=True))
        found.is_better = found.is_better or row.quantity > arrival.reserved
        arrival.received += row.quantity
    else:
        found.cancelled.append(arrival)


def _entries(new: Sequence[Arrival], changes: _Changes, at: datetime) -> Iterator[Movement]:
    for arrival in new:
        yield arrival_entry(arrival, MovementKind.ANNOUNCED, at=at, quantity=arrival.quantity)
    for arrival, by in changes.resized:
        yield arrival_entry(arrival, MovementKind.ANNOUNCED, at=at, quantity=by)
    for arrival in changes.cancelled:
        yield arrival_entry(arrival, MovementKind.CANCELLED, at=at, quantity=-arrival.quantity)


def _follow(seller_id: int, changes: _Changes, supply: LockedSupply, at: datetime, grace: int) -> None:
    """Let orders follow what became of the arrivals they hold something of."""
    cut = [arrival for arrival, by in changes.resized if by < 0]
    late = [arrival for arrival, _ in changes.late]
    held = _held({*(one.pk for one in (*cut, *late, *changes.cancelled)), *(one.arrival.pk for one in changes.came)})
    short = receive(changes.came, held, supply, at=at)
    waiting = {key: [one for one in rows if one.arrival_id == key] for key, rows in held.items()}
    lost = give_way(
        [
            *((waiting.get(one.pk, []), one.quantity) for one in cut),
            *((waiting.get(one.pk, []), ZERO) for one in changes.cancelled),
        ],
        now=at,
    )
    shaken = sorted(_shaken(changes, lost, waiting), key=lambda one: one[0])
    if shaken:
        publish(PromiseShaken(seller_id=seller_id, shaken=tuple(one for _, one in shaken)))
    if short:
        publish(SupplyShort(seller_id=seller_id, product_ids=tuple(sorted(short)), after_minutes=grace))


def _held(arrivals: set[int]) -> defaultdict[int, list[Reservation]]:
    found: defaultdict[int, list[Reservation]] = defaultdict(list)
    if arrivals:
        rows = Reservation.objects.visible_to(current()).filter(arrival_id__in=arrivals, state="active")
        for one in rows.select_related("product").select_for_update(of=("self",)).order_by("id"):
            found[one.arrival_id or 0].append(one)
    return found


def _shaken(
    changes: _Changes, lost: Iterable[Reservation], waiting: Mapping[int, Sequence[Reservation]]
) -> Iterator[tuple[tuple[date, datetime, int], Shaken]]:
    """The orders hurt with how urgent each is. Whoever counted on a later day than the new one is not hurt."""
    cancelled = {one.pk: one for one in changes.cancelled}
    shrunk = {one.pk: one for one, _ in changes.resized} | cancelled
    for one in lost:
        arrival = shrunk[one.arrival_id or 0]
        change: Change = "cancelled" if arrival.pk in cancelled else "cut"
        yield _urgency(one), Shaken(one.order_id, one.product_id, change, arrival.source_number, arrival.due_on)
    for arrival, before in changes.late:
        for one in waiting.get(arrival.pk, ()):
            if one.state == "active" and one.due_on < arrival.due_on:
                told = Shaken(one.order_id, one.product_id, "moved", arrival.source_number, before, arrival.due_on)
                yield _urgency(one), told


def _urgency(one: Reservation) -> tuple[date, datetime, int]:
    return (one.due_on, one.placed_at, one.order_id)
