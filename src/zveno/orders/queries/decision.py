"""Waiting a moment for the promise of an order that was just placed."""

from __future__ import annotations

import time

from django.db import connection, transaction

from zveno.base.scope import Scope, entered
from zveno.orders.queries.order_page import order_state
from zveno.orders.queries.outcome import OrderOutcome, order_outcome
from zveno.orders.rules.states import OrderState

_FIRST_PAUSE_SECONDS = 0.05
_LONGEST_PAUSE_SECONDS = 0.4


def wait_for_decision(*, scope: Scope, order_id: int, seconds: float) -> OrderState | None:
    """The state of the order as soon as it is decided, or after `seconds` as it is then; `None`: not to be seen.

    To be called after the placing is committed: raises RuntimeError inside a transaction, which would never see it.
    """
    _check_outside()
    with transaction.atomic(), entered(scope, to_the_end=True):
        return _decided(order_id, seconds)


def wait_for_outcome(*, scope: Scope, order_id: int, seconds: float) -> OrderOutcome | None:
    """As `wait_for_decision`, with the whole outcome: three SQL statements besides the looks at the state.

    For an order placed just now: the first look comes after the moment that a worker needs. Without `seconds`, none.
    """
    _check_outside()
    time.sleep(min(seconds, _FIRST_PAUSE_SECONDS))
    with transaction.atomic(), entered(scope, to_the_end=True):
        if seconds > 0:
            _decided(order_id, seconds - _FIRST_PAUSE_SECONDS)
        return order_outcome(order_id=order_id)


def _check_outside() -> None:
    if connection.in_atomic_block:
        raise RuntimeError("the decision is made in another transaction: commit first")


def _decided(order_id: int, seconds: float) -> OrderState | None:
    deadline, pause = time.monotonic() + seconds, _FIRST_PAUSE_SECONDS
    while True:
        # Each statement sees what is committed by then, so one transaction serves all looks.
        state = order_state(order_id=order_id)
        if state is not OrderState.PLACED or time.monotonic() >= deadline:
            return state
        time.sleep(min(pause, max(0.0, deadline - time.monotonic())))
        pause = min(pause * 2, _LONGEST_PAUSE_SECONDS)
