"""Available to promise: which supply covers an order, and by which date (N13, N14, N18, N19).

Supply is what lies free on a shelf, and what arrives. For a wished date, arrivals due by then are used first, the
latest first, then the shelf: shelf stock stays free for those who need it sooner. Without a wished date the sooner
supply goes first: the shelf, then arrivals in the order they come. An arrival whose day has passed without word is
promised to nobody.

A shelf below zero (the ERP counted less than is promised) is a debt: the same warehouse's next arrivals pay it first.

Where several supplies are equally good (the shelf of several warehouses, arrivals of one day), warehouses of the lower
`rank` go first; within a rank the fewest warehouses are used: one that covers the rest alone (rather one that already
serves the order), else the fullest; at last the lower id.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

_ZERO = Decimal(0)


class SupplyKind(StrEnum):
    """Where promised goods come from."""

    SHELF = "shelf"
    ARRIVAL = "arrival"


@dataclass(frozen=True, slots=True)
class Supply:
    """What one warehouse has of one product on its shelf, or gets on `due_on`; `free` is net of reservations.

    `id` is that of the balance or of the arrival. `rank` is how gladly the warehouse is used, the lowest first.
    """

    kind: SupplyKind
    id: int
    product_id: int
    warehouse_id: int
    free: Decimal
    due_on: date | None = None
    warehouse: str = ""
    rank: int = 0


@dataclass(frozen=True, slots=True)
class Wanted:
    """How much of a product a line wants by `wished_on` (`None`: as soon as possible). `key` tells lines apart."""

    key: int
    product_id: int
    quantity: Decimal
    wished_on: date | None = None


@dataclass(frozen=True, slots=True)
class Pin:
    """A quantity of one supply promised to one line."""

    kind: SupplyKind
    supply_id: int
    warehouse_id: int
    warehouse: str
    due_on: date | None
    quantity: Decimal


@dataclass(frozen=True, slots=True)
class LinePromise:
    """What covers a line.

    `promised_on` is when the covered part is there (the wished date if there is one), `None` when nothing is covered.
    Of what is `uncovered`, `earliest_on` says when all of it could be there; `None`: not with the supply known today.
    """

    key: int
    product_id: int
    wanted: Decimal
    pins: tuple[Pin, ...]
    uncovered: Decimal
    promised_on: date | None
    earliest_on: date | None

    @property
    def covered(self) -> Decimal:
        return self.wanted - self.uncovered

    @property
    def is_full(self) -> bool:
        return self.uncovered == 0

    @property
    def trace(self) -> list[dict[str, str]]:
        """The supply that covers the line, as plain values to be kept beside it."""
        return [
            {
                "kind": pin.kind.value,
                "warehouse": pin.warehouse,
                "on": pin.due_on.isoformat() if pin.due_on else "",
                "quantity": format(pin.quantity.normalize(), "f"),
            }
            for pin in self.pins
        ]


@dataclass(frozen=True, slots=True)
class Availability:
    """How much can be promised, altogether, for the day `on` and later until the next entry."""

    on: date
    quantity: Decimal


def promise(wanted: Sequence[Wanted], supplies: Iterable[Supply], *, today: date) -> tuple[LinePromise, ...]:
    """What covers each line, in the order of `wanted`. No supply is promised twice, none beyond what is free.

    Lines that want a thing sooner choose first, so that nothing stays uncovered that any order of choosing could cover.
    """
    ledger = _Ledger(supplies, today)
    by_urgency = sorted(enumerate(wanted), key=lambda item: (item[1].wished_on or date.max, item[0]))
    pins = {index: ledger.take(line, by=line.wished_on, soonest=line.wished_on is None) for index, line in by_urgency}
    return tuple(_line_promise(line, pins[index], ledger, today) for index, line in enumerate(wanted))


def availability(supplies: Iterable[Supply], *, today: date) -> tuple[Availability, ...]:
    """How much of one product can be promised today and from each later day on which more arrives."""
    ledger = _Ledger(supplies, today)
    added: defaultdict[date, Decimal] = defaultdict(Decimal, {today: _ZERO})
    for supply in ledger.supplies():
        added[max(supply.due_on or today, today)] += ledger.left(supply)
    total, found = _ZERO, []
    for day in sorted(added):
        if added[day] or day == today:
            total += added[day]
            found.append(Availability(day, total))
    return tuple(found)


def _line_promise(line: Wanted, pins: list[Pin], ledger: _Ledger, today: date) -> LinePromise:
    uncovered = line.quantity - sum((pin.quantity for pin in pins), _ZERO)
    promised_on = None
    if pins:
        promised_on = line.wished_on or max(max(pin.due_on or today, today) for pin in pins)
    return LinePromise(
        key=line.key,
        product_id=line.product_id,
        wanted=line.quantity,
        pins=tuple(pins),
        uncovered=uncovered,
        promised_on=promised_on,
        earliest_on=ledger.earliest(line, uncovered) if uncovered else None,
    )


class _Ledger:
    """What is still free while lines choose."""

    def __init__(self, supplies: Iterable[Supply], today: date) -> None:
        self._left: dict[tuple[SupplyKind, int], Decimal] = {}
        self._of_product: defaultdict[int, list[Supply]] = defaultdict(list)
        self._warehouses_used: set[int] = set()
        debts: defaultdict[tuple[int, int], Decimal] = defaultdict(Decimal)
        for supply in supplies:
            if supply.kind is SupplyKind.SHELF and supply.free < 0:
                debts[supply.product_id, supply.warehouse_id] -= supply.free
            elif supply.free > 0 and (supply.due_on is None or supply.due_on >= today):
                self._left[supply.kind, supply.id] = supply.free
                self._of_product[supply.product_id].append(supply)
        self._pay(debts)

    def _pay(self, debts: dict[tuple[int, int], Decimal]) -> None:
        for (product_id, warehouse_id), debt in debts.items():
            here = [s for s in self._of_product[product_id] if s.warehouse_id == warehouse_id]
            for supply in sorted(here, key=lambda s: (s.due_on or date.min, s.id)):
                paid = min(debt, self.left(supply))
                self._left[supply.kind, supply.id] -= paid
                debt -= paid

    def supplies(self) -> Iterable[Supply]:
        return (supply for found in self._of_product.values() for supply in found)

    def left(self, supply: Supply) -> Decimal:
        return self._left[supply.kind, supply.id]

    def take(self, line: Wanted, *, by: date | None, soonest: bool) -> list[Pin]:
        """Pin supply to `line`, group by group of equally good supply, until it is covered or nothing fits."""
        rest, pins = line.quantity, []
        for group in self._groups(line.product_id, by, soonest):
            while rest > 0 and (supply := self._best(group, rest)):
                quantity = min(rest, self.left(supply))
                self._left[supply.kind, supply.id] -= quantity
                self._warehouses_used.add(supply.warehouse_id)
                rest -= quantity
                pins.append(_pin(supply, quantity))
        return pins

    def _groups(self, product_id: int, by: date | None, soonest: bool) -> list[list[Supply]]:
        groups: defaultdict[tuple[date, int], list[Supply]] = defaultdict(list)
        for supply in self._of_product[product_id]:
            if supply.due_on is None or by is None or supply.due_on <= by:
                groups[supply.due_on or date.min, supply.rank].append(supply)
        day_sign = 1 if soonest else -1
        return [groups[key] for key in sorted(groups, key=lambda key: (day_sign * key[0].toordinal(), key[1]))]

    def _best(self, group: list[Supply], rest: Decimal) -> Supply | None:
        free = [supply for supply in group if self.left(supply) > 0]
        alone = [supply for supply in free if self.left(supply) >= rest]
        if alone:
            return min(alone, key=lambda s: (s.warehouse_id not in self._warehouses_used, s.warehouse_id, s.id))
        return min(free, key=lambda s: (-self.left(s), s.warehouse_id, s.id), default=None)

    def earliest(self, line: Wanted, uncovered: Decimal) -> date | None:
        """When `uncovered` of the line could be there; what it would take then is not offered to the next line."""
        later = sorted(
            (s for s in self._of_product[line.product_id] if self.left(s) > 0),
            key=lambda s: (s.due_on or date.min, s.id),
        )
        if sum((self.left(s) for s in later), _ZERO) < uncovered:
            return None
        for supply in later:
            quantity = min(uncovered, self.left(supply))
            self._left[supply.kind, supply.id] -= quantity
            uncovered -= quantity
            if not uncovered:
                return supply.due_on
        return None


def _pin(supply: Supply, quantity: Decimal) -> Pin:
    return Pin(supply.kind, supply.id, supply.warehouse_id, supply.warehouse, supply.due_on, quantity)
