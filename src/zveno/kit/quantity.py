"""Quantities: exact decimals of a unit, three digits after the point."""

from __future__ import annotations

from decimal import Decimal

PLACES = 3
STEP = Decimal("0.001")
LARGEST = Decimal("9999999999.999")


def round_quantity(value: Decimal) -> Decimal:
    """`value` with at most three digits after the point, trailing zeros dropped (`12`, `0.5`)."""
    return plain(value.quantize(STEP))


def plain(value: Decimal) -> Decimal:
    """`value` without trailing zeros and without an exponent (`Decimal('100')`, never `1E+2`)."""
    normal = value.normalize()
    return normal.quantize(Decimal(1)) if normal == normal.to_integral_value() else normal


def up_to_multiple(value: Decimal, multiple: Decimal) -> Decimal:
    """The least multiple of `multiple` (a pack) that is not below `value`; `value` itself when there is no pack."""
    if multiple <= 0:
        return value
    packs, rest = divmod(value, multiple)
    return plain((packs + (1 if rest else 0)) * multiple)
