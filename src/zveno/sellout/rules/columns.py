"""What each column is, by its header's words and by the values beneath it; and which product of two is the third."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise, permutations

from zveno.kit.codes import is_gtin, is_inn
from zveno.kit.tables import Cell, is_empty
from zveno.sellout.rules.values import date_order, day, number, text
from zveno.sellout.rules.words import NOT_SALES, is_unit, kinds_of

_CODE = re.compile(r"(?=.*\d)[0-9A-Za-zА-Яа-яІіЇї][0-9A-Za-zА-Яа-яІіЇї./_#*+ -]{1,29}")
_NUMERIC = frozenset(
    ("quantity", "price", "amount", "stock", "cost", "profit", "discount", "weight", "volume", "received")
)
_TEXTUAL = frozenset(("product_name", "customer_name", "customer_address", "brand", "unit", "outlet", "operation"))


@dataclass(frozen=True, slots=True)
class Profile:
    """Shares (0..1 of the filled cells) of what a column's values can be read as."""

    filled: int = 0
    rows: int = 0
    numbers: float = 0.0
    integers: float = 0.0
    negative: float = 0.0
    days: float = 0.0
    gtins: float = 0.0
    inns: float = 0.0
    units: float = 0.0
    codes: float = 0.0
    words: float = 0.0
    distinct: float = 0.0
    rising: bool = False
    length: float = 0.0

    @property
    def fill(self) -> float:
        return self.filled / self.rows if self.rows else 0.0


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a column may be: a kind (a field or one of `NOT_SALES`), a score 0..1, and the reason: `header` with the
    phrase, `values`, or `product` (price × quantity = amount)."""

    kind: str
    score: float
    reason: str
    phrase: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a layout: letters, header (texts of its header rows, outermost first), what it may be, samples."""

    letters: str
    index: int
    path: tuple[str, ...]
    profile: Profile = Profile()
    proposals: tuple[Proposal, ...] = ()
    samples: tuple[str, ...] = field(default=(), compare=False)

    @property
    def header(self) -> str:
        return " / ".join(self.path)

    @property
    def kind(self) -> str:
        """The best proposal's kind; empty when there is none."""
        return self.proposals[0].kind if self.proposals else ""


def profile_of(cells: Sequence[Cell]) -> Profile:
    """The profile of a column's cells."""
    filled = [cell for cell in cells if not is_empty(cell)]
    if not filled:
        return Profile(rows=len(cells))
    texts = [text(cell) for cell in filled]
    numbers = [value for cell in filled if (value := number(cell)) is not None]
    count = len(filled)
    order = date_order(filled)[0]
    typed_days = sum(not isinstance(cell, int | float | Decimal) and day(cell, order) is not None for cell in filled)

    def share(hits: int) -> float:
        return hits / count

    return Profile(
        filled=count,
        rows=len(cells),
        numbers=share(len(numbers)),
        integers=share(sum(value == value.to_integral_value() for value in numbers)),
        negative=share(sum(value < 0 for value in numbers)),
        days=share(typed_days),
        gtins=share(sum(len(told) in (8, 12, 13, 14) and told.isdigit() and is_gtin(told) for told in texts)),
        inns=share(sum(len(told) in (10, 12) and is_inn(told) for told in texts)),
        units=share(sum(is_unit(told) for told in texts)),
        codes=share(sum(bool(_CODE.fullmatch(told)) and told.count(" ") < 3 for told in texts)),
        words=share(sum(sum(char.isalpha() for char in told) > 0.35 * len(told) for told in texts)),
        distinct=len(set(texts)) / count,
        rising=count > 3 and len(numbers) == count and all(b - a == 1 for a, b in pairwise(numbers)),
        length=sum(map(len, texts)) / count,
    )


def proposals_for(path: tuple[str, ...], profile: Profile) -> tuple[Proposal, ...]:
    """What a column with this header and these values may be, best first."""
    found: dict[str, Proposal] = {}
    for told, weight in (
        (path[-1] if path else "", 1.0),
        (" ".join(path), 0.97),
        (path[0] if len(path) > 1 else "", 0.6),
    ):
        for kind, score, phrase in kinds_of(told):
            fitted = weight * score * _support(kind, profile)
            if fitted > found.get(kind, Proposal(kind, 0.0, "")).score:
                found[kind] = Proposal(kind, round(fitted, 3), "header", phrase)
    for kind, score in _by_values(profile):
        if score > found.get(kind, Proposal(kind, 0.0, "")).score:
            found[kind] = Proposal(kind, score, "values")
    ranked = sorted(found.values(), key=lambda proposal: -proposal.score)
    return tuple(proposal for proposal in ranked if proposal.score >= 0.2)[:5]


