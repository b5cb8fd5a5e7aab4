"""Looking at an order again whose promised goods will not come as promised: the slip cascade, one order hurt."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from zveno.base.tx import in_transaction
from zveno.orders.actions.credit import kept_credit_reasons
from zveno.orders.actions.follow_needs import Arising
from zveno.orders.actions.history import announce_change, set_state, tell
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
from zveno.orders.models import Order, OrderLine
from zveno.orders.rules.needs import NeedCause
from zveno.orders.rules.states import HOLDS_RESERVATION, OrderState, may_become


@in_transaction
def reconsider_order(*, order_id: int, now: datetime, changes: Sequence[Mapping[str, Any]] = ()) -> OrderState:
    """Look for other goods for what comes too late or not at all; returns the state the order is in then.

    The work of the system. What is held in time stays as it is. What comes late stays held, unless other goods are
    there in time: then those take its place and nobody needs to act. Otherwise the need says what changed (`changes`:
    `stock.events.Shaken` as plain values), and the order goes to the manager, also from work in the warehouse.
    """
    order = locked_order(order_id)
    state = OrderState(order.state)
    if order.decided_at is None or state not in HOLDS_RESERVATION:
        return state
    lines = open_lines(order)
    before = {line.pk: list(line.promise) for line in lines}
    held = _hold_in_time(order, lines, now)
    settled = settle_promise(order, lines, held, now=now, arising=_arising(changes))
    what = _what(lines, changes)
    if not settled.reasons:
        if any(line.promise != before[line.pk] for line in lines):
            order.promised_on = latest_promise(lines) or order.promised_on
            promised = order.promised_on.isoformat() if order.promised_on else ""
            tell(order, "promise_renewed", now=now, promised=promised, changes=what)
    elif state is not OrderState.ATTENTION or settled.reasons != order.attention:
        order.attention = [*settled.reasons, *kept_credit_reasons(order)]
        if may_become(state, OrderState.ATTENTION):
            set_state(order, OrderState.ATTENTION)
        tell(order, "promise_broken", now=now, reasons=settled.reasons, changes=what)
    order.save()
    if OrderState(order.state) is not state:
        announce_change(order, "attention")
    return OrderState(order.state)


def _hold_in_time(order: Order, lines: Sequence[OrderLine], now: datetime) -> Held:
    """Hold other goods in time for what lacks or is late, and give back as much of what is late."""
    late = late_of(order, lines, now)
    lacking = {line: max(needed_of(line) - late.held[line.pk], Decimal(0)) for line in lines}
    wanted = {line: lacking[line] + late.quantity[line.pk] for line in lines}
    days = {line.pk: due_of(order, line) for line in lines}
    held = hold_supply(order, wanted, days=days, now=now)
    covered = {key: promise.covered for key, promise in held.promises.items()}
    give_back_late(
        order,
        {line.pk: covered.get(line.pk, Decimal(0)) - lacking[line] for line in lines},
        late,
        now=now,
    )
    promise_lines([line for line in lines if wish_of(order, line) is None and line.promised_on is None], held)
    return held


def _arising(changes: Iterable[Mapping[str, Any]]) -> Arising:
    return Arising({change["product_id"]: (NeedCause(change["change"]), dict(change)) for change in changes})


def _what(lines: Iterable[OrderLine], changes: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """What changed, with the names by which people know the goods."""
    names = {line.product_id: (line.code, line.name) for line in lines}
    return [
        {**change, "code": names[change["product_id"]][0], "name": names[change["product_id"]][1]}
        for change in changes
        if change["product_id"] in names
    ]
