"""The bytes of a file made ready for the parser: their true encoding, the first element, no document type."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from typing import BinaryIO

from zveno.plugins.erp.commerceml.errors import EncodingUnknown, FileEmpty, NotCommerceml, XmlBroken, XmlEntityForbidden

ROOT = "КоммерческаяИнформация"
# What may stand without the root: a hand-cut piece of an export, or one kept apart by a shop.
FRAGMENTS = frozenset(
    {"Классификатор", "Каталог", "ПакетПредложений", "ИзмененияПакетаПредложений", "Документ", "Контейнер"}
)
_HEAD = 64 * 1024
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_READ_ENCODINGS = ("utf-8", "windows-1251", "utf-16-le", "utf-16-be", "koi8-r", "cp866", "iso-8859-5")
_DECLARABLE = frozenset({"utf-8", "ascii", "cp1251", "cp1252", "koi8-r", "cp866", "iso8859-1", "iso8859-5"})
_DECLARATION = re.compile(r"<\?xml\b[^>]*?\?>")
_DECLARED = re.compile(rb"""<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
_SKIPPED = re.compile(r"\s+|<\?.*?\?>|<!--.*?-->", re.DOTALL)
_FIRST_NAME = re.compile(r"<([^\s<>/!?=\"']+)")


@dataclass(slots=True)
class Opened:
    """A file ready to parse: `stream` yields bytes in `encoding`; `root` is the local name of the first element."""

    stream: Refitted
    encoding: str
    root: str


class Refitted:
    """A byte stream with a head already read before it and a tail after it."""

    def __init__(self, head: bytes, rest: BinaryIO, tail: bytes = b"") -> None:
        self._head = head
        self._rest = rest
        self._tail = tail

    def read(self, size: int = -1) -> bytes:
        """Up to `size` bytes; may return fewer before the end, none only at the end."""
        if self._head:
            taken = self._head if size < 0 else self._head[:size]
            self._head = self._head[len(taken) :]
            return taken
        got = self._rest.read(size)
        if not got and self._tail:
            got, self._tail = self._tail, b""
        return got


def open_source(source: BinaryIO, name: str) -> Opened:
    """Find the encoding and the first element; refuse what is empty, declares a type, or is another language."""
    head = _read_head(source)
    if not head.strip(b"\x00\t\r\n ").removeprefix(codecs.BOM_UTF8):
        raise FileEmpty(place=name)
    encoding, head = _true_encoding(head, name)
    prolog = head.decode(encoding, errors="ignore")
    start = _first_element(prolog, name)
    found = _FIRST_NAME.match(prolog, start)
    if not found:
        raise XmlBroken(place=f"{name}:1" if name else "1", reason="no element at the start")
    root = found[1].rpartition(":")[2]
    if root != ROOT and root not in FRAGMENTS:
        raise NotCommerceml(place=name, root=root[:80])
    # Without its declaration a file may begin with blanks, and cannot contradict the encoding we found.
    before = _DECLARATION.sub("", prolog[:start], count=1).encode(encoding)
    body = head[len(prolog[:start].encode(encoding)) :]
    if root == ROOT:
        return Opened(Refitted(before + body, source), encoding, root)
    opening, closing = f"<{ROOT}>".encode(encoding), f"</{ROOT}>".encode(encoding)
    return Opened(Refitted(before + opening + body, source, closing), encoding, root)


def _read_head(source: BinaryIO) -> bytes:
    parts: list[bytes] = []
    size = 0
    while size < _HEAD:
        got = source.read(_HEAD - size)
        if not got:
            break
        parts.append(got)
        size += len(got)
    return b"".join(parts)


def _true_encoding(head: bytes, name: str) -> tuple[str, bytes]:
    """The encoding and the head without its mark. The words of the language tell more than what is declared."""
    for mark, encoding in _BOMS:
        if head.startswith(mark):
            return encoding, head[len(mark) :]
    for word in (ROOT, *sorted(FRAGMENTS)):
        for encoding in _READ_ENCODINGS:
            if word.encode(encoding) in head:
                return encoding, head
    declared = _DECLARED.search(head[:512])
    if declared is None:
        return "utf-8", head
    named = declared[1].decode("ascii")
    try:
        encoding = codecs.lookup(named).name
    except LookupError:
        encoding = ""
    if encoding not in _DECLARABLE:
        raise EncodingUnknown(place=name, declared=named)
    return encoding, head


def _first_element(prolog: str, name: str) -> int:
    at = 0
    while (skipped := _SKIPPED.match(prolog, at)) is not None:
        at = skipped.end()
    if prolog.startswith("<!DOCTYPE", at) or prolog.startswith("<!ENTITY", at):
        line = prolog.count("\n", 0, at) + 1
        raise XmlEntityForbidden(place=f"{name}:{line}" if name else str(line))
    return at
