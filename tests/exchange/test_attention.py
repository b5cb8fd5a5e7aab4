"""When a connection asks for somebody, and for what."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from zveno.exchange.rules.attention import Figures, attention_of

NOW = datetime(2026, 4, 17, 9, 0, tzinfo=UTC)


def _ago(**told: int) -> datetime:
    return NOW - timedelta(**told)


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ({}, []),
        ({"last_contact_at": None}, [("never_called", "info")]),
        ({"last_contact_at": _ago(hours=24)}, [("silent", "warn")]),
        (
            {"last_contact_at": _ago(days=2), "waiting_orders": 1, "waiting_orders_since": _ago(days=1)},
            [("silent", "bad")],
        ),
        ({"waiting_files": 2, "waiting_files_since": _ago(minutes=14)}, []),
        ({"waiting_files": 2, "waiting_files_since": _ago(minutes=15)}, [("queue_stuck", "bad")]),
        ({"waiting_orders": 3, "waiting_orders_since": _ago(hours=1)}, []),
        ({"waiting_orders": 3, "waiting_orders_since": _ago(hours=2)}, [("orders_not_fetched", "bad")]),
        (
            {"waiting_orders": 3, "waiting_orders_since": _ago(hours=2), "order_tries": 2},
            [("orders_unconfirmed", "bad")],
        ),
        ({"refused_objects": 5}, [("objects_refused", "warn")]),
        ({"refused_objects": 5, "refused_files": 1}, [("files_refused", "bad")]),
        (
            {"last_contact_at": _ago(days=2), "refused_files": 1},
            [("files_refused", "bad"), ("silent", "warn")],
        ),
        ({"is_active": False, "refused_files": 1}, []),
        ({"is_active": False, "waiting_orders": 1}, [("off_with_orders", "bad")]),
    ],
    ids=[
        "all runs",
        "never called",
        "silent a day",
        "silent while orders wait",
        "a young queue",
        "a queue that stands",
        "young orders",
        "orders not fetched",
        "orders fetched in vain",
        "refused objects",
        "refused files outweigh objects",
        "the gravest first",
        "off asks nothing",
        "off while orders wait",
    ],
)
def test_what_a_connection_asks_for(told: dict[str, Any], expected: list[tuple[str, str]]) -> None:
    figures = Figures(**{"is_active": True, "last_contact_at": _ago(minutes=5), **told})
    assert [(one.code, one.tone) for one in attention_of(figures, now=NOW)] == expected
