"""Names as sparse rows over the vocabulary of a catalogue, so that thousands of pairs are compared at once.

A `Lexicon` is made of the products: which tokens they hold and how rare each is, 0..1 whatever the size of the
catalogue. `Texts` are names in its terms: the products, or a batch of what lines say.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from zveno.sellout.rules.matching.asking import Asked, Product
from zveno.sellout.rules.matching.measures import values_in
from zveno.sellout.rules.matching.names import Name, fold_name, take_apart
from zveno.sellout.rules.matching.spelling import Spelling
from zveno.sellout.rules.matching.words import code_key, one_alphabet

Floats = npt.NDArray[np.float32]
_BARE = re.compile(r"[^0-9a-zа-я]+")


@dataclass(frozen=True, slots=True)
class Parsed:
    """One record taken apart: its name with the brand (`full`), with every other text (`every`), and as strings.
    `strict`: the codes told as codes; `price` is NaN where there is none."""

    full: Name
    every: Name
    strict: frozenset[str]
    brand: frozenset[str]
    name_text: str
    full_text: str
    price: float


def parse(record: Asked | Product) -> Parsed:
    """What a line says, or a product, taken apart."""
    codes = (record.code,) if isinstance(record, Product) else (record.article, record.product_code)
    brand = record.brand if record.brand.lower() not in record.name.lower() else ""
    told = f"{brand} {record.name}".strip()
    full = take_apart(told)
    pieces = [piece for code in codes for piece in (code, *code.split())]
    return Parsed(
        full=full,
        every=take_apart(f"{told} {' '.join(codes)} {record.details}") if record.details else full,
        strict=frozenset(key for piece in pieces if len(key := _plain(code_key(fold_name(piece)))) > 2),
        brand=take_apart(record.brand).words if record.brand else frozenset(),
        name_text=_bare(record.name),
        full_text=_bare(told),
        price=float(record.price) if record.price and record.price > 0 else math.nan,
    )


def _bare(told: str) -> str:
    folded = fold_name(told)
    if not folded.isascii():
        folded = " ".join(map(one_alphabet, folded.split()))
    return _BARE.sub(" ", folded).strip()


def _sized(name: Name) -> Iterable[str]:
    return (f"{dimension}={value:g}" for dimension, value in name.measures)


def _plain(code: str) -> str:
    """Digits without leading zeros: a spreadsheet drops them."""
    return code.lstrip("0") if code.isdigit() else code


def _labels(parsed: Parsed) -> frozenset[str]:
    """Everything that may be somebody's code: told as one, or three digits and more within the name."""
    name = parsed.full
    found = parsed.strict | name.codes | name.joined | {number for number in name.numbers if len(number) >= 3}
    return frozenset(map(_plain, found))


def _ends(parsed: Parsed) -> Iterable[str]:
    """Beginnings and endings of the codes, of which akin ones share many."""
    for code in _labels(parsed):
        for size in range(3, len(code) + 1):
            yield f"^{code[:size]}"
            yield f"{code[-size:]}$"


def _grams(parsed: Parsed) -> Iterable[str]:
    text = f" {parsed.full_text} "
    return (text[at : at + 3] for at in range(len(text) - 2))


FAMILIES: dict[str, Callable[[Parsed], Iterable[str]]] = {
    "tokens": lambda p: (*p.full.tokens, *_sized(p.full)),
    "words": lambda p: p.full.words,
    "codes": lambda p: p.full.codes,
    "numbers": lambda p: p.full.numbers,
    "every": lambda p: (*p.every.tokens, *_sized(p.every)),
    "labels": _labels,
    "whole": lambda p: {*p.full.tokens, *p.strict, *_sized(p.full)},
    "strict": lambda p: p.strict,
    "measures": lambda p: _sized(p.full),
    "dimensions": lambda p: {dimension for dimension, _ in p.full.measures},
    "values": lambda p: map(str, values_in(p.full_text)),
    "traits": lambda p: p.full.traits,
    "groups": lambda p: {trait.split(":")[0] for trait in p.full.traits},
    "ends": _ends,
    "grams": _grams,
    "pairs": lambda p: map("_".join, zip(p.full_text.split(), p.full_text.split()[1:], strict=False)),
}
"""Kinds of tokens that are compared, each with a vocabulary of its own."""


