"""The lines of one product before the warehouses are chosen: which shipments they force, and which choice they leave.

Lateness is each product's own affair, so the best of it is settled first: all goods of a better rank are needed before
any of the next. What is left to choose is where the goods of the last rank come from.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Protocol

from zveno.stock.rules.flow import Arc, cheapest_flow
from zveno.stock.rules.piles import Pile
from zveno.stock.rules.values import Manner
from zveno.stock.rules.ways import Columns, Rank, Taken, Way, shelf_last, way_of

IMPOSSIBLE = 10**6


class Course(Protocol):
    """One product's part of the choice; masks are of `Columns`."""

    forced: int
    options: int

    def met(self, chosen: int) -> bool:
        """Whether the chosen shipments serve the product as well as all of them would."""

    def lacking(self, chosen: int, allowed: int) -> int:
        """At least how many more of the `allowed` shipments are needed; IMPOSSIBLE when all are too few."""

    def from_shelf(self, chosen: int) -> int:
        """How many grains the chosen shipments take off shelves."""

    def take(self, chosen: int) -> list[Taken]:
        """What each line gets: within the chosen shipments arrivals first, the latest first, shelves last."""


class OneWish:
    """All lines of the product wish for the same day: what is missing after the better ranks is a sum to be reached."""

    def __init__(
        self,
        lines: Sequence[tuple[int, int]],
        wished_on: date | None,
        piles: Sequence[Pile],
        *,
        today: date,
        manner: Manner,
        columns: Columns,
    ) -> None:
        self._lines, self._manner, self._columns = lines, manner, columns
        self.forced, self.options, self._need = 0, 0, 0
        self._whole: list[Way] = []
        self._last: list[Way] = []
        ways = filter(None, (way_of(pile, wished_on=wished_on, today=today, manner=manner) for pile in piles))
        self._settle(_by_rank(ways), sum(grains for _, grains in lines))
        caps: defaultdict[int, int] = defaultdict(int)
        for way in self._last:
            caps[columns.bit(way.shipment)] += way.pile.left
        self._caps = sorted(caps.items(), key=lambda item: -item[1])
        for bit in caps:
            self.options |= bit
        self._last.sort(key=lambda way: shelf_last(way, manner))

    def _settle(self, ranks: Iterable[list[Way]], need: int) -> None:
        for ways in ranks:
            if need <= 0:
                return
            total = sum(way.pile.left for way in ways)
            if total > need:
                self._last, self._need = ways, need
            else:
                self._whole += ways
                for way in ways:
                    self.forced |= self._columns.bit(way.shipment)
            need -= total

    def met(self, chosen: int) -> bool:
        return sum(cap for bit, cap in self._caps if chosen & bit) >= self._need

    def lacking(self, chosen: int, allowed: int) -> int:
        lack = self._need - sum(cap for bit, cap in self._caps if chosen & bit)
        count = 0
        for bit, cap in self._caps:
            if lack <= 0:
                return count
            if allowed & bit and not chosen & bit:
                lack, count = lack - cap, count + 1
        return count if lack <= 0 else IMPOSSIBLE

    def from_shelf(self, chosen: int) -> int:
        whole = sum(way.pile.left for way in self._whole if way.pile.is_shelf)
        arriving = sum(
            way.pile.left for way in self._last if not way.pile.is_shelf and chosen & self._columns.bit(way.shipment)
        )
        return whole + max(0, self._need - arriving)

    def take(self, chosen: int) -> list[Taken]:
        rest = [(way, way.pile.left) for way in self._whole]
        need = self._need
        for way in self._last:
            if need and chosen & self._columns.bit(way.shipment):
                rest.append((way, min(need, way.pile.left)))
                need -= rest[-1][1]
        return _dealt(self._lines, sorted(rest, key=lambda item: (item[0].rank, shelf_last(item[0], self._manner))))


