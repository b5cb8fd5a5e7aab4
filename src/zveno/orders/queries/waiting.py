"""How many orders wait for the seller's manager."""

from __future__ import annotations

from zveno.base.scope import current
from zveno.orders.models import Order
from zveno.orders.rules.states import OrderState


def count_waiting(*, seller_id: int) -> int:
    """The number of the seller's orders that did not confirm by themselves. One statement over a partial index."""
    return Order.objects.visible_to(current()).filter(seller_id=seller_id, state=OrderState.ATTENTION.value).count()
