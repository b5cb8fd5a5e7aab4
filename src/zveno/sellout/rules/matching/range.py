"""The names of a manufacturer's range, ready to be compared with what lines say, many at a time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from zveno.sellout.rules.matching.asking import Asked, Product
from zveno.sellout.rules.matching.forest import Forest
from zveno.sellout.rules.matching.likeness import Places, Standing, features
from zveno.sellout.rules.matching.nearest import CANDIDATES, Neighbourhood, standing
from zveno.sellout.rules.matching.texts import Floats, Lexicon, parse

_AT_ONCE = 4_000


@dataclass(frozen=True, slots=True)
class Compared:
    """Pairs (`first`: which asked, `second`: which product, by their places) with their features, in the order of the
    asked and from near to far."""

    first: Places
    second: Places
    table: Floats
    names: tuple[str, ...]


class Range:
    """The products' names. Making it takes about 0.3 ms a product; read-only afterwards."""

    def __init__(self, products: Sequence[Product]) -> None:
        parsed = [parse(product) for product in products]
        self._lexicon = Lexicon(parsed)
        self._texts = self._lexicon.texts(parsed)
        self._near = Neighbourhood(self._lexicon, self._texts)

    def compare(
        self, asked: Sequence[Asked], *, count: int = CANDIDATES, besides: Iterable[tuple[int, int]] = ()
    ) -> Compared:
        """Each asked with its nearest products, up to `count`, and with those named `besides` by place."""
        texts = self._lexicon.texts([parse(one) for one in asked])
        first, second, nearness = self._near.nearest(texts, count=count)
        more = sorted(set(besides) - set(zip(first.tolist(), second.tolist(), strict=True)))
        if more:
            also_first, also_second = (np.array(side, np.intp) for side in zip(*more, strict=True))
            nearness = np.r_[nearness, self._near.nearness(texts, also_first, also_second)]
            first, second = np.r_[first, also_first], np.r_[second, also_second]
            order = np.lexsort((-nearness, first))
            first, second, nearness = first[order], second[order], nearness[order]
        stand = standing(first, nearness)
        tables: list[Floats] = []
        names: tuple[str, ...] = ()
        for start in range(0, max(len(first), 1), _AT_ONCE * CANDIDATES):
            part = slice(start, start + _AT_ONCE * CANDIDATES)
            stood = Standing(stand.nearness[part], stand.lead[part], stand.rank[part], stand.crowd[part])
            table, names = features(self._lexicon, texts, self._texts, first[part], second[part], stood)
            tables.append(table)
        return Compared(first, second, np.vstack(tables), names)

    def likeliest(self, asked: Sequence[Asked], forest: Forest, *, count: int) -> list[list[tuple[int, float]]]:
        """For each asked, up to `count` (place of a product, probability), the likeliest first. Works in blocks, so
        memory does not grow with the number of the asked."""
        found: list[list[tuple[int, float]]] = []
        for start in range(0, len(asked), _AT_ONCE):
            block = asked[start : start + _AT_ONCE]
            compared = self.compare(block)
            chances = forest.chances(compared.table, compared.names, compared.first)
            best: list[list[tuple[int, float]]] = [[] for _ in block]
            for at in np.lexsort((-chances, compared.first)):
                row = best[compared.first[at]]
                if len(row) < count:
                    row.append((int(compared.second[at]), float(chances[at])))
            found += best
        return found
