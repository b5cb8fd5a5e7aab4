"""Own prices at size: 25 million price facts, 5,000 entities with terms of their own.

Everything is asked as a buyer's page asks it: inside its transaction, under the role of the buying section.
`ZVENO_BENCH` scales the number of columns (1 is 250).
"""

from __future__ import annotations

import os
import random
import statistics
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from bench._ground import Watch, fresh_house, peak_megabytes, tell
from bench.catalog_page import PRODUCTS, _fill

KINDS = max(4, round(250 * float(os.environ.get("ZVENO_BENCH", "1"))))
ENTITIES = 5_000
ROUNDS = 11
SINCE = datetime(2025, 1, 1, tzinfo=UTC)


def main() -> None:
    """Fill the tables, then print medians and ratios, sizes."""
    with fresh_house():
        from tests import world

        seller, dealer = world.seller("Свет"), world.dealer("Лампочка")
        first = world.price_kind(seller, "Колонка 0")
        world.terms(seller, dealer.entity)
        watch = Watch()
        _fill(seller.company.pk, first.pk, world.warehouse(seller).pk)
        print(f"  {PRODUCTS:,} products in {watch.seconds:.0f} s")
        kinds = _load_prices(world, seller, first)
        _load_terms(seller, dealer, kinds)
        _settle()
        with _as_buyer(dealer) as actor:
            terms = actor.terms[0]
            ids = _ids()
            _measure_prices(terms, ids)
            _measure_sorting(seller.company.pk, terms)
            _measure_list(terms)
        _tell_sizes()
        print(f"  peak memory of this process {peak_megabytes():.0f} MB")


def _load_prices(world: Any, seller: Any, first: Any) -> list[int]:
    """Every product's price in every column by COPY; one in a hundred with a tier, one in fifty with a past price."""
    from django.db import connection

    kinds = [first.pk, *(world.price_kind(seller, f"Колонка {n}").pk for n in range(1, KINDS))]
    watch = Watch()
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM catalog_product ORDER BY id")
        products = [row[0] for row in cursor.fetchall()]
        cursor.execute("TRUNCATE pricing_price")
        with _bare(cursor):
            columns = "seller_id, price_kind_id, product_id, value, min_quantity, valid_from, valid_to, ends_ahead"
            columns += ", confirmed_at"
            with cursor.copy(f"COPY pricing_price ({columns}) FROM STDIN") as copy:
                for piece in _price_lines(seller.company.pk, kinds, products):
                    copy.write(piece)
            copied = watch.seconds
        cursor.execute("SELECT count(*) FROM pricing_price")
        facts = cursor.fetchone()[0]
    print(f"  {facts:,} price facts: COPY {copied:.0f} s, indexes and keys {watch.seconds - copied:.0f} s")
    return kinds


def _price_lines(seller_id: int, kinds: list[int], products: list[int]) -> Iterator[bytes]:
    began, changed, told = SINCE, SINCE + timedelta(days=200), SINCE + timedelta(days=400)
    head = f"{seller_id}\t"
    tail = f"\t{changed.isoformat()}\t\\N\tf\t{told.isoformat()}\n"
    past = f"\t{began.isoformat()}\t{changed.isoformat()}\tf\t{changed.isoformat()}\n"
    for at, kind in enumerate(kinds):
        lines = []
        for product in products:
            value = (product * 7919 + at * 104729) % 990_000 / 100 + 10
            lines.append(f"{head}{kind}\t{product}\t{value:.2f}\t0{tail}")
            if product % 100 == 0:
                lines.append(f"{head}{kind}\t{product}\t{value * 0.95:.2f}\t100{tail}")
            if product % 50 == 0:
                lines.append(f"{head}{kind}\t{product}\t{value * 0.9:.2f}\t0{past}")
        yield "".join(lines).encode()


@contextmanager
def _bare(cursor: Any) -> Iterator[None]:
    """The table without indexes and keys while it is filled."""
    cursor.execute(
        "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint"
        " WHERE conrelid = 'pricing_price'::regclass AND contype IN ('f', 'p')"
    )
    keys = cursor.fetchall()
    cursor.execute(
        "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = 'pricing_price' AND indexname NOT LIKE '%pkey'"
    )
    indexes = cursor.fetchall()
    for name, _ in keys:
        cursor.execute(f'ALTER TABLE pricing_price DROP CONSTRAINT "{name}"')
    for name, _ in indexes:
        cursor.execute(f'DROP INDEX "{name}"')
    yield
    cursor.execute("SET maintenance_work_mem = '1GB'; SET max_parallel_maintenance_workers = 2")
    for _, definition in indexes:
        cursor.execute(definition)
    for name, definition in keys:
        cursor.execute(f'ALTER TABLE pricing_price ADD CONSTRAINT "{name}" {definition}')


