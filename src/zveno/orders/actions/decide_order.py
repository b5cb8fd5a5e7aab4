"""The promise of a placed order: confirmed by itself when everything fits, else handed to the manager (N13 to N16)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from zveno.base.tx import in_transaction
from zveno.orders.actions.history import announce_change, set_state, tell
from zveno.orders.actions.hold_supply import hold_supply, last_promise, open_lines
from zveno.orders.actions.locked_order import locked_order
from zveno.orders.models import Order, OrderLine
from zveno.orders.rules.attention import LineOutcome, reasons
from zveno.orders.rules.states import HOLDS_RESERVATION, OrderState
from zveno.stock.rules.promise import LinePromise


@in_transaction
def decide_order(*, order_id: int, now: datetime) -> OrderState:
    """Reserve for a placed order and set its state; returns the state it is in then.

    The work of the system, since reservations of others are weighed. Everything covered by the wished date and priced:
    confirmed. Otherwise it needs attention, with reasons, and keeps what could be reserved. An order that is decided
    already, by an earlier run or by a person, stays as it is. Raises OrderNotFound.
    """
    order = locked_order(order_id)
    state = OrderState(order.state)
    if order.decided_at is not None or state not in HOLDS_RESERVATION:
        return state
    lines = open_lines(order)
    for line in lines:
        line.uncovered = line.quantity - line.shipped_quantity
    promises = hold_supply(order, lines, wished_on=order.wished_on, now=now)
    order.decided_at = now
    if state is OrderState.PLACED:
        _decide(order, lines, promises, now)
    order.save()
    if state is OrderState.PLACED:
        announce_change(order, order.state)
    return OrderState(order.state)


def _decide(order: Order, lines: Sequence[OrderLine], promises: Mapping[int, LinePromise], now: datetime) -> None:
    order.attention = reasons(outcomes(lines, promises), wished_on=order.wished_on)
    if order.attention:
        set_state(order, OrderState.ATTENTION)
        tell(order, "attention", now=now, reasons=order.attention)
        return
    set_state(order, OrderState.CONFIRMED)
    order.confirmed_at, order.promised_on = now, last_promise(list(promises.values()))
    tell(order, "confirmed", now=now, promised=order.promised_on.isoformat() if order.promised_on else "")


def outcomes(lines: Sequence[OrderLine], promises: Mapping[int, LinePromise]) -> list[LineOutcome]:
    """What the promise came to, line by line."""
    return [_outcome(line, promises.get(line.pk)) for line in lines]


def _outcome(line: OrderLine, promise: LinePromise | None) -> LineOutcome:
    return LineOutcome(
        position=line.position,
        code=line.code,
        name=line.name,
        wanted=line.quantity,
        uncovered=line.uncovered,
        earliest_on=promise.earliest_on if promise else None,
        has_price=line.price > 0,
    )
