"""A sheet's layout: where its header is, what each column may be, groups, repeated column groups, period, signature."""

from __future__ import annotations

import hashlib
import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from zveno.kit.tables import Cell, Row, Sheet, Span, Workbook, column_letters, is_empty
from zveno.sellout.rules.columns import Column, Proposal, product_triple, profile_of, proposals_for
from zveno.sellout.rules.groups import find_groups
from zveno.sellout.rules.headers import find_header, paths_of
from zveno.sellout.rules.lines import FIELDS
from zveno.sellout.rules.mapping import Groups
from zveno.sellout.rules.periods import period_of
from zveno.sellout.rules.preamble import Preamble, read_preamble
from zveno.sellout.rules.values import date_order, text
from zveno.sellout.rules.wide import WideGroup, find_wide
from zveno.sellout.rules.words import fold_header, is_total, kinds_of

_DECIMALS = re.compile(r"([.,])(?:\d{1,2}|\d{4,})$")
_SAMPLE_ROWS = 500
_PROFILED = 300


@dataclass(frozen=True, slots=True)
class Layout:
    """How one sheet is laid out. Rows are 1-based; `header_first` is 0 when the sheet has no header.

    `fields` is the proposed column of each field, `likeness` 0..1 says how much the sheet looks like sales.
    """

    sheet: str
    header_first: int
    header_last: int
    first_row: int
    columns: tuple[Column, ...]
    fields: dict[str, str]
    groups: Groups
    wide: tuple[WideGroup, ...]
    preamble: Preamble
    signature: str
    likeness: float
    rows_seen: int
    date_order: str = "dmy"
    date_order_proven: bool = True
    decimal_mark: str = "auto"
    fill_down: tuple[str, ...] = ()

    @property
    def header(self) -> tuple[tuple[str, str], ...]:
        """(letters, key) of each column, as remembered in a mapping."""
        return tuple((column.letters, key_of(column)) for column in self.columns)

    def column(self, letters: str) -> Column:
        for column in self.columns:
            if column.letters == letters:
                return column
        raise KeyError(letters)


def survey(workbook: Workbook) -> list[Layout]:
    """The layouts of the sheets that hold data, in their order. Empty sheets and bare headers give none."""
    found = [find_layout(sheet, file_name=workbook.name) for sheet in workbook.sheets]
    return [layout for layout in found if layout and layout.rows_seen]


def likeliest(layouts: Iterable[Layout]) -> Layout | None:
    """The layout that looks most like sales; a longer one counts a little more, the first of equals wins."""
    return max(layouts, key=lambda layout: layout.likeness + 0.05 * math.log10(1 + layout.rows_seen), default=None)


def find_layout(sheet: Sheet, *, file_name: str = "") -> Layout | None:
    """The layout of `sheet`, read from its first 500 rows; `None` when it holds nothing."""
    rows = sheet.head(_SAMPLE_ROWS)
    if all(row.blank for row in rows):
        return None
    spans = sheet.merged
    width = max(len(row.values) for row in rows)
    found = find_header(rows, spans)
    header = rows[found[0] : found[1] + 1] if found else []
    body = rows[found[1] + 1 :] if found else list(rows)
    above = rows[: found[0]] if found else []
    paths = paths_of(header, spans, width) if header else [()] * width
    groups = find_groups(body, width, paths)
    lines = _lines(body, groups)
    columns = _columns(paths, lines[:_PROFILED], width)
    preamble = read_preamble(above, sheet.name, file_name)
    year = preamble.period.starts_on.year if preamble.period else None
    wide = find_wide(columns, year)
    columns = _with_triple(columns, lines[:_PROFILED], wide)
    fields = assign(columns, wide)
    dates = _cells(lines, fields.get("sold_on", ""))
    order, proven = date_order(dates)
    first_row = header[-1].number + 1 if header else next(row.number for row in rows if not row.blank)
    return Layout(
        sheet=sheet.name,
        header_first=header[0].number if header else 0,
        header_last=header[-1].number if header else 0,
        first_row=first_row,
        columns=columns,
        fields=fields,
        groups=groups,
        wide=wide,
        preamble=preamble,
        signature=signature_of(columns),
        likeness=_likeness(fields, wide, preamble, columns),
        rows_seen=len(lines),
        date_order=order,
        date_order_proven=proven,
        decimal_mark=_decimal_mark(columns, lines),
        fill_down=_fill_down(fields, spans, first_row, lines),
    )


def _cells(lines: Sequence[Row], letters: str) -> list[Cell]:
    return [row[letters] for row in lines] if letters else []


def _decimal_mark(columns: Sequence[Column], lines: Sequence[Row]) -> str:
    """The decimal mark that the texts of the numeric columns prove; `auto` when they prove none."""
    marks = {
        found[1]
        for column in columns
        if column.profile.numbers > 0.7
        for cell in _cells(lines, column.letters)
        if isinstance(cell, str) and (found := _DECIMALS.search(cell.strip()))
    }
    return marks.pop() if len(marks) == 1 else "auto"


def _fill_down(fields: dict[str, str], spans: Sequence[Span], first_row: int, lines: Sequence[Row]) -> tuple[str, ...]:
    """Fields told once for several lines: their cells are merged downwards, or blank under a filled one."""
    merged = {column_letters(span.left) for span in spans if span.top >= first_row and span.bottom > span.top}
    found = []
    for kind in (
        "sold_on",
        "document_number",
        "customer_name",
        "customer_inn",
        "customer_code",
        "customer_address",
        "outlet",
    ):
        cells = _cells(lines, fields.get(kind, ""))
        filled = sum(not is_empty(cell) for cell in cells)
        once = kind in ("sold_on", "document_number") and 0 < filled < 0.6 * len(cells) and not is_empty(cells[0])
        if fields.get(kind) in merged or once:
            found.append(kind)
    return tuple(found)


