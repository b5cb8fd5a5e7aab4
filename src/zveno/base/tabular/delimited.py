"""Delimited text: the encoding told by its bytes, the delimiter by its regularity."""

from __future__ import annotations

import codecs
import csv
import io
from collections import Counter
from collections.abc import Iterator
from typing import TextIO

from zveno.base.tabular.archives import LIMITS, Limits, Source, open_source
from zveno.base.tabular.faults import EncodingUnknown, FileBroken, FileEmpty, TooManyColumns
from zveno.kit.tables import Row, Sheet, Workbook

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_EIGHT_BIT = ("cp1251", "cp866", "koi8-r", "mac-cyrillic", "cp1252")
# The commonest letters of Russian, Ukrainian and Kazakh text; a wrong table turns them into rare ones.
_COMMON = frozenset("оеаинтсрвлкмдпуяыьгзбчйхжОЕАИНТСРВЛКМДПУГЗБШіїєқғңүұәөһ")
_DELIMITERS = ("\t", ";", "|", ",")
_SAMPLE = 200_000
_SLICE = 1 << 20

csv.field_size_limit(10_000_000)


def read_delimited(source: Source, name: str, limits: Limits = LIMITS) -> Workbook:
    """A text of one sheet named after the file; all cells are texts, row numbers count records from 1.

    Raises `FileEmpty`, `EncodingUnknown`, `FileBroken`, `TooManyColumns`.
    """
    encoding = encoding_of(source, name)
    with _text(source, encoding) as stream:
        sample = stream.read(_SAMPLE)
    if not sample.strip():
        raise FileEmpty(place=name)
    declared = sample.lower().startswith("sep=") and len(sample.split("\n", 1)[0].strip()) == 5
    delimiter = sample[4] if declared else delimiter_of(sample)

    def rows() -> Iterator[Row]:
        number = 0
        with _text(source, encoding) as stream:
            records = csv.reader(stream, delimiter=delimiter or "\t", skipinitialspace=delimiter != "\t")
            try:
                for number, values in enumerate(records, 1):
                    if len(values) > limits.columns:
                        raise TooManyColumns(place=f"{name}!{number}", columns=len(values), limit=limits.columns)
                    if number > 1 or not declared:
                        yield Row(number, values)
            except (csv.Error, UnicodeError) as error:
                raise FileBroken(place=f"{name}!{number + 1}", reason=str(error)) from error

    return Workbook(name, "csv", (Sheet(name, rows),), encoding=encoding, delimiter=delimiter)


def _text(source: Source, encoding: str) -> TextIO:
    return io.TextIOWrapper(open_source(source), encoding=encoding, newline="")


def encoding_of(source: Source, name: str = "") -> str:
    """The encoding of a text: by its byte order mark, else UTF-8 if every byte fits, else UTF-16 by its zero bytes,
    else the 8-bit table that makes the likeliest words. Raises `FileEmpty`, `EncodingUnknown` for what is no text."""
    with open_source(source) as stream:
        head = stream.read(_SAMPLE)
        if not head.strip(b"\x00 \t\r\n\x1a"):
            raise FileEmpty(place=name)
        for mark, encoding in _BOMS:
            if head.startswith(mark):
                return encoding
        zeros = (head[:4000:2].count(0), head[1:4000:2].count(0))
        if max(zeros) > 0.2 * len(head[:4000:2]) and min(zeros) < 0.05 * len(head[:4000:2]):
            return "utf-16-le" if zeros[1] > zeros[0] else "utf-16-be"
        if _strays(head) > 0.001 * len(head):
            raise EncodingUnknown(place=name)
        stream.seek(0)
        decoder = codecs.getincrementaldecoder("utf-8")()
        try:
            while block := stream.read(_SLICE):
                decoder.decode(block)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return eight_bit_of(head, name)
    return "utf-8"


def _strays(data: bytes) -> int:
    """How many bytes no text has."""
    return sum(data.count(byte) for byte in range(32) if byte not in b"\t\n\r\x0c\x1a")


def eight_bit_of(head: bytes, name: str) -> str:
    """The 8-bit table under which `head` makes the likeliest words. Raises `EncodingUnknown`."""
    scores = {}
    for encoding in _EIGHT_BIT:
        try:
            text = head.decode(encoding)
        except UnicodeDecodeError:
            continue
        scores[encoding] = _likelihood(text, western=encoding == "cp1252")
    best = max(scores, key=lambda encoding: scores[encoding], default="")
    if not best or scores[best] <= 0.3:
        raise EncodingUnknown(place=name)
    return best


def _likelihood(text: str, *, western: bool) -> float:
    """How much the non-ASCII characters look like words: 1 all do, 0 or below none does."""
    good = bad = 0
    before = " "
    for char in text:
        if char > "\x7f":
            latin_neighbour = before.isascii() and before.isalpha()
            if western:
                good += char.isalpha() and (latin_neighbour or not before.isalpha())
                bad += 2 * (not before.isascii() and before.isalpha()) + (not char.isalpha())
            elif char in _COMMON:
                good += 1
                bad += 2 * latin_neighbour + (char.isupper() and before.islower())
            elif not (char.isalpha() or char in "№«»–—“”„…°·\xa0€²³±×"):
                bad += 2
        before = char
    return (good - bad) / max(good + bad, 1)


def delimiter_of(sample: str) -> str:
    """The delimiter that splits most records into the same number of fields, empty for a single column.

    On a tie the one that is no decimal mark wins: `1,5;2,5` is split by `;`.
    """
    lines = sample.splitlines(keepends=True)[:200]
    if len(sample) >= _SAMPLE and len(lines) > 1:
        lines = lines[:-1]
    best, best_score = "", 0.0
    for delimiter in _DELIMITERS:
        if delimiter not in sample:
            continue
        try:
            widths = [len(record) for record in csv.reader(lines, delimiter=delimiter) if any(record)]
        except csv.Error:
            continue
        if not widths:
            continue
        width, times = Counter(widths).most_common(1)[0]
        if width < 2:
            wide = [w for w in widths if w > 1]
            if len(wide) < 2:
                continue
            width, times = Counter(wide).most_common(1)[0]
        score = times / len(widths) + min(width, 30) / 1000
        if score > best_score + (0.1 if best else 0):
            best, best_score = delimiter, score
    return best
