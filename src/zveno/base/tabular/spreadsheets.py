"""Workbooks of Excel and LibreOffice (xlsx, xlsm, xlsb, xls, ods) through calamine, with what it does not tell.

Calamine builds each sheet as one dense block, so a cell in the far corner would take all memory: every sheet is looked
through first for its farthest column and row, and in the same pass for what stands beside the values.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import python_calamine as calamine

from zveno.base.tabular.archives import LIMITS, Limits, Source, open_source, open_zip
from zveno.base.tabular.biff import look_through_xls
from zveno.base.tabular.faults import FileBroken, FileEmpty, PasswordProtected
from zveno.base.tabular.looks import Look
from zveno.base.tabular.opendocument import look_through_ods
from zveno.base.tabular.sheetbin import look_through_xlsb
from zveno.base.tabular.sheetxml import look_through_xlsx
from zveno.kit.tables import Row, Sheet, Span, Workbook


def read_spreadsheet(source: Source, name: str, form: str, limits: Limits = LIMITS) -> Workbook:
    """The workbook of a calamine format. Formulas give their cached values; sheets are loaded when walked.

    Raises `FileBroken`, `FileEmpty`, `PasswordProtected`, `TooManyColumns`, `ZipTooLarge`.
    """
    looks = _look_through(source, name, form, limits)
    try:
        book = calamine.CalamineWorkbook.from_filelike(open_source(source))
    except calamine.PasswordError as error:
        raise PasswordProtected(place=name) from error
    except Exception as error:
        raise FileBroken(place=name, reason=str(error)) from error
    shelf = _Shelf(book)
    sheets = [
        shelf.sheet(meta, looks.get(meta.name, Look()))
        for meta in book.sheets_metadata
        if meta.typ == calamine.SheetTypeEnum.WorkSheet
    ]
    if not sheets:
        raise FileEmpty(place=name)
    return Workbook(name, form, tuple(sheets))


class _Shelf:
    """Keeps the sheet read last, so that looking at a sheet and then reading it parses it once."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._name: str | None = None
        self._sheet: Any = None

    def sheet(self, meta: Any, look: Look) -> Sheet:
        name = meta.name
        hidden = meta.visible != calamine.SheetVisibleEnum.Visible
        return Sheet(name, lambda: self._rows(name, look), hidden, lambda: self._merged(name))

    def _load(self, name: str) -> Any:
        if name != self._name:
            try:
                self._sheet = self._book.get_sheet_by_name(name)
            except calamine.PasswordError as error:
                raise PasswordProtected(place=name) from error
            except (KeyboardInterrupt, SystemExit):
                raise
            except BaseException as error:  # a panic inside calamine is no Exception
                raise FileBroken(place=name, reason=str(error)) from error
            self._name = name
        return self._sheet

    def _rows(self, name: str, look: Look) -> Iterator[Row]:
        sheet = self._load(name)
        if sheet.start is None:
            return
        rows = sheet.iter_rows()
        if indent := [""] * sheet.start[1]:
            rows = (indent + values for values in rows)
        yield from look.rows(rows)

    def _merged(self, name: str) -> tuple[Span, ...]:
        spans = self._load(name).merged_cell_ranges or []
        return tuple(Span(top + 1, left, bottom + 1, right) for (top, left), (bottom, right) in spans)


def _look_through(source: Source, name: str, form: str, limits: Limits) -> dict[str, Look]:
    if form == "xls":
        return look_through_xls(source, name)
    with open_zip(source, limits) as archive:
        look = {"xlsx": look_through_xlsx, "xlsb": look_through_xlsb, "ods": look_through_ods}[form]
        return look(archive, limits)
