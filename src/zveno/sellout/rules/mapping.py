"""How one sender's layout becomes lines: fields to columns, constants, signs, units; kept as JSON, versioned."""

from __future__ import annotations

from collections.abc import Mapping as Dict
from dataclasses import asdict, dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

VERSION = 2


@dataclass(frozen=True, slots=True)
class Source:
    """A field's column: its letters, the header's key by which it is found again when the column moves, and by what its
    figures are to be multiplied (a head in thousands: 1000)."""

    field: str
    column: str
    key: str = ""
    scale: Decimal = Decimal(1)


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
    """Headings in rows of their own. `mode`: `none`, `outline` (levels of the sheet), `indent` (of the first text),
    `blank` (the row lacks what every line has). `column` holds the heading; `fields` are what the levels mean,
    outermost first; `detail` are the columns of which a line fills at least one."""

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
    a column (days as ISO texts); those named in `told` come from the file itself (its period, its outlet) and are told
    anew by each file. `fill_down` are fields told once for several lines. `units` are keyed by the sender's unit,
    `values` by field and the sender's text. `date_order`: `dmy`, `mdy`, `ymd`. `returns`: `negative` (a quantity below
    zero is a return), `inverted` (sales are negative), `operation` (the field holds one of `return_words`), `all` (the
    file holds only returns). `decimal_mark`: `,`, `.` or `auto`.
    """

    signature: str
    header: tuple[tuple[str, str], ...]
    first_row: int
    sources: tuple[Source, ...]
    sheet: str = ""
    slices: tuple[Slice, ...] = ()
    groups: Groups = Groups()
    constants: Dict[str, str] = field(default_factory=dict)
    told: tuple[str, ...] = ()
    fill_down: tuple[str, ...] = ()
    units: Dict[str, UnitFactor] = field(default_factory=dict)
    values: Dict[str, Dict[str, str]] = field(default_factory=dict)
    date_order: str = "dmy"
    decimal_mark: str = "auto"
    returns: str = "negative"
    return_words: tuple[str, ...] = ("возврат", "return", "сторно", "credit", "повернення")
    version: int = VERSION

    def column_of(self, name: str) -> str:
        """Letters of the column of field `name`; empty when it has none."""
        return next((source.column for source in self.sources if source.field == name), "")

    @property
    def fields(self) -> frozenset[str]:
        """The fields that something fills: a column, a slice, a constant or a group's heading."""
        sliced = {source.field for part in self.slices for source in part.sources}
        named = {"sold_on" for part in self.slices if part.sold_on} | {"outlet" for part in self.slices if part.outlet}
        grouped = {name for name in self.groups.fields if name}
        return frozenset({s.field for s in self.sources} | sliced | named | set(self.constants) | grouped)

    def to_json(self) -> dict[str, Any]:
        """Plain JSON values; `from_json` gives an equal mapping back."""
        data = asdict(self)
        for part in data["slices"]:
            part["sold_on"] = part["sold_on"].isoformat() if part["sold_on"] else None
        for source in [*data["sources"], *(s for part in data["slices"] for s in part["sources"])]:
            source["scale"] = str(source["scale"])
        for unit in data["units"].values():
            unit["factor"] = str(unit["factor"])
        return _plain(data)  # type: ignore[no-any-return]

    @classmethod
    def from_json(cls, data: Dict[str, Any]) -> Mapping:
        """The mapping kept as `data`, by this version or the one before. Raises `ValueError` for a version it does not
        know, `KeyError` or `TypeError` for what is no mapping."""
        if data.get("version") not in (1, VERSION):
            raise ValueError(f"mapping version {data.get('version')!r}")
        return cls(
            signature=data["signature"],
            header=tuple((letters, key) for letters, key in data["header"]),
            first_row=data["first_row"],
            sources=tuple(_source(source) for source in data["sources"]),
            sheet=data["sheet"],
            slices=tuple(_slice(part) for part in data["slices"]),
            groups=_groups(data["groups"]),
            constants=dict(data["constants"]),
            told=tuple(data["told"]),
            fill_down=tuple(data["fill_down"]),
            units={key: UnitFactor(unit["unit"], Decimal(unit["factor"])) for key, unit in data["units"].items()},
            values={name: dict(pairs) for name, pairs in data["values"].items()},
            date_order=data["date_order"],
            decimal_mark=data["decimal_mark"],
            returns=data["returns"],
            return_words=tuple(data["return_words"]),
        )


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    return [_plain(item) for item in value] if isinstance(value, list | tuple) else value


def _groups(data: Dict[str, Any]) -> Groups:
    return Groups(data["mode"], data["column"], tuple(data["fields"]), tuple(data["detail"]))


def _slice(data: Dict[str, Any]) -> Slice:
    sold_on = date.fromisoformat(data["sold_on"]) if data["sold_on"] else None
    return Slice(data["label"], tuple(_source(source) for source in data["sources"]), sold_on, data["outlet"])


def _source(data: Dict[str, Any]) -> Source:
    return Source(data["field"], data["column"], data["key"], Decimal(data.get("scale", "1")))
