"""The rows of a price list, streamed: own prices from one statement, goods and stock a few thousand at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import islice

from zveno.catalog.queries.listing import ProductRow, offered_products, products_listed
from zveno.catalog.queries.placing import placed_in_order
from zveno.catalog.queries.tree import CatalogTree, catalog_tree
from zveno.partners.queries.actors import TermsValue
from zveno.pricelists.rules.columns import Asked, Column
from zveno.pricing.queries.quotes import quotes_in_order
from zveno.pricing.rules.deciding import Quote
from zveno.stock.queries.supply import ProductSupply, supply_of
from zveno.stock.rules.policy import Figure

Cell = str | Decimal | date | Figure | None
_PIECE = 2000


@dataclass(frozen=True, slots=True)
class _Line:
    card: ProductRow
    quote: Quote | None
    supply: ProductSupply | None


def count_of(*, asked: Asked, terms: TermsValue, now: datetime) -> int:
    """How many products the list will go through. One statement."""
    return offered_products(terms.seller_id, _groups(asked, terms, now)).count()


def price_rows(*, asked: Asked, terms: TermsValue, today: date, now: datetime) -> Iterator[list[Cell]]:
    """The cells of each product in the order of the tree, then of names, as the current scope sees them.

    A row comes for every product that the list goes through, empty where it is left out: so progress can be counted.
    """
    tree = catalog_tree(seller_id=terms.seller_id, now=now)
    products = offered_products(terms.seller_id, _groups(asked, terms, now))
    goods = placed_in_order(seller_id=terms.seller_id, products=products)
    priced = quotes_in_order(goods=goods, terms=terms, at=now, now=now)
    while piece := list(islice(priced, _PIECE)):
        ids = [product_id for product_id, _ in piece]
        cards = products_listed(product_ids=ids, seller_id=terms.seller_id)
        supply = (
            supply_of(product_ids=ids, sellers=[terms.seller_id], today=today, entity_id=terms.buyer_entity_id)
            if asked.needs_stock
            else {}
        )
        for product_id, quote in piece:
            line = _Line(cards[product_id], quote, supply.get(product_id)) if product_id in cards else None
            yield [] if line is None or _is_left_out(line, asked) else _cells(line, asked, tree)


def _groups(asked: Asked, terms: TermsValue, now: datetime) -> Sequence[int] | None:
    if asked.group_id is None:
        return None
    group = catalog_tree(seller_id=terms.seller_id, now=now).by_id.get(asked.group_id)
    return group.ids if group else ()


def _is_left_out(line: _Line, asked: Asked) -> bool:
    return asked.only_free and (line.supply is None or not line.supply.free_now)


def _cells(line: _Line, asked: Asked, tree: CatalogTree) -> list[Cell]:
    return [_cell(column, line, asked, tree) for column in asked.columns]


def _cell(column: Column, line: _Line, asked: Asked, tree: CatalogTree) -> Cell:
    card, quote = line.card, line.quote
    match column:
        case Column.CODE:
            return card.code
        case Column.NAME:
            return card.name
        case Column.BRAND:
            return card.brand
        case Column.GROUP:
            return " / ".join(group.name for group in tree.way_to(card.category_id))
        case Column.BARCODE:
            return card.barcodes[0] if card.barcodes else ""
        case Column.UNIT:
            return card.unit
        case Column.PACK:
            return card.pack_quantity
        case Column.PICTURE:
            is_there = card.picture_id is not None and asked.picture_before
            return f"{asked.picture_before}{card.picture_id}{asked.picture_after}" if is_there else ""
        case Column.FREE | Column.ARRIVES_ON | Column.ARRIVES:
            return _stock(column, line.supply)
    return _price(column, quote) if quote is not None else None


def _price(column: Column, quote: Quote) -> Cell:
    match column:
        case Column.PRICE:
            return quote.price
        case Column.LIST_PRICE:
            return quote.base
        case Column.DISCOUNT:
            return quote.discount_percent
        case Column.CURRENCY:
            return quote.currency
        case Column.VAT:
            return "+" if quote.vat_included else "−"
    return None


def _stock(column: Column, supply: ProductSupply | None) -> Cell:
    if supply is None:
        return None
    if column is Column.FREE:
        return supply.free_now
    arrival = supply.next_arrival
    if arrival is None:
        return None
    return arrival.due_on if column is Column.ARRIVES_ON else arrival.free
