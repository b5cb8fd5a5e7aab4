"""The manager confirms an order for a day of their own choosing: they know what the figures do not."""

from __future__ import annotations

from datetime import date, datetime

from zveno.base.tx import in_transaction
from zveno.orders.actions.confirm_as_is import confirm_by_manager, order_to_decide
from zveno.orders.actions.hold_supply import hold_supply, open_lines
from zveno.orders.errors import fault_of
from zveno.orders.rules.lines import wished_date_problem


@in_transaction
def confirm_for_day(*, order_id: int, day: date, today: date, now: datetime) -> None:
    """Confirm the order for `day`, reserving what supply there is by then; what is missing stays a need.

    `today` is the seller's. Raises OrderNotFound, OrderTooFarOn, PriceMissing, WishedDatePassed, WishedDateTooFar.
    """
    problem = wished_date_problem(day, today=today)
    if problem:
        raise fault_of(problem.code, **problem.params)
    order = order_to_decide(order_id)
    lines = open_lines(order)
    hold_supply(order, lines, wished_on=day, now=now)
    confirm_by_manager(order, lines, promised_on=day, now=now, how="day")
