"""How one sender's layout becomes lines: fields to columns, constants, signs, units; kept as JSON, versioned."""

from __future__ import annotations

from collections.abc import Mapping as Dict
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

VERSION = 1


@dataclass(frozen=True, slots=True)
class Source:
    """A field's column: its letters, and the header's key by which it is found again when the column moves."""

    field: str
    column: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class Slice:
    """One group of repeated columns (a month, a warehouse) that turns into its own lines.

    `label` is the group's heading; `sold_on` or `outlet` is what the heading means; `sources` its columns.
    """

    label: str
    sources: tuple[Source, ...]
    sold_on: date | None = None
    outlet: str = ""


@dataclass(frozen=True, slots=True)
class Groups:
    """Headings in rows of their own. `mode`: `none`, `outline` (levels of the sheet), `blank` (the row lacks what
    every line has). `column` holds the heading; `fields` are what the levels mean, outermost first;
    `detail` are the columns of which a line fills at least one."""

    mode: str = "none"
    column: str = "A"
    fields: tuple[str, ...] = ()
    detail: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class UnitFactor:
    """A sender's unit in ours: `quantity` × `factor`, `price` ÷ `factor` (a box of 12 → 12 pieces)."""

    unit: str
    factor: Decimal = Decimal(1)


@dataclass(frozen=True, slots=True)
class Mapping:
    """Everything needed to read a layout again without asking.

    `header` is (letters, key) of each column when remembered, `signature` its hash. `constants` fill fields without
    a column. `date_order`: `dmy`, `mdy`, `ymd`. `returns`: `negative` (a quantity below zero is a return), `inverted`
    (sales are negative), `operation` (the field's words say so), `all` (the file holds only returns).
    `decimal_mark`: `,`, `.` or `auto`. `period_day`: which day stands for a period, `last` or `first`.
    """

    signature: str
    header: tuple[tuple[str, str], ...]
    first_row: int
    sources: tuple[Source, ...]
    sheet: str = ""
    slices: tuple[Slice, ...] = ()
    groups: Groups = Groups()
    constants: Dict[str, str] = field(default_factory=dict)
    units: Dict[str, UnitFactor] = field(default_factory=dict)
    values: Dict[str, Dict[str, str]] = field(default_factory=dict)
    date_order: str = "dmy"
    decimal_mark: str = "auto"
    returns: str = "negative"
    return_words: tuple[str, ...] = ()
    period_day: str = "last"
    version: int = VERSION

    def column_of(self, name: str) -> str:
        """Letters of the column of field `name`; empty when it has none."""
        return next((source.column for source in self.sources if source.field == name), "")

    def to_json(self) -> dict[str, Any]:
        raise NotImplementedError

    @classmethod
    def from_json(cls, data: Dict[str, Any]) -> Mapping:
        raise NotImplementedError
