"""One batch of messages: the order of work within it."""

from __future__ import annotations

from typing import Any

from zveno.exchange.applying.amounts import apply_prices, apply_stock
from zveno.exchange.applying.counterparties import apply_counterparty
from zveno.exchange.applying.course import Course
from zveno.exchange.applying.dictionaries import apply_dictionary
from zveno.exchange.applying.orders import apply_document, apply_order
from zveno.exchange.applying.products import apply_products
from zveno.exchange.applying.settlements import apply_balances, apply_settlements
from zveno.exchange.rules.messages import (
    BalanceMessage,
    CategoryMessage,
    CounterpartyMessage,
    DocumentMessage,
    Doubt,
    Message,
    OrderMessage,
    PriceKindMessage,
    PriceMessage,
    ProductKindMessage,
    ProductMessage,
    PropertyMessage,
    SettlementMessage,
    StockMessage,
    UnitMessage,
    WarehouseMessage,
)


def apply_batch(course: Course, batch: list[Message]) -> None:
    """Apply one batch: dictionaries first, then products, prices, stock, counterparties, orders, settlements."""
    by_kind: dict[type, list[Any]] = {}
    for message in batch:
        by_kind.setdefault(type(message), []).append(message)
        course.hear(message)
    for kind in (UnitMessage, CategoryMessage, PropertyMessage, ProductKindMessage, PriceKindMessage, WarehouseMessage):
        for told in by_kind.get(kind, ()):
            apply_dictionary(course, told)
    apply_products(course, by_kind.get(ProductMessage, []))
    apply_prices(course, by_kind.get(PriceMessage, []))
    apply_stock(course, by_kind.get(StockMessage, []))
    for told in by_kind.get(CounterpartyMessage, ()):
        apply_counterparty(course, told)
    for told in by_kind.get(OrderMessage, ()):
        apply_order(course, told)
    for told in by_kind.get(DocumentMessage, ()):
        apply_document(course, told)
    apply_settlements(course, by_kind.get(SettlementMessage, []))
    apply_balances(course, by_kind.get(BalanceMessage, []))
    for doubt in by_kind.get(Doubt, ()):
        course.doubt(doubt.code, place=doubt.place, **doubt.params)
