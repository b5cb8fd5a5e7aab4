"""The buyer says something more beside an order."""

from __future__ import annotations

from datetime import datetime

from zveno.base.tx import in_transaction
from zveno.orders.actions.history import announce_change, tell
from zveno.orders.actions.keep_words import keep_words
from zveno.orders.actions.locked_order import locked_own_order
from zveno.orders.errors import OrderTooFarOn
from zveno.orders.rules.states import OPEN, OrderState
from zveno.partners.queries.actors import Actor


@in_transaction
def set_order_comment(*, actor: Actor, order_id: int, comment: str, now: datetime) -> None:
    """Replace the order's comment; the same again changes nothing.

    Raises OrderNotFound, NotYourOrder, OrderTooFarOn.
    """
    order = locked_own_order(actor=actor, order_id=order_id)
    comment = comment.strip()[:1000]
    if comment == order.comment:
        return
    if OrderState(order.state) not in OPEN:
        raise OrderTooFarOn(number=order.number, state=order.state)
    tell(order, "commented", now=now, before=order.comment, after=comment)
    order.comment = comment
    order.version += 1
    order.save()
    keep_words(order)
    announce_change(order, "commented")
