"""Noting something beside an order that only oneself will read (F16)."""

from __future__ import annotations

from datetime import datetime

from zveno.base.scope import current
from zveno.base.tx import in_transaction
from zveno.orders.errors import OrderNotFound
from zveno.orders.models import Order, OrderNote


@in_transaction
def set_order_note(*, order_id: int, text: str, now: datetime) -> None:
    """Keep `text` as the acting person's note on an order they see; an empty one is removed. Repeatable.

    It is nobody else's business, so nothing is told in any history. Raises OrderNotFound.
    """
    scope = current()
    if scope.user_id is None or not Order.objects.visible_to(scope).filter(pk=order_id).exists():
        raise OrderNotFound()
    own = OrderNote.objects.visible_to(scope).filter(order_id=order_id, user_id=scope.user_id)
    text = text.strip()[:2000]
    if not text:
        own.delete()
        return
    OrderNote.objects.bulk_create(
        [OrderNote(order_id=order_id, user_id=scope.user_id, text=text, updated_at=now)],
        update_conflicts=True,
        unique_fields=["user", "order"],
        update_fields=["text", "updated_at"],
    )
