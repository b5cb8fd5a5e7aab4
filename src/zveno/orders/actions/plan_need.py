"""The manager reserves what an order needs in a delivery (F4): a need planned on goods that come."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from zveno.base.tx import in_transaction
from zveno.orders.actions.accept_later import promise_for_goods
from zveno.orders.actions.confirm_if_settled import confirm_if_settled
from zveno.orders.actions.follow_needs import save_needs, unsettled_needs
from zveno.orders.actions.history import tell
from zveno.orders.actions.hold_supply import hold_supply, open_lines
from zveno.orders.actions.locked_need import need_to_answer
from zveno.orders.actions.settle_promise import settle_promise
from zveno.orders.errors import NotEnoughSupply
from zveno.orders.models import Order
from zveno.orders.rules.needs import NeedState
from zveno.stock.actions.hold_of_arrival import hold_of_arrival
from zveno.stock.actions.reserve_for_order import Holder
from zveno.stock.queries.reservations import arrivals_held


@in_transaction
def plan_need(*, need_id: int, arrival_id: int, now: datetime) -> None:
    """Hold what the need lacks of the arrival, and promise the line for its day.

    As much as the arrival has free; what it has not stays needed. An order that nothing stops any more is confirmed.
    Raises NeedNotFound, NeedSettled, NotEnoughSupply (the arrival has nothing free, is closed, or of another product).
    """
    need, order = need_to_answer(need_id)
    line = need.order_line
    taken = hold_of_arrival(
        holder=Holder(order.pk, order.seller_id, order.buyer_entity_id, order.placed_at),
        order_line_id=line.pk,
        product_id=need.product_id,
        arrival_id=arrival_id,
        quantity=need.lacking,
        now=now,
    )
    if not taken:
        raise NotEnoughSupply(number=order.number, lines=line.code or line.name)
    lines = open_lines(order)
    promise_for_goods(order, [one for one in lines if one.pk == line.pk], together=False)
    if taken == need.lacking:
        mark_planned(order, {line.pk})
    settled = settle_promise(order, lines, hold_supply(order, {}, days={}, now=now), now=now)
    params: dict[str, object] = {"code": line.code, "name": line.name, "quantity": _text(taken)}
    day = next((one.promised_on for one in lines if one.pk == line.pk), None)
    tell(order, "need_planned", now=now, **params, on=day.isoformat() if day else "")
    confirm_if_settled(order, settled, now=now)


def mark_planned(order: Order, line_ids: set[int] | None = None) -> None:
    """Let open needs (of these lines, or of all) whose lines hold goods that come be planned on the last of them."""
    arrivals: Mapping[int, int] = arrivals_held(order_id=order.pk)
    planned = []
    for need in unsettled_needs(order):
        if (line_ids is None or need.order_line_id in line_ids) and need.order_line_id in arrivals:
            need.state, need.arrival_id = NeedState.PLANNED.value, arrivals[need.order_line_id]
            need.lacking = need.late = Decimal(0)
            planned.append(need)
    save_needs(planned)


def _text(value: Decimal) -> str:
    return format(value.normalize(), "f")
