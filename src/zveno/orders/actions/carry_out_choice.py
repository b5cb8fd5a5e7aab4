"""Doing what a buyer chose for a need: the work of the system, since goods of the seller move."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from zveno.base.scope import current
from zveno.base.tx import in_transaction
from zveno.orders.actions.accept_later import accept_later
from zveno.orders.actions.cut_lines import cut_lines
from zveno.orders.actions.decide_order import confirm_by_itself, stops
from zveno.orders.actions.follow_needs import settle_all
from zveno.orders.actions.history import announce_change, set_state, tell_all
from zveno.orders.actions.hold_supply import Held, due_of, hold_supply, needed_of, open_lines
from zveno.orders.actions.late_goods import late_of
from zveno.orders.actions.locked_order import locked_order
from zveno.orders.actions.settle_promise import promise_lines, save_promises, settle_promise
from zveno.orders.actions.take_substitute import take_substitute
from zveno.orders.models import Need, Order, OrderLine
from zveno.orders.rules.needs import Choice, NeedState
from zveno.orders.rules.states import HOLDS_RESERVATION, OrderState
from zveno.stock.actions.release_reservations import release_reservations


@in_transaction
def carry_out_choice(*, need_id: int, now: datetime) -> None:
    """Carry out the choice kept at the need, once; an order that nothing stops any more is confirmed.

    A need that was settled meanwhile stays as it is. Raises NotEnoughSupply, NothingToChoose (it cannot be had now).
    """
    order, need = _chosen(need_id)
    if order is None or need is None:
        return
    lines, state = open_lines(order), OrderState(order.state)
    line = next(one for one in lines if one.pk == need.order_line_id)
    amount = need.lacking + need.late
    held, params = _carry_out(order, lines, line, need, now)
    Need.objects.visible_to(current()).filter(pk=need.pk).update(carried_out_at=now)
    told = {"choice": need.choice, "code": line.code, "name": line.name, "quantity": _text(amount), **params}
    tell_all(order, [("chosen", told)], now=now, actor_name=need.chosen_by)
    kept = open_lines(order)
    if not kept:
        _call_off(order, now)
        return
    settled = settle_promise(order, kept, held, now=now)
    order.version += 1
    if state is OrderState.ATTENTION:
        order.attention = stops(order, held, settled, now)
        if not order.attention:
            confirm_by_itself(order, kept, now)
    order.save()
    announce_change(order, "changed" if OrderState(order.state) is state else "confirmed")


@in_transaction
def say_it_failed(*, need_id: int, fault: str, now: datetime) -> None:
    """Keep at the need, and tell in the history, that what was chosen could not be done."""
    order, need = _chosen(need_id)
    if order is None or need is None:
        return
    line = need.order_line
    params: dict[str, object] = {"choice": need.choice, "code": line.code, "name": line.name, "fault": fault}
    Need.objects.visible_to(current()).filter(pk=need.pk).update(choice_fault=fault, carried_out_at=now)
    tell_all(order, [("choice_failed", params)], now=now)


def _chosen(need_id: int) -> tuple[Order | None, Need | None]:
    """The need with its locked order, if a choice waits there to be carried out."""
    needs = Need.objects.visible_to(current()).filter(pk=need_id)
    order_id = needs.values_list("order_id", flat=True).first()
    if order_id is None:
        return None, None
    order = locked_order(order_id)
    need = needs.select_related("order_line").get()
    waits = need.choice and need.carried_out_at is None and need.settled_at is None
    return (order, need) if waits and OrderState(order.state) in HOLDS_RESERVATION else (None, None)


def _carry_out(
    order: Order, lines: list[OrderLine], line: OrderLine, need: Need, now: datetime
) -> tuple[Held, dict[str, Any]]:
    match Choice(need.choice):
        case Choice.LATER:
            held = accept_later(order, lines, [line], now=now, together=True)
            return held, _day(line)
        case Choice.PARTS:
            return _in_parts(order, lines, line, now), _day(line)
        case Choice.SUBSTITUTE:
            return take_substitute(order, lines, line, need, now=now)
        case Choice.DROP:
            left = line.quantity - need.lacking - need.late
            cut_lines(order, {line: left}, now=now)
    return hold_supply(order, {}, days={}, now=now), {}


def _in_parts(order: Order, lines: list[OrderLine], line: OrderLine, now: datetime) -> Held:
    """From now on the order may leave in parts: in time what can be, the rest of the line as it comes."""
    if not order.in_parts:
        order.in_parts = True
        late = late_of(order, lines, now)
        lacking = {one: max(needed_of(one) - late.held[one.pk], Decimal(0)) for one in lines}
        held = hold_supply(order, lacking, days={one.pk: due_of(order, one) for one in lines}, now=now)
        promise_lines(lines, held)
        save_promises(lines)
    return accept_later(order, lines, [line], now=now, together=False)


def _call_off(order: Order, now: datetime) -> None:
    """Nothing is left of the order."""
    set_state(order, OrderState.CANCELLED)
    order.attention = []
    order.save()
    settle_all(order, NeedState.DROPPED, now=now)
    release_reservations(order_id=order.pk, seller_id=order.seller_id, now=now)
    announce_change(order, "cancelled")


def _day(line: OrderLine) -> dict[str, Any]:
    return {"on": line.promised_on.isoformat() if line.promised_on else ""}


def _text(value: Decimal) -> str:
    return format(value.normalize(), "f")
