"""A mapping at work: rows in, lines out, and for every row that gives none the reason."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import islice
from typing import Any

from zveno.kit.tables import Cell, Place, Row, column_index, is_empty
from zveno.sellout.rules.blocks import TEXT_FIELDS, Block
from zveno.sellout.rules.cells import Bad, Days, Numbers, Reading, Texts
from zveno.sellout.rules.headings import Headings, NoLines
from zveno.sellout.rules.lines import Item, Problem, Skipped
from zveno.sellout.rules.mapping import Mapping, Slice, Source
from zveno.sellout.rules.signs import make_one_sign, make_one_unit
from zveno.sellout.rules.values import day, number, text
from zveno.sellout.rules.words import fold_header

_NUMBERS = ("quantity", "price", "amount")
_CODES = frozenset(("product_code", "article", "barcode", "customer_code", "customer_inn", "document_number"))
_BLOCK_ROWS = 20_000


def apply_mapping(rows: Iterable[Row], mapping: Mapping, *, sheet: str = "") -> Iterator[Item]:
    """The lines of `rows` under `mapping`, in order, each with its place on `sheet` (the mapping's own when not said).

    A row gives a line (one for each filled slice), or a `Problem` for each cell that cannot be read, or a `Skipped`
    with the reason. Blank rows and rows above the first give nothing. Nothing else is left out.
    """
    for block in read_blocks(rows, mapping, sheet=sheet):
        yield from block.items()


def read_blocks(rows: Iterable[Row], mapping: Mapping, *, sheet: str = "", size: int = _BLOCK_ROWS) -> Iterator[Block]:
    """As `apply_mapping`, in blocks of the lines of `size` rows, column by column."""
    reader = _Reader(mapping, sheet or mapping.sheet)
    walk = iter(rows)
    while chunk := list(islice(walk, size)):
        yield reader.block(chunk)
    if (last := reader.rest()) is not None:
        yield last


@dataclass(slots=True)
class _Column:
    """A field's column: where it stands, and how its cells are read."""

    field: str
    index: int
    letters: str
    reading: Reading


@dataclass(slots=True)
class _Cut:
    """The columns one line of a row is made of."""

    label: str
    texts: list[_Column]
    numbers: list[_Column]
    days: list[_Column]
    fixed: dict[str, Any]
    place: str


class _Reader:
    def __init__(self, mapping: Mapping, sheet: str) -> None:
        self._mapping = mapping
        self._sheet = sheet
        self._fixed = {name: _constant(name, value, mapping) for name, value in mapping.constants.items()}
        parts: Sequence[Slice | None] = mapping.slices or (None,)
        self._cuts = [self._cut(part) for part in parts]
        self._headings = Headings(mapping)
        self._above: dict[str, Any] = {}
        self._names = [
            (column_index(source.column), name)
            for source in mapping.sources
            if (name := source.key.rsplit(" / ", 1)[-1])
        ]

    def _cut(self, part: Slice | None) -> _Cut:
        own = list(part.sources) if part else []
        fixed = dict(self._fixed)
        if part and part.sold_on:
            fixed["sold_on"] = part.sold_on
        if part and part.outlet:
            fixed["outlet"] = part.outlet
        sliced = {source.field for source in own}
        used = [source for source in self._mapping.sources if source.field not in sliced] + own
        columns = [_Column(s.field, column_index(s.column), s.column, self._reading(s)) for s in used]
        first = next((c.letters for name in _NUMBERS for c in columns if c.field == name), "")
        return _Cut(
            label=part.label if part else "",
            texts=[c for c in columns if c.field not in _NUMBERS and c.field != "sold_on"],
            numbers=[c for c in columns if c.field in _NUMBERS],
            days=[c for c in columns if c.field == "sold_on"],
            fixed=fixed,
            place=first if part else "",
        )

    def _reading(self, source: Source) -> Reading:
        if source.field in _NUMBERS:
            return Numbers(decimal_mark=self._mapping.decimal_mark, scale=source.scale)
        if source.field == "sold_on":
            return Days(order=self._mapping.date_order)
        return Texts(is_code=source.field in _CODES, values=self._mapping.values.get(source.field, {}))

    def block(self, rows: Sequence[Row]) -> Block:
        """The lines of the next rows of the file."""
        return self._made(self._headings.sort_out(rows))

    def rest(self) -> Block | None:
        """What was held back until the next row is known."""
        held = self._headings.rest()
        return self._made(held) if held.rows or held.others else None

    def _made(self, sorted_out: NoLines) -> Block:
        rows = sorted_out.rows
        values = [row.values for row in rows]
        columns = _transposed(values)
        parts = [self._lines(cut, rows, columns, sorted_out) for cut in self._cuts]
        block, places, others = _interleaved(parts, self._sheet)
        given = {at for lines, found in parts for at in [*lines.at, *(place for place, _ in found)]}
        if len(given) < len(rows):
            others += [(at, self._skipped(row, "empty")) for at, row in enumerate(rows) if at not in given]
        others += [(at - 0.5, self._skipped(row, reason)) for at, row, reason in sorted_out.others]
        _place_others(block, places, others)
        return block

    def _lines(
        self, cut: _Cut, rows: Sequence[Row], columns: Sequence[Sequence[Cell]], sorted_out: NoLines
    ) -> tuple[_Lines, list[tuple[int, Problem | Skipped]]]:
        count = len(rows)
        blank: Sequence[Cell] = [None] * count

        def cells(column: _Column) -> Sequence[Cell]:
            return columns[column.index] if column.index < len(columns) else blank

        texts = self._texts(cut, cells, sorted_out, count)
        figures: dict[str, list[Any]] = {name: [cut.fixed.get(name)] * count for name in _NUMBERS}
        faulty: dict[int, list[Problem]] = {}
        for column in cut.numbers:
            read = column.reading.read(cells(column))
            if any(type(value) is Bad for value in read):
                for at, value in enumerate(read):
                    if type(value) is Bad:
                        faulty.setdefault(at, []).append(self._problem(rows[at], column, value.code))
                read = [None if type(value) is Bad else value for value in read]
            figures[column.field] = (
                read
                if column.field not in cut.fixed
                else [value if value is not None else cut.fixed[column.field] for value in read]
            )
        quantity, amount = figures["quantity"], figures["amount"]
        bare = [at for at in range(count) if quantity[at] is None and amount[at] is None and at not in faulty]
        bare_set = frozenset(bare)
        days = self._days(cut, cells, sorted_out, faulty, bare_set, rows)
        others: list[tuple[int, Problem | Skipped]] = []
        for at in bare:
            others += ((at, other) for other in self._without_figures(rows[at], texts, at, cut))
        for at, problems in faulty.items():
            if self._is_header(rows[at]):
                others.append((at, Skipped(Place(self._sheet, rows[at].number), "header")))
            else:
                others += ((at, problem) for problem in problems)
        lines = _Lines(list(range(count)), rows, texts, days, quantity, figures["price"], amount, cut.place)
        return (lines.without(bare_set | faulty.keys()) if bare or faulty else lines).finished(self._mapping), others

    def _texts(self, cut: _Cut, cells: Any, sorted_out: NoLines, count: int) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for column in cut.texts:
            told = column.reading.read(cells(column))
            if column.field in self._mapping.fill_down:
                above = self._above.get(column.field, "")
                for at, value in enumerate(told):
                    above = told[at] = value or above
                self._above[column.field] = above
            found[column.field] = told
        for name in TEXT_FIELDS:
            fixed = cut.fixed.get(name, "")
            if name not in found:
                found[name] = [fixed] * count
            elif fixed:
                found[name] = [value or fixed for value in found[name]]
        for name, headings in sorted_out.told.items():
            if name in found:
                found[name] = [value or heading for value, heading in zip(found[name], headings, strict=True)]
        return found

    def _days(
        self,
        cut: _Cut,
        cells: Any,
        sorted_out: NoLines,
        faulty: dict[int, list[Problem]],
        bare: frozenset[int],
        rows: Sequence[Row],
    ) -> list[date | None]:
        fixed = cut.fixed.get("sold_on")
        headings = sorted_out.told.get("sold_on")
        found: list[date | None] = [fixed] * len(rows)
        if headings:
            found = [
                value or day(heading, self._mapping.date_order) for value, heading in zip(found, headings, strict=True)
            ]
        for column in cut.days:
            filled = column.field in self._mapping.fill_down
            for at, value in enumerate(column.reading.read(cells(column))):
                if at in bare:
                    continue
                if type(value) is date:
                    found[at] = self._above["sold_on"] = value
                elif value is not None:
                    faulty.setdefault(at, []).append(self._problem(rows[at], column, value.code))
                elif filled and "sold_on" in self._above:
                    found[at] = self._above["sold_on"]
                elif found[at] is None:
                    faulty.setdefault(at, []).append(self._problem(rows[at], column, "missing"))
        return found

    def _without_figures(self, row: Row, texts: dict[str, list[str]], at: int, cut: _Cut) -> list[Problem | Skipped]:
        """A slice left blank is nothing; a flat row that names a product but no quantity is a problem; else a note."""
        if cut.label:
            return []
        place = Place(self._sheet, row.number)
        if self._is_header(row):
            return [Skipped(place, "header")]
        named = any(texts[name][at] for name in ("product_code", "article", "barcode", "product_name"))
        if not named or sum(not is_empty(cell) for cell in row.values) < 3:
            return [Skipped(place, "note", next((text(cell) for cell in row.values if not is_empty(cell)), ""))]
        if cut.numbers:
            return [self._problem(row, cut.numbers[0], "missing")]
        return [Problem(place, "missing", "quantity")]

    def _problem(self, row: Row, column: _Column, code: str) -> Problem:
        cell = row.values[column.index] if column.index < len(row.values) else None
        told = "" if code == "missing" else text(cell)[:200]
        return Problem(Place(self._sheet, row.number, column.letters), code, column.field, told)

    def _skipped(self, row: Row, reason: str) -> Skipped:
        told = next((text(cell) for cell in row.values if not is_empty(cell)), "")
        figures: dict[str, Decimal] = {}
        for cut in self._cuts:
            for column in cut.numbers:
                cell = row.values[column.index] if column.index < len(row.values) else None
                value = column.reading.value_of(cell)
                if isinstance(value, Decimal) and column.field != "price":
                    figures[column.field] = figures.get(column.field, Decimal(0)) + value
        return Skipped(Place(self._sheet, row.number), reason, told, figures.get("quantity"), figures.get("amount"))

    def _is_header(self, row: Row) -> bool:
        """Whether the row repeats the header, as every printed page does."""
        same = sum(
            index < len(row.values) and fold_header(text(row.values[index])) == name for index, name in self._names
        )
        return same >= max(1, min(2, len(self._names)))


@dataclass(slots=True)
class _Lines:
    """Lines of one cut; `at` is the place of each among the block's rows."""

    at: list[int]
    rows: Sequence[Row]
    texts: dict[str, list[str]]
    sold_on: list[date | None]
    quantity: list[Decimal | None]
    price: list[Decimal | None]
    amount: list[Decimal | None]
    column: str
    is_return: list[bool] | None = None

    def without(self, left_out: Iterable[int]) -> _Lines:
        """Those whose place is not `left_out`."""
        out = frozenset(left_out)
        kept = [at for at in self.at if at not in out]

        def pick(values: list[Any]) -> list[Any]:
            return [values[at] for at in kept]

        texts = {name: pick(values) for name, values in self.texts.items()}
        figures = (pick(self.sold_on), pick(self.quantity), pick(self.price), pick(self.amount))
        return _Lines(kept, self.rows, texts, *figures, self.column)

    def finished(self, mapping: Mapping) -> _Lines:
        """Signs and units: the same for every sender after this."""
        make_one_unit(self.texts["unit"], self.quantity, self.price, mapping)
        self.is_return = make_one_sign(self.quantity, self.amount, self.texts["operation"], mapping)
        return self


def _transposed(values: Sequence[Sequence[Cell]]) -> Sequence[Sequence[Cell]]:
    """Columns of rows, short rows filled with blanks."""
    width = max(map(len, values), default=0)
    if any(len(row) != width for row in values):
        values = [row if len(row) == width else [*row, *([None] * (width - len(row)))] for row in values]
    return list(zip(*values, strict=True))


def _interleaved(
    parts: Sequence[tuple[_Lines, list[tuple[int, Problem | Skipped]]]], sheet: str
) -> tuple[Block, list[int], list[tuple[float, Problem | Skipped]]]:
    """The lines of all cuts row by row, with the place of each; and what else the cuts gave."""
    others: list[tuple[float, Problem | Skipped]] = [pair for _, found in parts for pair in found]
    lines = [part for part, _ in parts]
    first = lines[0]
    if len(lines) == 1:
        numbers = [first.rows[at].number for at in first.at]
        raw = [first.rows[at].values for at in first.at]
        block = Block(
            sheet, numbers, [first.column] * len(numbers), first.texts, first.sold_on, first.quantity, first.price,
            first.amount, first.is_return or [], raw,
        )  # fmt: skip
        return block, first.at, others
    order = sorted((at, cut, n) for cut, part in enumerate(lines) for n, at in enumerate(part.at))

    def merged(name: str) -> list[Any]:
        columns = [getattr(part, name) for part in lines]
        return [columns[cut][n] for _, cut, n in order]

    block = Block(
        sheet,
        [first.rows[at].number for at, _, _ in order],
        [lines[cut].column for _, cut, _ in order],
        {name: [lines[cut].texts[name][n] for _, cut, n in order] for name in TEXT_FIELDS},
        merged("sold_on"),
        merged("quantity"),
        merged("price"),
        merged("amount"),
        merged("is_return"),
        [first.rows[at].values for at, _, _ in order],
    )
    return block, [at for at, _, _ in order], others


def _place_others(block: Block, places: Sequence[int], others: list[tuple[float, Problem | Skipped]]) -> None:
    """Puts what is no line between the lines, by the place of its row among the block's."""
    before = 0
    for at, other in sorted(others, key=lambda pair: pair[0]):
        while before < len(places) and places[before] <= at:
            before += 1
        block.others.append((before, other))


def _constant(name: str, value: str, mapping: Mapping) -> Any:
    if name == "sold_on":
        return day(value, mapping.date_order)
    return number(value) if name in _NUMBERS else value
