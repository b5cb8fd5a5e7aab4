"""Lists and searches of orders: 100,000 orders of each seller, 1,000,000 in all, asked as the pages ask.

Inside a request's transaction, under the role of the section, row security on. `ZVENO_BENCH_ORDERS` sets the whole.
"""

from __future__ import annotations

import os
import random
import statistics
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import Any

from bench._ground import Watch, fresh_house, tell
from bench.catalog_page import COLOURS, KINDS, MAKERS, TRAITS

ORDERS = int(os.environ.get("ZVENO_BENCH_ORDERS", "1000000"))
SELLERS, LINES, PRODUCTS, BUYERS = 10, 6, 100_000, 200
ROUNDS = 7
TODAY = date(2026, 4, 10)
SEARCHES = (
    "0321", "цб-00000321", "вега", "инн", "водитель", "люмика", "матовый золото", "лампа водитель", "вега лампа",
    ">90 000 у менеджера", "12 345,60", "март", "опаздывают", "потребность", "нет-такого",
)  # fmt: skip


def main() -> None:
    """Fill the orders, then print medians and ratios for a buyer, a big seller and the desk."""
    with fresh_house():
        from tests import world

        sellers = [world.seller(f"Продавец {n}") for n in range(SELLERS)]
        operator = world.operator()
        watch = Watch()
        dealer = _buyers(sellers)
        _products(sellers[0].company.pk)
        _orders([seller.company.pk for seller in sellers], dealer.entity.pk)
        print(f"  {ORDERS:,} orders, {ORDERS * LINES:,} lines in {watch.seconds:.0f} s")
        _tell_sizes()
        for name, person, section in (
            ("buyer", dealer.buyer, "buying"),
            ("seller", sellers[0].manager, "selling"),
            ("desk", operator.admin, "desk"),
        ):
            _measure(name, person, section)
        _measure_export(sellers[0].manager)


