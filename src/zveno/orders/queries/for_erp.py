"""Orders as a seller's accounting system takes them: many at once, with the lines that stand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from zveno.base.scope import current
from zveno.orders.models import Order, OrderLine
from zveno.orders.rules.states import OrderState


@dataclass(frozen=True, slots=True)
class ErpLineValue:
    """A line that was not cancelled."""

    product_id: int | None
    code: str
    name: str
    unit: str
    quantity: Decimal
    price: Decimal
    discount_percent: Decimal
    total: Decimal
    vat_percent: Decimal | None


@dataclass(frozen=True, slots=True)
class ErpOrderValue:
    """An order with its lines in their order."""

    id: int
    version: int
    number: str
    erp_number: str
    state: OrderState
    buyer_entity_id: int
    placed_at: datetime
    wished_on: date | None
    promised_on: date | None
    currency: str
    total: Decimal
    vat_included: bool
    comment: str
    lines: tuple[ErpLineValue, ...]


def orders_for_erp(*, order_ids: Collection[int]) -> list[ErpOrderValue]:
    """These orders as far as the current scope sees them, oldest first. Two SQL statements."""
    lines: defaultdict[int, list[ErpLineValue]] = defaultdict(list)
    standing = OrderLine.objects.visible_to(current()).filter(order_id__in=order_ids, cancelled_at=None)
    for line in standing.order_by("order_id", "position"):
        lines[line.order_id].append(_line(line))
    orders = Order.objects.visible_to(current()).filter(pk__in=order_ids).order_by("id")
    return [
        ErpOrderValue(
            id=order.pk,
            version=order.version,
            number=order.number,
            erp_number=order.erp_number,
            state=OrderState(order.state),
            buyer_entity_id=order.buyer_entity_id,
            placed_at=order.placed_at,
            wished_on=order.wished_on,
            promised_on=order.promised_on,
            currency=order.currency,
            total=order.total,
            vat_included=order.vat_included,
            comment=order.comment,
            lines=tuple(lines[order.pk]),
        )
        for order in orders
    ]


def order_id_by_number(*, seller_id: int, number: str) -> int | None:
    """The seller's order of this number, if the current scope sees it."""
    found = Order.objects.visible_to(current()).filter(seller_id=seller_id, number=number)
    return found.values_list("pk", flat=True).first() if number else None


def _line(line: OrderLine) -> ErpLineValue:
    return ErpLineValue(
        product_id=line.product_id,
        code=line.code,
        name=line.name,
        unit=line.unit,
        quantity=line.quantity,
        price=line.price,
        discount_percent=line.discount_percent,
        total=line.total,
        vat_percent=line.vat_percent,
    )
