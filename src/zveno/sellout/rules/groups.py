"""Rows that are no lines: headings in rows of their own, subtotals, and how to know them again."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from zveno.kit.tables import Row, column_letters, is_empty
from zveno.sellout.rules.mapping import Groups
from zveno.sellout.rules.values import number, text
from zveno.sellout.rules.words import is_total, kinds_of

_OF_GROUPS = ("outlet", "customer_name", "customer_region", "brand", "document_number", "sold_on")
_COMPANY = re.compile(r"\b(ооо|ип|ао|зао|пао|оао|тоо|тов|фоп|llc|ltd|inc|gmbh)\b", re.IGNORECASE)
_PLACE = re.compile(r"\b(склад|магазин|филиал|база|тт|warehouse|store|shop|branch)\b", re.IGNORECASE)


def find_groups(rows: Sequence[Row], width: int, paths: Sequence[tuple[str, ...]]) -> Groups:
    """How headings stand among `rows` (those under the header).

    An outline says it outright. Otherwise a heading is a row that fills only the first column, or one that lacks every
    text the lines have and whose figures are the sums of the lines below: without that proof no row with figures is
    taken for a heading.
    """
    kept = [row for row in rows if not row.blank]
    lines = [row for row in kept if not is_total(_first_text(row))]
    if len(lines) < 2:
        return Groups()
    outlined = any(row.level for row in kept)
    if outlined and lines[0].level < max(row.level for row in kept):
        column = _heading_column(lines, width)
        headings = [text(row.values[column]) for row, below in _pairs(kept) if below and below.level > row.level]
        depth = max(row.level for row in kept)
        return Groups("outline", column_letters(column), _meanings(paths[column], headings, depth))
    column = _heading_column(lines, width)
    for detail in (_text_columns(lines, column, width), _number_columns(lines, column, width)):
        if not detail:
            continue
        bare = [row for row in lines if not any(_filled(row, index) for index in detail) and _filled(row, column)]
        if not bare or len(bare) > 0.7 * len(lines) or bare[-1] is lines[0]:
            continue
        if any(_has_numbers(row, width, column) for row in bare) and not _are_sums(kept, bare, width, column):
            continue
        headings = [text(row.values[column]) for row in bare]
        letters = tuple(column_letters(index) for index in detail)
        return Groups("blank", column_letters(column), _meanings(paths[column], headings, 1), letters)
    return Groups()


def _pairs(rows: Sequence[Row]) -> Iterator[tuple[Row, Row | None]]:
    for position, row in enumerate(rows):
        yield row, rows[position + 1] if position + 1 < len(rows) else None


def _first_text(row: Row) -> str:
    return next((text(cell) for cell in row.values if not is_empty(cell)), "")


def _filled(row: Row, index: int) -> bool:
    return index < len(row.values) and not is_empty(row.values[index])


def _heading_column(rows: Sequence[Row], width: int) -> int:
    """The leftmost column that most rows fill."""
    for index in range(width):
        if sum(_filled(row, index) for row in rows) > 0.8 * len(rows):
            return index
    return 0


def _is_number(row: Row, index: int) -> bool:
    return _filled(row, index) and number(row.values[index]) is not None


def _text_columns(rows: Sequence[Row], heading: int, width: int) -> list[int]:
    return [
        index
        for index in range(width)
        if index != heading
        and (filled := sum(_filled(row, index) for row in rows)) > 0.4 * len(rows)
        and sum(_is_number(row, index) for row in rows) < 0.5 * filled
    ]


def _number_columns(rows: Sequence[Row], heading: int, width: int) -> list[int]:
    return [index for index in range(width) if index != heading and any(_is_number(row, index) for row in rows)]


def _has_numbers(row: Row, width: int, heading: int) -> bool:
    return any(_is_number(row, index) for index in range(width) if index != heading)


def _are_sums(rows: Sequence[Row], bare: Sequence[Row], width: int, heading: int) -> bool:
    """Whether the figures of the bare rows are the sums of the rows between them; the last group may be cut off."""
    numbers = {row.number for row in bare}
    told = proved = 0
    sums: dict[int, Decimal] = {}
    open_row: Row | None = None
    for row in rows:
        if row.number in numbers or is_total(_first_text(row)):
            if open_row is not None and sums:
                told += 1
                proved += _matches(open_row, sums)
            open_row, sums = (row if row.number in numbers else None), {}
        else:
            for index in range(width):
                if index != heading and _is_number(row, index):
                    sums[index] = sums.get(index, Decimal(0)) + (number(row.values[index]) or 0)
    return told > 0 and proved >= 0.8 * told


def _matches(row: Row, sums: dict[int, Decimal]) -> bool:
    return any(
        total and abs((number(row.values[index]) or Decimal(0)) - total) <= Decimal("0.01") + abs(total) / 10_000
        for index, total in sums.items()
        if index < len(row.values) and _is_number(row, index)
    )


def _meanings(path: tuple[str, ...], headings: Sequence[str], depth: int) -> tuple[str, ...]:
    """What the levels of headings mean: by the header over the heading column, else by how the headings look."""
    told = [kinds[0][0] if (kinds := kinds_of(name)) and kinds[0][1] >= 0.8 else "" for name in path]
    told = [kind if kind in _OF_GROUPS else "" for kind in told[: max(len(told) - 1, 1)]]
    if any(told):
        return tuple((told + [told[-1]] * depth)[:depth])
    some = headings[:200]
    if sum(bool(_COMPANY.search(name)) for name in some) > 0.5 * len(some):
        return ("customer_name",) * depth
    if sum(bool(_PLACE.search(name)) for name in some) > 0.5 * len(some):
        return ("outlet",) * depth
    return ()
