"""A price list as bytes: a workbook, or text divided by semicolons as spreadsheets of this country read it."""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import IO, cast

from zveno.base.sheets import Value, workbook
from zveno.kit.quantity import plain
from zveno.pricelists.queries.rows import Cell
from zveno.pricelists.rules.columns import Asked, Format
from zveno.pricelists.words import TITLE, sheet_columns
from zveno.stock.rules.policy import Figure
from zveno.stock.sheets import sheet_value

_PIECE = 1 << 20
_SPOOLED = 4 << 20


def written(rows: Iterable[list[Cell]], asked: Asked, form: Format) -> IO[bytes]:
    """The file as an open stream at its start; empty rows are left out. The reader closes it.

    A csv has names of columns for programs (`code;name;price`), points in figures and days as 2026-04-17.
    """
    kept = ([_plain(cell) for cell in row] for row in rows if row)
    if form is Format.XLSX:
        return workbook(TITLE, sheet_columns(asked.columns), kept)
    target = cast("IO[bytes]", tempfile.SpooledTemporaryFile(max_size=_SPOOLED))  # noqa: SIM115 - the reader closes it
    text = io.TextIOWrapper(target, encoding="utf-8-sig", newline="", write_through=True)
    writer = csv.writer(text, delimiter=";")
    writer.writerow([column.value for column in asked.columns])
    writer.writerows([_told(cell) for cell in row] for row in kept)
    text.detach()
    target.seek(0)
    return target


def pieces_of(stream: IO[bytes]) -> Iterator[bytes]:
    """The bytes piece by piece, closed at the end."""
    with stream:
        while piece := stream.read(_PIECE):
            yield piece


def _plain(cell: Cell) -> Value:
    return sheet_value(cell) if isinstance(cell, Figure) else cell


def _told(cell: Value) -> str:
    if isinstance(cell, Decimal):
        return format(plain(cell), "f")
    if isinstance(cell, date):
        return cell.isoformat()
    text = "" if cell is None else str(cell)
    # A text that a spreadsheet would take for a formula is told as text.
    return f"'{text}" if len(text) > 1 and text[0] in "=+-@" and not text[1].isdigit() else text
