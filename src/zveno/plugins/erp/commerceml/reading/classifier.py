"""Records of dictionaries: groups, properties, product kinds, units, price kinds, warehouses."""

from __future__ import annotations

from collections.abc import Iterator

from zveno.exchange.rules.messages import (
    CategoryMessage,
    PriceKindMessage,
    ProductKindMessage,
    PropertyKind,
    PropertyMessage,
    UnitMessage,
    WarehouseMessage,
)
from zveno.plugins.erp.commerceml.reading.context import Reading
from zveno.plugins.erp.commerceml.reading.elements import Element, attribute, child, child_text, children, text, texts
from zveno.plugins.erp.commerceml.reading.values import parse_flag, unescape_twice_escaped
from zveno.plugins.erp.commerceml.reading.words import UNITS, unit_code

_PROPERTY_KINDS = {
    "справочник": PropertyKind.REFERENCE,
    "число": PropertyKind.NUMBER,
    "время": PropertyKind.TIME,
    "дата": PropertyKind.TIME,
    "булево": PropertyKind.BOOLEAN,
    "логический": PropertyKind.BOOLEAN,
}


def is_deleted(element: Element, told: dict[str, str]) -> bool:
    """Whether the sender says the thing is gone: `Статус` as attribute or element, or `ПометкаУдаления`."""
    status = attribute(element, "Статус") or told.get("Статус", "")
    return status.lower().startswith("удал") or parse_flag(told.get("ПометкаУдаления", "")) is True


def known_id(element: Element, told: dict[str, str], reading: Reading) -> str:
    """The `Ид` of a record; `""` and a doubt if it has none."""
    external_id = told.get("Ид", "")
    if not external_id:
        reading.doubt(element, "id_missing", name=told.get("Наименование", ""))
    return external_id


def read_groups(top: Element, reading: Reading) -> Iterator[CategoryMessage]:
    """A group and all under it, parents first. A group without an id is passed over, its children hang one higher."""
    waiting = [(top, "")]
    while waiting:
        element, parent_id = waiting.pop()
        told = texts(element)
        external_id = known_id(element, told, reading)
        if external_id:
            name = unescape_twice_escaped(told.get("Наименование", ""))
            yield CategoryMessage(external_id, parent_id, name, is_deleted(element, told))
        below = [group for groups in children(element, "Группы") for group in children(groups, "Группа")]
        waiting.extend((group, external_id or parent_id) for group in reversed(below))


def read_property(element: Element, reading: Reading) -> Iterator[PropertyMessage]:
    """A property with the values of its dictionary, if it has one."""
    told = texts(element)
    external_id = known_id(element, told, reading)
    if not external_id:
        return
    values = tuple(_values(element))
    kind = _PROPERTY_KINDS.get(told.get("ТипЗначений", "").lower())
    yield PropertyMessage(
        external_id,
        unescape_twice_escaped(told.get("Наименование", "")),
        kind or (PropertyKind.REFERENCE if values else PropertyKind.TEXT),
        values,
        for_offers=parse_flag(told.get("ДляПредложений", "")) is True,
        multiple=parse_flag(told.get("Множественное", "")) is True,
        deleted=is_deleted(element, told),
    )


def _values(element: Element) -> Iterator[tuple[str, str]]:
    for variants in children(element, "ВариантыЗначений"):
        for entry in variants:
            told = texts(entry)
            meant = told.get("Значение", "") or text(entry)
            if meant:
                yield told.get("ИдЗначения", "") or told.get("Ид", "") or meant, meant


def read_product_kind(element: Element, reading: Reading) -> Iterator[ProductKindMessage]:
    """A family of products and the properties it names."""
    told = texts(element)
    external_id = known_id(element, told, reading)
    if external_id:
        named = child(element, "Свойства")
        ids = tuple(text(sub) for sub in children(named, "Ид")) if named is not None else ()
        yield ProductKindMessage(external_id, told.get("Наименование", ""), ids, is_deleted(element, told))


def read_unit(element: Element, reading: Reading) -> Iterator[UnitMessage]:
    """A unit of measure; its code is its id where it has no id."""
    told = texts(element)
    raw_code = told.get("Код", "")
    external_id = told.get("Ид", "") or raw_code
    if not external_id:
        reading.doubt(element, "id_missing", name=told.get("НаименованиеПолное", ""))
        return
    full = told.get("НаименованиеПолное", "")
    short = told.get("НаименованиеКраткое", "")
    code = unit_code(raw_code) or unit_code(short) or unit_code(full)
    yield UnitMessage(
        external_id,
        code,
        short or UNITS.get(code, ("", ""))[0] or full,
        full,
        told.get("МеждународноеСокращение", ""),
        is_deleted(element, told),
    )


def read_price_kind(element: Element, reading: Reading) -> Iterator[PriceKindMessage]:
    """A price column with its currency and whether tax is inside."""
    told = texts(element)
    external_id = known_id(element, told, reading)
    if external_id:
        tax = child(element, "Налог")
        included = parse_flag(child_text(tax, "УчтеноВСумме")) if tax is not None else None
        yield PriceKindMessage(
            external_id,
            told.get("Наименование", ""),
            reading.currency(element, told.get("Валюта", "")),
            included,
            is_deleted(element, told),
        )


def read_warehouse(element: Element, reading: Reading) -> Iterator[WarehouseMessage]:
    """A warehouse with its address as one line."""
    told = texts(element)
    external_id = known_id(element, told, reading)
    if external_id:
        yield WarehouseMessage(
            external_id,
            told.get("Наименование", ""),
            address_line(child(element, "Адрес")),
            is_deleted(element, told),
        )


def address_line(address: Element | None) -> str:
    """An address as one line: its presentation, else its parts in the order they stand."""
    if address is None:
        return ""
    told = child_text(address, "Представление") or text(address)
    if told:
        return told
    return ", ".join(filter(None, (child_text(part, "Значение") for part in children(address, "АдресноеПоле"))))
