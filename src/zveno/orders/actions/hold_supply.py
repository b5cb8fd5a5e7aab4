"""Promising and reserving for the lines of an order, and keeping on each line what covers it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

from django.db import connection

from zveno.base.events import publish
from zveno.base.scope import current
from zveno.orders.events import SupplyHeld
from zveno.orders.models import Order, OrderLine
from zveno.partners.queries.parties import buyer_with, seller_with
from zveno.stock.actions.reserve_for_order import reserve_for_order
from zveno.stock.rules.promise import LinePromise, Wanted


def open_lines(order: Order) -> list[OrderLine]:
    """The lines of the order that are not cancelled, in their order."""
    return list(OrderLine.objects.visible_to(current()).filter(order=order, cancelled_at=None).order_by("position"))


def hold_supply(
    order: Order,
    lines: Sequence[OrderLine],
    *,
    wished_on: date | None,
    now: datetime,
    only_whole: bool = False,
    erp_known_at: datetime | None = None,
) -> dict[int, LinePromise]:
    """Reserve what the lines still lack (`uncovered`) by the promise rule; promises by line id.

    Keeps on each line the supply that covers it, beside what it had. With `only_whole`, nothing changes unless
    everything fits. Lines without a product of ours hold nothing.
    """
    wanted = [
        Wanted(key=line.pk, product_id=line.product_id, quantity=line.uncovered, wished_on=wished_on)
        for line in lines
        if line.product_id is not None and line.uncovered > 0
    ]
    if not wanted:
        return {}
    seller, buyer = seller_with(seller_id=order.seller_id), buyer_with(entity_id=order.buyer_entity_id)
    promises = reserve_for_order(
        order_id=order.pk,
        seller_id=order.seller_id,
        buyer_entity_id=order.buyer_entity_id,
        wanted=wanted,
        today=seller.today(now) if seller else now.date(),
        now=now,
        region_id=buyer.region_id if buyer else None,
        only_whole=only_whole,
        erp_known_at=erp_known_at,
    )
    found = {promise.key: promise for promise in promises}
    if not only_whole or all(promise.is_full for promise in promises):
        for line in lines:
            if line.pk in found:
                line.promise = [*line.promise, *found[line.pk].trace]
                line.uncovered = found[line.pk].uncovered
        save_promises([line for line in lines if line.pk in found])
        publish(SupplyHeld(order_id=order.pk))
    return found


def save_promises(lines: Sequence[OrderLine]) -> None:
    """Write what covers the lines. One SQL statement."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            UPDATE orders_orderline AS line SET promise = told.promise, uncovered = told.uncovered
            FROM unnest(%s::bigint[], %s::jsonb[], %s::numeric[]) AS told (id, promise, uncovered)
            WHERE line.id = told.id
            """,
            [
                [line.pk for line in lines],
                [json.dumps(line.promise, ensure_ascii=False) for line in lines],
                [line.uncovered for line in lines],
            ],
        )


def last_promise(promises: Sequence[LinePromise]) -> date | None:
    """The day by which everything promised is there."""
    return max((promise.promised_on for promise in promises if promise.promised_on), default=None)


def missing(lines: Sequence[OrderLine]) -> Decimal:
    """How much of the lines nothing covers."""
    return sum((line.uncovered for line in lines), Decimal(0))
