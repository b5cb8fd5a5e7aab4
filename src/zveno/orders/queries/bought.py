"""What was ordered of a product before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from zveno.base.scope import current
from zveno.orders.models import OrderLine
from zveno.orders.rules.states import OrderState


@dataclass(frozen=True, slots=True)
class Purchase:
    """A line of an earlier order."""

    order_id: int
    number: str
    state: OrderState
    placed_at: datetime
    quantity: Decimal
    unit: str
    price: Decimal
    currency: str


def latest_purchases(*, product_id: int, seller_id: int, limit: int) -> list[Purchase]:
    """The latest lines with the product that the current scope may see, the newest first. One statement."""
    lines = (
        OrderLine.objects.visible_to(current())
        .filter(product_id=product_id, seller_id=seller_id, cancelled_at=None)
        .select_related("order")
        .order_by("-order__placed_at", "-id")[:limit]
    )
    return [
        Purchase(
            order_id=line.order_id,
            number=line.order.number,
            state=OrderState(line.order.state),
            placed_at=line.order.placed_at,
            quantity=line.quantity,
            unit=line.unit,
            price=line.price,
            currency=line.order.currency,
        )
        for line in lines
    ]


def products_bought(*, seller_id: int) -> QuerySet[OrderLine, Any]:
    """The ids of products that the current scope's entities ever ordered from the seller, as a lazy set."""
    lines = OrderLine.objects.visible_to(current()).filter(seller_id=seller_id, product_id__isnull=False)
    return lines.values("product_id")
