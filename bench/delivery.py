"""A tariff of 50,000 rows from a workbook, and the delivery of 500 lines from five warehouses by ten carriers.

The quote is counted against one line from one warehouse by one carrier: statements must not grow with any of them.
"""

from __future__ import annotations

import statistics
from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import xlsxwriter

from bench._ground import Watch, fresh_house, peak_megabytes, tell

ROUNDS = 15
STARTS, ENDS, BANDS = 50, 100, 10
CARRIERS, WAREHOUSES, LINES = 10, 5, 500


def main() -> None:
    """Load the tariffs, then ask for the small and the large order and print the ratio."""
    with fresh_house() as home:
        from tests.delivery import ground

        from zveno.delivery.rules.cities import cities

        channel = ground.golden()
        names = list(
            dict.fromkeys(city.name for city in cities() if city.name != "Владивосток" and city.region_code != "RU-40")
        )
        starts = [ground.zone(channel.deal.seller, f"Из: {name}", name) for name in names[:STARTS]]
        ends = [ground.zone(channel.deal.seller, "В: Владивосток", "Владивосток")]
        ends += [ground.zone(channel.deal.seller, f"В: {name}", name) for name in names[: ENDS - 1]]
        loaded = _load(channel, home, starts, ends)
        small = _quote(channel, _fill(channel, 1, []))
        _carriers(channel, starts, ends)
        stands = [ground.warehouse_in(channel.deal.seller, name) for name in names[:WAREHOUSES]]
        large = _quote(channel, _fill(channel, LINES, stands))
        tell(
            [
                *loaded,
                ("1 line, 1 warehouse, 4 carriers: quote", f"{small['ms']:.0f} ms, {small['sql']} statements"),
                (
                    f"{LINES} lines, {large['segments']} warehouses, {large['options']} carriers: quote",
                    f"{large['ms']:.0f} ms, {large['sql']} statements",
                ),
                ("of it the cart itself", f"{large['cart_ms']:.0f} ms"),
                ("rows of tariff in all", f"{large['rows']:,}"),
                ("the order's plan, by a job", f"{large['plan_ms']:.0f} ms, {large['plan_sql']} statements"),
                ("peak memory", f"{peak_megabytes():.0f} MB"),
            ]
        )


def _load(channel: Any, home: Path, starts: list[Any], ends: list[Any]) -> list[tuple[str, str]]:
    """A workbook of 50,000 rows: merely read, checked, taken, taken again with every twentieth price changed."""
    from zveno.base.tabular.reading import read_workbook
    from zveno.delivery.actions.take_tariff import take_tariff
    from zveno.delivery.rules.tables import read_tariffs

    zones = [zone.name for zone in (*starts, *ends)]
    times, day = [], datetime.fromisoformat("2026-04-01T09:00:00+00:00")
    for round_ in range(2):
        path = home / f"tariff-{round_}.xlsx"
        _write(path, starts, ends, changed=bool(round_))
        content = path.read_bytes()
        watch = Watch()
        rows = list(read_workbook(content).sheets[0])
        merely = watch.seconds
        table = read_tariffs(iter(rows), zones=zones)
        assert table.faults == (), table.faults[:3]
        checked = watch.seconds
        with channel.deal.selling():
            taken = take_tariff(
                seller_id=channel.deal.seller_id,
                carrier_id=channel.road.pk,
                lines=table.lines,
                valid_from=day.date().replace(day=1 + round_),
                whole=False,
                now=day,
            )
        times.append((merely, checked, watch.seconds, taken))
    first, second = times
    return [
        ("50,000 rows: merely read the workbook", f"{first[0]:.1f} s"),
        ("read and checked", f"{first[1]:.1f} s"),
        ("read, checked, taken", f"{first[2]:.1f} s, {first[2] / first[0]:.1f} × reading; {first[3].new:,} new"),
        (
            "again, every twentieth price changed",
            f"{second[2]:.1f} s; {second[3].new:,} new, {second[3].same:,} as before",
        ),
    ]


