"""A manufacturer's range, ready to be asked which of its products a line means."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from zveno.sellout.rules.matching.asking import Asked, Candidate, Levels, Match, Product, Verdict, own_keys
from zveno.sellout.rules.matching.codes import Codes
from zveno.sellout.rules.matching.forest import Forest
from zveno.sellout.rules.matching.names import agreement, conflicts, take_apart, untold
from zveno.sellout.rules.matching.range import Range

_SHOWN = 5
_WORTH_SHOWING = 0.05
_CODE_BELIEVED = 0.9
_SAME_NAME = 0.99


class ProductIndex:
    """Made once, used for many files; threads may share it.

    Codes are ready at once; names are made ready when a first line has nothing else to go by (about 0.3 ms a product).
    """

    def __init__(self, products: Iterable[Product], forest: Forest, *, levels: Levels | None = None) -> None:
        self._products = {product.id: product for product in products}
        self._ids = tuple(self._products)
        self._forest = forest
        self._levels = levels or Levels()
        self._codes = Codes(self._products)

    def resolve(self, asked: Asked, own_codes: Mapping[str, int] | None = None) -> Match:
        """The product `asked` means; see `resolve_all`."""
        return self.resolve_all((asked,), own_codes)[asked]

    def resolve_all(self, asked: Iterable[Asked], own_codes: Mapping[str, int] | None = None) -> dict[Asked, Match]:
        """The verdict on each distinct question; many at once cost least.

        `own_codes` is the sender's confirmed map, keyed by `own_keys`; it goes first. Then article, barcode, former
        code, the sender's code if it equals an article, a code within the name; then the name itself, judged by the
        learned model. A code whose product's name is plainly another thing is asked about, not believed.
        """
        found: dict[Asked, Match] = {}
        named: list[tuple[Asked, list[Candidate]]] = []
        for question in dict.fromkeys(asked):
            by_code = self._by_codes(question, own_codes or {})
            if isinstance(by_code, Match):
                found[question] = by_code
            elif question.name.strip():
                named.append((question, by_code))
            else:
                found[question] = self._judged(by_code)
        for (question, by_code), by_name in zip(named, self._by_names([q for q, _ in named]), strict=True):
            found[question] = self._judged(_merged(by_code, by_name))
        return found

    def _by_codes(self, asked: Asked, own_codes: Mapping[str, int]) -> Match | list[Candidate]:
        """The verdict where codes settle it, else the candidates that they give."""
        for key in own_keys(asked):
            product_id = own_codes.get(key)
            if product_id in self._products:
                candidate = Candidate(product_id, 1.0, "own_map", {"key": key})
                return Match(Verdict.CERTAIN, product_id, 1.0, "own_map", (candidate,))
        found = self._codes.candidates(asked)
        split = len(found) > 1 and found[1].score >= found[0].score - 0.1
        if found and found[0].score >= _CODE_BELIEVED and not split:
            best = found[0]
            return Match(Verdict.CERTAIN, best.product_id, best.score, best.reason, tuple(found[:_SHOWN]))
        return found

    @cached_property
    def _range(self) -> Range:
        return Range(list(self._products.values()))

    @cached_property
    def _same_names(self) -> dict[int, list[int]]:
        """Products by what their names tell, whatever the order, spelling and alphabet."""
        found: dict[int, list[int]] = defaultdict(list)
        for product in self._products.values():
            found[_sameness(product)].append(product.id)
        return dict(found)

    def _by_names(self, asked: Sequence[Asked]) -> list[list[Candidate]]:
        if not asked or not self._products:
            return [[] for _ in asked]
        found: list[list[Candidate]] = []
        open_ones: list[int] = []
        for at, one in enumerate(asked):
            same = self._same_names.get(_sameness(one), ())
            found.append([Candidate(same[0], _SAME_NAME, "same_name")] if len(same) == 1 else [])
            if len(same) != 1:
                open_ones.append(at)
        for at, row in zip(open_ones, self._likeliest([asked[at] for at in open_ones]), strict=True):
            found[at] = self._named(asked[at], [(self._ids[place], chance) for place, chance in row])
        return found

    def _likeliest(self, asked: Sequence[Asked]) -> list[list[tuple[int, float]]]:
        if not asked:
            return []
        return self._range.likeliest(asked, self._forest, count=_SHOWN)

    def _named(self, asked: Asked, likeliest: Sequence[tuple[int, float]]) -> list[Candidate]:
        """Candidates with what speaks for and against them; where the first is accepted, it alone is explained."""
        name = take_apart(asked.name, brand=asked.brand)
        if likeliest and likeliest[0][1] >= self._levels.accept:
            likeliest = likeliest[:1]
        found = []
        for product_id, chance in likeliest:
            if chance < _WORTH_SHOWING:
                break
            product = self._products[product_id]
            own = take_apart(product.name, brand=product.brand)
            against = (*conflicts(name, own), *(f"untold_{trait}" for trait in untold(name, own)))
            told = {"agree": ",".join(agreement(name, own)), "conflicts": ",".join(against)}
            params = {key: value for key, value in told.items() if value}
            found.append(Candidate(product_id, round(chance, 4), "name", params))
        return found

    def _judged(self, candidates: Sequence[Candidate]) -> Match:
        if not candidates:
            return Match(Verdict.UNKNOWN, None, 0.0, "nothing_alike")
        best = candidates[0]
        by_name = best.reason in ("name", "same_name")
        if by_name and best.score >= self._levels.accept and "conflicts" not in best.params:
            return Match(Verdict.CERTAIN, best.product_id, best.score, best.reason, tuple(candidates))
        if best.score >= self._levels.ask:
            return Match(Verdict.LIKELY, best.product_id, best.score, best.reason, tuple(candidates))
        return Match(Verdict.UNKNOWN, None, best.score, "too_unlike", tuple(candidates))


def _sameness(record: Asked | Product) -> int:
    name = take_apart(record.name, brand=record.brand)
    return hash((name.tokens, name.measures))


def _merged(by_code: Sequence[Candidate], by_name: Sequence[Candidate]) -> list[Candidate]:
    best = {candidate.product_id: candidate for candidate in by_name}
    for candidate in by_code:
        if candidate.product_id not in best or best[candidate.product_id].score < candidate.score:
            best[candidate.product_id] = candidate
    return sorted(best.values(), key=lambda candidate: -candidate.score)[:_SHOWN]
