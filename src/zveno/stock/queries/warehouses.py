"""A seller's warehouses."""

from __future__ import annotations

from dataclasses import dataclass

from zveno.base.scope import current
from zveno.stock.models import Warehouse


@dataclass(frozen=True, slots=True)
class WarehouseValue:
    """A place orders are shipped from."""

    id: int
    name: str
    city: str
    is_active: bool


def warehouses_of(*, seller_id: int) -> list[WarehouseValue]:
    """The seller's warehouses, closed ones too, by name."""
    rows = Warehouse.objects.visible_to(current()).filter(seller_id=seller_id).order_by("name", "id")
    return [WarehouseValue(row.pk, row.name, row.city, row.is_active) for row in rows]
