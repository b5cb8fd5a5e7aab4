"""Which orders of a seller new supply may help."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Q

from zveno.base.scope import current
from zveno.orders.models import Need, Order
from zveno.orders.rules.needs import NeedState
from zveno.orders.rules.states import OrderState
from zveno.stock.queries.shelves import products_with_supply


def orders_to_cover(*, seller_id: int, now: datetime) -> list[int]:
    """Ids of orders with needs of products that the seller has free now or awaits, and of those that wait only for
    surer or fresher figures; the oldest order first. Two SQL statements.
    """
    yesterday = (now - timedelta(days=1)).date()
    needs = Need.objects.visible_to(current()).filter(
        seller_id=seller_id,
        settled_at=None,
        state__in=[NeedState.OPEN.value, NeedState.DATED.value],
        product_id__in=products_with_supply(seller_id=seller_id, since=yesterday),
    )
    waiting = Order.objects.visible_to(current()).filter(seller_id=seller_id, state=OrderState.ATTENTION.value)
    unsure = waiting.filter(Q(attention__contains=[{"code": "stale"}]) | Q(attention__contains=[{"code": "unsure"}]))
    found = {*needs.values_list("order__placed_at", "order_id"), *unsure.values_list("placed_at", "id")}
    return [order_id for _, order_id in sorted(found)]
