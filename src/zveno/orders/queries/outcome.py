"""What has come of an order so far, short: for whoever just placed it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from zveno.base.scope import current
from zveno.orders.models import Order, OrderLine
from zveno.orders.rules.states import OrderState


@dataclass(frozen=True, slots=True)
class LineOutcome:
    """A line with what covers it (see `OrderLine.promise`); `uncovered` counts only once the order is decided."""

    position: int
    product_id: int | None
    code: str
    name: str
    unit: str
    quantity: Decimal
    price: Decimal
    total: Decimal
    uncovered: Decimal
    promise: tuple[dict[str, str], ...]
    is_cancelled: bool


@dataclass(frozen=True, slots=True)
class OrderOutcome:
    """An order's head and lines."""

    id: int
    number: str
    state: OrderState
    total: Decimal
    currency: str
    wished_on: date | None
    promised_on: date | None
    attention: tuple[dict[str, Any], ...]
    lines: tuple[LineOutcome, ...]


def order_outcome(*, order_id: int) -> OrderOutcome | None:
    """The order with this id if the current scope may see it. Two SQL statements."""
    order = Order.objects.visible_to(current()).filter(pk=order_id).first()
    if order is None:
        return None
    lines = OrderLine.objects.visible_to(current()).filter(order=order).order_by("position")
    return OrderOutcome(
        id=order.pk,
        number=order.number,
        state=OrderState(order.state),
        total=order.total,
        currency=order.currency,
        wished_on=order.wished_on,
        promised_on=order.promised_on,
        attention=tuple(order.attention),
        lines=tuple(_line(line) for line in lines),
    )


def _line(line: OrderLine) -> LineOutcome:
    return LineOutcome(
        position=line.position,
        product_id=line.product_id,
        code=line.code,
        name=line.name,
        unit=line.unit,
        quantity=line.quantity,
        price=line.price,
        total=line.total,
        uncovered=line.uncovered,
        promise=tuple(line.promise),
        is_cancelled=line.cancelled_at is not None,
    )
