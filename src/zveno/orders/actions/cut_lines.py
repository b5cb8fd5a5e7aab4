"""Cutting lines of an order down to what is there by their day; a line of which nothing is there is cancelled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal

from zveno.base.scope import current
from zveno.orders.actions.hold_supply import needed_of, open_lines
from zveno.orders.actions.late_goods import late_of
from zveno.orders.models import Need, Order, OrderLine
from zveno.orders.rules.lines import line_total, order_total
from zveno.orders.rules.needs import NeedState
from zveno.stock.actions.keep_of_lines import keep_of_lines

Cut = list[dict[str, str]]


def in_time(
    order: Order, lines: Sequence[OrderLine], packs: Mapping[int, Decimal], now: datetime
) -> dict[int, Decimal]:
    """How much of each line is there by its day (and what left already), by line id; whole packs where it was so."""
    late = late_of(order, lines, now)
    found = {}
    for line in lines:
        covered = late.held[line.pk] - late.quantity[line.pk]
        pack = packs.get(line.product_id or 0, Decimal(0))
        in_packs = pack > 0 and line.quantity % pack == 0 and covered < needed_of(line)
        found[line.pk] = line.shipped_quantity + (covered // pack * pack if in_packs else covered)
    return found


def cut_lines(order: Order, left: Mapping[OrderLine, Decimal], *, now: datetime) -> Cut:
    """Let each line have only so much, give back what it holds beyond, and drop its need; returns what was cut.

    The order's sum and number of lines follow; the caller saves and settles.
    """
    cut = [line for line, quantity in left.items() if quantity < line.quantity]
    told = [{"code": line.code, "name": line.name, "from": str(line.quantity), "to": str(left[line])} for line in cut]
    keep = {line.pk: left[line] - line.shipped_quantity for line in cut}
    keep_of_lines(order_id=order.pk, seller_id=order.seller_id, keep=keep, now=now)
    for line in cut:
        line.uncovered = Decimal(0)
        if left[line]:
            line.quantity = left[line]
            line.total = line_total(line.price, line.quantity, order.currency)
        else:
            line.cancelled_at, line.promise = now, []
    OrderLine.objects.visible_to(current()).bulk_update(
        cut, ["quantity", "total", "cancelled_at", "promise", "uncovered"], batch_size=500
    )
    needs = Need.objects.visible_to(current()).filter(order_line__in=cut, settled_at=None)
    needs.update(state=NeedState.DROPPED.value, lacking=0, late=0, settled_at=now)
    count_sum(order)
    return told


def count_sum(order: Order) -> None:
    """Let the order's sum and number of lines be those of its open lines; the caller saves. One SQL statement."""
    kept = open_lines(order)
    order.total, order.line_count = order_total(line.total for line in kept), len(kept)
