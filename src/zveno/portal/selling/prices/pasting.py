"""A pasted block of prices: a code, a price and, where there is one, the quantity from which it holds."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from zveno.kit.errors import Fault
from zveno.orders.rules.paste import MOST_ROWS, number_of
from zveno.ui.words import explain

_SEPARATORS = ("\t", ";", "|")


@dataclass(frozen=True, slots=True)
class PricedRow:
    """A row as it is meant: its number from 1 as pasted."""

    number: int
    text: str
    code: str
    value: Decimal
    min_quantity: Decimal


@dataclass(frozen=True, slots=True)
class Refused:
    """A row that was not set, and why."""

    number: int
    text: str
    why: str

    @classmethod
    def of(cls, row: PricedRow, fault: Fault) -> Refused:
        """The row with the fault in words."""
        return cls(row.number, row.text, explain(fault))


def read_prices(text: str) -> tuple[list[PricedRow], list[Refused]]:
    """The rows of a block, cells divided by tabs, semicolons or bars, and those without a code and a price.

    The code is the first cell, the price the first number after it, the quantity the next one. A first row
    without a number is a heading.
    """
    read: list[PricedRow] = []
    refused: list[Refused] = []
    for number, line in enumerate(text.splitlines()[:MOST_ROWS], 1):
        if not any(map(str.isalnum, line)):
            continue
        cells = _cells(line)
        numbers = [found for cell in cells[1:] if (found := number_of(cell)) is not None]
        if cells[0] and numbers:
            least = numbers[1] if len(numbers) > 1 else Decimal(0)
            read.append(PricedRow(number, line.strip()[:200], cells[0], numbers[0], least))
        elif read or refused or number > 1:
            refused.append(Refused(number, line.strip()[:200], _("There is no price in this row.")))
    return read, refused


def _cells(line: str) -> list[str]:
    separator = next((one for one in _SEPARATORS if one in line), None)
    cells = line.split(separator) if separator else line.rsplit(None, 1)
    return [cell.strip().strip('"').strip() for cell in cells]
