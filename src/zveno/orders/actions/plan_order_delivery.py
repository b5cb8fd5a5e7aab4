"""The delivery of an order follows what is promised to it: segments by warehouse, carriers by the buyer's choice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from zveno.base.scope import current
from zveno.base.tx import in_transaction
from zveno.delivery.actions.deferring import defer_questions
from zveno.delivery.actions.plan_delivery import Planned, drop_plan, plan_delivery
from zveno.delivery.actions.take_delivery import take_usual_delivery
from zveno.delivery.rules.segments import Part
from zveno.orders.actions.history import tell
from zveno.orders.actions.locked_order import locked_order
from zveno.orders.models import OrderLine
from zveno.orders.queries.cart_delivery import goods_of, part_value
from zveno.orders.rules.states import OrderState
from zveno.partners.queries.parties import seller_with
from zveno.stock.queries.reservations import ReservationValue, reservations_of_order

_VOID = (OrderState.REJECTED, OrderState.CANCELLED)


@in_transaction
def plan_order_delivery(*, order_id: int, now: datetime) -> None:
    """Plan the delivery anew by what the order holds of supply, and tell in its history what has changed.

    The work of the system. Carriers that have not answered yet are asked, and then it is planned once more. An order
    that was cancelled or rejected has nothing to bring. Raises OrderNotFound.
    """
    order = locked_order(order_id)
    if OrderState(order.state) in _VOID:
        drop_plan(order_id=order_id)
        return
    if order.source != "erp":
        take_usual_delivery(
            order_id=order.pk,
            seller_id=order.seller_id,
            company_id=order.buyer_company_id,
            entity_id=order.buyer_entity_id,
            currency=order.currency,
        )
    seller = seller_with(seller_id=order.seller_id)
    today = seller.today(now) if seller else now.date()
    lines = list(OrderLine.objects.visible_to(current()).filter(order=order, cancelled_at=None))
    held = reservations_of_order(order_id=order_id)
    parts = list(_parts(lines, held, today))
    goods = goods_of({part.product_id for part in parts}, seller_id=order.seller_id)
    planned = plan_delivery(
        order_id=order_id,
        parts=parts,
        goods=goods,
        order_total=order.total,
        may_split=order.in_parts,
        today=today,
        now=now,
    )
    if planned is None:
        return
    if planned.is_first or planned.has_changed:
        tell(order, "delivery_planned" if planned.is_first else "delivery_changed", now=now, **_told(planned))
    defer_questions(questions=planned.questions, order_id=order_id)


def _parts(lines: Sequence[OrderLine], held: Sequence[ReservationValue], today: date) -> Iterator[Part]:
    by_id = {line.pk: line for line in lines}
    for one in held:
        line = by_id.get(one.order_line_id)
        if line is None or one.state == "released":
            continue
        yield Part(
            product_id=one.product_id,
            warehouse_id=one.warehouse_id,
            warehouse=one.warehouse,
            ready_on=max(one.due_on, today) if one.due_on and one.state == "active" else today,
            quantity=one.quantity,
            value=part_value(line.total, one.quantity, line.quantity),
        )


def _told(planned: Planned) -> dict[str, Any]:
    def text(value: Decimal | date | None) -> str:
        return str(value) if value is not None else ""

    return {
        "cost": text(planned.cost),
        "is_from": planned.cost_is_from,
        "untold": planned.untold,
        "arrives": text(planned.arrives_to),
        "before_cost": text(planned.before[0]),
        "before_arrives": text(planned.before[1]),
        "currency": planned.currency,
    }
