"""Money: a Decimal with its currency, rounded in one place."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

# ISO 4217 minor units where they differ from two.
_MINOR_UNITS = {"JPY": 0, "KRW": 0, "VND": 0, "ISK": 0, "CLP": 0, "KWD": 3, "BHD": 3, "OMR": 3, "TND": 3, "JOD": 3}


def minor_units(currency: str) -> int:
    """Digits after the point that amounts in `currency` (ISO 4217) are kept with."""
    return _MINOR_UNITS.get(currency, 2)


def round_money(amount: Decimal, currency: str = "RUB") -> Decimal:
    """`amount` rounded half up to the minor unit of `currency`: how a Russian invoice rounds a line."""
    return amount.quantize(Decimal(1).scaleb(-minor_units(currency)), rounding=ROUND_HALF_UP)


@dataclass(frozen=True, slots=True, order=True)
class Money:
    """An amount in one currency. Adding two currencies is an error, not a guess."""

    amount: Decimal
    currency: str = "RUB"

    def __add__(self, other: Money) -> Money:
        if other.currency != self.currency:
            raise ValueError(f"cannot add {other.currency} to {self.currency}")
        return Money(self.amount + other.amount, self.currency)

    def __mul__(self, factor: Decimal | int) -> Money:
        return Money(round_money(self.amount * factor, self.currency), self.currency)
