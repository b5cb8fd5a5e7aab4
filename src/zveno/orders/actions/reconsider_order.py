"""Looking at an order again whose promised goods will not come as promised."""

from __future__ import annotations

from datetime import date, datetime

from zveno.base.tx import in_transaction
from zveno.orders.actions.decide_order import outcomes
from zveno.orders.actions.history import announce_change, set_state, tell
from zveno.orders.actions.hold_supply import hold_supply, last_promise, open_lines
from zveno.orders.actions.locked_order import locked_order
from zveno.orders.rules.attention import reasons
from zveno.orders.rules.states import HOLDS_RESERVATION, OrderState, may_become
from zveno.stock.actions.release_reservations import release_reservations


@in_transaction
def reconsider_order(*, order_id: int, now: datetime) -> OrderState:
    """Promise anew what the order still waits for; returns the state it is in then. The work of the system.

    Other supply may cover it: then nobody needs to act. Otherwise it goes to the manager with the reasons, also from
    work in the warehouse. The date it must be there by is the wished one, or the later one it was confirmed for.
    """
    order = locked_order(order_id)
    state = OrderState(order.state)
    if order.decided_at is None or state not in HOLDS_RESERVATION:
        return state
    release_reservations(order_id=order.pk, seller_id=order.seller_id, now=now)
    lines = open_lines(order)
    for line in lines:
        line.promise, line.uncovered = [], line.quantity - line.shipped_quantity
    due = _due(order.wished_on, order.promised_on)
    promises = hold_supply(order, lines, wished_on=due, now=now)
    found = reasons(outcomes(lines, promises), wished_on=due)
    if not found:
        order.promised_on = last_promise(list(promises.values())) or order.promised_on
        tell(order, "promise_renewed", now=now, promised=order.promised_on.isoformat() if order.promised_on else "")
    elif state is not OrderState.ATTENTION or found != order.attention:
        order.attention = found
        if may_become(state, OrderState.ATTENTION):
            set_state(order, OrderState.ATTENTION)
        tell(order, "promise_broken", now=now, reasons=found)
    order.save()
    if OrderState(order.state) is not state:
        announce_change(order, "attention")
    return OrderState(order.state)


def _due(wished_on: date | None, promised_on: date | None) -> date | None:
    return max(wished_on, promised_on) if wished_on and promised_on else wished_on or promised_on
