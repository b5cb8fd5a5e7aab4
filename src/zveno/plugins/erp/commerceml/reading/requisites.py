"""`ЗначенияРеквизитов`: named remarks; the known ones fill the card, the others stay remarks."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

from zveno.exchange.rules.messages import AttributeValue, FileReference
from zveno.plugins.erp.commerceml.reading.context import Reading
from zveno.plugins.erp.commerceml.reading.elements import Element, local, text
from zveno.plugins.erp.commerceml.reading.values import is_guid

if TYPE_CHECKING:
    from zveno.plugins.erp.commerceml.reading.cards import Card

_GRAMS_IN_KG = Decimal(1000)

_TEXTS = {
    "полноенаименование": "full_name",
    "видноменклатуры": "kind",
    "типноменклатуры": "type_name",
    "код": "erp_code",
    "описаниевформатеhtml": "description",
    "бренд": "brand",
    "торговаямарка": "brand",
    "марка": "brand",
    "производитель": "manufacturer",
    "изготовитель": "manufacturer",
}


def requisite_pairs(block: Element) -> Iterator[tuple[Element, str, str]]:
    """(element, name, value) of every requisite that has a value; several values of one name come one by one."""
    for entry in block:
        if local(entry) != "ЗначениеРеквизита":
            continue
        name = ""
        values: list[str] = []
        for part in entry:
            part_name = local(part)
            if part_name == "Наименование":
                name = text(part)
            elif part_name == "Значение":
                values.append(text(part))
        for value in values:
            if value:
                yield entry, name, value


def folded_name(name: str) -> str:
    """A requisite's name as it is compared: exporters differ in blanks and capitals."""
    return name.replace(" ", "").lower().replace("ё", "е")


def take_requisite(entry: Element, name: str, value: str, card: Card, reading: Reading) -> None:
    """Take one requisite into `card`."""
    folded = folded_name(name)
    field_name = _TEXTS.get(folded)
    if field_name is not None:
        card.texts[field_name] = _meant(name, value, reading)
        if field_name == "type_name":
            card.is_service = value.lower() == "услуга"
    elif folded == "вес":
        kilograms = reading.number(entry, value, what="weight")
        if kilograms and kilograms > 0:
            card.weight_g = kilograms * _GRAMS_IN_KG
    elif folded == "коэффициентупаковки":
        packed = reading.number(entry, value, what="pack_quantity")
        card.pack_quantity = packed if packed and packed > 1 else None
    elif folded == "описаниефайла":
        path, _, title = value.partition("#")
        card.titles[path] = title
    elif folded == "файл":
        card.documents.append(FileReference(value))
    else:
        card.attributes.append(AttributeValue("", name, _meant(name, value, reading)))


def _meant(name: str, value: str, reading: Reading) -> str:
    known = reading.dictionaries.properties.get(name) if is_guid(value) else None
    return known.values.get(value, value) if known else value