def _write(path: Path, starts: list[Any], ends: list[Any], *, changed: bool) -> None:
    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(
            0, 0, ["Откуда", "Куда", "Вес свыше, кг", "Вес до, кг", "Цена", "За кг сверх", "Дней от", "Дней до"]
        )
        row = 0
        for start in starts:
            for end in ends:
                for band in range(BANDS):
                    row += 1
                    price = 500 + row % 977 + band * 100 + (7 if changed and row % 20 == 0 else 0)
                    upto = (band + 1) * 50 if band < BANDS - 1 else None
                    sheet.write_row(row, 0, [start.name, end.name, band * 50, upto, price, 12, 3, 9])


def _carriers(channel: Any, starts: list[Any], ends: list[Any]) -> None:
    """The rest of the carriers, each with 5,000 rows."""
    from tests.delivery import ground

    from zveno.delivery.models import TariffRow

    for number in range(CARRIERS - 2):
        made = ground.carrier(channel.deal.seller, f"Перевозчик {number}", kg_per_m3=200)
        TariffRow.objects.bulk_create(
            (
                TariffRow(
                    seller_id=made.seller_id,
                    carrier=made,
                    from_zone=start,
                    to_zone=end,
                    over_kg=band * 50,
                    upto_kg=(band + 1) * 50 if band < BANDS - 1 else None,
                    price=600 + number * 10 + band * 90,
                    per_kg=11,
                    days_min=2 + number,
                    days_max=4 + number,
                    valid_from=ground.LONG_AGO,
                )
                for start in starts[:5]
                for end in ends
                for band in range(BANDS)
            ),
            batch_size=2000,
        )


def _fill(channel: Any, lines: int, stands: list[Any]) -> list[Any]:
    """Goods on the shelves of the warehouses, and in the cart."""
    from tests import world

    from zveno.orders.actions.add_to_cart import add_to_cart

    stands = stands or [channel.moscow]
    products = [channel.deal.product(weight_g=300 + at, volume_cm3=900) for at in range(lines)]
    for at, product in enumerate(products):
        world.balance(stands[at % len(stands)], product, 1_000)
    with channel.deal.buying() as actor:
        for product in products:
            add_to_cart(actor=actor, seller_id=channel.deal.seller_id, product_id=product.pk, quantity=Decimal(3))
    return products


def _quote(channel: Any, products: list[Any]) -> dict[str, Any]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext
    from tests import deals
    from tests.delivery.ground import NOW

    from zveno.delivery.models import TariffRow
    from zveno.orders.actions.plan_order_delivery import plan_order_delivery
    from zveno.orders.actions.remove_cart_lines import remove_cart_lines
    from zveno.orders.queries.cart import cart_page
    from zveno.orders.queries.cart_delivery import cart_delivery

    told: dict[str, Any] = {"rows": TariffRow.objects.unscoped("a bench").count()}
    with channel.deal.buying() as actor:

        def cart() -> Any:
            return cart_page(actor=actor, seller_id=channel.deal.seller_id, now=NOW)

        page = cart()
        told["cart_ms"], told["ms"] = _median(cart), _median(lambda: cart_delivery(actor=actor, page=page, now=NOW))
        with CaptureQueriesContext(connection) as asked:
            offer = cart_delivery(actor=actor, page=page, now=NOW).offer
        remove_cart_lines(actor=actor, seller_id=channel.deal.seller_id)
    assert all(segment.chosen for segment in offer.segments)
    told |= {"sql": len(asked), "segments": len(offer.segments), "options": len(offer.segments[0].options)}
    order = channel.deal.place(*((product, 3) for product in products))
    channel.deal.decide(order)
    with deals.as_system():
        told["plan_ms"] = _median(lambda: plan_order_delivery(order_id=order.pk, now=NOW))
        with CaptureQueriesContext(connection) as planned:
            plan_order_delivery(order_id=order.pk, now=NOW)
    return told | {"plan_sql": len(planned)}


def _median(work: Callable[[], object]) -> float:
    times = []
    for _ in range(ROUNDS):
        watch = Watch()
        work()
        times.append(watch.seconds * 1000)
    return statistics.median(times)
