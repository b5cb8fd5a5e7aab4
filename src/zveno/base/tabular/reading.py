"""The one door: a file in, a workbook out, by what the bytes are and not by the name's ending."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from zveno.base.tabular.archives import LIMITS, Limits, Source, Unpacked, all_bytes, blocks, open_source, open_zip
from zveno.base.tabular.columnar import read_parquet
from zveno.base.tabular.dbase import looks_like_dbf, read_dbf
from zveno.base.tabular.delimited import encoding_of, read_delimited
from zveno.base.tabular.faults import (
    EncodingUnknown,
    FileBroken,
    FileEmpty,
    FormatUnknown,
    NoTableInside,
    PasswordProtected,
    ZipTooLarge,
)
from zveno.base.tabular.mail import is_outlook, looks_like_mail, parts_of_mail, parts_of_outlook
from zveno.base.tabular.markup import read_html, read_xml
from zveno.base.tabular.objects import read_json
from zveno.base.tabular.spreadsheets import read_spreadsheet
from zveno.kit.tables import Workbook

_JSON = re.compile(r"\{\s*[\"}]|\[\s*([\[{\"\-\d\]]|true|false|null)")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_DEEPEST = 3
_MOST_FILES = 400
# Known kinds that are no tables: said to be so instead of being read as text.
_NO_TABLES = (
    b"%PDF",
    b"\x89PNG",
    b"II*\x00",
    b"MM\x00*",
    b"8BPS",
    b"\xff\xd8\xff",
    b"GIF8",
    b"Rar!",
    b"7z\xbc\xaf",
    b"\x1f\x8b",
    b"MZ",
    b"{\\rtf",
)


def read_workbook(source: Path | str | bytes, name: str = "", *, limits: Limits = LIMITS) -> Workbook:
    """The workbook in a file: xlsx, xlsm, xlsb, xls, ods, delimited text, XML, JSON, parquet, dbf, HTML, or a zip or a
    mail with such files in it. `source` is a path or the bytes; `name` what the sender called it. Rows are read when a
    sheet is walked. Sheets of several files in one are called `file / sheet`.

    Raises `FileEmpty`, `FormatUnknown`, `NoTableInside`, `FileBroken`, `EncodingUnknown`, `PasswordProtected`,
    `TooManyColumns`, `ZipTooLarge`, `XmlEntityForbidden`; some only while walking.
    """
    held: Source = source if isinstance(source, bytes) else Path(source)
    return _read(held, name or (held.name if isinstance(held, Path) else "file"), limits, 0)


def _read(held: Source, name: str, limits: Limits, depth: int) -> Workbook:
    with open_source(held) as stream:
        head = stream.read(65_536)
    if not head:
        raise FileEmpty(place=name)
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _read_zip(held, name, limits, depth)
    if head.startswith(_OLE):
        return _read_compound(held, name, limits, depth)
    if head.startswith(b"PAR1"):
        return read_parquet(held, name)
    if head.startswith(_NO_TABLES) or _is_media(head):
        raise FormatUnknown(place=name)
    if looks_like_dbf(head):
        return read_dbf(held, name)
    if looks_like_mail(head):
        return _joined(parts_of_mail(held, name), name, "mail", limits, depth)
    return _read_text(held, head, name, limits)


def _read_compound(source: Source, name: str, limits: Limits, depth: int) -> Workbook:
    if _ENCRYPTED in all_bytes(source):
        raise PasswordProtected(place=name)
    if is_outlook(source, name):
        return _joined(parts_of_outlook(source, name), name, "mail", limits, depth)
    return read_spreadsheet(source, name, "xls", limits)


def _read_zip(source: Source, name: str, limits: Limits, depth: int) -> Workbook:
    with open_zip(source, limits) as archive:
        members = [member for member in archive.namelist() if not _is_clutter(member)]
        if "xl/workbook.xml" in members:
            return read_spreadsheet(source, name, "xlsx", limits)
        if "xl/workbook.bin" in members:
            return read_spreadsheet(source, name, "xlsb", limits)
        if "content.xml" in members and "mimetype" in members:
            return read_spreadsheet(source, name, "ods", limits)
        if "[Content_Types].xml" in members:
            raise FormatUnknown(place=name, files=len(members))
        if not members:
            raise FileEmpty(place=name)
        if len(members) > _MOST_FILES:
            raise NoTableInside(place=name, files=f"{members[0]}, {members[1]}, …")
        if depth and (whole := sum(archive.getinfo(member).file_size for member in members)) > limits.unpacked // 10:
            raise ZipTooLarge(place=name, unpacked=whole, limit=limits.unpacked // 10)
        return _joined(((member, Unpacked(blocks(archive, member))) for member in members), name, "zip", limits, depth)


def _joined(parts: Iterable[tuple[str, Source]], name: str, form: str, limits: Limits, depth: int) -> Workbook:
    """The sheets of all files within one; those that are no tables are passed over. One file alone is itself."""
    if depth >= _DEEPEST:
        raise FormatUnknown(place=name)
    books, others = [], []
    for told, data in parts:
        try:
            books.append(_read(data, told, limits, depth + 1))
        except (FormatUnknown, NoTableInside, FileEmpty):
            others.append(told)
    if not books:
        raise NoTableInside(place=name, files=", ".join(others[:5]))
    if len(books) == 1:
        return books[0]
    named = [
        (book.name if sheet.name == book.name else f"{book.name} / {sheet.name}", sheet)
        for book in books
        for sheet in book.sheets
    ]
    before: Counter[str] = Counter()
    sheets = []
    for told, sheet in named:
        before[told] += 1
        sheets.append(replace(sheet, name=told if before[told] == 1 else f"{told} ({before[told]})"))
    return Workbook(name, form, tuple(sheets))


def _is_clutter(member: str) -> bool:
    return (
        member.endswith("/") or member.startswith("__MACOSX") or member.rsplit("/", 1)[-1] in (".DS_Store", "Thumbs.db")
    )


def _read_text(source: Source, head: bytes, name: str, limits: Limits) -> Workbook:
    try:
        encoding = encoding_of(source, name)
    except EncodingUnknown:
        if _strange(head):
            raise FormatUnknown(place=name) from None
        raise
    start = head.decode(encoding, errors="ignore").lstrip("\ufeff \t\r\n").lower()
    if start.startswith(("<!doctype html", "<html", "<table", "<meta", "<style")) or (
        start.startswith("<") and "<html" in start[:1000]
    ):
        return read_html(source, name, limits)
    if start.startswith("<"):
        return read_xml(source, name, limits)
    if _JSON.match(start):
        return read_json(source, name)
    try:
        return read_delimited(source, name, limits)
    except UnicodeError as error:
        raise FileBroken(place=name, reason=str(error)) from error


def _is_media(head: bytes) -> bool:
    """Pictures and films whose first letters a text may have too."""
    return (
        (head[:2] == b"BM" and head[6:10] == bytes(4))
        or (head[:4] == b"RIFF" and head[8:12] in (b"WEBP", b"AVI ", b"WAVE"))
        or (head[4:8] == b"ftyp" and head[0] == 0)
    )


def _strange(head: bytes) -> bool:
    """Whether the bytes are those of a program's own format rather than of a text in an unknown table."""
    return sum(head.count(byte) for byte in range(9)) > 0
