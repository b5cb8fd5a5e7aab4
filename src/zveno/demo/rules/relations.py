"""Which goods stand for one another, and which go together: by what a family's products differ in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from zveno.demo.rules.products import Good

# A family and those whose goods are bought with it.
_WITH = {
    "ЛД": ("БП", "ПФ"),
    "ОК": ("КМ",),
    "ОМ": ("КМ",),
    "ОВ": ("ГР",),
    "ОФ": ("ГР",),
    "КИ": ("ВЛ", "КС"),
}


class Relation(NamedTuple):
    """That `other` serves instead of `good`, or beside it; `kind` as the catalog calls it, `position` from the best."""

    good: Good
    other: Good
    kind: str
    position: int


def relations(goods: Sequence[Good]) -> Iterator[Relation]:
    """A neighbour in the last axis stands for a product, one in the first is much the same; some go with others."""
    by_values = {(good.family.code, _values(good)): good for good in goods}
    of_family: defaultdict[str, list[Good]] = defaultdict(list)
    for good in goods:
        of_family[good.family.code].append(good)
    for good in goods:
        for kind, axis in (("substitute", -1), ("analogue", 0)):
            for position, values in enumerate(_beside(good, axis)):
                if other := by_values.get((good.family.code, values)):
                    yield Relation(good, other, kind, position)
        for position, code in enumerate(_WITH.get(good.family.code, ())):
            if others := of_family[code]:
                yield Relation(good, others[good.id % len(others)], "accessory", position)


def _values(good: Good) -> tuple[str, ...]:
    return tuple(good.attributes[label] for label, _ in good.family.axes)


def _beside(good: Good, axis: int) -> Iterator[tuple[str, ...]]:
    """The values of a product one step up, and one step down, on an axis."""
    values, known = list(_values(good)), good.family.axes[axis][1]
    here = known.index(values[axis])
    for at in (here + 1, here - 1):
        if 0 <= at < len(known):
            told = list(values)
            told[axis] = known[at]
            yield tuple(told)
