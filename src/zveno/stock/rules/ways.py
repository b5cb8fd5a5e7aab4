"""In which ways a supply may serve a wish, and how good each is: sure before unsure, then the least lateness."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from zveno.stock.rules.piles import Pile
from zveno.stock.rules.values import Manner, Shipment


class Rank(NamedTuple):
    """How good a way is, the lower the better."""

    is_unsure: bool
    days_late: int


@dataclass(frozen=True, slots=True)
class Way:
    """A pile serving a wish by a shipment."""

    pile: Pile
    rank: Rank
    shipment: Shipment
    is_late: bool


@dataclass(frozen=True, slots=True)
class Taken:
    """What a line gets: its index among the lines, the way it comes, how many grains."""

    line: int
    way: Way
    grains: int


class Columns:
    """The shipments that may be chosen, each a bit of a mask."""

    def __init__(self) -> None:
        self.shipments: list[Shipment] = []
        self._bits: dict[Shipment, int] = {}

    def bit(self, shipment: Shipment) -> int:
        """The shipment's bit, given at its first mention."""
        found = self._bits.get(shipment)
        if found is None:
            found = self._bits[shipment] = 1 << len(self.shipments)
            self.shipments.append(shipment)
        return found

    def chosen(self, mask: int) -> list[Shipment]:
        """The shipments of the mask."""
        return [shipment for at, shipment in enumerate(self.shipments) if mask >> at & 1]


def way_of(pile: Pile, *, wished_on: date | None, today: date, manner: Manner) -> Way | None:
    """How the pile would serve a wish; `None`: not in this manner.

    Goods wished by a day leave on that day, later ones when they have come. Without a wished day the shelf is there at
    once, and each day until goods arrive is a day late: what has still to arrive waits one day at least.
    """
    due_on = pile.supply.due_on
    if wished_on is None:
        waits = 0 if due_on is None else (due_on - today).days + 1
        leaves_on, is_late = max(due_on or today, today), False
    else:
        waits = max(0, ((due_on or today) - wished_on).days)
        leaves_on, is_late = max(due_on or today, wished_on), waits > 0
        if is_late and not manner.accepts_later:
            return None
    return Way(pile, Rank(not pile.supply.is_sure, waits), Shipment(pile.supply.warehouse_id, leaves_on), is_late)


def shelf_last(way: Way, manner: Manner) -> tuple[object, ...]:
    """Sorts ways that are equally good: arrivals before the shelf, the latest first; then the cheaper, fuller one."""
    supply = way.pile.supply
    day = supply.due_on.toordinal() if supply.due_on else 0
    return (-day, manner.cost(way.shipment), -way.pile.left, supply.warehouse_id, supply.id)
