"""`Документ`: an order with its state, or what follows an order: shipment, payment, return, invoice."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time
from decimal import Decimal

from zveno.exchange.rules.messages import DocumentKind, DocumentMessage, OrderMessage
from zveno.plugins.erp.commerceml.reading.context import Reading
from zveno.plugins.erp.commerceml.reading.counterparties import read_counterparty, read_role
from zveno.plugins.erp.commerceml.reading.elements import Element, attribute, child, child_text, children, texts
from zveno.plugins.erp.commerceml.reading.lines import read_discounts, read_lines, read_tax
from zveno.plugins.erp.commerceml.reading.requisites import requisite_pairs
from zveno.plugins.erp.commerceml.reading.states import OrderState, read_state
from zveno.plugins.erp.commerceml.reading.values import parse_flag

OPERATIONS = {
    "заказ товара": DocumentKind.ORDER,
    "заказ клиента": DocumentKind.ORDER,
    "заказ": DocumentKind.ORDER,
    "счет на оплату": DocumentKind.INVOICE,
    "счет": DocumentKind.INVOICE,
    "отпуск товара": DocumentKind.SHIPMENT,
    "реализация товаров": DocumentKind.SHIPMENT,
    "возврат товара": DocumentKind.RETURN,
    "выплата безналичных денег": DocumentKind.PAYMENT,
    "выплата наличных денег": DocumentKind.PAYMENT,
    "эквайринговая операция": DocumentKind.PAYMENT,
    "оплата": DocumentKind.PAYMENT,
    "возврат безналичных денег": DocumentKind.REFUND,
    "возврат наличных денег": DocumentKind.REFUND,
}


def read_document(element: Element, reading: Reading) -> Iterator[OrderMessage | DocumentMessage]:
    """An order, or a document that follows one. Without an id and a number it is doubted and passed over."""
    told = texts(element)
    external_id = told.get("Ид", "") or told.get("Номер", "")
    if not external_id:
        reading.doubt(element, "id_missing", name=told.get("ХозОперация", ""))
        return
    kind = _kind(element, told.get("ХозОперация", ""), reading)
    if kind is DocumentKind.ORDER:
        yield _read_order(element, external_id, told, reading)
    else:
        yield _read_following(element, external_id, kind, told, reading)


def _kind(element: Element, operation: str, reading: Reading) -> DocumentKind:
    if not operation:
        return DocumentKind.ORDER
    kind = OPERATIONS.get(" ".join(operation.lower().split()), DocumentKind.OTHER)
    if kind is DocumentKind.OTHER:
        reading.doubt_once(element, "operation_unknown", operation, value=operation)
    return kind


def _read_order(element: Element, external_id: str, told: dict[str, str], reading: Reading) -> OrderMessage:
    state = _state(element, reading)
    vat = read_tax(element, reading)
    agreement = child(element, "Соглашение")
    return OrderMessage(
        external_id=external_id,
        number=told.get("Номер", ""),
        ordered_on=_day(element, told.get("Дата", ""), reading),
        ordered_time=_clock(element, told, reading),
        role=read_role(told.get("Роль", "")),
        currency=reading.currency(element, told.get("Валюта", "")),
        rate=_positive(reading.number(element, told.get("Курс", ""), what="rate")),
        total=reading.number(element, told.get("Сумма", ""), what="total"),
        vat_included=vat.included,
        vat_sum=vat.amount,
        discount_sum=read_discounts(element, reading)[1],
        counterparties=tuple(read_counterparty(entry) for block in children(element, "Контрагенты") for entry in block),
        organization=told.get("Организация", "") or state.organization,
        warehouse=told.get("Склад", "") or state.warehouse,
        agreement=child_text(agreement, "Наименование") if agreement is not None else "",
        comment=told.get("Комментарий", ""),
        lines=read_lines(element, reading),
        erp_number=told.get("Номер1С", "") or state.erp_number,
        erp_on=_day(element, told.get("Дата1С", ""), reading) or state.erp_on,
        posted=_first(parse_flag(told.get("Проведен", "")), state.posted),
        deleted=_first(_deleted(element, told), state.deleted),
        cancelled=_first(parse_flag(told.get("Отменен", "")), state.cancelled),
        status=state.status,
        status_changed_at=state.status_changed_at,
        paid=state.paid,
        shipped=state.shipped,
        paid_on=state.paid_on,
        payment_number=state.payment_number,
        shipped_on=state.shipped_on,
        shipment_number=state.shipment_number,
        ship_by=state.ship_by,
        payment_method=state.payment_method,
        delivery_method=state.delivery_method,
        delivery_address=state.delivery_address,
        author=told.get("Менеджер", "") or told.get("Ответственный", "") or state.author,
        properties=tuple(state.properties),
        documents=tuple(_subordinate(element, external_id, reading)),
    )


def _read_following(
    element: Element, external_id: str, kind: DocumentKind, told: dict[str, str], reading: Reading, order_id: str = ""
) -> DocumentMessage:
    state = _state(element, reading)
    return DocumentMessage(
        external_id=external_id,
        kind=kind,
        operation=told.get("ХозОперация", ""),
        order_external_id=told.get("Основание", "") or order_id,
        number=told.get("Номер", ""),
        erp_number=told.get("Номер1С", "") or state.erp_number,
        issued_on=_day(element, told.get("Дата1С", "") or told.get("Дата", ""), reading),
        issued_time=_clock(element, told, reading),
        currency=reading.currency(element, told.get("Валюта", "")),
        total=reading.number(element, told.get("Сумма", ""), what="total"),
        posted=_first(parse_flag(told.get("Проведен", "")), state.posted),
        cancelled=_first(parse_flag(told.get("Отменен", "")), state.cancelled),
        deleted=_first(_deleted(element, told), state.deleted),
        lines=read_lines(element, reading),
        comment=told.get("Комментарий", ""),
        properties=tuple(state.leftover()),
        counterparties=tuple(read_counterparty(entry) for block in children(element, "Контрагенты") for entry in block),
        agreement=state.contract,
        pay_by=_day(element, told.get("СрокПлатежа", ""), reading),
    )


def _subordinate(element: Element, order_id: str, reading: Reading) -> Iterator[DocumentMessage]:
    for block in children(element, "ПодчиненныеДокументы"):
        for entry in block:
            told = texts(entry)
            external_id = told.get("Ид", "") or told.get("Номер", "")
            if not external_id:
                reading.doubt(entry, "id_missing", name=told.get("ХозОперация", ""))
                continue
            kind = _kind(entry, told.get("ХозОперация", ""), reading)
            yield _read_following(entry, external_id, kind, told, reading, order_id)


def _state(element: Element, reading: Reading) -> OrderState:
    state = OrderState()
    for block in children(element, "ЗначенияРеквизитов"):
        for entry, name, value in requisite_pairs(block):
            read_state(entry, name, value, state, reading)
    return state


def _deleted(element: Element, told: dict[str, str]) -> bool | None:
    if attribute(element, "Статус").lower().startswith("удал"):
        return True
    return parse_flag(told.get("ПометкаУдаления", ""))


def _day(element: Element, raw: str, reading: Reading) -> date | None:
    return reading.day(element, raw, what="date") if raw else None


def _clock(element: Element, told: dict[str, str], reading: Reading) -> time | None:
    raw = told.get("Время", "")
    return reading.clock(element, raw, what="time") if raw else None


def _positive(rate: Decimal | None) -> Decimal:
    return rate if rate and rate > 0 else Decimal(1)


def _first(told: bool | None, otherwise: bool | None) -> bool | None:
    return otherwise if told is None else told
