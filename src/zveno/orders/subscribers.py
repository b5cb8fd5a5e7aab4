"""What orders do when they hear of events; joined in `config/wiring.py`."""

from __future__ import annotations

from zveno.orders.events import OrderChanged, OrderPlaced
from zveno.orders.jobs import confirm_order, reconsider_order, release_order
from zveno.stock.events import PromiseShaken


def promise_soon(event: OrderPlaced) -> None:
    """A placed order gets its promise by a job that starts when the placing is committed."""
    confirm_order.defer(order_id=event.order_id)


def release_when_over(event: OrderChanged) -> None:
    """A cancelled order gives back what it holds."""
    if event.what == "cancelled":
        release_order.defer(order_id=event.order_id)


def look_again_at(event: PromiseShaken) -> None:
    """Orders whose arrival is put off, cut or cancelled are promised anew, each by a job of its own."""
    for order_id in event.order_ids:
        reconsider_order.defer(order_id=order_id)
