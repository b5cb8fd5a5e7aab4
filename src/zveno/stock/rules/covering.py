"""Choosing shipments: the fewest that serve every product as well as all would, then the cheapest, then the shelf.

Branch and bound over shipments. Products that share no shipment are chosen for apart, so an order for many days is as
many small choices. A first answer is found greedily; the search only betters it, and stops when its budget is spent.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from zveno.stock.rules.courses import IMPOSSIBLE, Course
from zveno.stock.rules.values import ZERO, Manner, Shipment
from zveno.stock.rules.ways import Columns


@dataclass(frozen=True, slots=True, order=True)
class Worth:
    """What a choice of shipments costs, in the order in which it counts."""

    count: int
    cost: Decimal
    from_shelf: int


def fewest_shipments(courses: Sequence[Course], columns: Columns, manner: Manner) -> tuple[int, bool]:
    """The mask of the shipments to use, and whether no better choice exists."""
    base = 0
    for shipment in manner.leaving:
        base |= columns.bit(shipment)
    for course in courses:
        base |= course.forced
    chosen, is_exact = base, True
    # A product that is served already still has a say: how much of it comes off shelves.
    for part in _parts(courses):
        open_ = [course for course in part if not course.met(base)]
        if open_:
            search = _Search(open_, part, columns, manner, base)
            chosen |= search.best
            is_exact = is_exact and search.left > 0
    return chosen, is_exact


def _mask_of(courses: Sequence[Course]) -> int:
    mask = 0
    for course in courses:
        mask |= course.options
    return mask


def _parts(courses: Sequence[Course]) -> list[list[Course]]:
    """Groups of courses that share no option."""
    parts: list[tuple[int, list[Course]]] = []
    for course in courses:
        mask, joined = course.options, [course]
        apart = []
        for other, members in parts:
            if other & mask:
                mask, joined = mask | other, members + joined
            else:
                apart.append((other, members))
        parts = [*apart, (mask, joined)]
    return [members for _, members in parts]


class _Search:
    def __init__(
        self, part: Sequence[Course], concerned: Sequence[Course], columns: Columns, manner: Manner, base: int
    ) -> None:
        self._concerned, self._columns, self._base = concerned, columns, base
        self._options = _mask_of(part) & ~base
        self._costs = {1 << at: manner.cost(shipment) for at, shipment in enumerate(columns.shipments)}
        self._bits = sorted(_bits(self._options), key=lambda bit: (self._costs[bit], bit))
        self._cheapest = min((self._costs[bit] for bit in self._bits), default=ZERO)
        self.left = manner.budget
        open_ = sorted(part, key=lambda course: (-course.lacking(base, self._options), course.options.bit_count()))
        self.best = self._greedy(open_)
        self._worth = self._value(self.best)
        self._branch(base, self._options, open_)

    def _value(self, chosen: int) -> Worth:
        added = chosen & ~self._base
        cost = sum((self._costs[bit] for bit in _bits(added)), ZERO)
        return Worth(added.bit_count(), cost, sum(course.from_shelf(chosen) for course in self._concerned))

    def _named(self, chosen: int) -> list[Shipment]:
        """Of choices that are worth the same, the lower warehouses: the same question has the same answer."""
        return sorted(self._columns.chosen(chosen))

    def _greedy(self, open_: Sequence[Course]) -> int:
        """Shipment by shipment the one that leaves least to do, then without those that proved needless."""
        chosen, rest = self._base, list(open_)
        while rest:
            allowed = self._options & ~chosen
            useful = [bit for bit in self._bits if allowed & bit and any(bit & course.options for course in rest)]
            chosen |= min((self._left_to_do(chosen, bit, allowed, rest), bit) for bit in useful)[1]
            rest = [course for course in rest if not course.met(chosen)]
        for bit in sorted(_bits(chosen & ~self._base), key=lambda bit: -self._costs[bit]):
            if all(course.met(chosen & ~bit) for course in open_):
                chosen &= ~bit
        return chosen

    def _left_to_do(self, chosen: int, bit: int, allowed: int, rest: Sequence[Course]) -> tuple[int, int, Decimal]:
        lacks = [course.lacking(chosen | bit, allowed) for course in rest]
        return (sum(lacks), -sum(1 for lack in lacks if not lack), self._costs[bit])

    def _branch(self, chosen: int, allowed: int, open_: Sequence[Course]) -> None:
        self.left -= 1
        if self.left <= 0:
            return
        if not open_:
            worth = self._value(chosen)
            if (worth, self._named(chosen)) < (self._worth, self._named(self.best)):
                self.best, self._worth = chosen, worth
            return
        if not self._may_be_better(chosen, allowed, open_):
            return
        first = min(open_, key=lambda course: (course.options & allowed).bit_count())
        for bit in self._bits:
            if bit & first.options & allowed:
                then = chosen | bit
                allowed &= ~bit
                self._branch(then, allowed, [c for c in open_ if not (c.options & bit) or not c.met(then)])

    def _may_be_better(self, chosen: int, allowed: int, open_: Sequence[Course]) -> bool:
        """Products that share no allowed shipment add up in what they need at least."""
        more, seen = 0, 0
        for course in open_:
            lacking = course.lacking(chosen, allowed)
            if lacking >= IMPOSSIBLE:
                return False
            apart = not course.options & allowed & seen
            more = more + lacking if apart else max(more, lacking)
            seen |= course.options & allowed
        added = chosen & ~self._base
        count = added.bit_count() + more
        if count != self._worth.count:
            return count < self._worth.count
        cost = sum((self._costs[bit] for bit in _bits(added)), more * self._cheapest)
        return cost <= self._worth.cost


def _bits(mask: int) -> list[int]:
    found = []
    while mask:
        bit = mask & -mask
        found.append(bit)
        mask ^= bit
    return found
