"""The buyer takes an order back."""

from __future__ import annotations

from datetime import datetime

from zveno.base.audit import record
from zveno.base.tx import in_transaction
from zveno.orders.actions.follow_needs import settle_all
from zveno.orders.actions.history import announce_change, set_state, tell
from zveno.orders.actions.locked_order import locked_own_order
from zveno.orders.errors import OrderTooFarOn
from zveno.orders.rules.editing import may_cancel
from zveno.orders.rules.needs import NeedState
from zveno.orders.rules.states import OrderState
from zveno.partners.queries.actors import Actor


@in_transaction
def cancel_order(*, actor: Actor, order_id: int, now: datetime) -> None:
    """Cancel the order; a job gives back what it holds. Cancelling again changes nothing.

    Raises OrderNotFound, NotYourOrder, OrderTooFarOn (the warehouse works on it: ask the manager).
    """
    order = locked_own_order(actor=actor, order_id=order_id)
    state = OrderState(order.state)
    if state is OrderState.CANCELLED:
        return
    if not may_cancel(state):
        raise OrderTooFarOn(number=order.number, state=order.state)
    set_state(order, OrderState.CANCELLED)
    order.attention = []
    order.save()
    settle_all(order, NeedState.DROPPED, now=now)
    tell(order, "cancelled", now=now)
    record(
        action="order_cancelled",
        subject=order,
        now=now,
        company_id=order.buyer_company_id,
        seller_id=order.seller_id,
        number=order.number,
    )
    announce_change(order, "cancelled")
