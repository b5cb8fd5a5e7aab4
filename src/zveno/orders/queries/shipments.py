"""Shipments by themselves: one with its lines, and the latest ones, for whoever speaks of a shipment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, Q

from zveno.base.scope import current
from zveno.orders.models import Shipment


@dataclass(frozen=True, slots=True)
class ShippedGoods:
    """One product of a shipment, its lines together; `price` is what a unit of it came to. `key` names it stably."""

    key: str
    product_id: int | None
    code: str
    name: str
    unit: str
    quantity: Decimal
    price: Decimal


@dataclass(frozen=True, slots=True)
class ShipmentRow:
    """A shipment as a list shows it."""

    id: int
    number: str
    shipped_on: date
    seller_id: int
    buyer_entity_id: int
    order_id: int | None
    order_number: str
    currency: str
    total: Decimal
    line_count: int


def latest_shipments(*, search: str = "", entity_id: int | None = None, most: int = 50) -> list[ShipmentRow]:
    """The latest shipments the scope may see; `search` is in their number or that of their order. One statement."""
    rows = Shipment.objects.visible_to(current()).select_related("order").annotate(line_count=Count("lines"))
    if search.strip():
        rows = rows.filter(Q(number__icontains=search.strip()) | Q(order__number__icontains=search.strip()))
    if entity_id is not None:
        rows = rows.filter(buyer_entity_id=entity_id)
    return [_row(row) for row in rows.order_by("-shipped_on", "-id")[:most]]


def shipment_with(*, shipment_id: int) -> tuple[ShipmentRow, Sequence[ShippedGoods]] | None:
    """The shipment with this id and what was in it, if the scope may see it. Two statements."""
    rows = Shipment.objects.visible_to(current()).select_related("order").annotate(line_count=Count("lines"))
    row = rows.filter(pk=shipment_id).first()
    return (_row(row), _goods(row)) if row is not None else None


def _goods(shipment: Shipment) -> list[ShippedGoods]:
    found: dict[str, ShippedGoods] = {}
    for line in shipment.lines.select_related("product").order_by("id"):
        key = f"p{line.product_id}" if line.product_id else f"n{line.name}"
        before = found.get(key)
        quantity = line.quantity + (before.quantity if before else 0)
        total = line.total + (before.price * before.quantity if before else 0)
        found[key] = ShippedGoods(
            key=key,
            product_id=line.product_id,
            code=line.product.code if line.product else "",
            name=line.name,
            unit=line.product.unit if line.product else "",
            quantity=quantity,
            price=round(total / quantity, 4) if quantity else line.price,
        )
    return list(found.values())


def _row(row: Shipment) -> ShipmentRow:
    return ShipmentRow(
        id=row.pk,
        number=row.number,
        shipped_on=row.shipped_on,
        seller_id=row.seller_id,
        buyer_entity_id=row.buyer_entity_id,
        order_id=row.order_id,
        order_number=row.order.number if row.order else "",
        currency=row.currency,
        total=row.total,
        line_count=row.line_count,  # type: ignore[attr-defined]
    )
