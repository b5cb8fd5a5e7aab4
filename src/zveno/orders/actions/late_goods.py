"""What an order holds of goods that come after their line's day; giving it back where other goods took its place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from zveno.orders.actions.hold_supply import due_of
from zveno.orders.models import Order, OrderLine
from zveno.partners.queries.parties import seller_with
from zveno.stock.actions.release_part import release_part
from zveno.stock.queries.reservations import held_by_order


@dataclass(slots=True)
class LateGoods:
    """By line id: all that is held, how much of it is late; the late reservations with their quantities."""

    held: defaultdict[int, Decimal] = field(default_factory=lambda: defaultdict(Decimal))
    quantity: defaultdict[int, Decimal] = field(default_factory=lambda: defaultdict(Decimal))
    reservations: defaultdict[int, list[tuple[int, Decimal]]] = field(default_factory=lambda: defaultdict(list))


def late_of(order: Order, lines: Sequence[OrderLine], now: datetime) -> LateGoods:
    """What the order holds, and what of it comes after the day of its line, or is overdue. Two SQL statements."""
    seller = seller_with(seller_id=order.seller_id)
    today = seller.today(now) if seller else now.date()
    days = {line.pk: due_of(order, line) for line in lines}
    found = LateGoods()
    for one in held_by_order(order_id=order.pk):
        due_on = days.get(one.order_line_id)
        found.held[one.order_line_id] += one.quantity
        if one.due_on and (one.due_on < today or (due_on is not None and one.due_on > due_on)):
            found.quantity[one.order_line_id] += one.quantity
            found.reservations[one.order_line_id].append((one.id, one.quantity))
    return found


def give_back_late(order: Order, quantities: Mapping[int, Decimal], late: LateGoods, *, now: datetime) -> None:
    """Give back so much of each line's late goods, by line id; nothing for a line that is to give nothing."""
    parts: dict[int, Decimal] = {}
    for line_id, quantity in quantities.items():
        for reservation_id, held in late.reservations[line_id]:
            if quantity > 0:
                parts[reservation_id] = min(held, quantity)
                quantity -= parts[reservation_id]
    if parts:
        release_part(order_id=order.pk, seller_id=order.seller_id, quantities=parts, now=now)
