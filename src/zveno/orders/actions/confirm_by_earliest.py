"""The manager confirms an order for the earliest day by which all of it can be there."""

from __future__ import annotations

from datetime import date, datetime

from zveno.base.tx import in_transaction
from zveno.orders.actions.accept_later import accept_later
from zveno.orders.actions.confirm_as_is import confirm_by_manager, order_to_decide
from zveno.orders.actions.hold_supply import latest_promise, open_lines
from zveno.orders.actions.plan_need import mark_planned
from zveno.orders.actions.settle_promise import settle_promise


@in_transaction
def confirm_by_earliest(*, order_id: int, now: datetime) -> date | None:
    """Reserve what is missing from whatever comes soonest, and confirm for that day, which is returned.

    Needs that goods on their way cover now are planned on them. Raises OrderNotFound, OrderTooFarOn, NotEnoughSupply
    (not even later; nothing has changed then), PriceMissing.
    """
    order = order_to_decide(order_id)
    lines = open_lines(order)
    held = accept_later(order, lines, lines, now=now, together=False)
    mark_planned(order)
    settle_promise(order, lines, held, now=now)
    promised_on = max((day for day in (order.wished_on, latest_promise(lines)) if day), default=None)
    confirm_by_manager(order, lines, promised_on=promised_on, now=now, how="earliest")
    return promised_on
