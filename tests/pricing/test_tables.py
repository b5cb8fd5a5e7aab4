"""Random worlds in the tables: read in one statement they give the oracle's prices, and a list goes in their order."""

from __future__ import annotations

import random
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any
from unittest import mock

import pytest
from django.db import transaction
from tests.deals import NOW
from tests.pricing import oracle, worlds
from tests.pricing.planted_worlds import Ground, ground, plant

from zveno.catalog.queries import listing
from zveno.catalog.queries.listing import Wanted, find_products
from zveno.pricing.queries.quotes import book_of, price_lines, quotes_for
from zveno.pricing.queries.ranking import own_price_order

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def at(django_db_setup: None, django_db_blocker: Any) -> Any:
    with django_db_blocker.unblock(), transaction.atomic():
        yield ground()
        transaction.set_rollback(True)


def compare(at: Ground, seed: int) -> None:
    dice = random.Random(seed)
    made = worlds.world(dice, products=dice.choice((3, 9)))
    quantities = [dice.choice((1, 5, 10, 50, 100)) for _ in made["products"]]
    products = plant(at, made)
    with at.deal.buying() as actor:
        terms = actor.terms_with(at.deal.seller_id)
        assert terms is not None
        lines = [(products[told["id"]].pk, Decimal(n)) for told, n in zip(made["products"], quantities, strict=True)]
        priced = price_lines(lines=lines, terms=terms, at=NOW).quotes
        ought = oracle.price_of_order(made, list(zip(made["products"], quantities, strict=True)))
        assert [(Fraction(q.price), q.currency) if q else None for q in priced] == ought, seed
        in_order(at, terms, [product.pk for product in products.values()], seed)


def in_order(at: Ground, terms: Any, ids: list[int], seed: int) -> None:
    quotes = quotes_for(product_ids=ids, terms=terms, at=NOW)
    priced = own_price_order(book=book_of(terms=terms, at=NOW), terms=terms)
    for sort, sign in (("price", 1), ("-price", -1)):
        wanted = Wanted(seller_id=at.deal.seller_id, sort=sort, priced=priced)
        found = [row.id for row in find_products(wanted=wanted, limit=50).rows if row.id in ids]
        ought = sorted(ids, key=lambda id_: _place(quotes.get(id_), sign, id_))
        assert found == ought, (seed, sort)
        # Of a long list only the nearest are priced, where they prove the page.
        for count, limit in ((1, 1), (2, 1), (4, 2)):
            with mock.patch.object(listing, "_NEAREST", (count,)), mock.patch.object(listing, "_TIMES", 0):
                page = find_products(wanted=replace(wanted, among=ids), limit=limit).rows
            assert [row.id for row in page] == ought[:limit], (seed, sort, count)


def _place(quote: Any, sign: int, id_: int) -> tuple[Any, ...]:
    return (quote is None, quote.currency if quote else "", sign * quote.price if quote else 0, id_)


@pytest.mark.parametrize("seed", range(12))
def test_the_tables_give_the_price_and_the_order_that_the_facts_give(at: Ground, seed: int) -> None:
    compare_and_forget(at, seed)


@pytest.mark.slow
@pytest.mark.parametrize("part", range(10))
def test_the_same_in_three_hundred_worlds(at: Ground, part: int) -> None:
    first = 1000 + part * 30
    for seed in range(first, first + 30):
        compare_and_forget(at, seed)


def compare_and_forget(at: Ground, seed: int) -> None:
    with transaction.atomic():
        compare(at, seed)
        transaction.set_rollback(True)
