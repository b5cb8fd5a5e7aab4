"""The cheapest way to carry the most from sources to sinks: successive shortest paths, for a handful of each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


class Arc(NamedTuple):
    """A way from a source to a sink, each by its index, and what one unit costs on it."""

    source: int
    sink: int
    cost: int


def cheapest_flow(available: Sequence[int], wanted: Sequence[int], arcs: Sequence[Arc]) -> list[int]:
    """How much goes over each arc when as much as possible reaches the sinks, at the least cost. Exact integers."""
    left, lack = list(available), list(wanted)
    amounts = [0] * len(arcs)
    while path := _shortest(left, lack, arcs, amounts):
        size = min(
            [left[arcs[path[0]].source], lack[arcs[path[-1]].sink]]
            + [amounts[number] for number in path[1::2]]  # arcs walked backwards give up what they carry
        )
        for at, number in enumerate(path):
            amounts[number] += size if at % 2 == 0 else -size
        left[arcs[path[0]].source] -= size
        lack[arcs[path[-1]].sink] -= size
    return amounts


def _shortest(left: Sequence[int], lack: Sequence[int], arcs: Sequence[Arc], amounts: Sequence[int]) -> list[int]:
    """Numbers of the arcs of the cheapest way to send more, walked forwards and backwards in turn; empty: none.

    Bellman and Ford over sources and sinks. Costs are not negative and the flow so far is cheapest, so no circle pays.
    """
    to_source: list[tuple[int, list[int]] | None] = [(0, []) if amount > 0 else None for amount in left]
    to_sink: list[tuple[int, list[int]] | None] = [None] * len(lack)
    changed = True
    while changed:
        changed = False
        for number, arc in enumerate(arcs):
            here, there = to_source[arc.source], to_sink[arc.sink]
            if here is not None and (there is None or here[0] + arc.cost < there[0]):
                to_sink[arc.sink] = there = (here[0] + arc.cost, [*here[1], number])
                changed = True
            if there is not None and amounts[number] > 0 and (here is None or there[0] - arc.cost < here[0]):
                to_source[arc.source] = (there[0] - arc.cost, [*there[1], number])
                changed = True
    reached = [found for found, need in zip(to_sink, lack, strict=True) if found is not None and need > 0]
    return min(reached)[1] if reached else []
