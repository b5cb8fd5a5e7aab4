"""Prices of many products at once, for one buyer: what a list shows, what an order comes to, what was on a day."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from zveno.catalog.queries.placing import Fragment
from zveno.partners.queries.actors import TermsValue
from zveno.pricing.queries.facts import read_book, read_facts, read_list
from zveno.pricing.rules.deciding import Quote, decide, decide_order
from zveno.pricing.rules.facts import Book
from zveno.pricing.rules.hints import Offer, offers_ahead

# A product and its quantity; None for the least that can be ordered.
Wanted = tuple[int, Decimal | None]


@dataclass(frozen=True, slots=True)
class Deal:
    """Who buys from whom: what prices ask of terms."""

    seller_id: int
    buyer_entity_id: int


@dataclass(frozen=True, slots=True)
class OrderPrices:
    """The price of each line, None on request; `ahead`: what a larger sum of the order would give."""

    quotes: tuple[Quote | None, ...] = ()
    ahead: tuple[Offer, ...] = ()
    # Nothing was ordered before: whoever places the order claims to be the first.
    is_first_order: bool = False


def quotes_for(*, product_ids: Collection[int], terms: TermsValue | None, at: datetime) -> dict[int, Quote]:
    """The price of each product by `terms` at the moment `at`, for the least that can be ordered. One SQL statement.

    Products without a price are missing: they are orderable on request only. Without terms there are no prices.
    """
    if terms is None or not product_ids:
        return {}
    book, goods = read_facts(seller_id=terms.seller_id, entity_id=terms.buyer_entity_id, product_ids=product_ids, at=at)
    found = {key: decide(book, one) for key, one in goods.items()}
    return {key: quote for key, quote in found.items() if quote is not None}


def price_lines(*, lines: Sequence[Wanted], terms: TermsValue | Deal | None, at: datetime) -> OrderPrices:
    """The prices of an order of `lines` (product, quantity), in their order. One SQL statement."""
    if terms is None or not lines:
        return OrderPrices(tuple(None for _ in lines))
    ids = {product_id for product_id, _ in lines}
    book, goods = read_facts(seller_id=terms.seller_id, entity_id=terms.buyer_entity_id, product_ids=ids, at=at)
    known = [(goods[product_id], quantity) if product_id in goods else None for product_id, quantity in lines]
    priced = iter(decide_order(book, [line for line in known if line is not None]))
    quotes = tuple(next(priced) if line is not None else None for line in known)
    return OrderPrices(quotes, offers_ahead(quotes), book.is_first_order)


def book_of(*, terms: TermsValue, at: datetime) -> Book:
    """The buyer's rules with the seller. One SQL statement."""
    return read_book(seller_id=terms.seller_id, entity_id=terms.buyer_entity_id, at=at)


def quotes_in_order(
    *, goods: Fragment, terms: TermsValue, at: datetime, now: datetime
) -> Iterator[tuple[int, Quote | None]]:
    """(product, price or None) of a whole list in its order, streamed. One SQL statement; `goods` as in `read_list`."""
    facts = read_list(seller_id=terms.seller_id, entity_id=terms.buyer_entity_id, goods=goods, at=at, now=now)
    return ((one.product_id, decide(book, one)) for book, one in facts)
