"""The manager rejects an order, and says why."""

from __future__ import annotations

from datetime import datetime

from zveno.base.audit import record
from zveno.base.tx import in_transaction
from zveno.orders.actions.follow_needs import settle_all
from zveno.orders.actions.history import announce_change, set_state, tell
from zveno.orders.actions.locked_order import locked_order
from zveno.orders.errors import OrderTooFarOn, WordsMissing
from zveno.orders.rules.editing import REJECTABLE
from zveno.orders.rules.needs import NeedState
from zveno.orders.rules.states import OrderState
from zveno.stock.actions.release_reservations import release_reservations


@in_transaction
def reject_order(*, order_id: int, words: str, now: datetime) -> None:
    """Reject the order with `words` the buyer reads, and give back what it holds.

    Raises OrderNotFound, WordsMissing, OrderTooFarOn.
    """
    words = words.strip()[:1000]
    if not words:
        raise WordsMissing()
    order = locked_order(order_id)
    if OrderState(order.state) not in REJECTABLE:
        raise OrderTooFarOn(number=order.number, state=order.state)
    set_state(order, OrderState.REJECTED)
    order.attention = []
    order.save()
    settle_all(order, NeedState.DROPPED, now=now)
    release_reservations(order_id=order.pk, seller_id=order.seller_id, now=now)
    tell(order, "rejected", now=now, words=words)
    record(
        action="order_rejected",
        subject=order,
        now=now,
        company_id=order.buyer_company_id,
        seller_id=order.seller_id,
        number=order.number,
        words=words,
    )
    announce_change(order, "rejected")