def _load_terms(seller: Any, dealer: Any, kinds: list[int]) -> None:
    """Entities with two columns, four discounts and twenty agreed prices each; tiers and sums for everybody."""
    from django.db import connection

    dice, seller_id = random.Random(3), seller.company.pk
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM catalog_category ORDER BY id")
        groups = [row[0] for row in cursor.fetchall()]
        cursor.execute("SELECT min(id), max(id) FROM catalog_product")
        lowest, highest = cursor.fetchone()
        entities = [dealer.entity.pk, *_entities(cursor)]
        told = f"{SINCE.isoformat()}\t{SINCE.isoformat()}\tБенч\n"

        def copy(table: str, columns: str, lines: Iterator[str]) -> None:
            with cursor.copy(
                f"COPY {table} (seller_id, {columns}, valid_from, recorded_at, author_name) FROM STDIN"
            ) as out:
                for line in lines:
                    out.write(f"{seller_id}\t{line}\t{told}".encode())

        copy(
            "pricing_kindassignment",
            "buyer_entity_id, price_kind_id, rank, brand, contract_number",
            (f"{e}\t{kind}\t{rank}\t\t" for e in entities for rank, kind in enumerate(dice.sample(kinds, 2), 1)),
        )
        layer = "buyer_entity_id, category_id, layer, threshold, percent, currency, brand, contract_number"
        copy(
            "pricing_discount",
            layer,
            (
                f"{e}\t{group}\tcontract\t0\t{dice.randrange(5, 50)}\t\t\t"
                for e in entities
                for group in dice.sample(groups, 4)
            ),
        )
        copy(
            "pricing_discount",
            layer,
            (f"\\N\t{group}\tvolume\t{n}\t{n // 10}\t\t\t" for group in groups[::2] for n in (20, 50, 100)),
        )
        copy(
            "pricing_discount",
            layer,
            (f"\\N\t\\N\torder_sum\t{n}\t{n // 100_000}\tRUB\t\t" for n in (100_000, 300_000)),
        )
        copy(
            "pricing_individualprice",
            "buyer_entity_id, product_id, value, min_quantity, currency, vat_included, is_closed, contract_number",
            (
                f"{e}\t{p}\t{dice.randrange(10, 9000)}\t0\tRUB\tt\tf\t"
                for e in entities
                for p in dice.sample(range(lowest, highest), 20)
            ),
        )
        copy("pricing_combination", "mode, cap_percent, floor_kind_id", iter([f"chain\t60\t{kinds[0]}"]))
        bands = '[{"from": "0", "step": "0.01", "way": "nearest"}, {"from": "1000", "step": "1", "way": "up"}]'
        copy("pricing_rounding", "currency, bands", iter([f"RUB\t{bands}"]))


def _entities(cursor: Any) -> list[int]:
    """Companies of one entity each."""
    cursor.execute(
        "WITH made AS (INSERT INTO partners_company (name, code, is_operator, is_seller, is_buyer, is_distributor,"
        " time_zone, currency, created_at) SELECT 'Клиент ' || n, 'K' || n, false, false, true, false, 'Europe/Moscow',"
        " 'RUB', now() FROM generate_series(2, %s) n RETURNING id) "
        "INSERT INTO partners_legalentity (company_id, name, full_name, country, inn, kpp, ogrn, legal_address,"
        " delivery_address, is_default, created_at) SELECT id, 'ООО ' || id, '', 'RU', '', '', '', '', '', true, now()"
        " FROM made RETURNING id",
        [ENTITIES],
    )
    return [row[0] for row in cursor.fetchall()]


def _settle() -> None:
    from django.db import connection

    watch = Watch()
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    print(f"  VACUUM ANALYZE {watch.seconds:.0f} s")


@contextmanager
def _as_buyer(dealer: Any) -> Iterator[Any]:
    from django.db import transaction

    from zveno.base.scope import Section, entered
    from zveno.partners.queries.actors import find_actor

    with transaction.atomic():
        actor = find_actor(user=dealer.buyer, section=Section.BUYING, chosen={})
        assert actor is not None
        with entered(actor.scope):
            yield actor


def _ids() -> list[int]:
    from zveno.catalog.models import Product

    every = list(Product.objects.order_by("id").values_list("id", flat=True))
    return random.Random(11).sample(every, 5000)


