"""Rows of contracts: columns, discounts, agreed prices, offers to everybody, statuses; how a seller's rules combine."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import ROUND_CEILING, Decimal
from typing import Any

from django.db import connection

from zveno.base.scope import entered, system_scope
from zveno.demo.loading.bulk import as_json, copy_rows
from zveno.demo.loading.goods import midnight
from zveno.demo.loading.partners import began_on, managers
from zveno.demo.rules import contracts, prices
from zveno.demo.rules.contracts import BY_GROUP, DECOR, OFFERS, STATUSES, Offer
from zveno.demo.rules.parties import FIRST_DEALER, SALES_HOUSE, Terms
from zveno.demo.rules.products import nodes
from zveno.demo.rules.supply import HOUSES
from zveno.demo.world import World
from zveno.orders.queries.pasts import pasts_of
from zveno.partners.queries.clients import client_entity_ids
from zveno.partners.queries.parties import terms_on
from zveno.pricing.actions.give_standing import weigh_standings
from zveno.pricing.queries.quotes import price_lines
from zveno.pricing.queries.standings import asked_now

_AUTHORED = ("recorded_at", "author_id", "author_name", "valid_from")
# The cart of the demo buyer comes to a little less than the first sum that lowers its prices.
_NEARLY = Decimal("1.04")
_ROUND = Decimal(5000)


def load(world: World) -> None:
    """Everything that is agreed or offered, before the orders."""
    copy_rows(
        "pricing.KindAssignment",
        ("seller_id", "buyer_entity_id", "category_id", "rank", "price_kind_id", "contract_number", *_AUTHORED),
        _columns(world),
    )
    _standings(world)
    copy_rows(
        "pricing.Discount",
        ("seller_id", "buyer_entity_id", "standing_id", "category_id", "brand", "layer", "threshold", "percent",
         "currency", "contract_number", *_AUTHORED),
        [*_contract_discounts(world), *(_offer(world, offer) for offer in OFFERS)],
    )  # fmt: skip
    _agreed_prices(world)
    _settings(world)


def weigh(world: World) -> None:
    """After the orders: who has ordered before, and which status each has reached; the sum the cart nearly reaches."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO pricing_firstorder (seller_id, buyer_entity_id, claimed_at) "
            "SELECT seller_id, buyer_entity_id, min(placed_at) FROM orders_order "
            "WHERE state NOT IN ('rejected', 'cancelled') GROUP BY 1, 2"
        )
    at = midnight(contracts.offered_from(world.today))
    with entered(system_scope()):
        months = {one.months for one in asked_now(seller_id=SALES_HOUSE, now=world.now)}
        clients = client_entity_ids(seller_id=SALES_HOUSE, on=world.today)
        pasts = pasts_of(seller_id=SALES_HOUSE, entity_ids=clients, months=months, now=at)
        weigh_standings(seller_id=SALES_HOUSE, pasts=pasts, now=at)


