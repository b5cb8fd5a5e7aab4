"""A page of the catalog and a search at 100,000 products, against a bare SELECT by key and the page without prices.

Everything is asked as a buyer's page asks it: inside its transaction, under the role of the buying section.
"""

from __future__ import annotations

import json
import random
import statistics
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

from bench._ground import Watch, fresh_house, tell

PRODUCTS = 100_000
GROUPS = 200
ROUNDS = 15
KINDS = ("Лампа", "Светильник", "Розетка", "Выключатель", "Кабель", "Карниз", "Плинтус", "Молдинг", "Обои", "Краска")
TRAITS = ("потолочный", "настенный", "гладкий", "матовый", "влагостойкий", "накладной", "встроенный", "тонкий")
COLOURS = ("белый", "чёрный", "золото", "серый", "бежевый", "дуб", "орех", "графит")
MAKERS = ("Люмика", "Орнель", "Токанто", "Тонара", "Щитовик", "Кабельяр")


def main() -> None:
    """Fill the catalog, then print medians and ratios, and which indexes were used."""
    with fresh_house():
        from tests import world

        seller, dealer = world.seller("Свет"), world.dealer("Лампочка")
        kind = world.price_kind(seller)
        world.terms(seller, dealer.entity, price_kind=kind, discount_percent=7)
        watch = Watch()
        _fill(seller.company.pk, kind.pk, world.warehouse(seller).pk)
        print(f"  {PRODUCTS:,} products in {watch.seconds:.0f} s")
        _measure(seller.company.pk, dealer)
        _measure_pages(dealer)


def _fill(seller_id: int, kind_id: int, warehouse_id: int) -> None:
    from django.db import connection

    from zveno.catalog.models import Category
    from zveno.catalog.rules.search import search_text
    from zveno.kit.codes import fold_code

    groups = [Category(owner_id=seller_id, name=f"Группа {n}", path="") for n in range(GROUPS)]
    Category.objects.bulk_create(groups)
    for group in groups:
        group.path = f"/{group.pk}/"
    Category.objects.bulk_update(groups, ["path"])
    now, dice = datetime.now(UTC), random.Random(5)
    with connection.cursor() as cursor:
        columns = "owner_id, category_id, code, code_folded, name, brand, description, unit, unit_code, pack_quantity"
        columns += ", attributes, barcodes, has_variants, search_text, updated_at"
        with cursor.copy(f"COPY catalog_product ({columns}) FROM STDIN") as copy:
            for number in range(PRODUCTS):
                code = f"{dice.choice('АВЕКМ')}{dice.choice('ТНРС')}-{number:06}"
                maker, colour = dice.choice(MAKERS), dice.choice(COLOURS)
                name = f"{dice.choice(KINDS)} {maker} {dice.choice(TRAITS)} {colour} {dice.randint(1, 400)} мм"
                barcode = f"46{number:011}"
                length, grade = f"{dice.randint(1, 30)} м", f"IP{dice.choice((20, 44, 65))}"
                facts = json.dumps({"Цвет": colour, "Длина": length, "Класс": grade})
                text = search_text(code=code, name=name, brand=maker, barcodes=[barcode])
                whose = (seller_id, groups[number % GROUPS].pk, code, fold_code(code), name, maker)
                copy.write_row((*whose, "", "шт", "796", 1, facts, f"{{{barcode}}}", False, text, now))
        cursor.execute(
            "INSERT INTO catalog_listing (seller_id, product_id, category_id, is_active, listed_at)"
            " SELECT owner_id, id, category_id, true, %s FROM catalog_product",
            [now],
        )
        cursor.execute(
            "INSERT INTO pricing_price (seller_id, price_kind_id, product_id, value, min_quantity, valid_from,"
            " confirmed_at) SELECT %s, %s, id, 100 + id %% 900, 0, %s, %s FROM catalog_product",
            [seller_id, kind_id, now - timedelta(days=9), now],
        )
        cursor.execute(
            "INSERT INTO stock_balance (seller_id, warehouse_id, product_id, on_hand, reserved, confirmed_at)"
            " SELECT %s, %s, id, id %% 50, 0, %s FROM catalog_product",
            [seller_id, warehouse_id, now],
        )
        cursor.execute("VACUUM ANALYZE" if not connection.in_atomic_block else "ANALYZE")


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