def _measure_prices(terms: Any, ids: list[int]) -> None:
    from zveno.base.clock import now
    from zveno.catalog.queries.listing import Wanted, find_products
    from zveno.pricing.queries.quotes import price_lines, quotes_for

    moment = now()
    page = find_products(wanted=Wanted(seller_id=terms.seller_id), limit=24)
    shown = [row.id for row in page.rows]
    bare = _median(lambda: find_products(wanted=Wanted(seller_id=terms.seller_id), limit=24))
    priced = _median(lambda: [q.price for q in quotes_for(product_ids=shown, terms=terms, at=moment).values()])
    traced = _median(lambda: [q.trace for q in quotes_for(product_ids=shown, terms=terms, at=moment).values()])
    cart = [(id_, Decimal(n % 30 + 1)) for n, id_ in enumerate(ids[:500])]
    large = [(id_, Decimal(n % 30 + 1)) for n, id_ in enumerate(ids)]
    past = moment - timedelta(days=500)
    tell([
        ("page of 24 without prices", f"{bare:.1f} ms"),
        ("own prices of the 24", f"{priced:.1f} ms: with them {(bare + priced) / bare:.2f} × the page without"),
        ("own prices of the 24 with the whole trace", f"{traced:.1f} ms: {(bare + traced) / bare:.2f} ×"),
        ("cart of 500 lines", f"{_median(lambda: price_lines(lines=cart, terms=terms, at=moment)):.0f} ms"),
        ("the same 500 days ago", f"{_median(lambda: price_lines(lines=cart, terms=terms, at=past)):.0f} ms"),
        ("order of 5,000 lines", f"{_median(lambda: price_lines(lines=large, terms=terms, at=moment)):.0f} ms"),
    ])  # fmt: skip


def _measure_sorting(seller_id: int, terms: Any) -> None:
    from zveno.base.clock import now
    from zveno.catalog.queries.listing import Wanted, find_products
    from zveno.catalog.rules.search import typed
    from zveno.pricing.queries.quotes import book_of
    from zveno.pricing.queries.ranking import own_price_order

    moment = now()

    def sorted_page(offset: int = 0, **asked: Any) -> Callable[[], Any]:
        def page() -> Any:
            priced = own_price_order(book=book_of(terms=terms, at=moment), terms=terms)
            return find_products(wanted=Wanted(seller_id=seller_id, priced=priced, **asked), offset=offset, limit=24)

        return page

    tell([
        ("first page by own price, 100,000 products", f"{_median(sorted_page(sort='price')):.0f} ms"),
        ("first page, the dearest first", f"{_median(sorted_page(sort='-price')):.0f} ms"),
        ("page 100 by own price", f"{_median(sorted_page(2400, sort='price')):.0f} ms"),
        ("a search by own price", f"{_median(sorted_page(sort='price', search=typed('люмика потолочный'))):.0f} ms"),
        ("the same search, the best match first", f"{_median(sorted_page(search=typed('люмика потолочный'))):.0f} ms"),
    ])  # fmt: skip


def _measure_list(terms: Any) -> None:
    """The whole range as a file: own prices, groups, stock; then the same without the file."""
    from zveno.base.clock import now
    from zveno.pricelists.queries.rows import price_rows
    from zveno.pricelists.rules.columns import Asked, Format
    from zveno.pricelists.sheets import written

    moment = now()
    asked = Asked()

    def rows() -> Any:
        return price_rows(asked=asked, terms=terms, today=moment.date(), now=moment)

    bare = Watch()
    count = sum(1 for row in rows() if row)
    told = [(f"rows of the price list, {count:,}", f"{bare.seconds:.1f} s")]
    for form in Format:
        watch = Watch()
        with written(rows(), asked, form) as stream:
            size = len(stream.read())
        told.append((f"the same as {form.value}, {size / 1e6:.0f} MB", f"{watch.seconds:.1f} s"))
    tell(told)


def _tell_sizes() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, pg_relation_size(oid) FROM pg_class WHERE relname LIKE '%price%' AND relkind IN ('r', 'i')"
            " ORDER BY 2 DESC LIMIT 6"
        )
        for name, size in cursor.fetchall():
            print(f"  {name:<40} {size / 1e6:>8,.0f} MB")


def _median(work: Callable[[], Any]) -> float:
    times = []
    for _ in range(ROUNDS):
        watch = Watch()
        work()
        times.append(watch.seconds * 1000)
    return statistics.median(times)
