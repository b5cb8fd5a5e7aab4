"""dBase and FoxPro tables (.dbf), as warehouse programs of the nineties still write them."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import dbf

from zveno.base.tabular.archives import Source, open_source
from zveno.base.tabular.delimited import eight_bit_of
from zveno.base.tabular.faults import EncodingUnknown, FileBroken
from zveno.kit.tables import Cell, Row, Sheet, Workbook

# Signatures of dBase III and IV, FoxPro, Visual FoxPro, with and without memo.
_KINDS = frozenset(b"\x02\x03\x04\x30\x31\x32\x43\x63\x83\x8b\x8c\xcb\xf5\xfb")
_CODE_PAGES = {
    0x65: "cp866",
    0x26: "cp866",
    0xC9: "cp1251",
    0x57: "cp1252",
    0x03: "cp1252",
    0x01: "cp437",
    0x02: "cp850",
}
_SAMPLE = 100_000


def looks_like_dbf(head: bytes) -> bool:
    """Whether `head` is that of a dbf: its signature, a date of change that exists, field descriptors to their end."""
    if len(head) < 65 or head[0] not in _KINDS or not (1 <= head[2] <= 12 and 1 <= head[3] <= 31):
        return False
    header, record = int.from_bytes(head[8:10], "little"), int.from_bytes(head[10:12], "little")
    return 65 <= header <= 40_000 and record > 1 and head[32:33].isalpha() and chr(head[43]) in "CNDLFMIBYTGOVQW@+0"


def read_dbf(source: Source, name: str) -> Workbook:
    """One sheet: row 1 names the fields, deleted records are left out. Where the file does not say its code page, the
    one that makes the likeliest words is taken. Raises `FileBroken`."""
    with open_source(source) as stream:
        head = stream.read(_SAMPLE)
    page = _code_page(head, name)
    names = _opened_names(source, page, name)

    def rows() -> Iterator[Row]:
        yield Row(1, names)
        with _table(source, page, name) as table:
            try:
                for number, record in enumerate(table, 2):
                    if not dbf.is_deleted(record):
                        yield Row(number, [_cell(value) for value in record])
            except (dbf.DbfError, UnicodeError, ValueError, OSError) as error:
                raise FileBroken(place=name, reason=str(error)) from error

    return Workbook(name, "dbf", (Sheet(name, rows),), encoding=page)


def _code_page(head: bytes, name: str) -> str:
    declared = _CODE_PAGES.get(head[29])
    body = head[int.from_bytes(head[8:10], "little") :]
    if declared and not (declared.startswith(("cp4", "cp85", "cp1252")) and max(body, default=0) > 127):
        return declared
    try:
        return eight_bit_of(body, name) if max(body, default=0) > 127 else declared or "cp1251"
    except EncodingUnknown:
        return declared or "cp866"


def _opened_names(source: Source, page: str, name: str) -> list[Cell]:
    with _table(source, page, name) as table:
        return list(table.field_names)


@contextmanager
def _table(source: Source, page: str, name: str) -> Iterator[Any]:
    """The table, read only. The library wants a file of its own ending, and a memo file beside it that mails lose."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "table.dbf"
        with open_source(source) as stream:
            path.write_bytes(stream.read())
        try:
            table = dbf.Table(str(path), codepage=page, ignore_memos=True)
            table.open(mode=dbf.READ_ONLY)
        except (dbf.DbfError, UnicodeError, ValueError, OSError, KeyError, IndexError) as error:
            raise FileBroken(place=name, reason=str(error)) from error
        try:
            yield table
        finally:
            table.close()


def _cell(value: Any) -> Cell:
    return value.strip() if isinstance(value, str) else value
