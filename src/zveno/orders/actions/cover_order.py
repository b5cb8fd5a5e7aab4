"""New supply covers what orders need, without anybody asking: one order."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from zveno.base.tx import in_transaction
from zveno.orders.actions.decide_order import confirm_by_itself, stops
from zveno.orders.actions.history import announce_change, tell
from zveno.orders.actions.hold_supply import (
    Held,
    due_of,
    hold_supply,
    latest_promise,
    needed_of,
    open_lines,
    wish_of,
)
from zveno.orders.actions.late_goods import give_back_late, late_of
from zveno.orders.actions.locked_order import locked_order
from zveno.orders.actions.settle_promise import promise_lines, settle_promise
from zveno.orders.models import Need, Order, OrderLine
from zveno.orders.rules.states import HOLDS_RESERVATION, OrderState


@in_transaction
def cover_order(*, order_id: int, now: datetime) -> OrderState:
    """Hold what there is now for what the order needs; returns the state it is in then. The work of the system.

    While the order waits for a decision, only goods in time count, and it confirms by itself when nothing stops it any
    more. Once it is confirmed, its buyer waits for the rest: whatever comes is held. Both sides read of it in its
    history. Running it again changes nothing.
    """
    order = locked_order(order_id)
    state = OrderState(order.state)
    if order.decided_at is None or state not in HOLDS_RESERVATION:
        return state
    lines = open_lines(order)
    held = _hold(order, lines, now, waits=state is OrderState.ATTENTION)
    settled = settle_promise(order, lines, held, now=now)
    if settled.needs.covered:
        tell(order, "need_covered", now=now, lines=_told(lines, settled.needs.covered))
    if state is OrderState.ATTENTION:
        order.attention = stops(order, held, settled, now)
        if not order.attention:
            confirm_by_itself(order, lines, now)
    else:
        order.promised_on = latest_promise(lines) or order.promised_on
    order.save()
    if OrderState(order.state) is not state:
        announce_change(order, "confirmed")
    return OrderState(order.state)


def _hold(order: Order, lines: list[OrderLine], now: datetime, *, waits: bool) -> Held:
    late = late_of(order, lines, now)
    lacking = {line: max(needed_of(line) - late.held[line.pk], Decimal(0)) for line in lines}
    if waits:
        days = {line.pk: due_of(order, line) if wish_of(order, line) else None for line in lines}
        wanted = {line: lacking[line] + late.quantity[line.pk] for line in lines}
        held = hold_supply(order, wanted, days=days, now=now)
        spare = {line.pk: held.promises[line.pk].covered - lacking[line] for line in lines if line.pk in held.promises}
        give_back_late(order, spare, late, now=now)
    else:
        held = hold_supply(order, lacking, days=dict.fromkeys(line.pk for line in lines), now=now)
    promise_lines(lines, held)
    return held


def _told(lines: list[OrderLine], covered: tuple[Need, ...]) -> list[dict[str, str]]:
    known = {line.pk: line for line in lines}
    return [
        {
            "code": known[need.order_line_id].code,
            "name": known[need.order_line_id].name,
            "quantity": format(need.quantity.normalize(), "f"),
            "on": day.isoformat() if (day := known[need.order_line_id].promised_on) else "",
        }
        for need in covered
        if need.order_line_id in known
    ]
