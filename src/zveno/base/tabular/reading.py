"""The one door: a file in, a workbook out, by what the bytes are and not by the name's ending."""

from __future__ import annotations

import re
from pathlib import Path

from zveno.base.tabular.archives import LIMITS, Limits, Source, open_source, open_zip
from zveno.base.tabular.columnar import read_parquet
from zveno.base.tabular.delimited import encoding_of, read_delimited
from zveno.base.tabular.faults import EncodingUnknown, FileBroken, FileEmpty, FormatUnknown, PasswordProtected
from zveno.base.tabular.markup import read_html, read_xml
from zveno.base.tabular.objects import read_json
from zveno.base.tabular.spreadsheets import read_spreadsheet
from zveno.kit.tables import Workbook

_JSON = re.compile(r"\{\s*[\"}]|\[\s*([\[{\"\-\d\]]|true|false|null)")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
# Known kinds that are no tables: said to be so instead of being read as text.
_NO_TABLES = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"MZ", b"{\\rtf")


def read_workbook(source: Path | str | bytes, name: str = "", *, limits: Limits = LIMITS) -> Workbook:
    """The workbook in a file: xlsx, xlsm, xlsb, xls, ods, delimited text, XML, JSON, parquet, HTML or a zip with one of
    them. `source` is a path or the bytes; `name` what the sender called it. Rows are read when a sheet is walked.

    Raises `FileEmpty`, `FormatUnknown`, `FileBroken`, `EncodingUnknown`, `PasswordProtected`, `TooManyColumns`,
    `ZipTooLarge`, `XmlEntityForbidden`; some only while walking.
    """
    held: Source = source if isinstance(source, bytes) else Path(source)
    name = name or (held.name if isinstance(held, Path) else "file")
    with open_source(held) as stream:
        head = stream.read(65_536)
    if not head:
        raise FileEmpty(place=name)
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _read_zip(held, name, limits)
    if head.startswith(_OLE):
        if _ENCRYPTED in _all(held):
            raise PasswordProtected(place=name)
        return read_spreadsheet(held, name, "xls", limits)
    if head.startswith(b"PAR1"):
        return read_parquet(held, name)
    if head.startswith(_NO_TABLES):
        raise FormatUnknown(place=name)
    return _read_text(held, head, name, limits)


def _all(source: Source) -> bytes:
    return source if isinstance(source, bytes) else source.read_bytes()


def _read_zip(source: Source, name: str, limits: Limits) -> Workbook:
    with open_zip(source, limits) as archive:
        members = [member for member in archive.namelist() if not _is_clutter(member)]
        if "xl/workbook.xml" in members:
            return read_spreadsheet(source, name, "xlsx", limits)
        if "xl/workbook.bin" in members:
            return read_spreadsheet(source, name, "xlsb", limits)
        if "content.xml" in members and "mimetype" in members:
            return read_spreadsheet(source, name, "ods", limits)
        if "[Content_Types].xml" in members or len(members) > 1:
            raise FormatUnknown(place=name, files=len(members))
        if not members:
            raise FileEmpty(place=name)
        if members[0].lower().endswith(".zip"):
            raise FormatUnknown(place=members[0])
        try:
            data = archive.read(members[0])
        except Exception as error:  # zipfile lets errors of zlib, lzma and bz2 through
            raise FileBroken(place=members[0], reason=str(error)) from error
    return read_workbook(data, members[0], limits=limits)


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


def _strange(head: bytes) -> bool:
    """Whether the bytes are those of a program's own format rather than of a text in an unknown table."""
    return sum(head.count(byte) for byte in range(9)) > 0
