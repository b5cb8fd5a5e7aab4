"""Orders named in lists of other packages: number, buyer, sum."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from zveno.base.scope import current
from zveno.orders.models import Order
from zveno.partners.queries.names import company_names, entity_names


@dataclass(frozen=True, slots=True)
class OrderLabel:
    """What tells an order from others."""

    id: int
    number: str
    erp_number: str
    buyer_company: str
    buyer_entity: str
    placed_at: datetime
    total: Decimal
    currency: str


def order_labels(*, order_ids: Collection[int]) -> dict[int, OrderLabel]:
    """The labels of these orders as far as the current scope sees them. Three SQL statements."""
    orders = list(Order.objects.visible_to(current()).filter(pk__in=order_ids))
    companies = company_names({order.buyer_company_id for order in orders})
    entities = entity_names({order.buyer_entity_id for order in orders})
    return {
        order.pk: OrderLabel(
            id=order.pk,
            number=order.number,
            erp_number=order.erp_number,
            buyer_company=companies.get(order.buyer_company_id, ""),
            buyer_entity=entities.get(order.buyer_entity_id, ""),
            placed_at=order.placed_at,
            total=order.total,
            currency=order.currency,
        )
        for order in orders
    }
