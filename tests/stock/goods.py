"""Supply and wishes in a word or two, for tests of the pure rules of stock."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from zveno.stock.rules.values import Supply, SupplyKind, Wanted

TODAY = date(2026, 4, 10)


def april(day: int) -> date:
    """A day of April 2026; TODAY is the tenth."""
    return date(2026, 4, day)


def shelf(free: object, *, id: int = 1, warehouse: int = 1, product: int = 1, is_sure: bool = True) -> Supply:
    """What lies in a warehouse."""
    return Supply(SupplyKind.SHELF, id, product, warehouse, Decimal(str(free)), None, f"W{warehouse}", is_sure=is_sure)


def coming(
    free: object, due_on: date, *, id: int = 1, warehouse: int = 1, product: int = 1, is_sure: bool = True
) -> Supply:
    """What comes to a warehouse."""
    return Supply(
        SupplyKind.ARRIVAL, id, product, warehouse, Decimal(str(free)), due_on, f"W{warehouse}", is_sure=is_sure
    )


def line(
    quantity: object, wished_on: date | None = None, *, key: int = 1, product: int = 1, pack: object = 0
) -> Wanted:
    """What one line wants."""
    return Wanted(key, product, Decimal(str(quantity)), wished_on, Decimal(str(pack)))
