"""Which of the manufacturer's products a line means, with a score, an explanation, and the right to abstain."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from heapq import nlargest

from rapidfuzz import process

from zveno.kit.codes import fold_code
from zveno.sellout.rules.lines import RawLine
from zveno.sellout.rules.names import Likeness, Name, Rarity, compare, take_apart

_CERTAIN_NAME = 0.93
_LIKELY_NAME = 0.5
_WORTH_SHOWING = 0.25
_CLEAR_LEAD = 0.06
_SHOWN = 5
_COMPARED = 40


@dataclass(frozen=True, slots=True)
class Product:
    """What matching needs of a product. `id` is the catalogue's key."""

    id: int
    code: str
    name: str
    barcodes: tuple[str, ...] = ()
    brand: str = ""
    former_codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """What a line says about its product; lines that say the same are matched once."""

    product_code: str = ""
    article: str = ""
    barcode: str = ""
    name: str = ""
    brand: str = ""


class Verdict(StrEnum):
    """`certain`: used without asking; `likely`: the user confirms; `unknown`: the user chooses."""

    CERTAIN = "certain"
    LIKELY = "likely"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A product that may be meant: score 0..1, `reason` (a code such as `own_map`, `article`, `barcode`, `former_code`,
    `folded_code`, `code_in_name`, `name`), and what it rests on."""

    product_id: int
    score: float
    reason: str
    params: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Match:
    """The verdict on one `Asked`: the product when certain or likely, and the candidates, best first."""

    verdict: Verdict
    product_id: int | None
    score: float
    reason: str
    candidates: tuple[Candidate, ...] = ()


class ProductIndex:
    """The manufacturer's products, ready to be asked for; built once, used for many files.

    Building takes about a second for 50,000 products. It is read-only and may be shared between threads.
    """

    def __init__(self, products: Iterable[Product]) -> None:
        self._products = {product.id: product for product in products}
        self._codes = _by(self._products.values(), lambda product: (product.code,))
        self._former = _by(self._products.values(), lambda product: product.former_codes)
        self._barcodes: dict[str, list[int]] = defaultdict(list)
        self._names: dict[int, Name] = {}
        self._same_name: dict[tuple[frozenset[str], frozenset[tuple[str, float]]], list[int]] = defaultdict(list)
        self._holding: dict[str, list[int]] = defaultdict(list)
        for product in self._products.values():
            for barcode in product.barcodes:
                self._barcodes[barcode_key(barcode)].append(product.id)
            name = take_apart(product.name, brand=product.brand)
            self._names[product.id] = name
            self._same_name[name.tokens, name.measures].append(product.id)
            for token in name.tokens:
                self._holding[token].append(product.id)
        self._rarity = Rarity(self._names.values())
        self._nearby: dict[str, list[str]] = defaultdict(list)
        for token in self._holding:
            self._nearby[token[:2]].append(token)

    def resolve(self, asked: Asked, own_codes: Mapping[str, int] | None = None) -> Match:
        """The product `asked` means. `own_codes` is the sender's confirmed map, keyed by `own_key`; it goes first.

        Then article, barcode, former code, the sender's code if it equals an article, a code within the name, and the
        name itself. A code whose product's name is plainly another thing is asked about, not believed.
        """
        for key in own_keys(asked):
            product_id = (own_codes or {}).get(key)
            if product_id in self._products:
                return _certain(product_id, 1.0, "own_map", {"key": key})
        name = take_apart(asked.name, brand=asked.brand)
        found = self._by_codes(asked, name)
        if found and found[0].score >= 0.9 and not _split(found):
            return _certain(found[0].product_id, found[0].score, found[0].reason, found[0].params, found)
        named = self._by_name(name) if asked.name.strip() else []
        return _judge(_merged(found, named))

    def resolve_all(self, asked: Iterable[Asked], own_codes: Mapping[str, int] | None = None) -> dict[Asked, Match]:
        """The verdict on each distinct question."""
        return {question: self.resolve(question, own_codes) for question in dict.fromkeys(asked)}

    def _by_codes(self, asked: Asked, name: Name) -> list[Candidate]:
        found: list[Candidate] = []
        stages = (
            ("article", asked.article, self._codes, 0.99, 0.96),
            ("former_code", asked.article, self._former, 0.96, 0.93),
            ("product_code", asked.product_code, self._codes, 0.95, 0.9),
            ("former_code", asked.product_code, self._former, 0.9, 0.88),
        )
        if asked.barcode:
            ids = self._barcodes.get(barcode_key(asked.barcode), [])
            found += [self._code_candidate(i, 0.98, "barcode", asked.barcode, name, trusted=True) for i in ids]
        for reason, told, index, exact, folded in stages:
            if told.strip():
                found += self._by_code(told, index, reason, exact, folded, name)
        if not found and asked.name:
            found = self._within_name(asked.name, name)
        best: dict[int, Candidate] = {}
        for candidate in found:
            if candidate.product_id not in best or best[candidate.product_id].score < candidate.score:
                best[candidate.product_id] = candidate
        return sorted(best.values(), key=lambda candidate: -candidate.score)

    def _by_code(
        self, told: str, index: _Codes, reason: str, exact: float, folded: float, name: Name
    ) -> list[Candidate]:
        plain = told.strip().upper()
        ids = index.exact.get(plain)
        if ids:
            trusted = reason == "article" and len(plain) >= 3
            return [self._code_candidate(i, exact, reason, told, name, trusted=trusted) for i in ids]
        key = code_key(told)
        ids = index.folded.get(key, []) if len(key) >= 3 else []
        return [self._code_candidate(i, folded, f"folded_{reason}", told, name, trusted=False) for i in ids]

    def _code_candidate(
        self, product_id: int, score: float, reason: str, told: str, name: Name, *, trusted: bool
    ) -> Candidate:
        """A code's candidate, its score lowered where the names are about different things."""
        params = {"told": told, "code": self._products[product_id].code}
        if name.tokens:
            alike = compare(name, self._names[product_id], self._rarity)
            sizes = [conflict for conflict in alike.conflicts if conflict not in ("model", "number", "words")]
            if sizes and alike.score < 0.9:
                return Candidate(product_id, min(score, 0.75), reason, {**params, "conflicts": ",".join(sizes)})
            if alike.score < (0.05 if trusted else 0.2):
                return Candidate(product_id, min(score, 0.7), reason, {**params, "conflicts": "name"})
        elif not trusted and reason != "article":
            score = min(score, 0.89) if len(code_key(told)) < 4 else score
        return Candidate(product_id, score, reason, params)

    def _within_name(self, told: str, name: Name) -> list[Candidate]:
        """Products whose code stands in the line's name."""
        found = []
        for piece in {*_pieces(told), *name.joined}:
            key = code_key(piece)
            if len(key) < 4 or not any(char.isdigit() for char in key):
                continue
            for product_id in self._codes.folded.get(key, []):
                score = 0.92 if len(key) >= 6 else 0.85
                found.append(self._code_candidate(product_id, score, "code_in_name", piece, name, trusted=False))
        return found

    def _by_name(self, name: Name) -> list[Candidate]:
        same = self._same_name.get((name.tokens, name.measures), [])
        if len(same) == 1:
            return [Candidate(same[0], 0.97, "same_name")]
        scored = []
        for product_id in self._worth_comparing(name):
            alike = compare(name, self._names[product_id], self._rarity)
            if alike.score >= _WORTH_SHOWING:
                scored.append((alike.score, -product_id, alike))
        return [
            _named(-product_id, alike) for _, product_id, alike in nlargest(_SHOWN, scored, key=lambda row: row[:2])
        ]

    def _worth_comparing(self, name: Name) -> list[int]:
        """The products that share the rarest tokens, without walking the longest lists when the short ones will do."""
        weights: dict[int, float] = defaultdict(float)
        tokens = {token for told in name.tokens for token in self._known(told)} | (name.joined & self._holding.keys())
        walked = 0
        for token in sorted(tokens, key=lambda token: len(self._holding[token])):
            holders = self._holding[token]
            if walked and walked + len(holders) > 4000:
                break
            walked += len(holders)
            weight = self._rarity(token)
            for product_id in holders:
                weights[product_id] += weight
        return nlargest(_COMPARED, weights, key=lambda product_id: weights[product_id])

    def _known(self, token: str) -> list[str]:
        """The token if some product has it, else the nearest spelled or abbreviated ones."""
        if token in self._holding:
            return [token]
        if len(token) < 4:
            return []
        nearby = self._nearby.get(token[:2], [])
        return [near for near, _, _ in process.extract(token, nearby, score_cutoff=80, limit=3)]


