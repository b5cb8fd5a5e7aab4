"""Supply in the cells of spreadsheets."""

from __future__ import annotations

from decimal import Decimal

from zveno.stock.rules.policy import Figure
from zveno.stock.shown import BANDS


def sheet_value(figure: Figure) -> Decimal | str:
    """A number where the reader may know it, else the band in a word."""
    return figure.quantity if figure.quantity is not None else str(BANDS[figure.band])
