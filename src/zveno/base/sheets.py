"""Writing workbooks: a list or a report as an xlsx that opens ready to read. Rows stream, memory stays flat."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import chain, islice
from typing import IO, Any, Literal, cast

import xlsxwriter

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ROWS_PER_SHEET = 1_000_000
_LONGEST_TEXT = 32_767
_SPOOLED = 4 << 20

Kind = Literal["text", "money", "number", "percent", "date", "moment"]
Value = str | int | float | Decimal | date | datetime | bool | None

_FORMATS: dict[Kind, dict[str, object]] = {
    "text": {"valign": "top"},
    "money": {"num_format": "#,##0.00", "valign": "top"},
    "number": {"num_format": "#,##0.###", "valign": "top"},
    "percent": {"num_format": "0.0%", "valign": "top"},
    "date": {"num_format": "dd.mm.yyyy", "align": "left", "valign": "top"},
    "moment": {"num_format": "dd.mm.yyyy hh:mm", "align": "left", "valign": "top"},
}
_HEAD = {"bold": True, "bg_color": "#EEF2F2", "bottom": 1, "valign": "vcenter", "text_wrap": True}
_WIDTHS: dict[Kind, float] = {"text": 24, "money": 16, "number": 12, "percent": 10, "date": 12, "moment": 17}


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the sheet: its heading in the reader's language, what its cells are, its width in characters."""

    label: Any
    kind: Kind = "text"
    width: float = 0


def workbook(title: object, columns: Sequence[Column], rows: Iterable[Sequence[Value]]) -> IO[bytes]:
    """An xlsx of `rows` under a frozen, filterable heading, as an open stream at its start; the reader closes it.

    Numbers are numbers and dates are dates; a moment must be in the reader's time zone. Text is text, whatever it
    starts with: no cell becomes a formula or a link. What does not fit on one sheet goes on to the next.
    """
    target = cast("IO[bytes]", tempfile.SpooledTemporaryFile(max_size=_SPOOLED))  # noqa: SIM115 - the reader closes it
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(target, options)
    kinds = [column.kind for column in columns]
    formats = [book.add_format(_FORMATS[kind]) for kind in kinds]
    head = book.add_format(_HEAD)
    remaining = iter(rows)
    first: list[Sequence[Value]] = []
    number = 1
    while number == 1 or first:
        sheet = book.add_worksheet(_sheet_name(str(title), number))
        _write_head(sheet, columns, head)
        count = _write_rows(sheet, chain(first, islice(remaining, ROWS_PER_SHEET - len(first))), kinds, formats)
        sheet.autofilter(0, 0, max(count, 1), max(len(columns) - 1, 0))
        first = list(islice(remaining, 1))
        number += 1
    book.close()
    target.seek(0)
    return target


def _write_head(sheet: Any, columns: Sequence[Column], head: Any) -> None:
    sheet.set_row(0, 30)
    sheet.freeze_panes(1, 0)
    for at, column in enumerate(columns):
        sheet.set_column(at, at, column.width or _WIDTHS[column.kind])
        sheet.write_string(0, at, str(column.label), head)


def _write_rows(sheet: Any, rows: Iterable[Sequence[Value]], kinds: Sequence[Kind], formats: Sequence[Any]) -> int:
    count = 0
    for count, values in enumerate(rows, 1):
        for at, (value, kind, style) in enumerate(zip(values, kinds, formats, strict=True)):
            _write_cell(sheet, count, at, value, kind, style)
    return count


def _write_cell(sheet: Any, row: int, at: int, value: Value, kind: Kind, style: Any) -> None:
    if value is None or value == "":
        return
    if isinstance(value, datetime):
        sheet.write_datetime(row, at, value.replace(tzinfo=None), style)
    elif isinstance(value, date):
        sheet.write_datetime(row, at, value, style)
    elif isinstance(value, (int, float, Decimal)) and not isinstance(value, bool) and kind != "text":
        sheet.write_number(row, at, value, style)
    else:
        sheet.write_string(row, at, str(value)[:_LONGEST_TEXT], style)


def _sheet_name(title: str, number: int) -> str:
    plain = re.sub(r"[\[\]:*?/\\\x00-\x1f]", " ", title).strip("' ") or "Sheet"
    tail = f" {number}" if number > 1 else ""
    return plain[: 31 - len(tail)].rstrip("' ") + tail
