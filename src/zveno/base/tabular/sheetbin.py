"""What calamine does not tell of a binary workbook (xlsb): extent, outline, hidden rows, error cells.

Records as [MS-XLSB] lays them down; those not named here are stepped over.
"""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Iterator

from lxml import etree

from zveno.base.tabular.archives import Limits, blocks
from zveno.base.tabular.faults import FileBroken, TooManyColumns
from zveno.base.tabular.looks import ERRORS, Look

_ROW_HEADER, _CELL_ERROR, _FORMULA_ERROR, _CELLS, _BUNDLE = 0, 3, 11, range(1, 12), 156


def look_through_xlsb(archive: zipfile.ZipFile, limits: Limits) -> dict[str, Look]:
    """What each sheet's records say, by sheet name. Raises `TooManyColumns`, `FileBroken`."""
    try:
        looks = {}
        for sheet, member in _sheet_members(archive).items():
            look = looks[sheet] = _look(b"".join(blocks(archive, member)))
            if look.last_column >= limits.columns or (look.last_column + 1) * look.last_row > limits.cells:
                raise TooManyColumns(place=sheet, columns=look.last_column + 1, rows=look.last_row)
        return looks
    except (struct.error, IndexError, UnicodeError, etree.XMLSyntaxError) as error:
        raise FileBroken(place="xl/workbook.bin", reason=str(error)) from error


def _records(data: bytes) -> Iterator[tuple[int, int, int]]:
    """(kind, start, length) of each record."""
    at, end = 0, len(data)
    while at < end:
        kind = data[at]
        at += 1
        if kind & 0x80:
            kind = (kind & 0x7F) | (data[at] & 0x7F) << 7
            at += 1
        length = shift = 0
        while True:
            byte = data[at]
            at += 1
            length |= (byte & 0x7F) << shift
            shift += 7
            if not byte & 0x80 or shift > 21:
                break
        yield kind, at, length
        at += length


def _sheet_members(archive: zipfile.ZipFile) -> dict[str, str]:
    links = etree.fromstring(
        b"".join(blocks(archive, "xl/_rels/workbook.bin.rels")),
        etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False),
    )
    targets = {str(link.get("Id")): str(link.get("Target")) for link in links}
    data = b"".join(blocks(archive, "xl/workbook.bin"))
    found = {}
    for kind, at, _ in _records(data):
        if kind == _BUNDLE:
            key, after = _wide_text(data, at + 8)
            name, _end = _wide_text(data, after)
            target = targets.get(key, "")
            member = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
            if member in archive.namelist():
                found[name] = member
    return found


def _wide_text(data: bytes, at: int) -> tuple[str, int]:
    length = struct.unpack_from("<I", data, at)[0]
    end = at + 4 + 2 * length
    return data[at + 4 : end].decode("utf-16-le"), end


def _look(data: bytes) -> Look:
    look, row = Look(), 0
    for kind, at, length in _records(data):
        if kind == _ROW_HEADER and length >= 12:
            row = struct.unpack_from("<I", data, at)[0] + 1
            look.last_row = max(look.last_row, row)
            bits = data[at + 11]
            if bits & 7:
                look.levels[row] = bits & 7
            if bits & 0x10:
                look.hidden.add(row)
        elif kind in _CELLS and length >= 8:
            column = struct.unpack_from("<I", data, at)[0]
            look.last_column = max(look.last_column, column)
            if kind in (_CELL_ERROR, _FORMULA_ERROR):
                look.errors.setdefault(row, {})[column] = ERRORS.get(data[at + 8], "#VALUE!")
    return look
