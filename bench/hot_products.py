"""Ten thousand orders from 32 clients at once on 50 hot products: nothing promised twice, nobody told of a dead-lock.

Each client places its orders through the buyer's walls, and decides each as the worker would, one transaction after the
other. What is promised is compared with what there was.
"""

from __future__ import annotations

import os
import random
import statistics
import threading
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from multiprocessing import get_context

from bench._ground import Watch, fresh_house, tell

CLIENTS, ORDERS, PRODUCTS = 32, 10_000, 50
ON_SHELF, ARRIVING = 200, 300
PROCESSES = 4


@dataclass
class Seen:
    """What one client saw."""

    states: Counter[str] = field(default_factory=Counter)
    unexplained: int = 0
    errors: Counter[str] = field(default_factory=Counter)
    milliseconds: list[float] = field(default_factory=list)


def main() -> None:
    """Print how many orders were confirmed and refused, what went wrong (nothing), and how many a second."""
    with fresh_house():
        from tests import deals

        deal = deals.deal()
        due_on = deals.NOW.date() + timedelta(days=3)
        products = [deal.product(ON_SHELF, arrivals=((ARRIVING, due_on),)).pk for _ in range(PRODUCTS)]
        told = (deal.seller_id, deal.dealer.buyer.pk, tuple(products), due_on)
        from django.db import connections

        connections.close_all()
        watch = Watch()
        with ProcessPoolExecutor(PROCESSES, mp_context=get_context("fork")) as pool:
            parts = list(pool.map(_clients, [(at, told) for at in range(PROCESSES)]))
        seconds = watch.seconds
        _tell([seen for part in parts for seen in part], seconds)


def _tell(clients: list[Seen], seconds: float) -> None:
    states: Counter[str] = sum((seen.states for seen in clients), Counter())
    errors: Counter[str] = sum((seen.errors for seen in clients), Counter())
    times = sorted(ms for seen in clients for ms in seen.milliseconds)
    over, held, had = _books()
    count = sum(states.values())
    tell(
        [
            ("orders, clients, products", f"{count:,}, {CLIENTS}, {PRODUCTS}"),
            ("confirmed, with the manager", f"{states['confirmed']:,}, {states['attention']:,}"),
            ("with the manager without a reason", str(sum(seen.unexplained for seen in clients))),
            ("errors seen by clients, dead-locks among them", f"{sum(errors.values())} {dict(errors) or ''}"),
            ("supplies promised beyond what there is", str(over)),
            ("promised of what there was", f"{held:,} of {had:,}"),
            ("orders a second, placed and decided", f"{count / seconds:.0f}"),
            (
                "one order, median and the slowest of a hundred",
                f"{statistics.median(times):.0f} ms, {_late(times):.0f} ms",
            ),
        ]
    )


def _late(times: list[float]) -> float:
    return times[int(len(times) * 0.99)]


def _books() -> tuple[int, int, int]:
    """Supplies with more held than there is, counters that are not the sum of reservations; what is held and there."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("""
            WITH supplies AS (
                SELECT product_id, warehouse_id, 0 AS supply, on_hand AS quantity, reserved FROM stock_balance
                UNION ALL SELECT product_id, warehouse_id, id, quantity, reserved FROM stock_arrival
            ), held AS (
                SELECT product_id, warehouse_id, coalesce(arrival_id, 0) AS supply, sum(quantity) AS quantity
                FROM stock_reservation WHERE state = 'active' GROUP BY 1, 2, 3
            )
            SELECT count(*) FILTER (WHERE reserved > supplies.quantity OR reserved <> coalesce(held.quantity, 0)),
                sum(coalesce(held.quantity, 0)), sum(supplies.quantity)
            FROM supplies LEFT JOIN held USING (product_id, warehouse_id, supply)
        """)
        over, held, had = cursor.fetchone()
    return over, int(held), int(had)


def _clients(asked: tuple[int, tuple[int, int, tuple[int, ...], date]]) -> list[Seen]:
    """The clients of one process, each a thread with a connection of its own."""
    part, told = asked
    os.environ["DJANGO_SETTINGS_MODULE"] = "zveno.config.settings"
    import django

    django.setup()
    found = [Seen() for _ in range(CLIENTS // PROCESSES)]
    threads = [
        threading.Thread(target=_client, args=(part * len(found) + at, told, seen)) for at, seen in enumerate(found)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def _client(number: int, told: tuple[int, int, tuple[int, ...], date], seen: Seen) -> None:
    from django.db import connection

    seller_id, user_id, products, due_on = told
    chance = random.Random(number)
    for order in range(ORDERS // CLIENTS + (number < ORDERS % CLIENTS)):
        lines = [(product, chance.randint(1, 4)) for product in chance.sample(products, chance.randint(1, 5))]
        wished_on = chance.choice((None, due_on, due_on + timedelta(days=2)))
        began = time.perf_counter()
        try:
            state, is_explained = _order(seller_id, user_id, lines, wished_on, f"{number}-{order}")
        except Exception as fault:
            seen.errors[type(fault).__name__] += 1
            connection.close()
            continue
        seen.milliseconds.append((time.perf_counter() - began) * 1000)
        seen.states[state] += 1
        seen.unexplained += not is_explained
    connection.close()


def _order(
    seller_id: int, user_id: int, lines: list[tuple[int, int]], wished_on: date | None, key: str
) -> tuple[str, bool]:
    """Place, then decide, each in its transaction; the state, and whether the buyer can read why it is no better."""
    from django.db import transaction
    from tests.deals import NOW

    from zveno.accounts.models import User
    from zveno.base.scope import Section, entered, system_scope
    from zveno.orders.actions.decide_order import decide_order
    from zveno.orders.actions.place_order import place_order
    from zveno.orders.models import Order
    from zveno.orders.rules.states import OrderState
    from zveno.orders.rules.wishes import OrderedLine, Wishes
    from zveno.partners.queries.actors import find_actor

    with transaction.atomic():
        actor = find_actor(user=User.objects.get(pk=user_id), section=Section.BUYING, chosen={})
        if actor is None:
            raise LookupError
        with entered(actor.scope):
            placed = place_order(
                actor=actor,
                seller_id=seller_id,
                lines=[OrderedLine(product, Decimal(quantity)) for product, quantity in lines],
                idempotency_key=key,
                wishes=Wishes(wished_on),
                now=NOW,
            )
    with transaction.atomic(), entered(system_scope()):
        state = decide_order(order_id=placed.id, now=NOW)
        reasons = Order.objects.unscoped("a bench looks").values_list("attention", flat=True).get(pk=placed.id)
    return state.value, state is not OrderState.ATTENTION or bool(reasons)