class SeveralWishes:
    """Lines of the product wish for different days: a flow from piles to lines says what each gets."""

    def __init__(
        self,
        lines: Sequence[tuple[int, int, date | None]],
        piles: Sequence[Pile],
        *,
        today: date,
        manner: Manner,
        columns: Columns,
    ) -> None:
        self._needs = [grains for _, grains, _ in lines]
        self._indices = [index for index, _, _ in lines]
        self._piles, self._columns = piles, columns
        self.forced, self.options = 0, 0
        self._ways: list[tuple[int, int, Way]] = []
        for at, (_, _, wished_on) in enumerate(lines):
            for number, pile in enumerate(piles):
                way = way_of(pile, wished_on=wished_on, today=today, manner=manner)
                if way is not None:
                    self._ways.append((number, at, way))
                    self.options |= columns.bit(way.shipment)
        order = sorted({shelf_last(way, manner) for _, _, way in self._ways})
        self._orders = {key: at for at, key in enumerate(order)}
        self._keys = [self._orders[shelf_last(way, manner)] for _, _, way in self._ways]
        self._best = self._value(self.options)
        self._known: dict[int, tuple[tuple[int, int, int], int]] = {}

    def met(self, chosen: int) -> bool:
        return self._valued(chosen)[0] == self._best[0]

    def lacking(self, chosen: int, allowed: int) -> int:
        if self.met(chosen):
            return 0
        return 1 if self.met(chosen | allowed) else IMPOSSIBLE

    def from_shelf(self, chosen: int) -> int:
        return self._valued(chosen)[1]

    def take(self, chosen: int) -> list[Taken]:
        found = [Taken(self._indices[at], way, grains) for way, at, grains in self._flow(chosen)]
        return sorted(found, key=lambda taken: (taken.line, taken.way.rank, -_day(taken.way)))

    def _valued(self, chosen: int) -> tuple[tuple[int, int, int], int]:
        seen = chosen & self.options
        if seen not in self._known:
            self._known[seen] = self._value(seen)
        return self._known[seen]

    def _value(self, chosen: int) -> tuple[tuple[int, int, int], int]:
        flow = self._flow(chosen)
        covered = sum(grains for _, _, grains in flow)
        unsure = sum(grains for way, _, grains in flow if way.rank.is_unsure)
        days = sum(grains * way.rank.days_late for way, _, grains in flow)
        return (-covered, unsure, days), sum(grains for way, _, grains in flow if way.pile.is_shelf)

    def _flow(self, chosen: int) -> list[tuple[Way, int, int]]:
        """The cheapest full flow by rank, then by keeping shelves free, then by the latest arrivals."""
        total, places = sum(self._needs), len(self._orders)
        late, shelf = total * (total + 1) * (places + 1), total * (places + 1)
        most_days = max((way.rank.days_late for _, _, way in self._ways), default=0)
        unsure = late * (most_days + 1) * (total + 1)
        arcs, of_arc = [], []
        for (number, at, way), key in zip(self._ways, self._keys, strict=True):
            if chosen & self._columns.bit(way.shipment):
                cost = unsure * way.rank.is_unsure + late * way.rank.days_late + shelf * way.pile.is_shelf + key
                arcs.append(Arc(number, at, cost))
                of_arc.append((way, at))
        amounts = cheapest_flow([pile.left for pile in self._piles], self._needs, arcs)
        return [(way, at, grains) for (way, at), grains in zip(of_arc, amounts, strict=True) if grains]


def _by_rank(ways: Iterable[Way]) -> list[list[Way]]:
    groups: defaultdict[Rank, list[Way]] = defaultdict(list)
    for way in ways:
        groups[way.rank].append(way)
    return [groups[rank] for rank in sorted(groups)]


def _day(way: Way) -> int:
    return way.pile.supply.due_on.toordinal() if way.pile.supply.due_on else 0


def _dealt(lines: Sequence[tuple[int, int]], goods: Iterable[tuple[Way, int]]) -> list[Taken]:
    """Goods dealt out to the lines in their order."""
    found: list[Taken] = []
    rest = list(goods)[::-1]
    for index, need in lines:
        while need and rest:
            way, grains = rest.pop()
            taken = min(need, grains)
            found.append(Taken(index, way, taken))
            need -= taken
            if taken < grains:
                rest.append((way, grains - taken))
    return found
