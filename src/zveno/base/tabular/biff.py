"""What calamine does not tell of an old workbook (.xls): outline levels, hidden rows, errors, indents, bold rows.

Records of BIFF8 as [MS-XLS] lays them down; only those named here are looked at, the rest is stepped over.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from zveno.base.tabular.archives import Source
from zveno.base.tabular.compound import open_compound
from zveno.base.tabular.faults import FileBroken, FormatUnknown, PasswordProtected
from zveno.base.tabular.looks import ERRORS, Look

_BOUNDSHEET, _FONT, _XF, _ROW, _BOOLERR, _FORMULA, _FILEPASS = 0x85, 0x31, 0xE0, 0x208, 0x205, 0x06, 0x2F
_LABELS = (0xFD, 0x204)
_COLINFO = 0x7D
_BOLD = 600
_WORKSHEET = 0


def look_through_xls(source: Source, name: str) -> dict[str, Look]:
    """What each sheet's records say, by sheet name. Raises `FileBroken`, `PasswordProtected`."""
    with open_compound(source, name) as container:
        told = next((n for n in ("Workbook", "Book") if container.exists(n)), "")
        if not told:
            raise FormatUnknown(place=name)
        data = container.openstream(told).read()
    try:
        return _sheets(data, name)
    except (struct.error, IndexError) as error:
        raise FileBroken(place=name, reason=str(error)) from error


def _records(data: bytes, at: int) -> Iterator[tuple[int, int, int]]:
    """(kind, start, length) of the records from `at` to the end of their stream."""
    depth = 0
    while at + 4 <= len(data):
        kind, length = struct.unpack_from("<HH", data, at)
        depth += (kind == 0x809) - (kind == 0x0A)
        yield kind, at + 4, length
        at += 4 + length
        if depth <= 0:
            return


def _sheets(data: bytes, name: str) -> dict[str, Look]:
    starts: list[tuple[str, int]] = []
    bold_fonts: list[bool] = []
    formats: list[tuple[int, int]] = []
    for kind, at, length in _records(data, 0):
        if kind == _FILEPASS:
            raise PasswordProtected(place=name)
        if kind == _BOUNDSHEET and data[at + 5] == _WORKSHEET:
            starts.append((_short_text(data, at + 6), struct.unpack_from("<I", data, at)[0]))
        elif kind == _FONT:
            bold_fonts.append(struct.unpack_from("<H", data, at + 6)[0] >= _BOLD)
        elif kind == _XF and length >= 20:
            formats.append((struct.unpack_from("<H", data, at)[0], data[at + 8] & 0x0F))
    # The fifth font is left out of the numbering: index 4 does not exist.
    bolds = [bold_fonts[font - (font > 4)] if font - (font > 4) < len(bold_fonts) else False for font, _ in formats]
    indents = [indent for _, indent in formats]
    return {told: _look(data, start, bolds, indents) for told, start in starts}


def _short_text(data: bytes, at: int) -> str:
    count, wide = data[at], data[at + 1] & 1
    raw = data[at + 2 : at + 2 + count * (2 if wide else 1)]
    return raw.decode("utf-16-le" if wide else "latin-1")


def _look(data: bytes, start: int, bolds: list[bool], indents: list[int]) -> Look:
    look = Look()
    for kind, at, _ in _records(data, start):
        if kind == _ROW:
            row, bits = struct.unpack_from("<H", data, at)[0] + 1, struct.unpack_from("<H", data, at + 12)[0]
            if bits & 7:
                look.levels[row] = bits & 7
            if bits & 0x20:
                look.hidden.add(row)
        elif kind in (_BOOLERR, _FORMULA, *_LABELS):
            row, column, form = struct.unpack_from("<HHH", data, at)
            if kind == _BOOLERR and data[at + 7]:
                look.errors.setdefault(row + 1, {})[column] = ERRORS.get(data[at + 6], "#VALUE!")
            elif kind == _FORMULA and data[at + 12 : at + 14] == b"\xff\xff" and data[at + 6] == 2:
                look.errors.setdefault(row + 1, {})[column] = ERRORS.get(data[at + 8], "#VALUE!")
            if row + 1 not in look.styles and form < len(bolds) and kind in _LABELS:
                look.styles[row + 1] = (indents[form], bolds[form])
        elif kind == _COLINFO and struct.unpack_from("<H", data, at + 8)[0] & 1:
            first, last = struct.unpack_from("<HH", data, at)
            look.hidden_columns.update(range(first, min(last, 255) + 1))
    return look
