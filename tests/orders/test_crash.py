"""A worker killed again and again while it confirms orders: what comes of them equals the undisturbed course."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob
from tests import deals
from tests.deals import Deal

from zveno.base import clock
from zveno.orders.models import Order, OrderEvent, OrderLine
from zveno.stock.models import Arrival, Balance, Reservation

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.crash, pytest.mark.slow]

KILLS = 8
# The worker goes by the real clock.
NOW = clock.now()
DUE, WISH, LATE = (NOW.date() + timedelta(days=days) for days in (5, 7, 10))


@contextmanager
def slow_tables() -> Iterator[None]:
    """Let each reservation and each event take its time, so that a kill meets the work at every step of it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE FUNCTION dawdle() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN PERFORM pg_sleep(0.05); RETURN NEW; END $$"
        )
        for table, when in (("stock_reservation", "AFTER INSERT"), ("orders_orderevent", "BEFORE INSERT"),
                            ("stock_balance", "AFTER UPDATE"), ("orders_order", "AFTER UPDATE")):  # fmt: skip
            cursor.execute(f"CREATE TRIGGER dawdle {when} ON {table} FOR EACH ROW EXECUTE FUNCTION dawdle()")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DROP FUNCTION dawdle() CASCADE")


@contextmanager
def worker(home: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A real worker process on the test database."""
    settings = connection.settings_dict
    address = urlencode({"host": settings["HOST"], "port": settings["PORT"]})
    environment = {
        **os.environ,
        "DATABASE_URL": f"postgresql://{settings['USER']}@/{settings['NAME']}?{address}",
        "DJANGO_SETTINGS_MODULE": "zveno.config.settings",
        "ZVENO_PROCESS": "worker",
        "ZVENO_HOME": str(home),
        "ZVENO_WORKER_STALLED_AFTER": "0.6",
        "ZVENO_LOG_LEVEL": "ERROR",
    }
    process = subprocess.Popen([sys.executable, "-m", "zveno.config.worker"], env=environment)
    try:
        yield process
    finally:
        process.kill()
        process.wait(10)


def wait_until(is_so: Any, seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.01)


def is_confirming() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() "
            "AND state <> 'idle' AND wait_event = 'PgSleep'"
        )
        return bool(cursor.fetchone()[0])


def jobs_left() -> int:
    return ProcrastinateJob.objects.filter(task_name="zveno.orders.confirm_order").count()


def forget_jobs() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")


def orders_of(deal: Deal) -> list[Order]:
    """Orders that fit, that fit in part, and that ask a price; each with goods of its own."""
    placed = []
    for number in range(4):
        rich = deal.product(50, arrivals=((70, DUE),))
        plenty = deal.product(50)
        poor = deal.product(6, arrivals=((20, LATE),))
        unpriced = deal.product(5, price=None)
        placed.append(deal.place((rich, 100), wished_on=WISH, now=NOW))
        placed.append(deal.place((plenty, 5), (poor, 9 + number), wished_on=WISH, now=NOW))
        placed.append(deal.place((unpriced, 2), now=NOW))
    return placed


def told(deal: Deal, orders: list[Order]) -> list[Any]:
    """All that matters of the orders and the books, without ids, names and times."""
    found: list[Any] = []
    for order in orders:
        order = deals.order(order.pk)
        lines = OrderLine.objects.unscoped("a test looks").filter(order=order).order_by("position")
        events = OrderEvent.objects.unscoped("a test looks").filter(order=order).order_by("id")
        held = Reservation.objects.unscoped("a test looks").filter(order_id=order.pk)
        found.append(
            (
                order.state,
                order.version,
                order.promised_on,
                [(reason["code"], reason["params"].get("uncovered")) for reason in order.attention],
                [(line.uncovered, [(p["kind"], p["on"], p["quantity"]) for p in line.promise]) for line in lines],
                [event.kind for event in events],
                sorted((r.arrival_id is not None, r.quantity, r.state) for r in held),
            )
        )
    own = {"seller_id": deal.seller_id}
    shelves = Balance.objects.unscoped("a test looks").filter(**own).order_by("product_id")
    arrivals = Arrival.objects.unscoped("a test looks").filter(**own).order_by("product_id")
    return [*found, [shelf.reserved for shelf in shelves], [arrival.reserved for arrival in arrivals]]


def test_a_worker_killed_many_times_comes_to_the_same(tmp_path: Path) -> None:
    undisturbed, disturbed = deals.deal(), deals.deal()
    expected_orders = orders_of(undisturbed)
    for order in expected_orders:
        undisturbed.decide(order, now=NOW)
    expected = told(undisturbed, expected_orders)
    forget_jobs()
    orders = orders_of(disturbed)
    chance, met = random.Random(11), 0
    with slow_tables():
        for _ in range(KILLS):
            with worker(tmp_path) as process:
                wait_until(lambda: is_confirming() or not jobs_left())
                time.sleep(chance.uniform(0, 0.3))
                met += is_confirming()
                process.send_signal(signal.SIGKILL)
                process.wait(10)
        with worker(tmp_path):
            wait_until(lambda: not jobs_left())
    assert met >= KILLS // 2, "most kills must meet work in progress"
    assert told(disturbed, orders) == expected
