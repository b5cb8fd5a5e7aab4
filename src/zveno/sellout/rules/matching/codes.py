"""Products by the codes that a line tells: article, former article, barcode, or a code within the name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from zveno.kit.codes import fold_code
from zveno.sellout.rules.matching.asking import Asked, Candidate, Product, barcode_key
from zveno.sellout.rules.matching.names import Name, conflicts, take_apart

_ASKED_ABOUT = 0.75
_AS_OF_ANOTHER = 0.7
_START = 3


class Codes:
    """The codes of a range. Read-only."""

    def __init__(self, products: Mapping[int, Product]) -> None:
        self._products = products
        self._current = _by(products.values(), lambda product: (product.code,))
        self._former = _by(products.values(), lambda product: product.former_codes)
        self._barcodes: dict[str, list[int]] = defaultdict(list)
        for product in products.values():
            for barcode in product.barcodes:
                self._barcodes[barcode_key(barcode)].append(product.id)
        self._name_of = lru_cache(maxsize=20_000)(self._name)

    def candidates(self, asked: Asked) -> list[Candidate]:
        """Products that the codes point at, the surest first. A code whose product's name is plainly another thing, or
        of another size, gets a probability that has to be asked about."""
        name = take_apart(asked.name, brand=asked.brand)
        best: dict[int, Candidate] = {}
        for candidate in self._told(asked, name):
            if candidate.product_id not in best or best[candidate.product_id].score < candidate.score:
                best[candidate.product_id] = candidate
        return sorted(best.values(), key=lambda candidate: -candidate.score)

    def _told(self, asked: Asked, name: Name) -> Iterator[Candidate]:
        stages = (
            ("article", asked.article, self._current, 0.99, 0.96),
            ("former_code", asked.article, self._former, 0.96, 0.93),
            ("product_code", asked.product_code, self._current, 0.95, 0.9),
            ("former_code", asked.product_code, self._former, 0.9, 0.88),
        )
        told = False
        for product_id in self._barcodes.get(barcode_key(asked.barcode), []) if asked.barcode else []:
            told = True
            yield self._held(product_id, 0.98, "barcode", asked.barcode, name, trusted=True)
        for reason, code, index, exact, folded in stages:
            for candidate in self._by_code(code, index, reason, exact, folded, name) if code.strip() else ():
                told = True
                yield candidate
        if not told and asked.name:
            yield from self._within_name(asked.name, name)

    def _by_code(
        self, told: str, index: _Index, reason: str, exact: float, folded: float, name: Name
    ) -> Iterator[Candidate]:
        plain = told.strip().upper()
        ids = index.exact.get(plain)
        if ids:
            trusted = reason == "article" and len(plain) >= 3
            return (self._held(i, exact, reason, told, name, trusted=trusted) for i in ids)
        key = _loose(told)
        ids = index.folded.get(key, []) if len(key) >= 3 else []
        return (self._held(i, folded, f"folded_{reason}", told, name, trusted=False) for i in ids)

    def _within_name(self, told: str, name: Name) -> Iterator[Candidate]:
        for piece in {*_pieces(told), *name.joined}:
            key = _loose(piece)
            if len(key) < 4 or not any(char.isdigit() for char in key):
                continue
            for product_id in self._current.folded.get(key, []):
                score = 0.92 if len(key) >= 6 else 0.85
                yield self._held(product_id, score, "code_in_name", piece, name, trusted=False)

    def _held(self, product_id: int, score: float, reason: str, told: str, name: Name, *, trusted: bool) -> Candidate:
        """The product under a code, held against the name: by what the code may be trusted, and by what it may not."""
        candidate = Candidate(product_id, score, reason, {"told": told, "code": self._products[product_id].code})
        if not name.tokens:
            short = len(_loose(told)) < 4 and not trusted and reason != "article"
            return replace(candidate, score=min(score, 0.89)) if short else candidate
        own = self._name_of(product_id)
        sizes = [against for against in conflicts(name, own) if against not in ("model", "number")]
        if sizes:
            return _doubted(candidate, _ASKED_ABOUT, ",".join(sizes))
        return candidate if _akin(name, own, least=0.05 if trusted else 0.2) else _doubted(candidate, _AS_OF_ANOTHER)

    def _name(self, product_id: int) -> Name:
        product = self._products[product_id]
        return take_apart(product.name, brand=product.brand)


@dataclass(frozen=True, slots=True)
class _Index:
    exact: dict[str, list[int]]
    folded: dict[str, list[int]]


def _by(products: Iterable[Product], codes: Callable[[Product], Iterable[str]]) -> _Index:
    exact: dict[str, list[int]] = defaultdict(list)
    folded: dict[str, list[int]] = defaultdict(list)
    for product in products:
        for code in codes(product):
            if code.strip():
                exact[code.strip().upper()].append(product.id)
                folded[_loose(code)].append(product.id)
    return _Index(dict(exact), dict(folded))


def _loose(told: str) -> str:
    """A code as compared when not exact: look-alike letters as Latin, no punctuation, no leading zeros."""
    return fold_code(told).lstrip("0")


def _pieces(told: str) -> list[str]:
    """Words of a name that may be codes, with the brackets and commas around them taken off."""
    return [piece.strip("()[]{},;:.\"'«»") for piece in told.split()]


def _doubted(candidate: Candidate, score: float, against: str = "name") -> Candidate:
    return replace(candidate, score=min(candidate.score, score), params={**candidate.params, "conflicts": against})


def _akin(first: Name, second: Name, *, least: float) -> bool:
    """Whether the shorter of two names shares at least this part of its tokens, abbreviations allowed for."""
    short, long = sorted((first.tokens, second.tokens), key=len)
    if not short:
        return True
    starts = {token[:_START] for token in long}
    shared = sum(token in long or token[:_START] in starts for token in short)
    return shared / len(short) >= least
