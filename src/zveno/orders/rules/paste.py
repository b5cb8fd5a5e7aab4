"""Reading a pasted block of codes and quantities, in whatever order and with whatever between them.

A row is read in every sensible way; which reading is meant is decided by which of its codes exists. Cells are divided
by tabs, else semicolons, else bars, else by blanks. Quantities may have a decimal comma, blanks between thousands, a
unit behind.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

_HEADER = re.compile(
    r"артикул|код|номенклатура|товар|наименование|кол-?\s?во|количество|штрих|цена|"
    r"\b(?:article|code|sku|item|product|name|quantity|qty|barcode|ean|price)\b",
    re.IGNORECASE,
)
_BLANKS = re.compile(r"[\s\u00a0\u202f]+")
_THOUSANDS = re.compile(r"^\d{1,3}(?: \d{3})+(?:[.,]\d+)?$")
_UNIT_BEHIND = re.compile(r"(?<=\d)\s*(?:шт|уп|упак|кор|м2|м3|м|кг|л|компл|pcs|pc|pack|box|ea)\.?$", re.IGNORECASE)
_BETWEEN = re.compile(r"^[x×*хХ=:—–-]+$")
_LONG_NUMBER = 5
MOST_ROWS = 5000


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a row: a code as it is written and the quantity, `None` where there is none."""

    code: str
    quantity: Decimal | None


@dataclass(frozen=True, slots=True)
class PastedRow:
    """A row of the block, numbered from 1 as pasted, with its readings, the likeliest first."""

    number: int
    text: str
    readings: tuple[Reading, ...]


def read_block(text: str) -> tuple[PastedRow, ...]:
    """The rows of a pasted block: a header, and rows without a letter or a digit, are left out.

    At most `MOST_ROWS` rows are read. Each has a reading.
    """
    rows = []
    for number, line in enumerate(text.splitlines()[:MOST_ROWS], 1):
        if any(map(str.isalnum, line)):
            rows.append(PastedRow(number, line.strip(), tuple(_readings(line))))
    if rows and _is_header(rows[0]):
        del rows[0]
    return tuple(rows)


def number_of(cell: str) -> Decimal | None:
    """The number a cell holds, a unit behind it apart; `None` when it is none."""
    plain = _UNIT_BEHIND.sub("", _BLANKS.sub(" ", cell).strip())
    if not re.fullmatch(r"-?\d[\d ]*(?:[.,]\d+)?", plain) or (" " in plain and not _THOUSANDS.match(plain.lstrip("-"))):
        return None
    try:
        return Decimal(plain.replace(" ", "").replace(",", "."))
    except InvalidOperation:
        return None


def _is_header(row: PastedRow) -> bool:
    return all(reading.quantity is None for reading in row.readings) and bool(_HEADER.search(row.text))


def _readings(line: str) -> list[Reading]:
    for separator in ("\t", ";", "|"):
        if separator in line:
            return _of_cells([cell.strip().strip('"').strip() for cell in line.split(separator)])
    return _of_words(line)


def _of_cells(cells: list[str]) -> list[Reading]:
    filled = [(index, cell, number_of(cell)) for index, cell in enumerate(cells) if cell]
    numbers = [(index, number) for index, _, number in filled if number is not None]

    def likelihood(entry: tuple[int, str, Decimal | None]) -> tuple[int, int]:
        index, cell, number = entry
        # A short number is rather a row's number or a quantity than a code.
        return (1 if number is not None and len(cell) < _LONG_NUMBER else 0, index)

    readings = []
    for index, cell, _ in sorted(filled, key=likelihood):
        behind = [number for at, number in numbers if at > index]
        before = [number for at, number in numbers if at < index]
        readings.append(Reading(cell, behind[0] if behind else before[-1] if before else None))
    return readings


def _of_words(line: str) -> list[Reading]:
    words = _BLANKS.sub(" ", _UNIT_BEHIND.sub("", line.strip().rstrip(","))).split(" ")
    words = [word for word in words if not _BETWEEN.match(word)]
    if len(words) < 2:
        return _of_one_word(words[0] if words else line.strip())
    readings = []
    last, first = number_of(words[-1]), number_of(words[0])
    if last is not None:
        readings.append(Reading(" ".join(words[:-1]).rstrip(",:"), last))
    if first is not None:
        readings.append(Reading(" ".join(words[1:]), first))
    readings += _with_thousands(words)
    return [*readings, Reading(" ".join(words), None)]


def _with_thousands(words: list[str]) -> list[Reading]:
    for start in range(1, len(words) - 1):
        number = " ".join(words[start:])
        if _THOUSANDS.match(number):
            return [Reading(" ".join(words[:start]), number_of(number))]
    return []


def _of_one_word(word: str) -> list[Reading]:
    readings = [Reading(word, None)]
    for divider in (",", "=", ":", "*"):
        code, found, quantity = word.rpartition(divider)
        if found and code and (number := number_of(quantity)) is not None:
            readings.insert(0, Reading(code, number))
    return readings
