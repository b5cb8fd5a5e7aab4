"""The card of a product, as `Товар` of a catalogue and as the describing half of `Предложение`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from zveno.exchange.rules.messages import AttributeValue, FileReference, ProductMessage
from zveno.plugins.erp.commerceml.reading.context import Reading
from zveno.plugins.erp.commerceml.reading.elements import Element, attribute, child_text, local, text
from zveno.plugins.erp.commerceml.reading.requisites import requisite_pairs, take_requisite
from zveno.plugins.erp.commerceml.reading.units import BaseUnit, read_base_unit
from zveno.plugins.erp.commerceml.reading.values import (
    is_empty_reference,
    parse_flag,
    parse_number,
    unescape_twice_escaped,
)

_GRAMS_IN_KG = Decimal(1000)
_BARCODES_TOGETHER = re.compile(r"[\s,;|]+")
_RATE = re.compile(r"\d+(?:[.,]\d+)?")
_SIZES = frozenset({"Ширина", "Длина", "Высота", "Объем"})
_KEYS = frozenset({"id", "variant_id"})
# Versions, keys of the exchange itself and what repeats elsewhere in the same record.
_SILENT = frozenset({"НомерВерсии", "ИдКаталога", "ИдКлассификатора", "БитриксТеги"})


@dataclass(slots=True)
class Card:
    """A card being gathered; `described` turns true with the first thing but a text told about the product itself."""

    texts: dict[str, str] = field(default_factory=dict)
    described: bool = False
    deleted: bool = False
    is_service: bool = False
    unit: BaseUnit | None = None
    categories: list[str] = field(default_factory=list)
    barcodes: list[str] = field(default_factory=list)
    attributes: list[AttributeValue] = field(default_factory=list)
    characteristics: list[tuple[str, str]] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)
    titles: dict[str, str] = field(default_factory=dict)
    documents: list[FileReference] = field(default_factory=list)
    vat_rate: Decimal | None = None
    vat_exempt: bool = False
    weight_g: Decimal | None = None
    pack_quantity: Decimal | None = None

    def tells_something(self) -> bool:
        """Whether anything but keys has been told about the product itself."""
        return self.described or not self.texts.keys() <= _KEYS


def read_product(element: Element, reading: Reading) -> Iterator[ProductMessage]:
    """A product of a catalogue: the whole card. Without an id it is doubted and passed over."""
    card = Card()
    for sub in element:
        take(sub, local(sub), card, reading)
    external_id, base_id = identify(element, reading, card.texts)
    if external_id:
        yield as_message(element, card, external_id, base_id, reading, partial=False)


def identify(element: Element, reading: Reading, told: Mapping[str, str]) -> tuple[str, str]:
    """(id, id of the product it is a variant of or `""`) from `товар#характеристика`; doubt and `""` without an id.

    `told` holds `id`, `variant_id` and `name` as far as the record tells them.
    """
    base_id, _, variant = told.get("id", "").partition("#")
    variant = variant or told.get("variant_id", "")
    if not base_id:
        reading.doubt(element, "id_missing", name=told.get("name", ""))
        return "", ""
    if not variant or is_empty_reference(variant):
        return base_id, ""
    return f"{base_id}#{variant}", base_id


def take(sub: Element, name: str, card: Card, reading: Reading) -> None:
    """Take one child of a record into `card`; what has no place becomes a remark or a doubt."""
    field_name = _TEXTS.get(name)
    if field_name is not None:
        told = sub.text
        if told and (told := told.strip()):
            card.texts.setdefault(field_name, told)
        return
    handler = _HANDLERS.get(name)
    if handler is not None:
        handler(sub, card, reading)
    elif name not in _SILENT:
        _take_unknown(sub, name, card, reading)


def as_message(
    element: Element, card: Card, external_id: str, base_id: str, reading: Reading, *, partial: bool
) -> ProductMessage:
    """The gathered card as a message."""
    told = card.texts
    unit = card.unit
    kind_id = told.get("kind_id", "")
    return ProductMessage(
        external_id=external_id,
        base_external_id=base_id,
        code=told.get("code", ""),
        erp_code=told.get("erp_code", ""),
        name=unescape_twice_escaped(told.get("name", "")),
        full_name=unescape_twice_escaped(told.get("full_name", "")),
        description=told.get("description", ""),
        category_external_ids=tuple(dict.fromkeys(card.categories)),
        kind_external_id=kind_id,
        kind=reading.dictionaries.product_kinds.get(kind_id, "") or told.get("kind", ""),
        type_name=told.get("type_name", ""),
        is_service=card.is_service,
        unit_code=unit.code if unit else "",
        unit_name=unit.name if unit else "",
        unit_international=unit.international if unit else "",
        pack_quantity=card.pack_quantity or (unit.pack_quantity if unit else None),
        barcodes=tuple(dict.fromkeys(card.barcodes)),
        brand=told.get("brand", ""),
        manufacturer=told.get("manufacturer", ""),
        country=told.get("country", ""),
        attributes=tuple(card.attributes),
        characteristics=tuple(card.characteristics),
        pictures=tuple(FileReference(path, card.titles.get(path, "")) for path in dict.fromkeys(card.pictures)),
        documents=tuple(card.documents),
        vat_rate=card.vat_rate,
        vat_exempt=card.vat_exempt,
        weight_g=card.weight_g,
        deleted=card.deleted or attribute(element, "Статус").lower().startswith("удал"),
        partial=partial,
        source_time=reading.source_time,
    )


def _take_unknown(sub: Element, name: str, card: Card, reading: Reading) -> None:
    told = text(sub)
    if len(sub):
        reading.ignored(sub, name)
    elif told and not (name in _SIZES and parse_number(told) == 0):
        card.attributes.append(AttributeValue("", name, told))


def _take_groups(sub: Element, card: Card, _: Reading) -> None:
    for entry in sub:
        told = text(entry) if local(entry) == "Ид" else child_text(entry, "Ид")
        if told:
            card.categories.append(told)
            card.described = True


def _take_unit(sub: Element, card: Card, reading: Reading) -> None:
    card.unit = read_base_unit(sub, reading)


def _take_barcode(sub: Element, card: Card, _: Reading) -> None:
    told = [text(entry) for entry in sub] if len(sub) else [text(sub)]
    for value in filter(None, told):
        parts = [part for part in _BARCODES_TOGETHER.split(value) if part]
        several = len(parts) > 1 and all(part.isdigit() and len(part) >= 8 for part in parts)
        card.barcodes.extend(parts if several else [value])
        card.described = True


def _take_properties(sub: Element, card: Card, reading: Reading) -> None:
    for entry in sub:
        _take_property(entry, card, reading)


def _take_property(entry: Element, card: Card, reading: Reading) -> None:
    property_id = name = ""
    values: list[str] = []
    for part in entry:
        part_name = local(part)
        told = text(part)
        if part_name == "Ид":
            property_id = told
        elif part_name == "Наименование":
            name = told
        elif part_name == "ЗначениеСвойства":
            values.append(child_text(part, "Значение") or told)
        elif told and part_name in ("Значение", "ИдЗначения"):
            values.append(told)
    values = [value for value in dict.fromkeys(values) if value and not is_empty_reference(value)]
    if values and not property_id and not name:
        reading.doubt(entry, "property_id_missing", value=values[0])
    for value in values:
        card.attributes.append(reading.attribute(entry, property_id, name, value))
        card.described = True


def _take_characteristics(sub: Element, card: Card, _: Reading) -> None:
    for entry in sub:
        value = child_text(entry, "Значение")
        if value:
            card.characteristics.append((child_text(entry, "Наименование"), value))
            card.described = True


def _take_requisites(sub: Element, card: Card, reading: Reading) -> None:
    for entry, name, value in requisite_pairs(sub):
        take_requisite(entry, name, value, card, reading)
        card.described = True


def _take_taxes(sub: Element, card: Card, reading: Reading) -> None:
    for entry in sub:
        name = child_text(entry, "Наименование")
        told = child_text(entry, "Ставка")
        if not told or (name and name.upper() != "НДС"):
            continue
        card.vat_rate, card.vat_exempt = read_vat(entry, told, reading)


def read_vat(element: Element, told: str, reading: Reading) -> tuple[Decimal | None, bool]:
    """(percentage, exempt) from `20`, `20%`, `НДС20`, `20/120`, `Без НДС`; a doubt for anything else."""
    if told.lower().startswith("без"):
        return None, True
    found = _RATE.search(told)
    if not found:
        reading.doubt(element, "number_unreadable", what="vat_rate", value=told)
        return None, False
    return parse_number(found[0]), False


def _take_picture(sub: Element, card: Card, _: Reading) -> None:
    path = text(sub)
    if path:
        card.pictures.append(path)
        title = attribute(sub, "Описание")
        if title:
            card.titles[path] = title
        card.described = True


def _take_file(sub: Element, card: Card, _: Reading) -> None:
    for entry in sub if len(sub) else (sub,):
        path = text(entry)
        if path:
            card.documents.append(FileReference(path))
            card.described = True


def _take_maker(sub: Element, card: Card, _: Reading) -> None:
    told = child_text(sub, "Наименование", "ОфициальноеНаименование", "ПолноеНаименование") or text(sub)
    if told:
        card.texts["manufacturer"] = told
        card.described = True


def _take_weight(sub: Element, card: Card, reading: Reading) -> None:
    kilograms = reading.number(sub, what="weight")
    if kilograms and kilograms > 0:
        card.weight_g = kilograms * _GRAMS_IN_KG
        card.described = True


def _take_status(sub: Element, card: Card, _: Reading) -> None:
    told = text(sub)
    if told.lower().startswith("удал") or parse_flag(told) is True:
        card.deleted = card.described = True


_TEXTS = {
    "Ид": "id",
    "ИдХарактеристики": "variant_id",
    "Артикул": "code",
    "Код": "erp_code",
    "Наименование": "name",
    "ПолноеНаименование": "full_name",
    "Описание": "description",
    "Категория": "kind_id",
    "Страна": "country",
    "ТорговаяМарка": "brand",
    "Марка": "brand",
    "Бренд": "brand",
}

_HANDLERS: dict[str, Callable[[Element, Card, Reading], None]] = {
    "Группы": _take_groups,
    "БазоваяЕдиница": _take_unit,
    "Единица": _take_unit,
    "Штрихкод": _take_barcode,
    "ШтрихКод": _take_barcode,
    "Штрихкоды": _take_barcode,
    "ЗначенияСвойств": _take_properties,
    "ХарактеристикиТовара": _take_characteristics,
    "ЗначенияРеквизитов": _take_requisites,
    "СтавкиНалогов": _take_taxes,
    "Картинка": _take_picture,
    "Файл": _take_file,
    "Файлы": _take_file,
    "Изготовитель": _take_maker,
    "Производитель": _take_maker,
    "Вес": _take_weight,
    "Статус": _take_status,
    "ПометкаУдаления": _take_status,
}
