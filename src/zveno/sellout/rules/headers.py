"""Which rows of a sheet are its header, and what stands over each column when the header is several rows deep."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from zveno.kit.tables import Cell, Row, Span, is_empty
from zveno.sellout.rules.periods import period_of
from zveno.sellout.rules.values import day, number, text
from zveno.sellout.rules.words import fold_header, is_total, kinds_of

_LOOKED_AT = 80
_LONGEST = 80
_LEAST = 3.0


def find_header(rows: Sequence[Row], spans: Sequence[Span]) -> tuple[int, int] | None:
    """Positions in `rows` of the first and the last header row; `None` where the sheet has data from the start.

    A header row names known kinds and stands over values of another type than itself; rows above it that span its
    columns, and rows under it that go on naming, belong to it.
    """
    best, best_score = -1, _LEAST
    looked = 0
    for position, row in enumerate(rows):
        if row.blank:
            continue
        looked += 1
        if looked > _LOOKED_AT:
            break
        score = _score(rows, position) - 0.05 * position
        if score > best_score:
            best, best_score = position, score
    if best < 0:
        return None
    first = best
    while first > 0 and _is_parent(rows[first - 1], rows[first], spans):
        first -= 1
    last = best
    while last + 1 < len(rows) and _continues(rows[last], rows[last + 1], rows[last + 2 : last + 12], spans):
        last += 1
    return first, last


def _is_name(cell: Cell) -> bool:
    if isinstance(cell, str):
        return len(cell) <= _LONGEST and (number(cell) is None or period_of(cell) is not None)
    return not is_empty(cell) and not isinstance(cell, int | float | Decimal) and period_of(cell) is not None


def best_kind(cell: Cell) -> float:
    """How surely a cell's words name a kind of column, 0..1."""
    kinds = kinds_of(text(cell)) if isinstance(cell, str) else ()
    return kinds[0][1] if kinds else 0.0


def _score(rows: Sequence[Row], position: int) -> float:
    row = rows[position]
    filled = [(index, cell) for index, cell in enumerate(row.values) if not is_empty(cell)]
    names = [(index, cell) for index, cell in filled if _is_name(cell)]
    if len(filled) < 2 or len(names) < 0.7 * len(filled) or any(is_total(text(cell)) for _, cell in filled[:1]):
        return _single_column(rows, position) if len(filled) == 1 else 0.0
    hits = sum(score for _, cell in names if (score := best_kind(cell)) >= 0.7)
    periods = sum(period_of(cell) is not None and best_kind(cell) < 0.9 for _, cell in names)
    below = [other for other in rows[position + 1 : position + 40] if not other.blank][:20]
    contrast = sum(_differs(index, below) for index, _ in names)
    distinct = len({text(cell) for _, cell in names}) / len(names)
    labels = sum(isinstance(cell, str) and cell.rstrip().endswith(":") for _, cell in names)
    known = hits + 0.7 * min(periods, 12)
    if known < 0.7 and (contrast < 2 or position > 0):
        return 0.0
    return 2 * known + contrast + 0.2 * min(len(names), 12) * distinct - 3 * labels


def _single_column(rows: Sequence[Row], position: int) -> float:
    """A list of one column: its name in the first row, then nothing but single cells."""
    filled = [cell for cell in rows[position].values if not is_empty(cell)]
    lone = all(sum(not is_empty(cell) for cell in row.values) <= 1 for row in rows)
    return 4.0 if lone and best_kind(filled[0]) >= 0.95 else 0.0


def _differs(index: int, below: Sequence[Row]) -> bool:
    """Whether most of what stands under a name is numbers or days."""
    cells = [row.values[index] for row in below if index < len(row.values) and not is_empty(row.values[index])]
    return len(cells) >= 1 and sum(number(cell) is not None or day(cell) is not None for cell in cells) > 0.6 * len(
        cells
    )


def _is_parent(above: Row, header: Row, spans: Sequence[Span]) -> bool:
    filled = [(index, cell) for index, cell in enumerate(above.values) if not is_empty(cell)]
    if not filled or not all(_is_name(cell) for _, cell in filled) or _has_label(filled):
        return False
    if len(filled) == 1 and period_of(filled[0][1]) is None and filled[0][0] == _leftmost(header):
        return False
    width = max((index for index, cell in enumerate(header.values) if not is_empty(cell)), default=0)
    if any(index > 0 and period_of(cell) is not None for index, cell in filled):
        return len(filled) > 1 or _span_at(above.number, filled[0][0], spans) is not None or filled[0][0] > 1
    for index, _ in filled:
        span = _span_at(above.number, index, spans)
        if span and span.right > span.left and span.right - span.left < width and span.bottom == above.number:
            covered = [i for i in range(span.left, span.right + 1) if _at(header, i)]
            if len(covered) > 1:
                return True
    leaves = [text(cell) for cell in header.values if not is_empty(cell)]
    holes = sum(best_kind(cell) >= 0.7 and not _at(header, index) for index, cell in filled)
    return len(filled) > 1 and (len(set(leaves)) < len(leaves) or holes > 0)


