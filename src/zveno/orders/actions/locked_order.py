"""An order whose row nobody else changes until the transaction ends: first step of every action on orders."""

from __future__ import annotations

from zveno.base.scope import current
from zveno.orders.errors import NotYourOrder, OrderNotFound, OrderOfTheErp
from zveno.orders.models import Order
from zveno.orders.rules.editing import ERP, may_edit
from zveno.partners.queries.actors import Actor


def locked_order(order_id: int) -> Order:
    """The order with this id as the current scope may see it, its row locked. Raises OrderNotFound."""
    order = Order.objects.visible_to(current()).select_for_update().filter(pk=order_id).first()
    if order is None:
        raise OrderNotFound()
    return order


def locked_own_order(*, actor: Actor, order_id: int) -> Order:
    """The same for a buyer who wants to edit it (N3). Raises OrderNotFound, OrderOfTheErp, NotYourOrder."""
    order = locked_order(order_id)
    if order.source == ERP:
        raise OrderOfTheErp(number=order.number, author=order.erp_author)
    if not may_edit(placed_by_id=order.placed_by_id, source=order.source, user_id=actor.user_id, rights=actor.rights):
        author = order.placed_by
        raise NotYourOrder(number=order.number, placed_by=author.shown_name if author else "")
    return order
