"""The manager confirms an order although not all of it is covered: what is missing stays a need (F4)."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from zveno.base.audit import record
from zveno.base.tx import in_transaction
from zveno.orders.actions.history import announce_change, set_state, tell
from zveno.orders.actions.hold_supply import latest_promise, open_lines
from zveno.orders.actions.locked_order import locked_order
from zveno.orders.errors import OrderTooFarOn, PriceMissing
from zveno.orders.models import Order, OrderLine
from zveno.orders.rules.editing import DECIDABLE
from zveno.orders.rules.states import OrderState


@in_transaction
def confirm_as_is(*, order_id: int, now: datetime) -> None:
    """Confirm the order with what is reserved for it.

    Raises OrderNotFound, OrderTooFarOn (decided already), PriceMissing.
    """
    order = order_to_decide(order_id)
    lines = open_lines(order)
    confirm_by_manager(order, lines, promised_on=order.wished_on or latest_promise(lines), now=now, how="as_is")


def order_to_decide(order_id: int) -> Order:
    """The locked order, if it waits for the manager. Raises OrderNotFound, OrderTooFarOn."""
    order = locked_order(order_id)
    if OrderState(order.state) not in DECIDABLE:
        raise OrderTooFarOn(number=order.number, state=order.state)
    return order


def confirm_by_manager(
    order: Order, lines: list[OrderLine], *, promised_on: date | None, now: datetime, how: str
) -> None:
    """Let the order be confirmed in the manager's name. Raises PriceMissing."""
    unpriced = [line.code or line.name for line in lines if line.price <= 0]
    if unpriced:
        raise PriceMissing(number=order.number, lines=", ".join(unpriced))
    set_state(order, OrderState.CONFIRMED)
    order.confirmed_at, order.promised_on, order.attention = now, promised_on, []
    order.decided_at = order.decided_at or now
    order.save()
    promised = promised_on.isoformat() if promised_on else ""
    missing = sum((line.uncovered for line in lines), Decimal(0))
    tell(order, "confirmed_by_manager", now=now, how=how, promised=promised, uncovered=str(missing))
    record(
        action="order_confirmed",
        subject=order,
        now=now,
        company_id=order.buyer_company_id,
        seller_id=order.seller_id,
        number=order.number,
        how=how,
    )
    announce_change(order, "confirmed")