def asked_of(line: RawLine) -> Asked:
    """What a line says about its product."""
    return Asked(line.product_code, line.article, line.barcode, line.product_name, line.brand)


def barcode_key(told: str) -> str:
    """A barcode as compared: digits without leading zeros, so that UPC and EAN-13 of one thing are one."""
    return "".join(char for char in told if char.isdigit()).lstrip("0")


def code_key(told: str) -> str:
    """A code as compared when not exact: look-alike letters as Latin, no punctuation, no leading zeros."""
    return fold_code(told).lstrip("0")


def own_keys(asked: Asked) -> list[str]:
    """Keys under which a sender's confirmed choice is kept and sought, the surest first: its own code, the article, the
    barcode; the name alone where there is no code."""
    keys = []
    if asked.product_code:
        keys.append(f"code:{fold_code(asked.product_code)}")
    if asked.article:
        keys.append(f"article:{fold_code(asked.article)}")
    if asked.barcode:
        keys.append(f"barcode:{barcode_key(asked.barcode)}")
    if asked.name and not keys:
        keys.append(f"name:{' '.join(asked.name.lower().replace('ё', 'е').split())}")
    return keys


def own_key(asked: Asked) -> str:
    """The key to keep a confirmed choice under; empty when nothing was said."""
    return next(iter(own_keys(asked)), "")