_OF_CUSTOMER = {
    "product_name": "customer_name",
    "product_code": "customer_code",
    "document_number": "customer_code",
}


def _owned(kind: str, outer: str) -> tuple[str, float]:
    """What a name means under the name of its owner: a buyer's «Наименование» is the customer's name, a document's
    «Сумма» is not the line's."""
    owners = kinds_of(outer)
    owner = owners[0][0] if owners and owners[0][1] >= 0.9 else ""
    if owner == "customer_name":
        return _OF_CUSTOMER.get(kind, kind), 1.0
    if owner == "document_number" and kind in ("amount", "quantity", "product_code", "product_name"):
        return kind, 0.4
    return kind, 1.0


def _support(kind: str, seen: Profile) -> float:
    """How far values speak for a kind that the header names: 1 they do, less they do not; silence is no objection."""
    if not seen.filled:
        return 0.9
    if kind in _NUMERIC:
        return 1.0 if seen.numbers > 0.7 else 0.35 + 0.6 * seen.numbers if kind == "stock" else 0.2 + 0.8 * seen.numbers
    if kind == "sold_on":
        return 1.0 if seen.days > 0.7 else 0.35
    if kind == "customer_inn":
        return 1.0 if seen.inns > 0.5 else 0.6
    if kind == "barcode":
        return 1.0 if seen.gtins > 0.5 else 0.7
    if kind in _TEXTUAL:
        return 0.5 if seen.numbers > 0.8 and seen.words < 0.2 else 1.0
    if kind == "line_number":
        return 1.0 if seen.rising or seen.integers > 0.9 else 0.4
    return 1.0


def _by_values(seen: Profile) -> list[tuple[str, float]]:
    if seen.filled < 2:
        return []
    found = []
    if seen.days > 0.9:
        found.append(("sold_on", 0.6))
    if seen.gtins > 0.8:
        found.append(("barcode", 0.75))
    if seen.inns > 0.8:
        found.append(("customer_inn", 0.75))
    if seen.units > 0.9:
        found.append(("unit", 0.7))
    if seen.rising:
        found.append(("line_number", 0.7))
    if seen.codes > 0.9 and seen.numbers < 0.9 and seen.distinct > 0.5 and seen.length < 20 and seen.days < 0.5:
        found.append(("article", 0.35))
    if seen.words > 0.8 and seen.distinct > 0.5 and seen.length > 9 and seen.days < 0.5:
        found.append(("product_name", 0.5))
    return found


def product_triple(cells: dict[int, list[Cell]], headers: dict[int, set[str]]) -> tuple[int, int, int] | None:
    """Columns (quantity, price, amount) for which price × quantity = amount in nine rows of ten, if any do.

    `cells` are the numeric columns by index, row by row; `headers` what their words may mean, which settles which
    factor is the quantity where whole numbers do not.
    """
    values = {index: [number(cell) for cell in column] for index, column in cells.items()}
    best: tuple[float, tuple[int, int, int]] | None = None
    for a, b, c in permutations(values, 3):
        share = _agreement(values[a], values[b], values[c])
        if share < 0.9:
            continue
        rank = share + _leaning(a, "quantity", values, headers) + _leaning(b, "price", values, headers)
        rank += 0.3 * ("amount" in headers.get(c, ()))
        if best is None or rank > best[0]:
            best = (rank, (a, b, c))
    return best[1] if best else None


def _agreement(first: list[Decimal | None], second: list[Decimal | None], third: list[Decimal | None]) -> float:
    told = hits = 0
    for a, b, c in zip(first, second, third, strict=True):
        if a is None or b is None or c is None or a in (0, 1) or b in (0, 1):
            continue
        told += 1
        hits += abs(a * b - c) <= max(Decimal("0.02"), abs(c) / 500)
    return hits / told if told >= 4 else 0.0


def _leaning(index: int, kind: str, values: dict[int, list[Decimal | None]], headers: dict[int, set[str]]) -> float:
    kinds = headers.get(index, set())
    if kind in kinds:
        return 0.3
    if kinds & {"cost", "discount", "weight", "volume", *NOT_SALES}:
        return -0.5
    known = [value for value in values[index] if value is not None]
    whole = sum(value == value.to_integral_value() for value in known) / max(len(known), 1)
    return 0.1 * (whole if kind == "quantity" else 1 - whole)
