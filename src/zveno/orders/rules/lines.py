"""What a line and an order must be like before they are placed, and what they come to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from zveno.kit.money import round_money
from zveno.kit.quantity import LARGEST, PLACES, up_to_multiple

MOST_LINES = 5000
FARTHEST_YEARS = 2


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: a stable code and what fills its words."""

    code: str
    params: dict[str, str] = field(default_factory=dict)


def quantity_problem(quantity: Decimal, pack_quantity: Decimal) -> Problem | None:
    """What is wrong with a quantity: not above zero, too large, too fine, no whole packs (with the nearest up)."""
    if not quantity.is_finite() or quantity <= 0:
        return Problem("quantity_not_positive")
    if quantity > LARGEST:
        return Problem("quantity_too_large", {"largest": str(LARGEST)})
    exponent = quantity.normalize().as_tuple().exponent
    if isinstance(exponent, int) and -exponent > PLACES:
        return Problem("quantity_too_fine", {"places": str(PLACES)})
    if pack_quantity > 0 and quantity % pack_quantity:
        nearest = up_to_multiple(quantity, pack_quantity)
        return Problem("not_whole_packs", {"pack": _text(pack_quantity), "nearest": _text(nearest)})
    return None


def line_problem(quantity: Decimal, *, pack_quantity: Decimal, is_offered: bool) -> Problem | None:
    """What stops a line from being ordered, if anything does."""
    return quantity_problem(quantity, pack_quantity) if is_offered else Problem("product_not_offered")


def wished_date_problem(wished_on: date | None, *, today: date) -> Problem | None:
    """What is wrong with a wished date: it has passed, or lies beyond two years."""
    if wished_on is None:
        return None
    if wished_on < today:
        return Problem("wished_date_passed", {"on": wished_on.isoformat()})
    latest = _years_after(today, FARTHEST_YEARS)
    if wished_on > latest:
        return Problem("wished_date_too_far", {"on": wished_on.isoformat(), "latest": latest.isoformat()})
    return None


def line_total(price: Decimal, quantity: Decimal, currency: str) -> Decimal:
    """The sum of a line: rounded half up per line, as an invoice does."""
    return round_money(price * quantity, currency)


def order_total(line_totals: Iterable[Decimal]) -> Decimal:
    """The sum of an order is that of its rounded lines."""
    return sum(line_totals, Decimal(0))


def order_number(seller_code: str, count: int) -> str:
    """The number of a seller's order: its code in capitals and the count, six digits or more (`SVET-000123`)."""
    return f"{seller_code.upper()}-{count:06d}"


def _years_after(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return day.replace(year=day.year + years, day=28)


def _text(value: Decimal) -> str:
    return format(value.normalize(), "f")
