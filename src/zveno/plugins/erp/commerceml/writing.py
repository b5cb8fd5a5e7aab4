"""Orders as the XML that 1С «Обмен с сайтом» takes in answer to `mode=query`."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from datetime import datetime
from decimal import Decimal
from typing import Literal

from lxml import etree

from zveno.exchange.rules.messages import (
    CounterpartyMessage,
    DocumentKind,
    DocumentMessage,
    OrderLine,
    OrderMessage,
    Role,
)
from zveno.plugins.erp.commerceml.reading.elements import Element
from zveno.plugins.erp.commerceml.reading.source import ROOT
from zveno.plugins.erp.commerceml.reading.words import UNITS
from zveno.plugins.erp.commerceml.wording import (
    OPERATION_NAMES,
    ROLE_NAMES,
    flag_word,
    number_word,
    state_requisites,
    xml_text,
)

OrdersEncoding = Literal["utf-8", "windows-1251"]
SchemaVersion = Literal["2.08", "2.10", "3.1"]


def write_orders(
    orders: Iterable[OrderMessage],
    *,
    formed_at: datetime,
    encoding: OrdersEncoding = "utf-8",
    version: SchemaVersion = "2.10",
) -> Iterator[bytes]:
    """The orders as one CommerceML file, in pieces of about one order each; with no orders, the empty root.

    Version 3.1 puts every order into a `Контейнер` with what follows it beside it, so that it reads back as messages of
    its own; 2.x puts that inside the order (`ПодчиненныеДокументы`). Otherwise what is written reads back the same,
    texts without the blanks around them; an order that names no role is written for a seller. A character the encoding
    lacks becomes a character reference; one that XML forbids is dropped.
    """
    gathered = io.BytesIO()
    with etree.xmlfile(gathered, encoding=encoding) as file:
        file.write_declaration()
        head = {"ВерсияСхемы": version, "ДатаФормирования": formed_at.replace(microsecond=0).isoformat()}
        with file.element(ROOT, head):
            for order in orders:
                file.write("\n")
                file.write(_container(order) if version.startswith("3") else _order(order, nested=True))
                file.flush()
                yield _taken(gathered)
    yield _taken(gathered)


def _taken(gathered: io.BytesIO) -> bytes:
    piece = gathered.getvalue()
    gathered.seek(0)
    gathered.truncate()
    return piece


def _container(order: OrderMessage) -> Element:
    container = etree.Element("Контейнер")
    container.append(_order(order, nested=False))
    for document in order.documents:
        container.append(_following(document, "Документ", order.external_id))
    return container


def _add(parent: Element, name: str, text: str) -> None:
    if text:
        etree.SubElement(parent, name).text = xml_text(text)


def _add_number(parent: Element, name: str, number: Decimal | None) -> None:
    if number is not None:
        etree.SubElement(parent, name).text = number_word(number)


def _order(order: OrderMessage, *, nested: bool) -> Element:
    document = etree.Element("Документ")
    _add(document, "Ид", order.external_id)
    _add(document, "Номер", order.number)
    _add(document, "Дата", order.ordered_on.isoformat() if order.ordered_on else "")
    _add(document, "ХозОперация", OPERATION_NAMES[DocumentKind.ORDER])
    _add(document, "Роль", ROLE_NAMES[order.role or Role.SELLER])
    _add(document, "Валюта", order.currency)
    _add_number(document, "Курс", order.rate)
    _add_number(document, "Сумма", order.total)
    _add(document, "Организация", order.organization)
    _add(document, "Склад", order.warehouse)
    if order.agreement:
        _add(etree.SubElement(document, "Соглашение"), "Наименование", order.agreement)
    if order.counterparties:
        block = etree.SubElement(document, "Контрагенты")
        for counterparty in order.counterparties:
            block.append(_counterparty(counterparty))
    _add(document, "Время", order.ordered_time.isoformat("seconds") if order.ordered_time else "")
    _add(document, "Комментарий", order.comment)
    _add_taxes(document, rate=None, amount=order.vat_sum, included=order.vat_included)
    _add_discount(document, percent=None, amount=order.discount_sum)
    _add_lines(document, order.lines)
    _add_requisites(document, state_requisites(order))
    if nested and order.documents:
        block = etree.SubElement(document, "ПодчиненныеДокументы")
        for following in order.documents:
            block.append(_following(following, "ПодчиненныйДокумент", order.external_id))
    return document


def _following(document: DocumentMessage, name: str, order_id: str) -> Element:
    element = etree.Element(name)
    _add(element, "Ид", document.external_id)
    _add(element, "Номер", document.number)
    _add(element, "Номер1С", document.erp_number)
    _add(element, "Дата", document.issued_on.isoformat() if document.issued_on else "")
    _add(element, "ХозОперация", document.operation or OPERATION_NAMES[document.kind])
    _add(element, "Основание", document.order_external_id or order_id)
    _add(element, "Валюта", document.currency)
    _add_number(element, "Сумма", document.total)
    _add(element, "Время", document.issued_time.isoformat("seconds") if document.issued_time else "")
    for flag_name, flag in (("Проведен", document.posted), ("Отменен", document.cancelled)):
        _add(element, flag_name, flag_word(flag))
    _add(element, "ПометкаУдаления", flag_word(document.deleted))
    _add(element, "Комментарий", document.comment)
    _add_lines(element, document.lines)
    _add_requisites(element, document.properties)
    return element


def _counterparty(counterparty: CounterpartyMessage) -> Element:
    element = etree.Element("Контрагент")
    _add(element, "Ид", counterparty.external_id)
    _add(element, "Наименование", counterparty.name)
    if counterparty.role:
        _add(element, "Роль", ROLE_NAMES[counterparty.role])
    is_person = bool(counterparty.last_name or counterparty.first_name) and not counterparty.kpp
    _add(element, "ПолноеНаименование" if is_person else "ОфициальноеНаименование", counterparty.full_name)
    _add(element, "Фамилия", counterparty.last_name)
    _add(element, "Имя", counterparty.first_name)
    _add(element, "Отчество", counterparty.middle_name)
    _add(element, "ИНН", counterparty.inn)
    _add(element, "КПП", counterparty.kpp)
    _add(element, "ОГРН", counterparty.ogrn)
    _add(element, "ОКПО", counterparty.okpo)
    if counterparty.deleted:
        _add(element, "ПометкаУдаления", flag_word(True))
    for name, address in (
        ("АдресРегистрации" if is_person else "ЮридическийАдрес", counterparty.address),
        ("ФактическийАдрес", counterparty.actual_address),
    ):
        if address:
            _add(etree.SubElement(element, name), "Представление", address)
    _add_contacts(element, counterparty)
    return element


def _add_contacts(element: Element, counterparty: CounterpartyMessage) -> None:
    if counterparty.contacts:
        block = etree.SubElement(element, "Контакты")
        for kind, value in counterparty.contacts:
            contact = etree.SubElement(block, "Контакт")
            _add(contact, "Тип", kind)
            _add(contact, "Значение", value)
    if counterparty.representatives:
        block = etree.SubElement(element, "Представители")
        for name in counterparty.representatives:
            inner = etree.SubElement(etree.SubElement(block, "Представитель"), "Контрагент")
            _add(inner, "Отношение", "Контактное лицо")
            _add(inner, "Наименование", name)
    if counterparty.bank_accounts:
        block = etree.SubElement(element, "РасчетныеСчета")
        for account in counterparty.bank_accounts:
            told = etree.SubElement(block, "РасчетныйСчет")
            _add(told, "НомерСчета", account.number)
            bank = etree.SubElement(told, "Банк")
            _add(bank, "Наименование", account.bank_name)
            _add(bank, "СчетКорреспондентский", account.correspondent)
            _add(bank, "БИК", account.bic)


def _add_lines(document: Element, lines: tuple[OrderLine, ...] | None) -> None:
    if lines is not None:
        block = etree.SubElement(document, "Товары")
        for line in lines:
            block.append(_line(line))


def _line(line: OrderLine) -> Element:
    element = etree.Element("Товар")
    _add(element, "Ид", line.product_external_id)
    _add(element, "Артикул", line.code)
    _add(element, "Код", line.erp_code)
    _add(element, "Наименование", line.name)
    _add_unit(element, line)
    if line.characteristics:
        block = etree.SubElement(element, "ХарактеристикиТовара")
        for name, value in line.characteristics:
            entry = etree.SubElement(block, "ХарактеристикаТовара")
            _add(entry, "Наименование", name)
            _add(entry, "Значение", value)
    _add_number(element, "ЦенаЗаЕдиницу", line.price)
    _add_number(element, "Количество", line.quantity)
    _add_number(element, "Сумма", line.sum)
    _add_number(element, "Коэффициент", line.ratio)
    _add_discount(element, percent=line.discount_percent, amount=line.discount_sum)
    _add_taxes(element, rate=line.vat_rate, amount=line.vat_sum, included=line.vat_included)
    kind = "Услуга" if line.is_service else "Товар"
    _add_requisites(element, (("ВидНоменклатуры", kind), ("ТипНоменклатуры", kind)))
    return element


def _add_unit(element: Element, line: OrderLine) -> None:
    if not line.unit_code and not line.unit_name:
        return
    unit = etree.SubElement(element, "БазоваяЕдиница")
    short, international = UNITS.get(line.unit_code, ("", ""))
    if line.unit_code:
        unit.set("Код", line.unit_code)
        unit.set("НаименованиеПолное", xml_text(line.unit_name or short))
        unit.set("МеждународноеСокращение", international)
    unit.text = xml_text(line.unit_name)


def _add_discount(element: Element, *, percent: Decimal | None, amount: Decimal | None) -> None:
    if percent is None and amount is None:
        return
    entry = etree.SubElement(etree.SubElement(element, "Скидки"), "Скидка")
    _add(entry, "Наименование", "Скидка")
    _add_number(entry, "Процент", percent)
    _add_number(entry, "Сумма", amount)
    _add(entry, "УчтеноВСумме", "true")


def _add_taxes(element: Element, *, rate: Decimal | None, amount: Decimal | None, included: bool | None) -> None:
    if rate is None and amount is None and included is None:
        return
    entry = etree.SubElement(etree.SubElement(element, "Налоги"), "Налог")
    _add(entry, "Наименование", "НДС")
    _add(entry, "УчтеноВСумме", flag_word(included))
    _add_number(entry, "Ставка", rate)
    _add_number(entry, "Сумма", amount)


def _add_requisites(element: Element, pairs: Iterable[tuple[str, str]]) -> None:
    told = [(name, value) for name, value in pairs if value]
    if told:
        block = etree.SubElement(element, "ЗначенияРеквизитов")
        for name, value in told:
            entry = etree.SubElement(block, "ЗначениеРеквизита")
            _add(entry, "Наименование", name)
            _add(entry, "Значение", value)
