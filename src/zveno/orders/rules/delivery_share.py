"""Delivery spread over the prices of the goods, to the kopeck (F11)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

from zveno.kit.money import minor_units, round_money

_PRICE_STEP = Decimal("0.0001")
# Below this quantity a price of four digits reaches every kopeck of the sum.
_EXACT_BELOW = 100


@dataclass(frozen=True, slots=True)
class Bearer:
    """A line that bears a share: its key, quantity and sum before."""

    key: int
    quantity: Decimal
    total: Decimal


@dataclass(frozen=True, slots=True)
class Share:
    """What a line bears, and its price and sum then."""

    key: int
    added: Decimal
    price: Decimal
    total: Decimal


def spread(amount: Decimal, lines: Sequence[Bearer], *, currency: str) -> tuple[Share, ...]:
    """`amount` over the lines in proportion to their sums; the sums of the lines rise by exactly `amount`.

    Each new sum is its price (of four digits) times its quantity, rounded, wherever some line of less than a hundred
    units takes the odd kopecks; otherwise the sum leads and the price is the nearest to it. Lines without a sum bear
    nothing; where none has one, the answer is empty.
    """
    bearing = [line for line in lines if line.total > 0 and line.quantity > 0]
    if not bearing:
        return ()
    totals = [line.total + added for line, added in zip(bearing, _apportioned(amount, bearing, currency), strict=True)]
    totals = _made_exact(bearing, totals, currency)
    return tuple(
        Share(line.key, total - line.total, price_of(total, line.quantity), total)
        for line, total in zip(bearing, totals, strict=True)
    )


def price_of(total: Decimal, quantity: Decimal) -> Decimal:
    """The price of a unit that comes nearest to the sum."""
    return (total / quantity).quantize(_PRICE_STEP, rounding=ROUND_HALF_UP)


def _apportioned(amount: Decimal, lines: Sequence[Bearer], currency: str) -> list[Decimal]:
    """Shares in whole minor units, the odd ones to the largest remainders."""
    unit = Decimal(1).scaleb(-minor_units(currency))
    whole = sum((line.total for line in lines), Decimal(0))
    exact = [amount * line.total / whole for line in lines]
    shares = [share.quantize(unit, rounding=ROUND_DOWN) for share in exact]
    odd = int((amount - sum(shares, Decimal(0))) / unit)
    by_remainder = sorted(range(len(lines)), key=lambda at: (shares[at] - exact[at], at))
    for at in by_remainder[:odd]:
        shares[at] += unit
    return shares


def _made_exact(lines: Sequence[Bearer], totals: Sequence[Decimal], currency: str) -> list[Decimal]:
    """Sums that their prices give exactly, if one line can take what is left over; else as they are."""
    reached = [
        round_money(price_of(total, line.quantity) * line.quantity, currency)
        for line, total in zip(lines, totals, strict=True)
    ]
    left = sum(totals, Decimal(0)) - sum(reached, Decimal(0))
    if not left:
        return reached
    taking = [at for at, line in enumerate(lines) if line.quantity < _EXACT_BELOW and reached[at] + left > 0]
    if not taking:
        return list(totals)
    at = max(taking, key=lambda at: (reached[at], -at))
    reached[at] += left
    return reached
