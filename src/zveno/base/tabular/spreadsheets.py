"""Workbooks of Excel and LibreOffice (xlsx, xlsm, xlsb, xls, ods) through calamine, with what it does not tell.

Calamine builds each sheet as one dense block, so a cell in the far corner would take all memory: the sheet's XML is
looked through first for the farthest column and row, and in the same pass for outline levels and error cells.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import python_calamine as calamine
from lxml import etree

from zveno.base.tabular.archives import LIMITS, Limits, Source, blocks, open_source, open_zip
from zveno.base.tabular.faults import FileBroken, FileEmpty, PasswordProtected, TooManyColumns
from zveno.kit.tables import Row, Sheet, Span, Workbook, column_index

_ROW_TAG = re.compile(rb"<(?:\w+:)?row [^>]*>")
_ROW_NUMBER = re.compile(rb'\br="(\d+)"')
_LEVEL = re.compile(rb'outlineLevel="(\d+)"')
_WIDE_CELL = re.compile(rb'r="([A-Z]{2,5})\d')
_ERROR_CELL = re.compile(
    rb'<(?:\w+:)?c r="([A-Z]+)(\d+)"[^>]* t="e"[^>]*>(?:<f[^>]*/>|<f[^>]*>[^<]*</f>)?<v>([^<]*)</v>'
)
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_MOST_ERRORS = 100_000


@dataclass(slots=True)
class _Look:
    """What one pass over a sheet's XML found."""

    last_row: int = 0
    last_column: int = 0
    levels: dict[int, int] = field(default_factory=dict)
    errors: dict[int, dict[int, str]] = field(default_factory=dict)


def read_spreadsheet(source: Source, name: str, form: str, limits: Limits = LIMITS) -> Workbook:
    """The workbook of a calamine format. Formulas give their cached values; sheets are loaded when walked.

    Raises `FileBroken`, `FileEmpty`, `PasswordProtected`, `TooManyColumns`, `ZipTooLarge`.
    """
    looks = _look_through(source, form, limits) if form != "xls" else {}
    try:
        book = calamine.CalamineWorkbook.from_filelike(open_source(source))
    except calamine.PasswordError as error:
        raise PasswordProtected(place=name) from error
    except Exception as error:
        raise FileBroken(place=name, reason=str(error)) from error
    shelf = _Shelf(book)
    sheets = [
        shelf.sheet(meta, looks.get(meta.name, _Look()))
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

    def sheet(self, meta: Any, look: _Look) -> Sheet:
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

    def _rows(self, name: str, look: _Look) -> Iterator[Row]:
        sheet = self._load(name)
        if sheet.start is None:
            return
        rows = sheet.iter_rows()
        if indent := [""] * sheet.start[1]:
            rows = (indent + values for values in rows)
        if not look.levels and not look.errors:
            for number, values in enumerate(rows, 1):
                yield Row(number, values)
            return
        for number, values in enumerate(rows, 1):
            for index, text in look.errors.get(number, {}).items():
                if index < len(values):
                    values[index] = text
            yield Row(number, values, look.levels.get(number, 0))

    def _merged(self, name: str) -> tuple[Span, ...]:
        spans = self._load(name).merged_cell_ranges or []
        return tuple(Span(top + 1, left, bottom + 1, right) for (top, left), (bottom, right) in spans)


def _look_through(source: Source, form: str, limits: Limits) -> dict[str, _Look]:
    with open_zip(source, limits) as archive:
        if form == "ods":
            _check_repeats(archive, limits)
            return {}
        if form == "xlsb":
            return {}
        looks = {}
        for sheet, member in _sheet_members(archive).items():
            look = _look(blocks(archive, member))
            if look.last_column >= limits.columns or (look.last_column + 1) * look.last_row > limits.cells:
                raise TooManyColumns(place=sheet, columns=look.last_column + 1, rows=look.last_row)
            looks[sheet] = look
        for member in archive.namelist():
            if member.endswith("sharedStrings.xml"):
                for _ in blocks(archive, member):
                    pass
        return looks


def _sheet_members(archive: zipfile.ZipFile) -> dict[str, str]:
    """Sheet name → its part in the archive."""
    try:
        book = _parse(b"".join(blocks(archive, "xl/workbook.xml")))
        links = _parse(b"".join(blocks(archive, "xl/_rels/workbook.xml.rels")))
    except etree.XMLSyntaxError as error:
        raise FileBroken(place="xl/workbook.xml", reason=str(error)) from error
    targets = {link.get("Id"): str(link.get("Target")) for link in links}
    found = {}
    for sheet in book.iter("{*}sheet"):
        key = next((value for name, value in sheet.attrib.items() if str(name).endswith("}id")), "")
        target = targets.get(key, "")
        member = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        if member in archive.namelist():
            found[str(sheet.get("name"))] = member
    return found


def _parse(data: bytes) -> Any:
    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))