def _leftmost(row: Row) -> int:
    return next((index for index, cell in enumerate(row.values) if not is_empty(cell)), 0)


def _has_label(filled: list[tuple[int, Cell]]) -> bool:
    return any(isinstance(cell, str) and ":" in cell and kind_is_label(cell) for _, cell in filled)


def kind_is_label(told: str) -> bool:
    """Whether a text is «label: value» of a preamble."""
    label, _, value = told.partition(":")
    return len(label) < 40 and (not value.strip() or len(value.strip()) > 2)


def _at(row: Row, index: int) -> bool:
    return index < len(row.values) and not is_empty(row.values[index])


def _span_at(number_: int, index: int, spans: Sequence[Span]) -> Span | None:
    return next((span for span in spans if span.top == number_ and span.left == index), None)


def _continues(header: Row, below: Row, after: Sequence[Row], spans: Sequence[Span]) -> bool:
    """Whether the row under a header is part of it: more names, or the row of column numbers 1, 2, 3 …"""
    filled = [(index, cell) for index, cell in enumerate(below.values) if not is_empty(cell)]
    if not filled:
        return False
    if len(filled) > 2 and [number(cell) for _, cell in filled] == list(range(1, len(filled) + 1)):
        return True
    if not all(isinstance(cell, str) and number(cell) is None and len(cell) <= _LONGEST for _, cell in filled):
        return False
    tall = [span for span in spans if span.top <= header.number < span.bottom]
    named = sum(best_kind(cell) >= 0.7 or period_of(cell) is not None for _, cell in filled)
    if tall and all(span.bottom <= below.number for span in tall) and named >= 0.5 * len(filled):
        return True
    if len(filled) == 1 and _stacked(header, filled[0]):
        return True
    under = [row for row in after if not row.blank]
    contrast = sum(_differs(index, under) for index, _ in filled)
    return named >= 0.8 * len(filled) and contrast >= 1 and any(index > 0 for index, _ in filled)


def _stacked(header: Row, cell: tuple[int, Cell]) -> bool:
    """Whether a lone name stands under another kind's: «Контрагент» over «Номенклатура», as 1С names the levels."""
    index, told = cell
    above = kinds_of(text(header.values[index])) if _at(header, index) else ()
    below = kinds_of(text(told))
    return bool(above and below) and min(above[0][1], below[0][1]) >= 0.95 and above[0][0] != below[0][0]


def paths_of(header: Sequence[Row], spans: Sequence[Span], width: int) -> list[tuple[str, ...]]:
    """For each column the texts over it, outermost first. Merged cells reach as far as they are merged; without merged
    cells a name in an upper row reaches right as long as there are names under blanks beside it."""
    levels: list[list[str]] = []
    for depth, row in enumerate(header):
        told = [_told(row.values[index]) if index < len(row.values) else "" for index in range(width)]
        covered = [span for span in spans if span.top <= row.number <= span.bottom]
        for span in covered:
            source = next((other for other in header if other.number == span.top), None)
            value = _told(source.values[span.left]) if source and span.left < len(source.values) else ""
            for index in range(span.left, min(span.right, width - 1) + 1):
                told[index] = told[index] or value
        if depth < len(header) - 1 and not any(span.right > span.left for span in covered):
            _reach_right(told, header[depth + 1])
        levels.append(told)
    if len(header) > 1 and all(not name or name.isdigit() for name in levels[-1]):
        levels.pop()
    paths = []
    for index in range(width):
        path: list[str] = []
        for level in levels:
            if level[index] and (not path or fold_header(path[-1]) != fold_header(level[index])):
                path.append(level[index])
        paths.append(tuple(path))
    return _dotted(paths)


def _dotted(paths: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Names of nested records («Покупатель.ИНН») as paths, where no name holds a blank."""
    names = [path[0] for path in paths if path]
    if any(len(path) > 1 for path in paths) or any(" " in name for name in names):
        return paths
    return [tuple(part for part in path[0].split(".") if part) if path else () for path in paths]


def _told(cell: Cell) -> str:
    return text(cell).strip()


def _reach_right(told: list[str], below: Row) -> None:
    last = ""
    for index, name in enumerate(told):
        if name:
            last = name if _at(below, index) else ""
        elif last and _at(below, index):
            told[index] = last
