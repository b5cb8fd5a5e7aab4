"""Tables as people send them: a workbook of sheets of rows, each cell with its place. Standard library only.

Readers (`zveno.base.tabular`) produce these values; rules read them. Cells stay as the file gave them, because most
columns are never used: `number`, `text` and `day` of `zveno.sellout.rules.values` turn a cell into a value when asked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import islice
from typing import TypeAlias

Cell: TypeAlias = str | int | float | Decimal | bool | datetime | date | time | timedelta | None
"""What a cell may hold. `None` and a blank string are both empty; a `float` is exact through its `repr`."""


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where in the sender's file: sheet name, row number from 1, column letters (empty for a whole row)."""

    sheet: str
    row: int
    column: str = ""

    def __str__(self) -> str:
        return f"{self.sheet}!{self.column}{self.row}"


@dataclass(slots=True)
class Row:
    """One row: its number in the file from 1, its cells from column A, its outline level (0 when not grouped), whether
    the sheet hides it, how far its first text is indented, whether that is bold."""

    number: int
    values: Sequence[Cell]
    level: int = 0
    hidden: bool = False
    indent: int = 0
    bold: bool = False

    def __getitem__(self, letters: str) -> Cell:
        """The cell under column `letters`; `None` beyond the row's end."""
        index = column_index(letters)
        return self.values[index] if index < len(self.values) else None

    @property
    def blank(self) -> bool:
        return not any(not is_empty(value) for value in self.values)


@dataclass(frozen=True, slots=True)
class Span:
    """A merged range, 1-based rows and 0-based columns, all ends included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet whose rows can be walked any number of times; every walk reads the source again.

    `hidden` sheets are read too: the user decides.
    """

    name: str
    open: Callable[[], Iterator[Row]] = field(repr=False, compare=False)
    hidden: bool = False
    spans: Callable[[], tuple[Span, ...]] = field(default=tuple, repr=False, compare=False)

    @property
    def merged(self) -> tuple[Span, ...]:
        """The merged ranges; none where the format does not tell."""
        return self.spans()

    def __iter__(self) -> Iterator[Row]:
        return self.open()

    def head(self, count: int) -> list[Row]:
        """The first `count` rows."""
        return list(islice(self.open(), count))


@dataclass(frozen=True, slots=True)
class Workbook:
    """A file as read: its name, what it is inside (`xlsx`, `csv`, `xml` …), the encoding of a text, its sheets."""

    name: str
    format: str
    sheets: tuple[Sheet, ...]
    encoding: str = ""
    delimiter: str = ""

    def __iter__(self) -> Iterator[Sheet]:
        return iter(self.sheets)

    def __getitem__(self, name: str) -> Sheet:
        for sheet in self.sheets:
            if sheet.name == name:
                return sheet
        raise KeyError(name)


def sheet_of(name: str, rows: Iterable[Sequence[Cell]], *, merged: tuple[Span, ...] = ()) -> Sheet:
    """A sheet of rows already in memory, numbered from 1."""
    kept = [list(values) for values in rows]
    return Sheet(name, lambda: (Row(number, values) for number, values in enumerate(kept, 1)), spans=lambda: merged)


def is_empty(value: Cell) -> bool:
    """Whether a cell holds nothing: `None` or only blanks (no-break ones too)."""
    return value is None or (isinstance(value, str) and not value.strip())


def column_letters(index: int) -> str:
    """Letters of the column `index` from 0: 0 → A, 25 → Z, 26 → AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_index(letters: str) -> int:
    """Index from 0 of the column `letters`: A → 0, AA → 26."""
    index = 0
    for letter in letters:
        index = index * 26 + ord(letter) - 64
    return index - 1
