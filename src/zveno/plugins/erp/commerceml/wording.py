"""Canonical values in the words 1С expects of a site."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from zveno.exchange.rules.messages import DocumentKind, OrderMessage, Role

OPERATION_NAMES = {
    DocumentKind.ORDER: "Заказ товара",
    DocumentKind.INVOICE: "Счет на оплату",
    DocumentKind.SHIPMENT: "Отпуск товара",
    DocumentKind.RETURN: "Возврат товара",
    DocumentKind.PAYMENT: "Выплата безналичных денег",
    DocumentKind.REFUND: "Возврат безналичных денег",
    DocumentKind.OTHER: "Прочие",
}
ROLE_NAMES = {
    Role.SELLER: "Продавец",
    Role.BUYER: "Покупатель",
    Role.PAYER: "Плательщик",
    Role.CONSIGNEE: "Грузополучатель",
}
# What XML 1.0 forbids even as a character reference.
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def xml_text(text: str) -> str:
    """`text` without the characters XML forbids."""
    return _FORBIDDEN.sub("", text)


def number_word(number: Decimal) -> str:
    """A number without exponent or needless noughts, point before the fraction."""
    plain = f"{number:f}"
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


def flag_word(flag: bool | None) -> str:
    """`true`, `false`, or nothing."""
    return "" if flag is None else str(flag).lower()


def state_requisites(order: OrderMessage) -> Iterator[tuple[str, str]]:
    """The state of an order as named requisites; those not told are empty."""
    yield "Статус заказа", order.status
    changed = order.status_changed_at
    yield "Дата изменения статуса", changed.isoformat(" ", "seconds") if changed else ""
    yield "Проведен", flag_word(order.posted)
    yield "ПометкаУдаления", flag_word(order.deleted)
    yield "Отменен", flag_word(order.cancelled)
    yield "Заказ оплачен", flag_word(order.paid)
    yield "Отгружен", flag_word(order.shipped)
    yield "Номер по 1С", order.erp_number
    yield "Дата по 1С", _day(order.erp_on)
    yield "Дата оплаты по 1С", _day(order.paid_on)
    yield "Номер оплаты по 1С", order.payment_number
    yield "Дата отгрузки по 1С", _day(order.shipped_on)
    yield "Номер отгрузки по 1С", order.shipment_number
    yield "Дата отгрузки", _day(order.ship_by)
    yield "Метод оплаты", order.payment_method
    yield "Способ доставки", order.delivery_method
    yield "Адрес доставки", order.delivery_address
    yield from order.properties


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