def _lines(body: Sequence[Row], groups: Groups) -> list[Row]:
    kept = [row for row in body if not row.blank]
    found = []
    for position, row in enumerate(kept):
        first = next((text(cell) for cell in row.values if not is_empty(cell)), "")
        below = kept[position + 1].level if position + 1 < len(kept) else 0
        if is_total(first) or (groups.mode == "outline" and below > row.level):
            continue
        if groups.mode == "blank" and all(is_empty(row[letters]) for letters in groups.detail):
            continue
        found.append(row)
    return found


def _columns(paths: Sequence[tuple[str, ...]], lines: Sequence[Row], width: int) -> tuple[Column, ...]:
    found = []
    for index in range(width):
        cells: list[Cell] = [row.values[index] if index < len(row.values) else None for row in lines]
        profile = profile_of(cells)
        if not profile.filled and (not paths[index] or (index and paths[index] == paths[index - 1])):
            continue
        samples = tuple(text(cell) for cell in cells if not is_empty(cell))[:5]
        proposals = proposals_for(paths[index], profile)
        found.append(Column(column_letters(index), index, paths[index], profile, proposals, samples))
    return tuple(found)


def _with_triple(columns: tuple[Column, ...], lines: Sequence[Row], wide: tuple[WideGroup, ...]) -> tuple[Column, ...]:
    """The columns with what price × quantity = amount proves."""
    taken = {letters for group in wide for _, letters in group.columns}
    numeric = [c for c in columns if c.profile.numbers > 0.7 and c.letters not in taken and not c.profile.gtins > 0.8][
        :14
    ]
    cells = {c.index: [row.values[c.index] if c.index < len(row.values) else None for row in lines] for c in numeric}
    headers = {c.index: {proposal.kind for proposal in c.proposals if proposal.score >= 0.5} for c in numeric}
    triple = product_triple(cells, headers)
    if not triple:
        return columns
    proved = dict(zip(triple, ("quantity", "price", "amount"), strict=True))
    result = []
    for column in columns:
        kind = proved.get(column.index)
        best = column.proposals[0] if column.proposals else None
        if kind and (best is None or best.kind == kind or best.score < 0.75):
            others = tuple(proposal for proposal in column.proposals if proposal.kind != kind)
            score = max(0.85, best.score if best and best.kind == kind else 0.0)
            told = best if best and best.kind == kind and best.score >= score else Proposal(kind, score, "product")
            column = replace(column, proposals=(told, *others))
        result.append(column)
    return tuple(result)


def assign(columns: Sequence[Column], wide: Sequence[WideGroup] = ()) -> dict[str, str]:
    """Field → letters: each field the column most surely its own, each column one field."""
    taken = {letters for group in wide for _, letters in group.columns}
    ranked = sorted(
        (
            (-proposal.score, order, column.index, column.letters, proposal.kind)
            for column in columns
            if column.letters not in taken
            for order, proposal in enumerate(_open_proposals(column))
            if proposal.kind in FIELDS and proposal.score >= (0.5 if order == 0 else 0.6)
            and not (column.kind not in FIELDS and column.proposals[0].score >= 0.75)
        ),
    )  # fmt: skip
    fields: dict[str, str] = {}
    for _, _, _, letters, kind in ranked:
        if kind not in fields and letters not in fields.values() and column_free(kind, wide):
            fields[kind] = letters
    return {kind: fields[kind] for kind in FIELDS if kind in fields}


def _open_proposals(column: Column) -> tuple[Proposal, ...]:
    """A column sure of its kind does not stand in for another."""
    return column.proposals[: 1 if column.proposals and column.proposals[0].score >= 0.9 else 3]


def column_free(kind: str, wide: Sequence[WideGroup]) -> bool:
    """Whether no repeated column group already tells this field."""
    return not any(kind == told for group in wide for told, _ in group.columns)


def key_of(column: Column) -> str:
    """A column's header as remembered: folded words, a period as `<period>` so that next month's file is the same."""
    return " / ".join(_without_period(name) for name in column.path)


def _without_period(name: str) -> str:
    span = period_of(name, year=2000)
    known = kinds_of(name)
    return (
        f"<period> {fold_header(span.rest)}".strip()
        if span and not (known and known[0][1] >= 0.95)
        else fold_header(name)
    )


def signature_of(columns: Sequence[Column]) -> str:
    """A hash of headers and positions. Groups of columns repeated by period count once, and columns after them have no
    position, so that three months or four make one layout."""
    parts, seen, shifted = [], set(), False
    for column in columns:
        key = key_of(column)
        if "<period>" in key:
            shifted = True
            if key in seen:
                continue
            seen.add(key)
        parts.append(f"{'*' if shifted else column.letters}={key}")
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32]


def _likeness(
    fields: dict[str, str], wide: Sequence[WideGroup], preamble: Preamble, columns: Sequence[Column]
) -> float:
    told = {kind for group in wide for kind, _ in group.columns} | set(fields)
    score = 0.35 * bool(told & {"quantity", "amount"})
    score += 0.3 * bool(told & {"product_code", "article", "barcode", "product_name"})
    dated = "sold_on" in told or any(group.period or group.month for group in wide)
    score += 0.2 * dated + 0.1 * (not dated and preamble.period is not None)
    score += 0.15 * bool(told & {"customer_name", "customer_inn", "customer_code", "document_number"})
    if any(column.kind == "stock" for column in columns) and not told & {"quantity", "amount"}:
        score -= 0.25
    return round(max(score, 0.0), 3)
