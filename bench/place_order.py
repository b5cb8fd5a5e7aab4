"""Placing and promising an order of 20 and of 500 lines: statements and the time against one bare INSERT per order."""

from __future__ import annotations

import statistics
from typing import Any

from bench._ground import Watch, fresh_house, tell

ROUNDS = 15


def main() -> None:
    """Print the median of each size; the ratio says what 25 times the lines cost."""
    with fresh_house():
        from tests import deals

        deal = deals.deal()
        products = [deal.product(1_000_000) for _ in range(500)]
        small, large = _measure(deal, products[:20]), _measure(deal, products)
        tell(
            [
                ("20 lines: place", f"{small['place']:.0f} ms, {small['place_sql']} statements"),
                ("20 lines: promise and reserve", f"{small['decide']:.0f} ms, {small['decide_sql']} statements"),
                ("500 lines: place", f"{large['place']:.0f} ms, {large['place_sql']} statements"),
                ("500 lines: promise and reserve", f"{large['decide']:.0f} ms, {large['decide_sql']} statements"),
                ("25 times the lines cost", f"{large['place'] / small['place']:.1f} times the placing"),
            ]
        )


def _measure(deal: Any, products: list[Any]) -> dict[str, Any]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    times: dict[str, list[float]] = {"place": [], "decide": []}
    counts = {}
    for _ in range(ROUNDS):
        watch = Watch()
        order = deal.place(*((product, 3) for product in products))
        times["place"].append(watch.seconds * 1000)
        watch = Watch()
        deal.decide(order)
        times["decide"].append(watch.seconds * 1000)
    with CaptureQueriesContext(connection) as placing:
        order = deal.place(*((product, 3) for product in products))
    with CaptureQueriesContext(connection) as deciding:
        deal.decide(order)
    counts = {"place_sql": len(placing), "decide_sql": len(deciding)}
    return {name: statistics.median(values) for name, values in times.items()} | counts
