"""The promise of a placed order: confirmed by itself when everything fits, else handed to the manager (N13 to N16)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from zveno.base.tx import in_transaction
from zveno.orders.actions.credit import credit_reasons
from zveno.orders.actions.history import announce_change, set_state, tell
from zveno.orders.actions.hold_supply import (
    Held,
    hold_supply,
    latest_promise,
    needed_of,
    open_lines,
    wish_of,
)
from zveno.orders.actions.locked_order import locked_order
from zveno.orders.actions.settle_promise import Settled, promise_lines, settle_promise
from zveno.orders.models import Order, OrderLine
from zveno.orders.rules.attention import stale
from zveno.orders.rules.states import HOLDS_RESERVATION, OrderState


@in_transaction
def decide_order(*, order_id: int, now: datetime) -> OrderState:
    """Reserve for a placed order and set its state; returns the state it is in then.

    The work of the system, since reservations of others are weighed. Everything covered by the wished date by sure
    supply, priced, and the seller's figures fresh: confirmed. Otherwise it needs attention, with reasons, and keeps
    what could be reserved. An order that is decided already, by an earlier run or by a person, stays as it is. Raises
    OrderNotFound.
    """
    order = locked_order(order_id)
    state = OrderState(order.state)
    if order.decided_at is not None or state not in HOLDS_RESERVATION:
        return state
    lines = open_lines(order)
    held = hold_supply(
        order,
        {line: needed_of(line) for line in lines},
        days={line.pk: wish_of(order, line) for line in lines},
        now=now,
        is_first=True,
    )
    promise_lines(lines, held)
    settled = settle_promise(order, lines, held, now=now)
    order.decided_at = now
    if state is OrderState.PLACED:
        _decide(order, lines, held, settled, now)
    order.save()
    if state is OrderState.PLACED:
        announce_change(order, order.state)
    return OrderState(order.state)


def _decide(order: Order, lines: Sequence[OrderLine], held: Held, settled: Settled, now: datetime) -> None:
    order.attention = stops(order, held, settled, now)
    if order.attention:
        set_state(order, OrderState.ATTENTION)
        tell(order, "attention", now=now, reasons=order.attention)
        return
    confirm_by_itself(order, lines, now)


def stops(order: Order, held: Held, settled: Settled, now: datetime) -> list[dict[str, object]]:
    """Why the order does not confirm by itself: what its lines lack, figures too old to promise by, the credit."""
    old = held.policy.heard_at if held.policy.is_stale(now) else None
    return [*settled.reasons, *([stale(old)] if old else []), *credit_reasons(order, now=now)]


def confirm_by_itself(order: Order, lines: Sequence[OrderLine], now: datetime) -> None:
    """Let the order be confirmed because everything fits; the caller saves and announces."""
    set_state(order, OrderState.CONFIRMED)
    order.confirmed_at, order.attention, order.promised_on = now, [], latest_promise(lines)
    tell(order, "confirmed", now=now, promised=order.promised_on.isoformat() if order.promised_on else "")
