"""A stream of messages in batches that fit one transaction, and the order of work within one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from zveno.exchange.applying.amounts import apply_prices, apply_stock
from zveno.exchange.applying.counterparties import apply_counterparty
from zveno.exchange.applying.course import Course
from zveno.exchange.applying.dictionaries import apply_dictionary
from zveno.exchange.applying.orders import apply_document, apply_order
from zveno.exchange.applying.products import apply_products
from zveno.exchange.rules.messages import (
    CategoryMessage,
    CounterpartyMessage,
    DocumentMessage,
    Doubt,
    ExportStarted,
    Message,
    OrderMessage,
    PriceKindMessage,
    PriceMessage,
    ProductKindMessage,
    ProductMessage,
    PropertyMessage,
    StockMessage,
    UnitMessage,
    WarehouseMessage,
)
from zveno.kit.errors import Fault

_MOST_WEIGHT = 12_000
_WEIGHTS: dict[type, int] = {ProductMessage: 6, OrderMessage: 240, DocumentMessage: 240}


def batches(messages: Iterable[Message]) -> Iterator[list[Message]]:
    """The messages in lists of about 2,000 products, 12,000 prices or 50 orders.

    Where the stream ends in a fault, what stood before it is given first.
    """
    batch: list[Message] = []
    weight = 0
    fault: Fault | None = None
    for message in _until_fault(messages):
        if isinstance(message, Fault):
            fault = message
            break
        # A block's head says how its products are to be taken: it begins a batch.
        if batch and (weight >= _MOST_WEIGHT or isinstance(message, ExportStarted)):
            yield batch
            batch, weight = [], 0
        batch.append(message)
        weight += _WEIGHTS.get(type(message), 1)
    if batch:
        yield batch
    if fault is not None:
        raise fault


def _until_fault(messages: Iterable[Message]) -> Iterator[Message | Fault]:
    try:
        yield from messages
    except Fault as fault:
        yield fault


def apply_batch(course: Course, batch: list[Message]) -> None:
    """Apply one batch: dictionaries first, then products, prices, stock, counterparties and orders."""
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
    for doubt in by_kind.get(Doubt, ()):
        course.doubt(doubt.code, place=doubt.place, **doubt.params)
