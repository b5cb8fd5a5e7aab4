"""`Контрагент` in all the shapes versions 2.03 to 3.1 give it."""

from __future__ import annotations

from collections.abc import Iterator

from zveno.exchange.rules.messages import BankAccount, CounterpartyMessage, Role
from zveno.plugins.erp.commerceml.reading.classifier import address_line, is_deleted
from zveno.plugins.erp.commerceml.reading.context import Reading
from zveno.plugins.erp.commerceml.reading.elements import Element, child, child_text, children, text, texts

_ROLES = {
    "продавец": Role.SELLER,
    "покупатель": Role.BUYER,
    "плательщик": Role.PAYER,
    "получатель": Role.CONSIGNEE,
    "грузополучатель": Role.CONSIGNEE,
}


def read_role(told: str) -> Role | None:
    """The side of a deal a word names; `None` for another word."""
    return _ROLES.get(told.lower())


def read_counterparties(element: Element, _: Reading) -> Iterator[CounterpartyMessage]:
    """A counterparty told by itself, outside any document."""
    yield read_counterparty(element)


def read_counterparty(element: Element) -> CounterpartyMessage:
    """The counterparty at `element`; its requisites may stand in it or in `РеквизитыЮрЛица` / `РеквизитыФизЛица`."""
    told = texts(element)
    for name in ("РеквизитыЮрЛица", "РеквизитыФизЛица"):
        inner = child(element, name)
        if inner is not None:
            told = texts(inner) | told
            element_of_address = inner
            break
    else:
        element_of_address = element
    return CounterpartyMessage(
        external_id=told.get("Ид", ""),
        name=told.get("Наименование", ""),
        full_name=told.get("ОфициальноеНаименование", "") or told.get("ПолноеНаименование", ""),
        role=read_role(told.get("Роль", "")),
        inn=told.get("ИНН", ""),
        kpp=told.get("КПП", ""),
        ogrn=told.get("ОГРН", "") or told.get("ОГРНИП", ""),
        okpo=told.get("ОКПО", "") or told.get("ЕГРПО", ""),
        last_name=told.get("Фамилия", ""),
        first_name=told.get("Имя", ""),
        middle_name=told.get("Отчество", ""),
        address=_address(element, element_of_address, "АдресРегистрации", "ЮридическийАдрес", "Адрес"),
        actual_address=_address(element, element_of_address, "ФактическийАдрес"),
        contacts=tuple(_contacts(element)),
        representatives=tuple(_representatives(element)),
        bank_accounts=tuple(_accounts(element)) or tuple(_accounts(element_of_address)),
        deleted=is_deleted(element, told),
    )


def _address(element: Element, inner: Element, *names: str) -> str:
    for holder in (element, inner):
        for name in names:
            told = address_line(child(holder, name))
            if told:
                return told
    return ""


def _contacts(element: Element) -> Iterator[tuple[str, str]]:
    for contacts in children(element, "Контакты"):
        for contact in contacts:
            value = child_text(contact, "Значение") or text(contact)
            if value:
                yield child_text(contact, "Тип", "КонтактВид"), value


def _representatives(element: Element) -> Iterator[str]:
    for block in children(element, "Представители"):
        for entry in block:
            inner = child(entry, "Контрагент")
            name = child_text(entry if inner is None else inner, "Наименование")
            if name:
                yield name


def _accounts(element: Element) -> Iterator[BankAccount]:
    for block in children(element, "РасчетныеСчета"):
        for account in block:
            number = child_text(account, "НомерСчета", "Номер")
            bank = child(account, "Банк")
            told = texts(bank) if bank is not None else {}
            if number:
                correspondent = told.get("СчетКорреспондентский", "")
                yield BankAccount(number, told.get("Наименование", ""), told.get("БИК", ""), correspondent)
