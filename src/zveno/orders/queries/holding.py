"""Which orders may hold goods."""

from __future__ import annotations

from collections.abc import Collection

from zveno.base.scope import current
from zveno.orders.models import Order
from zveno.orders.rules.states import HOLDS_RESERVATION


def orders_holding(*, order_ids: Collection[int]) -> set[int]:
    """Those of the orders whose state lets them hold goods, as far as the current scope sees them. One statement."""
    states = [state.value for state in HOLDS_RESERVATION]
    orders = Order.objects.visible_to(current()).filter(pk__in=order_ids, state__in=states)
    return set(orders.values_list("pk", flat=True))
