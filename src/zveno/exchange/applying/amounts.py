"""Prices and stock of a batch."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from django.utils.translation import gettext as _

from zveno.exchange.applying.course import Course
from zveno.exchange.applying.dictionaries import warehouse_by_name
from zveno.exchange.applying.refs import Ref
from zveno.exchange.rules.messages import PriceMessage, StockMessage
from zveno.exchange.rules.translating import unit_price
from zveno.kit.quantity import LARGEST
from zveno.pricing.actions.take_prices import PriceTold, take_prices
from zveno.stock.actions.take_stock_report import ShelfTold, StockMeans, take_stock_report


def apply_prices(course: Course, messages: Sequence[PriceMessage]) -> None:
    """Take the prices of a batch; one of an unknown product or column, or in a wrong currency, is refused alone."""
    known = _products(course, messages)
    rows: list[PriceTold] = []
    for message in messages:
        row = _price(course, message, known)
        if row is not None:
            rows.append(row)
    if rows:
        counts = take_prices(seller_id=course.seller_id, rows=rows, at=course.at)
        # Of a price told twice the last counts; the others said nothing new.
        repeated = len(rows) - counts.created - counts.changed - counts.unchanged
        course.count("price", "created", counts.created)
        course.count("price", "changed", counts.changed)
        course.count("price", "unchanged", counts.unchanged + repeated)


def apply_stock(course: Course, messages: Sequence[StockMessage]) -> None:
    """Take the stock of a batch. A warehouse that was never told gets a name of its own, and a doubt says so."""
    known = _products(course, messages)
    rows: list[ShelfTold] = []
    for message in messages:
        product = known.get(message.product_external_id)
        if product is None:
            course.refuse("stock", "product_unknown", message.product_external_id)
        elif not 0 <= message.quantity <= LARGEST:
            course.refuse("stock", "quantity_out_of_range", message.product_external_id, value=str(message.quantity))
        else:
            rows.append(ShelfTold(_warehouse(course, message), product.object_id, message.quantity))
    if rows:
        means = cast("StockMeans", course.options.get("stock_means", "on_hand"))
        counts = take_stock_report(seller_id=course.seller_id, rows=rows, at=course.at, stock_means=means)
        repeated = len(rows) - counts.created - counts.changed - counts.unchanged
        course.count("stock", "created", counts.created)
        course.count("stock", "changed", counts.changed)
        course.count("stock", "unchanged", counts.unchanged + repeated)


def _products(course: Course, messages: Sequence[PriceMessage] | Sequence[StockMessage]) -> dict[str, Ref]:
    return course.refs.find("product", {message.product_external_id for message in messages})


def _price(course: Course, message: PriceMessage, known: dict[str, Ref]) -> PriceTold | None:
    product = known.get(message.product_external_id)
    kind_id = course.price_kinds.get(message.price_kind_external_id)
    value = unit_price(message)
    if product is None:
        course.refuse("price", "product_unknown", message.product_external_id)
    elif kind_id is None:
        course.refuse(
            "price", "price_kind_unknown", message.product_external_id, price_kind=message.price_kind_external_id
        )
    elif value is None:
        course.refuse("price", "price_out_of_range", message.product_external_id, value=str(message.value))
    elif message.currency and message.currency != course.currencies.get(kind_id, message.currency):
        course.refuse(
            "price",
            "price_currency_differs",
            message.product_external_id,
            told=message.currency,
            expected=course.currencies[kind_id],
        )
    else:
        least = message.min_quantity if message.min_quantity and 0 < message.min_quantity <= LARGEST else None
        return (
            PriceTold(kind_id, product.object_id, value, least)
            if least
            else PriceTold(kind_id, product.object_id, value)
        )
    return None


def _warehouse(course: Course, message: StockMessage) -> int:
    external_id = message.warehouse_external_id
    if external_id not in course.warehouses:
        total = str(course.options.get("total_warehouse", "")).strip() or _("Main warehouse")
        name = _("Warehouse %(id)s") % {"id": external_id[:8]} if external_id else total
        warehouse_by_name(course, external_id, name)
        if external_id:
            course.doubt_once("warehouse_undescribed", external_id, warehouse=external_id, name=name)
    return course.warehouses[external_id]
