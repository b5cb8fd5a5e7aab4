"""What orders do when they hear of events; joined in `config/wiring.py`."""

from __future__ import annotations

from zveno.orders.events import OrderChanged, OrderPlaced
from zveno.orders.jobs import confirm_order, release_order


def promise_soon(event: OrderPlaced) -> None:
    """A placed order gets its promise by a job that starts when the placing is committed."""
    confirm_order.defer(order_id=event.order_id)


def release_when_over(event: OrderChanged) -> None:
    """A cancelled order gives back what it holds."""
    if event.what == "cancelled":
        release_order.defer(order_id=event.order_id)
