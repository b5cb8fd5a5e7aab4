"""Cells of a table that a person filled in, as the values a tariff or a list of places needs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from zveno.kit.tables import Cell, Row, column_letters, is_empty

_BLANKS = re.compile(r"[\s\u00a0\u202f]+")
_LONGEST_HEAD = 30
_WEEKDAYS = {"пн": 0, "вт": 1, "ср": 2, "чт": 3, "пт": 4, "сб": 5, "вс": 6,
             "mo": 0, "tu": 1, "we": 2, "th": 3, "fr": 4, "sa": 5, "su": 6}  # fmt: skip


@dataclass(frozen=True, slots=True)
class RowFault:
    """What is wrong in one cell of a sent table: row from 1, column letters, a code and what fills its words."""

    row: int
    column: str
    code: str
    params: Mapping[str, str] = field(default_factory=dict)


class BadCell(Exception):  # noqa: N818 - a stated fact
    """A cell cannot be read; carries the fault's code and parameters."""

    def __init__(self, code: str, **params: str) -> None:
        self.code, self.params = code, params
        super().__init__(code)


@dataclass(frozen=True, slots=True)
class Heads:
    """Which column holds which field, found by the names of the heading row."""

    row: int
    columns: Mapping[str, int]

    def cell(self, row: Row, name: str) -> Cell:
        """The cell of the field in a row; `None` where the table has no such column."""
        at = self.columns.get(name)
        return row.values[at] if at is not None and at < len(row.values) else None

    def letters(self, name: str) -> str:
        """The letters of the field's column, empty when the table has none."""
        return column_letters(self.columns[name]) if name in self.columns else ""


def find_heads(rows: list[Row], names: Mapping[str, tuple[str, ...]], *, needed: tuple[str, ...]) -> Heads | None:
    """The heading row among the first thirty: the one that names most fields, all `needed` ones among them."""
    meant = {_plain(name): key for key, told in names.items() for name in told}
    best: Heads | None = None
    for row in rows[:_LONGEST_HEAD]:
        columns: dict[str, int] = {}
        for at, cell in enumerate(row.values):
            key = meant.get(_plain(str(cell))) if not is_empty(cell) else None
            if key is not None and key not in columns:
                columns[key] = at
        if all(key in columns for key in needed) and (best is None or len(columns) > len(best.columns)):
            best = Heads(row.number, columns)
    return best


def text_of(cell: Cell, longest: int = 200) -> str:
    """The cell as a text without blanks around it, a whole number without its point. Raises BadCell."""
    if is_empty(cell):
        return ""
    told = str(int(cell)) if isinstance(cell, float) and cell.is_integer() else " ".join(str(cell).split())
    if len(told) > longest:
        raise BadCell("too_long", longest=str(longest))
    return told


def number_of(cell: Cell, *, most: Decimal = Decimal("99999999"), places: int = 4) -> Decimal | None:
    """The cell as a number of zero or more; `None` when empty. Raises BadCell."""
    if is_empty(cell):
        return None
    told = repr(cell) if isinstance(cell, float) else str(cell)
    compact = _BLANKS.sub("", told).replace(",", ".")
    try:
        value = Decimal(compact)
    except InvalidOperation:
        raise BadCell("not_a_number", told=told[:40]) from None
    if not value.is_finite() or value < 0 or value > most or isinstance(cell, bool):
        raise BadCell("number_out_of_range", told=told[:40], most=str(most))
    exponent = value.normalize().as_tuple().exponent
    if isinstance(exponent, int) and -exponent > places:
        value = value.quantize(Decimal(1).scaleb(-places))
    return value


def whole_of(cell: Cell, *, most: int) -> int | None:
    """The cell as a whole number of zero or more; `None` when empty. Raises BadCell."""
    value = number_of(cell, most=Decimal(most))
    if value is None:
        return None
    if value != value.to_integral_value():
        raise BadCell("not_whole", told=str(cell)[:40])
    return int(value)


def degrees_of(cell: Cell, *, most: int) -> Decimal | None:
    """The cell as degrees between `-most` and `most`; `None` when empty. Raises BadCell."""
    if is_empty(cell):
        return None
    try:
        value = Decimal(_BLANKS.sub("", repr(cell) if isinstance(cell, float) else str(cell)).replace(",", "."))
    except InvalidOperation:
        raise BadCell("not_a_number", told=str(cell)[:40]) from None
    if not value.is_finite() or abs(value) > most:
        raise BadCell("number_out_of_range", told=str(cell)[:40], most=str(most))
    return value.quantize(Decimal("0.00001"))


def weekdays_of(cell: Cell) -> frozenset[int]:
    """Days of the week, Monday is 0: `пн, ср`, `mo we`, `1,3`, `135`; none when empty. Raises BadCell."""
    told = text_of(cell).lower().replace(".", " ")
    found = set()
    for word in re.split(r"[\s,;/]+", told):
        if not word:
            continue
        if word.isdigit() and set(word) <= set("1234567"):
            found |= {int(digit) - 1 for digit in word}
        elif word[:2] in _WEEKDAYS:
            found.add(_WEEKDAYS[word[:2]])
        else:
            raise BadCell("not_weekdays", told=word[:40])
    return frozenset(found)


def _plain(name: str) -> str:
    return re.sub(r"[^0-9a-zа-я]", "", name.lower().replace("ё", "е").replace("³", "3"))
