"""Releasing what a finished order still holds: the work of the system after a buyer's cancelling."""

from __future__ import annotations

from datetime import datetime

from zveno.base.tx import in_transaction
from zveno.orders.actions.locked_order import locked_order
from zveno.orders.rules.states import HOLDS_RESERVATION, OrderState
from zveno.stock.actions.release_reservations import release_reservations


@in_transaction
def give_back(*, order_id: int, now: datetime) -> int | None:
    """Release the order's reservations if its state holds none any more; whose goods were given back, if any were.

    Repeating it changes nothing.
    """
    order = locked_order(order_id)
    if OrderState(order.state) not in HOLDS_RESERVATION:
        released = release_reservations(order_id=order.pk, seller_id=order.seller_id, now=now)
        return order.seller_id if released else None
    return None
