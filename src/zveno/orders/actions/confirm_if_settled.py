"""An order whose last open question a manager has answered is confirmed by that answer."""

from __future__ import annotations

from datetime import datetime

from zveno.orders.actions.confirm_as_is import confirm_by_manager
from zveno.orders.actions.credit import kept_credit_reasons
from zveno.orders.actions.follow_needs import unsettled_needs
from zveno.orders.actions.hold_supply import latest_promise, open_lines
from zveno.orders.actions.settle_promise import Settled
from zveno.orders.models import Order
from zveno.orders.rules.needs import NeedState
from zveno.orders.rules.states import OrderState


def confirm_if_settled(order: Order, settled: Settled, *, now: datetime) -> None:
    """Confirm the order in the manager's name if nothing is left to decide; otherwise keep what is left, and save.

    A need with a day that the manager named is answered.
    """
    if OrderState(order.state) is not OrderState.ATTENTION:
        order.save()
        return
    answered = {need.order_line_id for need in unsettled_needs(order) if need.state == NeedState.DATED.value}
    lines = open_lines(order)
    positions = {line.position for line in lines if line.pk in answered}
    left = [
        reason
        for reason in settled.reasons
        if not (reason["code"].startswith("not_enough") and reason["line"] in positions)
    ]
    left += kept_credit_reasons(order)
    if left:
        order.attention = left
        order.save()
    else:
        confirm_by_manager(order, lines, promised_on=latest_promise(lines), now=now, how="needs")