@dataclass(frozen=True, slots=True)
class Rows:
    """Tokens of one family, a row per record: `held` over the vocabulary (ones), `weight` of all a record's tokens
    together, those that no product has included, and the `strange`st of these."""

    held: sp.csr_matrix
    weight: Floats
    strange: Floats

    def at(self, chosen: npt.NDArray[np.intp]) -> Rows:
        return Rows(self.held[chosen], self.weight[chosen], self.strange[chosen])


@dataclass(frozen=True, slots=True)
class Texts:
    """Records in the terms of a lexicon. `soft`: words with what they may stand for; `brand`: the brand's words, of
    which `branded` are told. `name` and `full` (with the brand): as strings."""

    name: Sequence[str]
    full: Sequence[str]
    rows: dict[str, Rows]
    soft: Rows
    brand: sp.csr_matrix
    branded: Floats
    price: Floats

    def __len__(self) -> int:
        return len(self.full)


class Vocabulary:
    """The tokens of one family that products hold, with their rarity: 1 for what one product has, 0.05 for what all
    have."""

    def __init__(self, rows: Iterable[Iterable[str]], count: int) -> None:
        held: Counter[str] = Counter()
        for row in rows:
            held.update(set(row))
        self.place = {token: at for at, token in enumerate(held)}
        top = math.log(count + 1.5)
        rarity = [max(math.log((count + 1.5) / (many + 0.5)) / top, 0.0) for many in held.values()]
        scale = 1 / max(math.log((count + 1.5) / 1.5) / top, 0.05)
        self.rarity: Floats = np.minimum(np.asarray(rarity, np.float32) * scale * 0.95 + 0.05, 1.0).astype(np.float32)

    def rows(self, records: Sequence[Iterable[str]]) -> Rows:
        """Records' tokens as rows."""
        places: list[int] = []
        ends = [0]
        weight = np.zeros(len(records), np.float32)
        strange = np.zeros(len(records), np.float32)
        for at, record in enumerate(records):
            tokens = set(record)
            known = sorted(self.place[token] for token in tokens if token in self.place)
            places += known
            ends.append(len(places))
            unknown = len(tokens) - len(known)
            weight[at], strange[at] = unknown, min(unknown, 1)
        held = _csr(np.ones(len(places), np.float32), places, ends, len(self.place))
        weight += held @ self.rarity if len(self.place) else 0
        return Rows(held, weight, strange)


class Lexicon:
    """The vocabulary of a catalogue. Read-only."""

    def __init__(self, parsed: Sequence[Parsed]) -> None:
        self.families = {
            name: Vocabulary((told(record) for record in parsed), len(parsed)) for name, told in FAMILIES.items()
        }
        self.spelling = Spelling(self.families["words"].place)

    def texts(self, parsed: Sequence[Parsed]) -> Texts:
        """Records in these terms."""
        rows = {
            name: vocabulary.rows([FAMILIES[name](record) for record in parsed])
            for name, vocabulary in self.families.items()
        }
        words = self.families["words"]
        return Texts(
            name=[record.name_text for record in parsed],
            full=[record.full_text for record in parsed],
            rows=rows,
            soft=self._soft(parsed),
            brand=words.rows([record.brand for record in parsed]).held,
            branded=np.array([len(record.brand) for record in parsed], np.float32),
            price=np.array([record.price for record in parsed], np.float32),
        )

    def _soft(self, parsed: Sequence[Parsed]) -> Rows:
        """Words with what they may stand for. A word's weight is that of its surest reading."""
        words = self.families["words"]
        places: list[int] = []
        sure: list[float] = []
        ends = [0]
        weight = np.zeros(len(parsed), np.float32)
        strange = np.zeros(len(parsed), np.float32)
        for at, record in enumerate(parsed):
            row: dict[int, float] = {}
            for word in record.full.words:
                readings = self.spelling.readings(word)
                if not readings:
                    strange[at] += 1
                    weight[at] += 1
                    continue
                found = [(words.place[reading], part) for reading, part in readings]
                weight[at] += max(words.rarity[place] * part for place, part in found)
                for place, part in found:
                    row[place] = max(row.get(place, 0.0), part)
            order = sorted(row)
            places += order
            sure += [row[place] for place in order]
            ends.append(len(places))
        return Rows(_csr(np.asarray(sure, np.float32), places, ends, len(words.place)), weight, strange)


def _csr(values: Floats, places: Sequence[int], ends: Sequence[int], width: int) -> sp.csr_matrix:
    return sp.csr_matrix(
        (values, np.asarray(places, np.int32), np.asarray(ends, np.int64 if len(places) > 2**31 else np.int32)),
        shape=(len(ends) - 1, width),
    )