def _look(pieces: Iterator[bytes]) -> _Look:
    look, rest, implied = _Look(), b"", 0
    for piece in pieces:
        data = rest + piece
        cut = max(data.rfind(b"<c "), data.rfind(b"<row "), 0)
        data, rest = data[:cut], data[cut:][-65536:]
        implied = _look_at(data, look, implied)
    _look_at(rest, look, implied)
    return look


def _look_at(data: bytes, look: _Look, row: int) -> int:
    """Adds what `data` shows to `look`; returns the number of the row it ends in."""
    for letters in set(_WIDE_CELL.findall(data)):
        look.last_column = max(look.last_column, column_index(letters.decode()))
    tags = _ROW_TAG.findall(data) if b"outlineLevel" in data else _last_row_tag(data)
    for tag in tags:
        number = _ROW_NUMBER.search(tag)
        row = int(number[1]) if number else row + 1
        if level := _LEVEL.search(tag):
            look.levels[row] = int(level[1])
    look.last_row = max(look.last_row, row)
    if b't="e"' in data:
        for letters, number, text in _ERROR_CELL.findall(data):
            if len(look.errors) < _MOST_ERRORS:
                look.errors.setdefault(int(number), {})[column_index(letters.decode())] = text.decode()
    return row


def _last_row_tag(data: bytes) -> list[bytes]:
    """Calamine's block ends at the last cell in file order, so the last row of a piece is enough."""
    at = data.rfind(b"<row ")
    tag = _ROW_TAG.match(data, at) if at >= 0 else None
    return [tag[0]] if tag else _ROW_TAG.findall(data)[-1:]


def _check_repeats(archive: zipfile.ZipFile, limits: Limits) -> None:
    """An OpenDocument cell or row may say it is repeated a million times; a sheet that such would fill is refused."""
    row = last_row = last_column = 0
    try:
        with archive.open("content.xml") as stream:
            for _, node in etree.iterparse(stream, resolve_entities=False, no_network=True):
                if node.tag == f"{_TABLE}table":
                    row = last_row = last_column = 0
                elif node.tag == f"{_TABLE}table-row":
                    row += int(node.get(f"{_TABLE}number-rows-repeated", 1))
                    width = _filled_width(node)
                    last_row, last_column = (row if width else last_row), max(last_column, width)
                    if last_column > limits.columns or last_row * last_column > limits.cells:
                        raise TooManyColumns(place="content.xml", columns=last_column, rows=last_row)
                    node.clear()
    except TooManyColumns:
        raise
    except Exception as error:  # damaged zip data or XML
        raise FileBroken(place="content.xml", reason=str(error)) from error


def _filled_width(row: Any) -> int:
    """The column of the last cell with something in it."""
    column = width = 0
    for cell in row:
        column += int(cell.get(f"{_TABLE}number-columns-repeated", 1))
        if len(cell):
            width = column
    return width