def _measure(seller_id: int, dealer: Any) -> None:
    from zveno.base.clock import now
    from zveno.catalog.queries.facets import summary_of
    from zveno.catalog.queries.listing import Wanted, find_products
    from zveno.catalog.queries.tree import catalog_tree, forget_tree
    from zveno.catalog.rules.search import typed
    from zveno.pricing.queries.quotes import quotes_for
    from zveno.stock.queries.supply import supply_of

    with _as_buyer(dealer) as actor:
        terms, moment = actor.terms[0], now()
        group = next(iter(catalog_tree(seller_id=seller_id, now=moment).by_id))

        def page(**asked: Any) -> Callable[[], Any]:
            return lambda: find_products(wanted=Wanted(seller_id=seller_id, **asked), limit=24)

        ids = [row.id for row in page()().rows]
        prices = _median(lambda: quotes_for(product_ids=ids, terms=terms, at=moment))
        stock = _median(
            lambda: supply_of(
                product_ids=ids, sellers=[seller_id], today=moment.date(), entity_id=terms.buyer_entity_id
            )
        )
        bare, first = _median(lambda: _by_key(ids)), _median(page())
        with_prices = first + prices + stock
        rows = [
            ("24 rows by their keys, bare", f"{bare:.1f} ms"),
            ("page of 24 without prices", _ratio(first, bare, "of the bare rows")),
            ("page of 24 with own prices and stock", _ratio(with_prices, first, "of the page without")),
            ("a group of 500", _ratio(_median(page(groups=[group])), bare, "of the bare rows")),
            ("page 40 of the whole", _ratio(_median(_deep(seller_id)), bare, "of the bare rows")),
        ]
        for words in ("люмика", "лампа матовый золото", "AH-0123", "4600000012345", "светильник 120", "св", "лапма"):
            search = page(search=typed(words))
            rows.append((f"search «{words}»", _ratio(_median(search), bare, f"of the bare rows, {_found(search)}")))
        facets = _median(lambda: summary_of(wanted=Wanted(seller_id=seller_id, groups=[group])))
        wide = _median(lambda: summary_of(wanted=Wanted(seller_id=seller_id)))
        rows.append(("count and filters of a group", f"{facets:.1f} ms"))
        rows.append(("count and filters of everything (capped)", f"{wide:.1f} ms"))

        def tree() -> None:
            forget_tree(seller_id=seller_id)
            catalog_tree(seller_id=seller_id, now=moment)

        rows.append(("tree with counts, once a minute", f"{_median(tree):.0f} ms"))
        tell(rows)
        _tell_plans(seller_id)


def _deep(seller_id: int) -> Callable[[], Any]:
    from zveno.catalog.queries.listing import Wanted, find_products

    return lambda: find_products(wanted=Wanted(seller_id=seller_id), offset=39 * 24, limit=24)


def _tell_plans(seller_id: int) -> None:
    from zveno.catalog.queries.listing import Wanted, matching
    from zveno.catalog.rules.search import typed

    for words in ("люмика", "AH-0123"):
        plan = matching(Wanted(seller_id=seller_id, search=typed(words))).order_by("name", "id")[:25].explain()
        used = sorted(
            {line.split(" on ")[-1].split()[0] for line in plan.splitlines() if "Index" in line and " on " in line}
        )
        print(f"  plan of «{words}» as {_role()}: {', '.join(used)}")


def _measure_pages(dealer: Any) -> None:
    from django.test import Client

    client = Client(HTTP_HOST="localhost")
    client.force_login(dealer.buyer)
    client.get("/buy/")
    whole = _median(lambda: client.get("/buy/"))
    typed = _median(lambda: client.get("/buy/?q=лампа", headers={"HX-Request": "true"}))
    tell([("the whole page, drawn", f"{whole:.0f} ms"), ("what follows typing, drawn", f"{typed:.0f} ms")])


def _by_key(ids: list[int]) -> list[Any]:
    from zveno.catalog.models import Product

    return list(Product.objects.filter(pk__in=ids).values_list("id", "code", "name"))


def _role() -> str:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        return str(cursor.fetchone()[0])


def _found(search: Callable[[], Any]) -> str:
    found = search()
    return f"{len(found.rows)}{'+' if found.more else ''} found{' by likeness' if found.alike else ''}"


def _median(work: Callable[[], Any]) -> float:
    times = []
    for _ in range(ROUNDS):
        watch = Watch()
        work()
        times.append(watch.seconds * 1000)
    return statistics.median(times)


def _ratio(value: float, base: float, of: str) -> str:
    return f"{value:.1f} ms, {value / base:.1f} × {of}"