def _buyers(sellers: list[Any]) -> Any:
    """Two hundred clients of each seller; the first is a dealer with people."""
    from tests import world

    from zveno.partners.models import Company, LegalEntity, TradeTerms

    dice = random.Random(5)
    dealer = world.dealer("Салон «Лампочка»")
    world.terms(sellers[0], dealer.entity)
    names = ("Свет", "Декор", "Вега", "Альфа", "Уют", "Комфорт", "Интерьер", "Строй")
    companies = Company.objects.bulk_create(Company(name=f"Салон {n}", code=f"B{n}") for n in range(SELLERS * BUYERS))
    entities = LegalEntity.objects.bulk_create(
        LegalEntity(
            company=company,
            name=f"ООО «{dice.choice(names)} {n}»",
            inn=world.inn(100_000 + n),
            kpp=f"{770_000_000 + n}",
            is_default=True,
        )
        for n, company in enumerate(companies)
    )
    TradeTerms.objects.bulk_create(
        TradeTerms(seller=sellers[n // BUYERS].company, buyer_company_id=e.company_id, buyer_entity=e,
                   valid_from=world.LONG_AGO)
        for n, e in enumerate(entities)
    )  # fmt: skip
    return dealer


def _products(owner_id: int) -> None:
    from django.db import connection

    from zveno.catalog.rules.search import search_text
    from zveno.kit.codes import fold_code

    dice, now = random.Random(5), datetime.now(UTC)
    columns = "owner_id, code, code_folded, name, brand, description, unit, unit_code, pack_quantity, attributes"
    columns += ", barcodes, has_variants, search_text, updated_at"
    with connection.cursor() as cursor, cursor.copy(f"COPY catalog_product ({columns}) FROM STDIN") as copy:
        for number in range(PRODUCTS):
            code, maker = f"{dice.choice('АВЕКМ')}{dice.choice('ТНРС')}-{number:06}", dice.choice(MAKERS)
            name = f"{dice.choice(KINDS)} {maker} {dice.choice(TRAITS)} {dice.choice(COLOURS)} {dice.randint(1, 400)}"
            text = search_text(code=code, name=name, brand=maker)
            copy.write_row((owner_id, code, fold_code(code), name, maker, "", "шт", "796", 1, "{}", "{}", False, text,
                            now))  # fmt: skip


def _orders(seller_ids: list[int], entity_id: int) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT min(id) FROM catalog_product")
        first_product = cursor.fetchone()[0]
        cursor.execute("SELECT array_agg(id ORDER BY id), array_agg(company_id ORDER BY id) FROM partners_legalentity"
                       " WHERE kpp LIKE '770%%' AND name LIKE 'ООО «%% %%'")  # fmt: skip
        entities, companies = cursor.fetchone()
        cursor.execute(_ORDERS_SQL, [seller_ids, companies, entities, ORDERS - 1])
        # Of every fiftieth order of the first seller the buyer is the dealer.
        cursor.execute(
            "UPDATE orders_order SET buyer_entity_id = %s, buyer_company_id = (SELECT company_id FROM"
            " partners_legalentity WHERE id = %s) WHERE seller_id = %s AND id %% 500 < 10",
            [entity_id, entity_id, seller_ids[0]],
        )
        cursor.execute(_LINES_SQL, [first_product, PRODUCTS - 1])
        cursor.execute(_WORDS_SQL)
        for table in ("orders_order", "orders_orderline", "orders_orderword", "catalog_product"):
            cursor.execute(f"VACUUM ANALYZE {table}")


_ORDERS_SQL = """
    INSERT INTO orders_order (seller_id, buyer_company_id, buyer_entity_id, number, erp_number, number_key, state,
        source, content_digest, placed_at, wished_on, promised_on, decided_at, currency, total, vat_included,
        line_count, comment, attention, erp_author, version)
    SELECT (%s::bigint[])[1 + g %% 10], (%s::bigint[])[1 + (g %% 10) * 200 + ((g / 10) * 7919) %% 200],
        (%s::bigint[])[1 + (g %% 10) * 200 + ((g / 10) * 7919) %% 200],
        'S' || g %% 10 || '-' || lpad((g / 10)::text, 6, '0'), 'ЦБ-' || lpad(g::text, 8, '0'),
        'S' || g %% 10 || lpad((g / 10)::text, 6, '0') || ' ЦБ' || lpad(g::text, 8, '0'),
        (ARRAY['completed', 'completed', 'completed', 'completed', 'shipped', 'confirmed', 'attention', 'cancelled'])
            [1 + (g * 31) %% 8],
        (ARRAY['portal', 'portal', 'api', 'erp'])[1 + (g * 17) %% 4], '',
        timestamptz '2026-04-10' - ((1000000 - g) / 1370.0) * interval '1 day',
        date '2026-04-10' - (1000000 - g) / 1370 + 7,
        date '2026-04-10' - (1000000 - g) / 1370 + 7 + (g %% 13 = 0)::int * 5,
        now(), 'RUB', ((g::bigint * 7919) %% 10000000) / 100.0, true, 6,
        CASE WHEN (g / 10) %% 5 = 0 THEN 'Позвонить за час, склад ' || g %% 37 || ', водитель Иванов' ELSE '' END,
        '[]', '', 1
    FROM generate_series(0, %s) g
"""
_LINES_SQL = """
    INSERT INTO orders_orderline (order_id, seller_id, buyer_entity_id, position, product_id, code, name, unit,
        quantity, shipped_quantity, uncovered, price, discount_percent, total, price_trace, promise)
    SELECT o.id, o.seller_id, o.buyer_entity_id, k,
        CASE WHEN (o.id * 6 + k) %% 97 > 0
            THEN %s + ((power(((hashint8(o.id * 8 + k) & 1048575) / 1048576.0), 3) * %s)::int) END,
        '', 'Товар ' || k, 'шт', k, 0, ((o.id * 6 + k) %% 211 = 0)::int, 100, 0, 100 * k, '[]', '[]'
    FROM orders_order o, generate_series(1, 6) k
"""
_WORDS_SQL = """
    INSERT INTO orders_orderword (order_id, seller_id, buyer_entity_id, word)
    SELECT o.id, o.seller_id, o.buyer_entity_id, w
    FROM orders_order o, unnest(regexp_split_to_array(lower(o.comment), '[ ,]+')) w WHERE o.comment <> ''
    UNION SELECT l.order_id, l.seller_id, l.buyer_entity_id, 'товар' FROM orders_orderline l WHERE l.product_id IS NULL
"""


@contextmanager
def _acting(person: Any, section: str) -> Iterator[None]:
    from django.db import transaction

    from zveno.base.scope import Section, entered
    from zveno.partners.queries.actors import find_actor

    with transaction.atomic():
        actor = find_actor(user=person, section=Section(section), chosen={})
        assert actor is not None
        with entered(actor.scope):
            yield


def _measure(name: str, person: Any, section: str) -> None:
    from zveno.orders.queries.order_list import order_list, typed_filter

    with _acting(person, section):
        first = _median(order_list)
        deep = _median(lambda: order_list(page=40))
        rows = [
            (f"{name}: first page", f"{first:.1f} ms, {_statements(order_list)} statements"),
            (f"{name}: page 40", _ratio(deep, first)),
            (f"{name}: by sum", _ratio(_median(lambda: order_list(sort="-total")), first)),
        ]
        for text in SEARCHES:
            text = _an_inn() if text == "инн" else text

            def search(text: str = text) -> Any:
                return order_list(wanted=typed_filter(text, today=TODAY))

            count = search().count
            told = f"{count:,} found" if count is not None else "more than 10,000"
            rows.append((f"{name}: «{text}»", f"{_ratio(_median(search), first)}, {_statements(search)} st., {told}"))
        tell(rows)


def _measure_export(person: Any) -> None:
    from zveno.base.sheets import workbook
    from zveno.orders.queries.order_list import OrderFilter
    from zveno.orders.sheets import LIST_COLUMNS, list_rows

    with _acting(person, "selling"):
        watch = Watch()
        with workbook("Orders", LIST_COLUMNS, list_rows(OrderFilter(), "-placed")) as book:
            size = book.seek(0, 2)
    tell([(f"export of {ORDERS // SELLERS:,} orders", f"{watch.seconds:.1f} s, {size / 2**20:.1f} MB")])


def _an_inn() -> str:
    from tests import world

    return world.inn(100_007)


def _statements(work: Callable[[], Any]) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as run:
        work()
    return len(run)


def _tell_sizes() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        for table in ("orders_order", "orders_orderline", "orders_orderword"):
            cursor.execute(
                "SELECT pg_size_pretty(pg_table_size(%s)), pg_size_pretty(pg_indexes_size(%s))", [table, table]
            )
            print("  {}: {}, indexes {}".format(table, *cursor.fetchone()))


def _median(work: Callable[[], Any]) -> float:
    times = []
    for _ in range(ROUNDS):
        watch = Watch()
        work()
        times.append(watch.seconds * 1000)
    return statistics.median(times)


def _ratio(value: float, base: float) -> str:
    return f"{value:.1f} ms, {value / base:.1f} × the first page"
