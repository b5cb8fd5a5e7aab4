"""The other side says that it has taken over what it fetched."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Exists, F, OuterRef, Q

from zveno.base.scope import current
from zveno.base.tx import in_transaction
from zveno.exchange.models import Connection, Delivery, Exchange, OutboxItem
from zveno.stock.actions.mark_known_to_erp import mark_known_to_erp


@in_transaction
def confirm_orders(*, exchange: Exchange, now: datetime) -> int:
    """Confirm what this session fetched, in the version it got, and only that; how many orders.

    What changed since it was fetched stays in the outbox. The ERP counts the goods of these orders from now on.
    """
    sent = Delivery.objects.visible_to(current()).filter(
        connection_id=exchange.connection_id, sent_in_id=exchange.pk, sent_version__gt=F("confirmed_version")
    )
    deliveries = list(sent.select_for_update(of=("self",)).select_related("item").order_by("id"))
    for delivery in deliveries:
        delivery.confirmed_version, delivery.confirmed_at = delivery.sent_version, now
        delivery.save(update_fields=["confirmed_version", "confirmed_at"])
        mark_known_to_erp(order_id=delivery.item.object_id, at=now)
    settle_pending([delivery.item_id for delivery in deliveries], seller_id=exchange.seller_id)
    return len(deliveries)


def settle_pending(item_ids: list[int], *, seller_id: int) -> None:
    """Take from the pending what every active connection of the seller that it is for has confirmed."""
    items = OutboxItem.objects.visible_to(current()).filter(pk__in=item_ids, is_pending=True)
    receivers = Connection.objects.visible_to(current()).filter(seller_id=seller_id, is_active=True)
    for connection_id, orders_from in receivers.values_list("pk", "orders_from"):
        got = Delivery.objects.visible_to(current()).filter(
            item_id=OuterRef("pk"), connection_id=connection_id, confirmed_version__gte=OuterRef("version")
        )
        items = items.filter(Q(changed_at__lt=orders_from) | Exists(got))
    items.update(is_pending=False)
