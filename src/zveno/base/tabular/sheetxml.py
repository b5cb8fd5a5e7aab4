"""What calamine does not tell of a workbook in XML (xlsx): extent, outline, hidden rows, error cells, indents.

One pass over each sheet's XML as it is unpacked, by patterns: a parser of XML would take ten times as long.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from typing import Any, TypeAlias

from lxml import etree

from zveno.base.tabular.archives import Limits, blocks
from zveno.base.tabular.faults import FileBroken, TooManyColumns
from zveno.base.tabular.looks import Look
from zveno.kit.tables import column_index

_ROW_TAG = re.compile(rb"<(?:\w+:)?row [^>]*>")
_STYLED_ROW = re.compile(rb'<(?:\w+:)?row [^>]*?\br="(\d+)"[^>]*>(?:<(?:\w+:)?c [^>]*/>)*<(?:\w+:)?c [^>]*?\bs="(\d+)"')
_HIDDEN = re.compile(rb'\bhidden="(?:1|true)"')
_COLUMN_TAG = re.compile(rb"<(?:\w+:)?col [^>]*>")
_ROW_NUMBER = re.compile(rb'\br="(\d+)"')
_LEVEL = re.compile(rb'outlineLevel="(\d+)"')
_WIDE_CELL = re.compile(rb'r="([A-Z]{2,5})\d')
_ERROR_CELL = re.compile(
    rb'<(?:\w+:)?c r="([A-Z]+)(\d+)"[^>]* t="e"[^>]*>(?:<f[^>]*/>|<f[^>]*>[^<]*</f>)?<v>([^<]*)</v>'
)
_MOST_ERRORS = 100_000
_LONGEST_ROW = 1 << 21


def look_through_xlsx(archive: zipfile.ZipFile, limits: Limits) -> dict[str, Look]:
    """What each sheet's XML says, by sheet name. Raises `TooManyColumns`, `FileBroken`."""
    looks = {}
    styles = _styles(archive)
    for sheet, member in _sheet_members(archive).items():
        look = _look(blocks(archive, member), styles)
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


Styles: TypeAlias = dict[int, tuple[int, bool]]


def _styles(archive: zipfile.ZipFile) -> Styles:
    """Index of a cell's style → (indent, bold), of those that have either."""
    if "xl/styles.xml" not in archive.namelist():
        return {}
    try:
        book = _parse(b"".join(blocks(archive, "xl/styles.xml")))
    except etree.XMLSyntaxError:
        return {}
    bolds = [
        any(mark.get("val", "1") not in ("0", "false") for mark in font.iter("{*}b"))
        for font in book.iterfind("{*}fonts/{*}font")
    ]
    found = {}
    for index, form in enumerate(book.iterfind("{*}cellXfs/{*}xf")):
        alignment = form.find("{*}alignment")
        indent = int(float(alignment.get("indent", 0))) if alignment is not None else 0
        font = int(form.get("fontId", 0))
        bold = font < len(bolds) and bolds[font]
        if indent or bold:
            found[index] = (indent, bold)
    return found


def _look(pieces: Iterator[bytes], styles: Styles) -> Look:
    look, rest, implied = Look(), b"", 0
    for piece in pieces:
        data = rest + piece
        cut = max(data.rfind(b"<row "), data.rfind(b"<c ") if len(data) > _LONGEST_ROW else 0, 0)
        data, rest = data[:cut], data[cut:][-_LONGEST_ROW:]
        implied = _look_at(data, look, implied, styles)
    _look_at(rest, look, implied, styles)
    return look


def _look_at(data: bytes, look: Look, row: int, styles: Styles) -> int:
    """Adds what `data` shows to `look`; returns the number of the row it ends in."""
    for letters in set(_WIDE_CELL.findall(data)):
        look.last_column = max(look.last_column, column_index(letters.decode()))
    marked = b"outlineLevel" in data or b"hidden=" in data
    for tag in _ROW_TAG.findall(data) if marked else _last_row_tag(data):
        number = _ROW_NUMBER.search(tag)
        row = int(number[1]) if number else row + 1
        if level := _LEVEL.search(tag):
            look.levels[row] = int(level[1])
        if _HIDDEN.search(tag):
            look.hidden.add(row)
    look.last_row = max(look.last_row, row)
    if b'hidden="' in data and not look.hidden_columns:
        look.hidden_columns = _hidden_columns(data)
    if styles:
        for number, style in _STYLED_ROW.findall(data):
            if int(style) in styles:
                look.styles[int(number)] = styles[int(style)]
    if b't="e"' in data:
        for letters, number, text in _ERROR_CELL.findall(data):
            if len(look.errors) < _MOST_ERRORS:
                look.errors.setdefault(int(number), {})[column_index(letters.decode())] = text.decode()
    return row


def _hidden_columns(data: bytes) -> set[int]:
    found: set[int] = set()
    for tag in _COLUMN_TAG.findall(data):
        first, last = re.search(rb'\bmin="(\d+)"', tag), re.search(rb'\bmax="(\d+)"', tag)
        if _HIDDEN.search(tag) and first and last:
            found.update(range(int(first[1]) - 1, min(int(last[1]), 1000)))
    return found


def _last_row_tag(data: bytes) -> list[bytes]:
    """Calamine's block ends at the last cell in file order, so the last row of a piece is enough."""
    at = data.rfind(b"<row ")
    tag = _ROW_TAG.match(data, at) if at >= 0 else None
    return [tag[0]] if tag else _ROW_TAG.findall(data)[-1:]