@dataclass(frozen=True, slots=True)
class _Codes:
    exact: dict[str, list[int]]
    folded: dict[str, list[int]]


def _by(products: Iterable[Product], codes: Callable[[Product], Iterable[str]]) -> _Codes:
    index = _Codes(defaultdict(list), defaultdict(list))
    for product in products:
        for code in codes(product):
            if code.strip():
                index.exact[code.strip().upper()].append(product.id)
                index.folded[code_key(code)].append(product.id)
    return _Codes(dict(index.exact), dict(index.folded))


def _pieces(told: str) -> list[str]:
    """Words of a name that may be codes, with the brackets and commas around them taken off."""
    return [piece.strip("()[]{},;:.\"'«»") for piece in told.split()]


def _named(product_id: int, alike: Likeness) -> Candidate:
    params = {"conflicts": ",".join(alike.conflicts)} if alike.conflicts else {}
    return Candidate(product_id, round(alike.score * 0.96, 4), "name", params)


def _split(found: list[Candidate]) -> bool:
    """Whether codes point at two products about as surely."""
    return len(found) > 1 and found[1].score >= found[0].score - 0.1


def _merged(found: list[Candidate], named: list[Candidate]) -> list[Candidate]:
    best = {candidate.product_id: candidate for candidate in named}
    for candidate in found:
        if candidate.product_id not in best or best[candidate.product_id].score < candidate.score:
            best[candidate.product_id] = candidate
    return sorted(best.values(), key=lambda candidate: -candidate.score)[:_SHOWN]


def _judge(candidates: list[Candidate]) -> Match:
    if not candidates:
        return Match(Verdict.UNKNOWN, None, 0.0, "nothing_alike")
    first = candidates[0]
    lead = first.score - (candidates[1].score if len(candidates) > 1 else 0.0)
    if first.reason == "same_name" or (
        first.reason == "name" and first.score >= _CERTAIN_NAME * 0.96 and lead >= _CLEAR_LEAD and not first.params
    ):
        return Match(Verdict.CERTAIN, first.product_id, first.score, first.reason, tuple(candidates))
    if first.score >= _LIKELY_NAME:
        return Match(Verdict.LIKELY, first.product_id, first.score, first.reason, tuple(candidates))
    return Match(Verdict.UNKNOWN, None, first.score, "too_unlike", tuple(candidates))


def _certain(
    product_id: int | None, score: float, reason: str, params: dict[str, str], found: list[Candidate] | None = None
) -> Match:
    candidates = tuple(found or [Candidate(product_id or 0, score, reason, params)])
    return Match(Verdict.CERTAIN, product_id, score, reason, candidates[:_SHOWN])
