"""What a buyer wishes of an order: its lines, when and how they shall come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class OrderedLine:
    """A product and how much of it, by a day of its own if it has one."""

    product_id: int
    quantity: Decimal
    wished_on: date | None = None


@dataclass(frozen=True, slots=True)
class Wishes:
    """When and how an order is wanted: by a day, in parts or as a whole, from one warehouse alone."""

    wished_on: date | None = None
    in_parts: bool = True
    warehouse_id: int | None = None

    def day_of(self, line: OrderedLine) -> date | None:
        """The day by which a line is wished; an order that leaves as a whole has one day."""
        return (line.wished_on if self.in_parts else None) or self.wished_on