def near_the_cart(world: World) -> None:
    """Discounts for the order's sum whose first is a little above what the demo buyer's cart comes to."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT product_id, quantity FROM orders_cartline WHERE cart_id = 1")
        lines = cursor.fetchall()
    main = next(e.id for e in world.entities if e.company == FIRST_DEALER and e.is_default)
    with entered(system_scope()):
        terms = terms_on(entity_id=main, seller_id=SALES_HOUSE, day=world.today)
        found = price_lines(lines=lines, terms=terms, at=world.now).quotes
    total = sum((quote.total for quote in found if quote is not None), Decimal(0))
    first = (total * _NEARLY / _ROUND).to_integral_value(ROUND_CEILING) * _ROUND
    rungs = ((first, Decimal(2)), (first * 2, Decimal(3)), (first * 5, Decimal(5)))
    copy_rows(
        "pricing.Discount",
        ("seller_id", "layer", "threshold", "percent", "currency", *_AUTHORED),
        [
            (SALES_HOUSE, "order_sum", threshold, percent, "RUB", *_by_manager(world, SALES_HOUSE, 0))
            for threshold, percent in rungs
        ],
    )


def _columns(world: World) -> Iterator[tuple[Any, ...]]:
    decor = nodes()[1][(DECOR,)]
    for number, terms in enumerate(world.terms):
        signed = _signed(world, terms, number)
        for rank, kind in enumerate(contracts.columns_for(terms), 1):
            yield (terms.seller, terms.entity, None, rank, kind.id, terms.contract, *signed)
        if contracts.is_by_group(terms):
            yield (terms.seller, terms.entity, decor, 1, prices.RETAIL.id, terms.contract, *signed)


def _contract_discounts(world: World) -> Iterator[tuple[Any, ...]]:
    ids = nodes()[1]
    for number, terms in enumerate(world.terms):
        signed = _signed(world, terms, number)
        base = (terms.seller, terms.entity, None)
        if terms.discount:
            yield (*base, None, "", "contract", 0, terms.discount, "", terms.contract, *signed)
        if contracts.is_by_group(terms):
            for path, percent in BY_GROUP:
                yield (*base, ids[path], "", "contract", 0, percent, "", terms.contract, *signed)


def _offer(world: World, offer: Offer) -> tuple[Any, ...]:
    standing = next((at for at, one in enumerate(STATUSES, 1) if one[0] == offer.status), None)
    group = nodes()[1][offer.path] if offer.path else None
    currency = "RUB" if offer.layer == "order_sum" else ""
    return (offer.seller, None, standing, group, offer.brand, offer.layer, offer.threshold, offer.percent, currency, "",
            *_by_manager(world, offer.seller, 0))  # fmt: skip


def _standings(world: World) -> None:
    copy_rows(
        "pricing.Standing",
        ("id", "seller_id", "name", "position"),
        ((at, SALES_HOUSE, name, position) for at, (name, position, *_) in enumerate(STATUSES, 1)),
    )
    copy_rows(
        "pricing.StandingRule",
        ("seller_id", "standing_id", "test", "min_total", "months", "credit_limit", *_AUTHORED),
        (
            (SALES_HOUSE, at, test, least, 12, limit, *_by_manager(world, SALES_HOUSE, 0))
            for at, (_, _, test, least, limit) in enumerate(STATUSES, 1)
        ),
    )


def _agreed_prices(world: World) -> None:
    terms = next(one for one in world.terms if contracts.is_by_group(one) and not one.entity_is_daughter)
    since = world.now - timedelta(days=contracts.OFFERED_FOR_DAYS)
    author = _by_manager(world, SALES_HOUSE, 0)[:3]
    copy_rows(
        "pricing.IndividualPrice",
        ("seller_id", "buyer_entity_id", "product_id", "value", "min_quantity", "is_closed", "contract_number",
         *_AUTHORED),
        {
            (good.id, least): (SALES_HOUSE, terms.entity, good.id, price, least, is_final, terms.contract, *author,
                               since)
            for good, price, least, is_final in contracts.agreed(world.offered[SALES_HOUSE])
        }.values(),
    )  # fmt: skip


def _settings(world: World) -> None:
    sellers = sorted({house.seller for house in HOUSES})
    copy_rows(
        "pricing.Combination",
        ("seller_id", "mode", "cap_percent", "floor_kind_id", *_AUTHORED),
        (
            (seller, "chain" if seller == SALES_HOUSE else "largest", 60 if seller == SALES_HOUSE else None,
             prices.LOWEST.id if seller == SALES_HOUSE else None, *_by_manager(world, seller, 0))
            for seller in sellers
        ),
    )  # fmt: skip
    bands = [{"from": "0", "step": "0.01", "way": "nearest"}, {"from": "1000", "step": "1", "way": "nearest"}]
    copy_rows(
        "pricing.Rounding",
        ("seller_id", "currency", "bands", *_AUTHORED),
        [(SALES_HOUSE, "RUB", as_json(bands), *_by_manager(world, SALES_HOUSE, 0))],
    )


def _signed(world: World, terms: Terms, number: int) -> tuple[Any, ...]:
    """By whom and since when a contract holds."""
    return _author(world, terms.seller, number, midnight(began_on(world)))


def _by_manager(world: World, seller: int, number: int) -> tuple[Any, ...]:
    """By whom and since when an offer to everybody holds."""
    return _author(world, seller, number, midnight(contracts.offered_from(world.today)))


def _author(world: World, seller: int, number: int, since: datetime) -> tuple[Any, ...]:
    of_seller = managers(world)[seller]
    author = of_seller[number % len(of_seller)]
    return (since, author, next(p.name for p in world.people if p.id == author), since)
