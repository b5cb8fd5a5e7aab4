"""A mapping at work: rows in, lines out, and for every row that gives none the reason."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from zveno.kit.tables import Cell, Place, Row, column_index, is_empty
from zveno.sellout.rules.lines import Item, Problem, RawLine, Skipped
from zveno.sellout.rules.mapping import Mapping, Slice, Source, UnitFactor
from zveno.sellout.rules.periods import period_of
from zveno.sellout.rules.values import day, number, text
from zveno.sellout.rules.words import fold_header, is_total

_NUMBERS = ("quantity", "price", "amount")
# A spreadsheet saved through a program that knows only floats writes code 17850 as 17850.0.
_CODES = frozenset(("product_code", "article", "barcode", "customer_code", "customer_inn", "document_number"))
_DASHES = frozenset(("-", "–", "—", "н/д", "n/a"))
_ERRORS = (
    "#N/A",
    "#DIV/0!",
    "#REF!",
    "#VALUE!",
    "#NAME?",
    "#NULL!",
    "#NUM!",
    "#Н/Д",
    "#ДЕЛ/0!",
    "#ССЫЛКА!",
    "#ЗНАЧ!",
    "#ИМЯ?",
)


def apply_mapping(rows: Iterable[Row], mapping: Mapping, *, sheet: str = "") -> Iterator[Item]:
    """The lines of `rows` under `mapping`, in order, each with its place on `sheet` (the mapping's own when not said).

    A row gives a line (one for each filled slice), or a `Problem` for each cell that cannot be read, or a `Skipped`
    with the reason. Blank rows and rows above the first give nothing. Nothing else is left out.
    """
    return _Reader(mapping, sheet or mapping.sheet).read(rows)


@dataclass(slots=True)
class _Cut:
    """The columns one line of a row is made of."""

    label: str
    texts: list[tuple[str, int]]
    numbers: list[tuple[str, int, str]]
    days: list[tuple[str, int, str]]
    fixed: dict[str, Any]
    place: str


class _Reader:
    def __init__(self, mapping: Mapping, sheet: str) -> None:
        self._mapping = mapping
        self._sheet = sheet
        self._fixed = {name: _constant(name, value, mapping) for name, value in mapping.constants.items()}
        common = list(mapping.sources)
        self._cuts = [self._cut(common, None)] if not mapping.slices else [self._cut(common, s) for s in mapping.slices]
        self._values = {name: dict(pairs) for name, pairs in mapping.values.items()}
        self._units = {fold_header(unit): factor for unit, factor in mapping.units.items()}
        self._return_words = tuple(word.lower() for word in mapping.return_words)
        self._headings: dict[int, str] = {}
        self._above: dict[str, Any] = {}
        self._heading_index = column_index(mapping.groups.column)
        self._detail = [column_index(letters) for letters in mapping.groups.detail]

    def _cut(self, sources: list[Source], part: Slice | None) -> _Cut:
        own = list(part.sources) if part else []
        fixed = dict(self._fixed)
        if part and part.sold_on:
            fixed["sold_on"] = part.sold_on
        if part and part.outlet:
            fixed["outlet"] = part.outlet
        sliced = {source.field for source in own}
        used = [source for source in sources if source.field not in sliced] + own
        rest = [(source.field, column_index(source.column), source.column) for source in used]
        first = next((source.column for name in _NUMBERS for source in used if source.field == name), "")
        return _Cut(
            label=part.label if part else "",
            texts=[(name, index) for name, index, _ in rest if name not in _NUMBERS and name != "sold_on"],
            numbers=[entry for entry in rest if entry[0] in _NUMBERS],
            days=[entry for entry in rest if entry[0] == "sold_on"],
            fixed=fixed,
            place=first if part else "",
        )

    def read(self, rows: Iterable[Row]) -> Iterator[Item]:
        first_row = self._mapping.first_row
        outlined = self._mapping.groups.mode == "outline"
        held: Row | None = None
        for row in rows:
            if row.number < first_row or row.blank:
                continue
            if not outlined:
                yield from self._row(row, 0)
                continue
            if held is not None:
                yield from self._row(held, row.level)
            held = row
        if held is not None:
            yield from self._row(held, 0)

    def _row(self, row: Row, next_level: int) -> Iterator[Item]:
        reason = self._no_line(row, next_level)
        if reason:
            yield self._skipped(row, reason)
            return
        given = problems = 0
        for cut in self._cuts:
            items = self._line(row, cut)
            for item in items:
                problems += isinstance(item, Problem)
                given += 1
                yield item
        if not given:
            yield self._skipped(row, "empty")

    def _no_line(self, row: Row, next_level: int) -> str:
        """Why a row is no sale, empty when it is one."""
        groups = self._mapping.groups
        values = row.values
        lead = next((cell for cell in values if not is_empty(cell)), None)
        if isinstance(lead, str) and is_total(lead.lstrip()):
            return "total"
        if groups.mode == "outline" and next_level > row.level:
            self._heading(row, row.level)
            return "group"
        if groups.mode == "blank" and not any(i < len(values) and not is_empty(values[i]) for i in self._detail):
            self._heading(row, 0)
            return "group"
        return ""

    def _heading(self, row: Row, level: int) -> None:
        self._headings = {depth: told for depth, told in self._headings.items() if depth < level}
        index = self._heading_index
        self._headings[level] = text(row.values[index]) if index < len(row.values) else ""

    def _skipped(self, row: Row, reason: str) -> Skipped:
        told = next((text(cell) for cell in row.values if not is_empty(cell)), "")
        figures: dict[str, Decimal] = {}
        for cut in self._cuts:
            for name, index, _ in cut.numbers:
                value = number(row.values[index], self._mapping.decimal_mark) if index < len(row.values) else None
                if value is not None and name != "price":
                    figures[name] = figures.get(name, Decimal(0)) + value
        return Skipped(Place(self._sheet, row.number), reason, told, figures.get("quantity"), figures.get("amount"))

    def _line(self, row: Row, cut: _Cut) -> list[Item]:
        values = row.values
        width = len(values)
        line = RawLine(Place(self._sheet, row.number, cut.place), raw=values, **cut.fixed)
        problems: list[Problem] = []
        self._texts(line, values, width, cut)
        for name, index, letters in cut.numbers:
            cell = values[index] if index < width else None
            if is_empty(cell):
                continue
            value = number(cell, self._mapping.decimal_mark)
            if value is not None:
                setattr(line, name, value)
            elif text(cell).lower() not in _DASHES:
                problems.append(self._problem(row, letters, name, cell, "not_a_number"))
        if line.quantity is None and line.amount is None and not problems:
            return self._without_figures(row, line, cut)
        for name, index, letters in cut.days:
            problem = self._day(line, row, name, values[index] if index < width else None, letters)
            if problem:
                problems.append(problem)
        if problems:
            return [Skipped(Place(self._sheet, row.number), "header")] if self._is_header(row) else list(problems)
        self._finish(line)
        return [line]

    def _texts(self, line: RawLine, values: Sequence[Cell], width: int, cut: _Cut) -> None:
        for name, index in cut.texts:
            told = text(values[index]) if index < width else ""
            if name in _CODES and told.endswith(".0") and len(told) > 5 and told[:-2].isdigit():
                told = told[:-2]
            if name in self._values:
                told = self._values[name].get(told, told)
            if name in self._mapping.fill_down:
                told = self._above[name] = told or self._above.get(name, "")
            if told:
                setattr(line, name, told)
        groups = self._mapping.groups
        for level, heading in self._headings.items():
            name = groups.fields[min(level, len(groups.fields) - 1)] if groups.fields else ""
            if name and not getattr(line, name):
                setattr(line, name, heading if name != "sold_on" else day(heading, self._mapping.date_order))

    def _day(self, line: RawLine, row: Row, name: str, cell: Cell, letters: str) -> Problem | None:
        if is_empty(cell):
            if name in self._mapping.fill_down and name in self._above:
                line.sold_on = self._above[name]
            return None if line.sold_on else self._problem(row, letters, name, cell, "missing")
        value = day(cell, self._mapping.date_order) or _last_day(cell)
        if value is None:
            return self._problem(row, letters, name, cell, "not_a_date")
        line.sold_on = self._above[name] = value
        return None

    def _without_figures(self, row: Row, line: RawLine, cut: _Cut) -> list[Item]:
        """A slice left blank is nothing; a flat row that names a product but no quantity is a problem; else a note."""
        if cut.label:
            return []
        place = Place(self._sheet, row.number)
        if self._is_header(row):
            return [Skipped(place, "header")]
        if not (line.product_code or line.article or line.barcode or line.product_name) or len(_filled(row)) < 3:
            return [Skipped(place, "note", next((text(cell) for cell in row.values if not is_empty(cell)), ""))]
        name, _, letters = cut.numbers[0] if cut.numbers else ("quantity", 0, "")
        return [self._problem(row, letters, name, None, "missing")]

    def _problem(self, row: Row, letters: str, name: str, cell: Cell, code: str) -> Problem:
        told = text(cell)
        if told.upper() in _ERRORS:
            code = "error_cell"
        return Problem(Place(self._sheet, row.number, letters), code, name, told[:200])

    def _is_header(self, row: Row) -> bool:
        """Whether the row repeats the header, as every printed page does."""
        names = [
            (column_index(s.column), s.key.rsplit(" / ", 1)[-1])
            for cut in self._cuts[:1]
            for s in self._mapping.sources
        ]
        same = sum(
            index < len(row.values) and fold_header(text(row.values[index])) == name for index, name in names if name
        )
        return same >= min(2, len(names))

    def _finish(self, line: RawLine) -> None:
        """Signs and units: the same for every sender after this."""
        if line.unit or self._units:
            self._unit(line, self._units.get(fold_header(line.unit)))
        returns = self._mapping.returns
        if returns == "inverted":
            line.quantity = -line.quantity if line.quantity is not None else None
            line.amount = -line.amount if line.amount is not None else None
        leading = line.quantity if line.quantity is not None else line.amount
        line.is_return = leading is not None and leading < 0
        if returns in ("all", "operation"):
            line.is_return = returns == "all" or self._says_return(line.operation)
            if line.is_return:
                line.quantity = -abs(line.quantity) if line.quantity is not None else None
                line.amount = -abs(line.amount) if line.amount is not None else None
        if line.quantity is not None and line.quantity < 0 and line.amount is not None and line.amount > 0:
            line.amount = -line.amount

    def _unit(self, line: RawLine, factor: UnitFactor | None) -> None:
        if factor is None:
            return
        line.unit = factor.unit
        if line.quantity is not None:
            line.quantity *= factor.factor
        if line.price is not None and factor.factor:
            line.price /= factor.factor

    def _says_return(self, told: str) -> bool:
        folded = told.lower()
        return any(word in folded for word in self._return_words)


def _filled(row: Row) -> list[Cell]:
    return [cell for cell in row.values if not is_empty(cell)]


def _last_day(cell: Cell) -> date | None:
    span = period_of(cell)
    return span.period.last_day if span and span.period else None


def _constant(name: str, value: str, mapping: Mapping) -> Any:
    convert: dict[str, Callable[[str], Any]] = {
        "sold_on": lambda told: day(told, mapping.date_order),
        **dict.fromkeys(_NUMBERS, number),
    }
    return convert.get(name, str)(value)
