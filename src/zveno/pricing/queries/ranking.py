"""The order of a list by own price: in SQL, of a long list the likeliest first, with the proof that they are."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from zveno.catalog.queries.placing import Fragment, Priced
from zveno.partners.queries.actors import TermsValue
from zveno.pricing.queries.ranking_statement import LISTED_LAYERS, PERIOD, prices_statement, rules_of_products
from zveno.pricing.rules.decisions import left_after
from zveno.pricing.rules.facts import HUNDRED, ZERO, Book, Layer, Mode, Rung
from zveno.pricing.rules.rounding import band_of, bands_for, rounded

# ruff: noqa: S608 - composed of constants and placeholders


def own_price_order(*, book: Book, terms: TermsValue) -> Priced:
    """How a list goes by what the buyer pays for the least that can be ordered."""
    return Priced(
        prices=lambda are_few: prices_statement(book, terms, are_few=are_few),
        near=lambda count, descending: _near(book, terms, count, descending),
        proves=lambda price, ends, descending: _proves(book, price, ends, descending),
    )


def _near(book: Book, terms: TermsValue, count: int, descending: bool) -> Fragment | None:
    """The cheapest (or dearest) of each column, and every product with rules or prices of its own."""
    if len({column.currency for column in book.columns}) != 1:
        return None
    way = "DESC" if descending else "ASC"
    kinds = list(dict.fromkeys(column.kind_id for column in book.columns))
    parts = [
        f"""(SELECT {place}, p.product_id, p.value FROM pricing_price p WHERE p.price_kind_id = {kind} AND p.value > 0
            AND (p.valid_to IS NULL OR p.ends_ahead) ORDER BY p.value {way} LIMIT {count})"""
        for place, kind in enumerate(kinds)
    ]
    params: list[Any] = []
    for table in ("pricing_kindassignment", "pricing_discount"):
        rules, told = rules_of_products(book, terms, table)
        parts.append(f"SELECT -1, product_id, NULL::numeric FROM ({rules}) AS r")
        params += told
    parts.append(
        f"""SELECT -1, r.product_id, NULL::numeric FROM pricing_individualprice r
        WHERE r.buyer_entity_id = %s AND r.seller_id = %s AND {PERIOD}"""
    )
    params += [terms.buyer_entity_id, terms.seller_id, book.at, book.at]
    return Fragment(f"SELECT * FROM ({' UNION ALL '.join(parts)}) AS near (place, product_id, value)", tuple(params))


def _proves(book: Book, price: Decimal | None, ends: Sequence[Decimal | None], descending: bool) -> bool:
    """Whether a product beyond the last value of each column costs more (or less) than `price` for certain.

    It costs no more than its base rounded, and no less than its base with the most that all discounts could take off.
    """
    if price is None:
        return False
    currency = book.columns[0].currency
    bands = bands_for(book.bands.get(currency, ()), currency)
    least = ZERO if descending else _least_share(book)
    for end in (one for one in ends if one is not None):
        farthest = end if descending else end * least
        after = rounded(farthest, band_of(bands, farthest), currency) if farthest > 0 else ZERO
        if price <= max(after, farthest) if descending else price >= min(after, farthest):
            return False
    return True


def _least_share(book: Book) -> Decimal:
    """What the largest discounts that stand in the book would leave together."""
    rungs = [rung for ladder in book.ladders if ladder.layer in LISTED_LAYERS for rung in ladder.rungs]
    largest: dict[Layer, Rung] = {}
    for rung in sorted(rungs, key=lambda rung: rung.percent):
        largest[rung.layer] = rung
    share = left_after(list(largest.values()), book.mode)
    if book.mode is Mode.LARGEST:
        share = min((1 - rung.percent / HUNDRED for rung in rungs), default=Decimal(1))
    return share if book.cap_percent is None else max(share, 1 - book.cap_percent / HUNDRED)
