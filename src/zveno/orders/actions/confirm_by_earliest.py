"""The manager confirms an order for the earliest day by which all of it can be there."""

from __future__ import annotations

from datetime import date, datetime

from zveno.base.tx import in_transaction
from zveno.orders.actions.confirm_as_is import confirm_by_manager, order_to_decide
from zveno.orders.actions.hold_supply import hold_supply, last_promise, open_lines
from zveno.orders.errors import NotEnoughSupply


@in_transaction
def confirm_by_earliest(*, order_id: int, now: datetime) -> date | None:
    """Reserve what is missing from whatever comes soonest, and confirm for that day, which is returned.

    Raises OrderNotFound, OrderTooFarOn, NotEnoughSupply (not even later; nothing has changed then), PriceMissing.
    """
    order = order_to_decide(order_id)
    lines = open_lines(order)
    promises = hold_supply(order, lines, wished_on=None, now=now, only_whole=True)
    lacking = [line.code or line.name for line in lines if line.uncovered > 0]
    if lacking:
        raise NotEnoughSupply(number=order.number, lines=", ".join(lacking))
    days = [day for day in (order.wished_on, last_promise(list(promises.values()))) if day]
    promised_on = max(days, default=None)
    confirm_by_manager(order, lines, promised_on=promised_on, now=now, how="earliest")
    return promised_on
