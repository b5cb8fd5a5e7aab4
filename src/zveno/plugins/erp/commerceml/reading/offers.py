"""`Предложение`: a variant or a product as it is sold: what describes it, its prices, its stock."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from zveno.exchange.rules.messages import PriceMessage, ProductMessage, StockMessage
from zveno.plugins.erp.commerceml.reading.cards import Card, as_message, identify, take
from zveno.plugins.erp.commerceml.reading.context import Reading
from zveno.plugins.erp.commerceml.reading.elements import Element, attribute, child, child_text, local, text, texts
from zveno.plugins.erp.commerceml.reading.units import resolve_unit
from zveno.plugins.erp.commerceml.reading.values import parse_flag

_STOCK = frozenset({"Количество", "Склад", "Склады", "Остатки", "КоличествоНаСкладах"})


def read_offer(element: Element, reading: Reading) -> Iterator[ProductMessage | PriceMessage | StockMessage]:
    """What an offer tells: the product if it describes one (partial), then prices, then stock."""
    card = Card()
    priced: list[Element] = []
    stocked: list[Element] = []
    for sub in element:
        name = local(sub)
        if name == "Цены":
            priced.append(sub)
        elif name in _STOCK:
            stocked.append(sub)
        else:
            take(sub, name, card, reading)
    if attribute(element, "Статус"):
        card.described = True
    external_id, base_id = identify(element, reading, card.texts)
    if not external_id:
        return
    if card.tells_something():
        yield as_message(element, card, external_id, base_id, reading, partial=True)
    for prices in priced:
        for price in prices:
            yield from _read_price(price, external_id, reading)
    yield from _read_stock(stocked, external_id, reading)


def _read_price(element: Element, product_id: str, reading: Reading) -> Iterator[PriceMessage]:
    told = texts(element)
    kind_id = told.get("ИдТипаЦены", "")
    if not kind_id:
        reading.doubt(element, "price_kind_missing", product=product_id)
        return
    raw = told.get("ЦенаЗаЕдиницу", "")
    value = reading.number(element, raw, what="price")
    if value is None:
        if not raw:
            reading.doubt(element, "price_missing", product=product_id)
        return
    if value < 0:
        reading.doubt(element, "price_negative", product=product_id, value=raw)
        return
    kind = reading.dictionaries.price_kinds.get(kind_id)
    currency = reading.currency(element, told.get("Валюта", "")) or (kind.currency if kind else "")
    unit = resolve_unit(told.get("Единица", ""), reading)
    tax = child(element, "Налог")
    yield PriceMessage(
        product_id,
        kind_id,
        value,
        currency,
        unit.code,
        unit.name,
        _ratio(element, told.get("Коэффициент", ""), reading),
        reading.number(element, told.get("МинКоличество", ""), what="min_quantity"),
        parse_flag(child_text(tax, "УчтеноВСумме")) if tax is not None else None,
        reading.source_time,
    )


def _ratio(element: Element, raw: str, reading: Reading) -> Decimal:
    ratio = reading.number(element, raw, what="ratio")
    return ratio if ratio and ratio > 0 else Decimal(1)


def _read_stock(elements: list[Element], product_id: str, reading: Reading) -> Iterator[StockMessage]:
    total: StockMessage | None = None
    by_warehouse: dict[str, StockMessage] = {}
    for element in elements:
        for entry, warehouse_id, raw in _stock_entries(element):
            quantity = _quantity(entry, raw, product_id, reading)
            if quantity is None:
                continue
            message = StockMessage(product_id, warehouse_id, quantity, reading.source_time)
            if warehouse_id:
                by_warehouse[warehouse_id] = message
            else:
                total = message
    if by_warehouse:
        if total is not None and total.quantity < sum(stock.quantity for stock in by_warehouse.values()):
            reading.doubt(elements[0], "stock_exceeds_total", product=product_id, total=str(total.quantity))
        yield from by_warehouse.values()
    elif total is not None:
        yield total


def _stock_entries(element: Element) -> Iterator[tuple[Element, str, str]]:
    """(element, warehouse id or `""`, quantity as told) of every form stock is written in."""
    name = local(element)
    if name == "Количество":
        yield element, "", text(element)
    elif name == "Склад" or (name == "КоличествоНаСкладе" and len(element)):
        told = texts(element)
        warehouse_id = attribute(element, "ИдСклада") or told.get("ИдСклада", "") or told.get("Ид", "")
        quantity = attribute(element, "КоличествоНаСкладе") or attribute(element, "Количество")
        yield element, warehouse_id, quantity or told.get("КоличествоНаСкладе", "") or told.get("Количество", "")
    elif name in ("Остатки", "Остаток", "Склады", "КоличествоНаСкладах"):
        for sub in element:
            yield from _stock_entries(sub)


def _quantity(element: Element, raw: str, product_id: str, reading: Reading) -> Decimal | None:
    quantity = reading.number(element, raw, what="quantity")
    if quantity is not None and quantity < 0:
        reading.doubt(element, "quantity_negative", product=product_id, value=raw)
        return Decimal(0)
    return quantity
