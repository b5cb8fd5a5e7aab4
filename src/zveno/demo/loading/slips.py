"""Lorries that are late: the house's own actions move them and look again at the orders that counted on them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

from django.db import connection

from zveno.base.scope import entered, system_scope
from zveno.demo.world import World
from zveno.orders.actions.reconsider_order import reconsider_order
from zveno.stock.actions.take_arrivals import ArrivalTold, take_arrivals
from zveno.stock.rules.words import Confidence

_DAYS, _MOST = 12, 3


class _Late(NamedTuple):
    """An arrival that confirmed orders hold."""

    seller_id: int
    warehouse_id: int
    product_id: int
    quantity: Decimal
    due_on: date
    confidence: str
    document: str
    orders: Sequence[int]

    @property
    def comes_on(self) -> date:
        return self.due_on + timedelta(days=_DAYS)


def load(world: World) -> int:
    """Put off the arrivals that the latest confirmed orders hold; returns how many."""
    late = _held()
    with entered(system_scope("1С")):
        for one in late:
            told = ArrivalTold(
                one.document,
                one.warehouse_id,
                one.product_id,
                one.quantity,
                one.comes_on,
                confidence=Confidence(one.confidence),
            )
            take_arrivals(seller_id=one.seller_id, rows=[told], at=world.now - timedelta(minutes=5))
    with entered(system_scope()):
        for order_id, changes in _changes(late).items():
            reconsider_order(order_id=order_id, now=world.now - timedelta(minutes=4), changes=changes)
    return len(late)


def _held() -> list[_Late]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT a.seller_id, a.warehouse_id, a.product_id, a.quantity, a.due_on, a.confidence, a.source_number,"
            " array_agg(DISTINCT o.id) FROM stock_arrival a JOIN stock_reservation r ON r.arrival_id = a.id"
            " JOIN orders_order o ON o.id = r.order_id WHERE r.state = 'active' AND o.state = 'confirmed'"
            " GROUP BY a.id ORDER BY max(o.placed_at) DESC, a.id LIMIT %s",
            [_MOST],
        )
        return [_Late(*row) for row in cursor.fetchall()]


def _changes(late: Sequence[_Late]) -> dict[int, list[dict[str, Any]]]:
    """What changed for each order, as the event tells it."""
    found: defaultdict[int, list[dict[str, Any]]] = defaultdict(list)
    for one in late:
        days = {"before": one.due_on.isoformat(), "after": one.comes_on.isoformat()}
        for order_id in one.orders:
            found[order_id].append({"product_id": one.product_id, "change": "moved", "document": one.document, **days})
    return found
