"""The manager confirms an order for a day of their own choosing: they know what the figures do not."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from zveno.base.tx import in_transaction
from zveno.orders.actions.confirm_as_is import confirm_by_manager, order_to_decide
from zveno.orders.actions.date_need import mark_dated
from zveno.orders.actions.hold_supply import hold_supply, needed_of, open_lines
from zveno.orders.actions.late_goods import late_of
from zveno.orders.actions.settle_promise import save_promises, settle_promise
from zveno.orders.errors import fault_of
from zveno.orders.rules.lines import wished_date_problem


@in_transaction
def confirm_for_day(*, order_id: int, day: date, today: date, now: datetime) -> None:
    """Confirm the order for `day`, reserving what supply there is by then; what is missing is a need of that day.

    `today` is the seller's. Raises OrderNotFound, OrderTooFarOn, PriceMissing, WishedDatePassed, WishedDateTooFar.
    """
    problem = wished_date_problem(day, today=today)
    if problem:
        raise fault_of(problem.code, **problem.params)
    order = order_to_decide(order_id)
    lines = open_lines(order)
    late = late_of(order, lines, now)
    lacking = {line: max(needed_of(line) - late.held[line.pk], Decimal(0)) for line in lines}
    held = hold_supply(order, lacking, days=dict.fromkeys((line.pk for line in lines), day), now=now)
    short = [line for line in lines if lacking[line] or late.quantity[line.pk]]
    for line in short:
        line.promised_on = day
    save_promises(short)
    settle_promise(order, lines, held, now=now)
    mark_dated(order, day)
    confirm_by_manager(order, lines, promised_on=day, now=now, how="day")
