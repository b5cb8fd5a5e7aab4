"""A need that nobody else answers until the transaction ends: first step of every action on needs."""

from __future__ import annotations

from zveno.base.scope import current
from zveno.orders.actions.locked_order import locked_order
from zveno.orders.errors import NeedNotFound, NeedSettled
from zveno.orders.models import Need, Order


def need_to_answer(need_id: int) -> tuple[Need, Order]:
    """The need as the current scope may see it, and its order, whose row is locked (and so guards the need).

    Raises NeedNotFound, NeedSettled (goods cover it now, or it was dropped).
    """
    needs = Need.objects.visible_to(current()).filter(pk=need_id)
    order_id = needs.values_list("order_id", flat=True).first()
    if order_id is None:
        raise NeedNotFound()
    order = locked_order(order_id)
    need = needs.select_related("order_line").get()
    if need.settled_at is not None:
        raise NeedSettled(number=order.number, line=need.order_line.code or need.order_line.name)
    return need, order
