"""An order that leaves as a whole: the one warehouse and the one day that serve it best.

Its day is the earliest that any of its lines wishes. What arrives by that day is used before the shelf, as ever.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from zveno.stock.rules.piles import Pile, Piles
from zveno.stock.rules.values import Manner, Shipment, Wanted
from zveno.stock.rules.ways import Rank, Taken, Way, shelf_last


class Coverage(NamedTuple):
    """How well the order is served, the lower the better; quantities in thousandths. It only betters day by day."""

    lines_lacking: int
    uncovered: int
    unsure: int


class Worth(NamedTuple):
    """What tells warehouses that cover the same apart."""

    days_late: int
    cost: Decimal
    from_shelf: int
    warehouse_id: int


def best_warehouse(wanted: Sequence[Wanted], piles: Piles, *, today: date, manner: Manner) -> list[Taken]:
    """What each line gets from the warehouse that leaves the fewest lines lacking, then is least late, then cheapest.

    A warehouse that the order leaves from anyway is kept to.
    """
    warehouses = {pile.supply.warehouse_id for line in wanted for pile in piles.of(line.product_id)}
    kept = {shipment.warehouse_id for shipment in manner.leaving}
    depots = [_Depot(wanted, piles, at, today, manner) for at in sorted(warehouses & kept if kept else warehouses)]
    covered = {depot: depot.coverage(depot.days[-1]) for depot in depots}
    best = min(covered.values(), default=None)
    rivals = [
        (depot.worth(day), depot, day) for depot in depots if covered[depot] == best for day in [depot.first_day()]
    ]
    if not rivals:
        return []
    _, depot, day = min(rivals, key=lambda rival: rival[0])
    return depot.take(day)


class _Depot:
    """What one warehouse could do, for each day on which more of it has come."""

    def __init__(self, wanted: Sequence[Wanted], piles: Piles, warehouse_id: int, today: date, manner: Manner) -> None:
        self._wanted, self._manner, self._warehouse_id = wanted, manner, warehouse_id
        wishes = [line.wished_on for line in wanted if line.wished_on]
        self._base = today if len(wishes) < len(wanted) else min(wishes)
        latest = date.max if manner.accepts_later or not wishes else min(wishes)
        # Of lines that share goods, the small ones first: so the fewest lack anything.
        self._needs = sorted((piles.grains(line), at) for at, line in enumerate(wanted))
        self._sizes = [piles.thousandths(line.product_id) for line in wanted]
        self._here: dict[int, list[Pile]] = {}
        days = {self._base}
        for line in wanted:
            if line.product_id not in self._here:
                here = [pile for pile in piles.of(line.product_id) if pile.supply.warehouse_id == warehouse_id]
                self._here[line.product_id] = sorted(here, key=self._order)
                days |= {pile.supply.due_on for pile in here if pile.supply.due_on}
        self.days = sorted(day for day in days if self._base <= day <= latest) or [self._base]

    def _order(self, pile: Pile) -> tuple[object, ...]:
        way = Way(pile, Rank(not pile.supply.is_sure, 0), Shipment(self._warehouse_id, self._base), is_late=False)
        return (way.rank, shelf_last(way, self._manner))

    def first_day(self) -> date:
        """The first day on which it covers as much as it ever will."""
        wanted = self.coverage(self.days[-1])
        low, high = 0, len(self.days) - 1
        while low < high:
            middle = (low + high) // 2
            low, high = (low, middle) if self.coverage(self.days[middle]) == wanted else (middle + 1, high)
        return self.days[low]

    def coverage(self, day: date) -> Coverage:
        """How well it serves the order on `day`."""
        lack = [0] * len(self._wanted)
        for need, at in self._needs:
            lack[at] = need
        unsure = 0
        for at, pile, grains in self._dealt(day):
            lack[at] -= grains
            unsure += 0 if pile.supply.is_sure else grains * self._sizes[at]
        uncovered = sum(grains * self._sizes[at] for at, grains in enumerate(lack))
        return Coverage(sum(1 for grains in lack if grains), uncovered, unsure)

    def worth(self, day: date) -> Worth:
        """What a shipment on `day` comes to."""
        from_shelf = sum(grains * self._sizes[at] for at, pile, grains in self._dealt(day) if pile.is_shelf)
        cost = self._manner.cost(Shipment(self._warehouse_id, day))
        return Worth((day - self._base).days, cost, from_shelf, self._warehouse_id)

    def take(self, day: date) -> list[Taken]:
        """What each line gets on `day`, in the order of the lines."""
        shipment, waits = Shipment(self._warehouse_id, day), (day - self._base).days
        found = []
        for at, pile, grains in self._dealt(day):
            wished_on = self._wanted[at].wished_on
            is_late = wished_on is not None and day > wished_on
            found.append(Taken(at, Way(pile, Rank(not pile.supply.is_sure, waits), shipment, is_late), grains))
        return sorted(found, key=lambda taken: taken.line)

    def _dealt(self, day: date) -> Iterable[tuple[int, Pile, int]]:
        left: dict[int, int] = {}
        for need, at in self._needs:
            for pile in self._here[self._wanted[at].product_id]:
                if need and (pile.supply.due_on is None or pile.supply.due_on <= day):
                    grains = min(need, left.get(id(pile), pile.left))
                    left[id(pile)] = left.get(id(pile), pile.left) - grains
                    need -= grains
                    if grains:
                        yield at, pile, grains
