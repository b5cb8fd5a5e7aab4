"""Lines of an order that may come later than wished: they are held what they lack, and promised for that day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

from zveno.orders.actions.hold_supply import Held, due_of, hold_supply, needed_of
from zveno.orders.actions.late_goods import late_of
from zveno.orders.actions.settle_promise import save_promises
from zveno.orders.errors import NotEnoughSupply
from zveno.orders.models import Order, OrderLine
from zveno.stock.actions.count_on_day import count_on_day
from zveno.stock.actions.release_reservations import release_reservations
from zveno.stock.queries.reservations import held_by_order


def accept_later(
    order: Order, lines: Sequence[OrderLine], chosen: Sequence[OrderLine], *, now: datetime, together: bool
) -> Held:
    """Hold what the `chosen` of the order's lines lack from whatever comes soonest, and promise them for that day.

    `together`: a line counts on all its goods for its last day; otherwise each part for its own. An order that leaves
    as a whole is planned anew as a whole. Raises NotEnoughSupply (not even later).
    """
    if not order.in_parts:
        return _as_a_whole(order, lines, now)
    late = late_of(order, lines, now)
    lacking = {line: max(needed_of(line) - late.held[line.pk], Decimal(0)) for line in chosen}
    days = {line.pk: due_of(order, line) for line in chosen}
    held = hold_supply(order, lacking, days=days, now=now, accepts_later=True, only_whole=True)
    _check(order, chosen, held)
    promise_for_goods(order, chosen, together=together)
    return held


def promise_for_goods(order: Order, lines: Sequence[OrderLine], *, together: bool) -> None:
    """Promise each line for the day by which the last of the goods it holds is there; with `together`, it counts on
    all of them for that day, otherwise on each for its own.
    """
    promised = _promised(order, lines)
    count_on_day(order_id=order.pk, days=promised, only_late=not together)


def _as_a_whole(order: Order, lines: Sequence[OrderLine], now: datetime) -> Held:
    release_reservations(order_id=order.pk, seller_id=order.seller_id, now=now)
    wanted = {line: needed_of(line) for line in lines}
    days = dict.fromkeys((line.pk for line in lines), order.wished_on)
    held = hold_supply(order, wanted, days=days, now=now, accepts_later=True, only_whole=True, is_first=True)
    _check(order, lines, held)
    _promised(order, lines)
    return held


def _check(order: Order, lines: Sequence[OrderLine], held: Held) -> None:
    lacking = [line for line in lines if line.pk in held.promises and not held.promises[line.pk].is_full]
    if lacking:
        raise NotEnoughSupply(number=order.number, lines=", ".join(line.code or line.name for line in lacking))


def _promised(order: Order, lines: Sequence[OrderLine]) -> dict[int, date]:
    """Promise each line for the day by which the last of its goods is there; the lines' days by line id."""
    last: dict[int, date] = {}
    for one in held_by_order(order_id=order.pk):
        if one.due_on:
            last[one.order_line_id] = max(one.due_on, last.get(one.order_line_id, one.due_on))
    changed = {}
    for line in lines:
        day = max((day for day in (last.get(line.pk), due_of(order, line)) if day), default=None)
        if day and day != line.promised_on:
            line.promised_on = changed[line] = day
    save_promises(list(changed))
    return {line.pk: day for line, day in changed.items()}
