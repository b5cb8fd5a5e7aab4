"""The manager says by which day what an order needs will be there, though no figures show it yet (F4)."""

from __future__ import annotations

from datetime import date, datetime

from zveno.base.tx import in_transaction
from zveno.orders.actions.confirm_if_settled import confirm_if_settled
from zveno.orders.actions.follow_needs import save_needs, unsettled_needs
from zveno.orders.actions.history import tell
from zveno.orders.actions.hold_supply import hold_supply, open_lines
from zveno.orders.actions.locked_need import need_to_answer
from zveno.orders.actions.settle_promise import save_promises, settle_promise
from zveno.orders.errors import fault_of
from zveno.orders.models import Order
from zveno.orders.rules.lines import wished_date_problem
from zveno.orders.rules.needs import NeedState


@in_transaction
def date_need(*, need_id: int, day: date, today: date, now: datetime) -> None:
    """Promise the need's line for `day` by the manager's word; goods that come cover it by themselves.

    An order that nothing stops any more is confirmed. `today` is the seller's. Raises NeedNotFound, NeedSettled,
    WishedDatePassed, WishedDateTooFar.
    """
    problem = wished_date_problem(day, today=today)
    if problem:
        raise fault_of(problem.code, **problem.params)
    need, order = need_to_answer(need_id)
    lines = open_lines(order)
    line = next(one for one in lines if one.pk == need.order_line_id)
    line.promised_on = day
    save_promises([line])
    settled = settle_promise(order, lines, hold_supply(order, {}, days={}, now=now), now=now)
    mark_dated(order, day, {line.pk})
    quantity = format((need.lacking + need.late).normalize(), "f")
    tell(order, "need_dated", now=now, code=line.code, name=line.name, quantity=quantity, on=day.isoformat())
    confirm_if_settled(order, settled, now=now)


def mark_dated(order: Order, day: date, line_ids: set[int] | None = None) -> None:
    """Let open needs (of these lines, or of all) have the day that the manager named."""
    dated = []
    for need in unsettled_needs(order):
        if (
            need.lacking
            and need.state != NeedState.PLANNED.value
            and (line_ids is None or need.order_line_id in line_ids)
        ):
            need.state, need.dated_on = NeedState.DATED.value, day
            dated.append(need)
    save_needs(dated)
