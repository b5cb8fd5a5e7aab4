"""A program says which orders, in which version, it has taken over."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from zveno.base.scope import current
from zveno.base.tx import in_transaction
from zveno.exchange.actions.confirm_orders import settle_pending
from zveno.exchange.models import Delivery, OutboxItem
from zveno.stock.actions.mark_known_to_erp import mark_known_to_erp


@in_transaction
def acknowledge_orders(*, seller_id: int, connection_id: int, versions: Mapping[int, int], now: datetime) -> int:
    """Confirm these orders (id → version) for the connection; returns how many were news.

    A version older than what changed since leaves the order waiting. Repeating it changes nothing.
    """
    own = OutboxItem.objects.visible_to(current()).filter(seller_id=seller_id, kind="order")
    items = {item.object_id: item for item in own.filter(object_id__in=versions)}
    Delivery.objects.bulk_create(
        [Delivery(item=item, connection_id=connection_id, seller_id=seller_id) for item in items.values()],
        ignore_conflicts=True,
    )
    deliveries = Delivery.objects.visible_to(current()).filter(connection_id=connection_id, item__in=items.values())
    news = 0
    for delivery in deliveries.select_for_update(of=("self",)).select_related("item").order_by("id"):
        version = min(versions[delivery.item.object_id], delivery.item.version)
        if version <= delivery.confirmed_version:
            continue
        delivery.sent_version = delivery.confirmed_version = version
        delivery.sent_at = delivery.confirmed_at = now
        delivery.save()
        mark_known_to_erp(order_id=delivery.item.object_id, at=now)
        news += 1
    settle_pending([item.pk for item in items.values()], seller_id=seller_id)
    return news
