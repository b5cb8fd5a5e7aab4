"""Lines of a document with their units, discounts and taxes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from zveno.exchange.rules.messages import OrderLine
from zveno.plugins.erp.commerceml.reading.cards import identify, read_vat
from zveno.plugins.erp.commerceml.reading.context import Reading
from zveno.plugins.erp.commerceml.reading.elements import Element, child, child_text, children, texts
from zveno.plugins.erp.commerceml.reading.requisites import folded_name, requisite_pairs
from zveno.plugins.erp.commerceml.reading.units import BaseUnit, read_base_unit
from zveno.plugins.erp.commerceml.reading.values import parse_flag, unescape_twice_escaped


@dataclass(frozen=True, slots=True)
class Tax:
    """VAT of a line or a document as told."""

    rate: Decimal | None = None
    amount: Decimal | None = None
    included: bool | None = None


def read_lines(document: Element, reading: Reading) -> tuple[OrderLine, ...] | None:
    """The lines of a document; `None` if it tells none at all (a document of state only)."""
    blocks = list(children(document, "Товары"))
    if not blocks:
        return None
    return tuple(line for block in blocks for entry in block for line in _read_line(entry, reading))


def _read_line(element: Element, reading: Reading) -> Iterator[OrderLine]:
    told = texts(element)
    keys = {
        "id": told.get("Ид", ""),
        "variant_id": told.get("ИдХарактеристики", ""),
        "name": told.get("Наименование", ""),
    }
    product_id, _ = identify(element, reading, keys)
    raw_quantity = told.get("Количество", "")
    quantity = reading.number(element, raw_quantity, what="quantity")
    if quantity is None:
        if not raw_quantity:
            reading.doubt(element, "quantity_missing", product=product_id)
        return
    if not product_id:
        return
    unit = _unit(element, reading)
    discount_percent, discount_sum = read_discounts(element, reading)
    tax = read_tax(element, reading)
    ratio = reading.number(element, told.get("Коэффициент", ""), what="ratio")
    yield OrderLine(
        product_id,
        quantity,
        name=unescape_twice_escaped(told.get("Наименование", "")),
        code=told.get("Артикул", ""),
        erp_code=told.get("Код", ""),
        unit_code=unit.code,
        unit_name=unit.name,
        ratio=ratio if ratio and ratio > 0 else Decimal(1),
        price=reading.number(element, told.get("ЦенаЗаЕдиницу", "") or told.get("Цена", ""), what="price"),
        sum=reading.number(element, told.get("Сумма", ""), what="sum"),
        discount_percent=discount_percent,
        discount_sum=discount_sum,
        vat_rate=tax.rate,
        vat_sum=tax.amount,
        vat_included=tax.included,
        is_service=_is_service(element),
        characteristics=tuple(_characteristics(element)),
    )


def _unit(element: Element, reading: Reading) -> BaseUnit:
    for name in ("Единица", "БазоваяЕдиница"):
        found = child(element, name)
        unit = read_base_unit(found, reading) if found is not None else None
        if unit is not None:
            return unit
    return BaseUnit()


def read_discounts(element: Element, reading: Reading) -> tuple[Decimal | None, Decimal | None]:
    """(percentage of the only discount, sum of all) as told; `None` for what is not."""
    percents: list[Decimal] = []
    total: Decimal | None = None
    for block in children(element, "Скидки"):
        for entry in block:
            percent = reading.number(entry, child_text(entry, "Процент"), what="discount")
            amount = reading.number(entry, child_text(entry, "Сумма"), what="discount")
            if percent is not None:
                percents.append(percent)
            if amount is not None:
                total = amount if total is None else total + amount
    return (percents[0] if len(percents) == 1 else None), total


def read_tax(element: Element, reading: Reading) -> Tax:
    """VAT at a line or a document: the rate, the sum, whether it is inside the price."""
    rate = amount = included = None
    for block_name in ("СтавкиНалогов", "Налоги"):
        for block in children(element, block_name):
            for entry in block:
                told = texts(entry)
                if told.get("Наименование", "НДС").upper() != "НДС":
                    continue
                if "Ставка" in told:
                    rate = read_vat(entry, told["Ставка"], reading)[0]
                if "Сумма" in told:
                    amount = reading.number(entry, told["Сумма"], what="vat_sum")
                if "УчтеноВСумме" in told:
                    included = parse_flag(told["УчтеноВСумме"])
    return Tax(rate, amount, included)


def _is_service(element: Element) -> bool:
    return any(
        folded_name(name) == "типноменклатуры" and value.lower() == "услуга"
        for block in children(element, "ЗначенияРеквизитов")
        for _, name, value in requisite_pairs(block)
    )


def _characteristics(element: Element) -> Iterator[tuple[str, str]]:
    for block in children(element, "ХарактеристикиТовара"):
        for entry in block:
            value = child_text(entry, "Значение")
            if value:
                yield child_text(entry, "Наименование"), value
