"""Canonical product messages in the catalog's words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from zveno.catalog.rules.cards import (
    LONGEST_BARCODE,
    LONGEST_BRAND,
    LONGEST_CODE,
    LONGEST_NAME,
    LONGEST_UNIT,
    MOST_WEIGHT_G,
    Attachment,
    ProductCard,
)
from zveno.exchange.rules.messages import AttributeValue, PriceMessage, ProductMessage

_MOST_PACK = Decimal("9999999999.999")
_MOST_VAT = Decimal("999.9")
_PRICE_STEP = Decimal("0.0001")
_MOST_PRICE = Decimal("999999999999.9999")
_LONGEST_ATTRIBUTE = 200
_LONGEST_VALUE = 2000


@dataclass(frozen=True, slots=True)
class PropertyKnown:
    """A property by its id at the sender: its name and the texts of its dictionary."""

    name: str
    values: Mapping[str, str] = field(default_factory=dict)


def card_of(
    message: ProductMessage,
    *,
    product_id: int | None,
    variant_of_id: int | None = None,
    category_id: int | None = None,
    properties: Mapping[str, PropertyKnown],
    fills_only: bool = False,
    default_vat: Decimal | None = None,
) -> ProductCard:
    """What `message` tells of a product. Of a partial message, what is empty is not told; a whole card tells all.

    The article stands for the code, else the sender's own code. «Без НДС» is kept as 0 %. Texts are cut to what the
    catalog keeps.
    """
    whole = not message.partial
    untold = "" if whole else None
    return ProductCard(
        product_id=product_id,
        variant_of_id=variant_of_id,
        code=(message.code or message.erp_code)[:LONGEST_CODE] or untold,
        name=" ".join((message.name or message.full_name).split())[:LONGEST_NAME] or None,
        brand=(message.brand or message.manufacturer)[:LONGEST_BRAND] or untold,
        description=message.description or untold,
        unit=message.unit_name[:LONGEST_UNIT] or None,
        unit_code=message.unit_code[:4] or None,
        pack_quantity=_pack(message.pack_quantity),
        category_id=category_id,
        attributes=_attributes(message, properties) if whole or message.attributes or message.characteristics else None,
        barcodes=tuple(dict.fromkeys(code[:LONGEST_BARCODE] for code in message.barcodes if code)) or None,
        weight_g=_weight(message.weight_g),
        vat_percent=_vat(message, default_vat),
        attachments=_attachments(message) if whole or message.pictures or message.documents else None,
        deleted=message.deleted,
        fills_only=fills_only,
        distinction=", ".join(value for _, value in message.characteristics if value)[:LONGEST_NAME],
    )


def base_name(variant_name: str) -> str:
    """The name of the product that `variant_name` varies, where nobody tells it: without the last brackets."""
    head, bracket, _ = variant_name.rpartition(" (")
    return head if bracket and variant_name.endswith(")") and head else variant_name


def unit_price(message: PriceMessage) -> Decimal | None:
    """The price of one base unit, four digits after the point; `None` for what no price can be."""
    value = (message.value / message.ratio).quantize(_PRICE_STEP, rounding=ROUND_HALF_UP)
    return value if 0 <= value <= _MOST_PRICE else None


def _attributes(message: ProductMessage, properties: Mapping[str, PropertyKnown]) -> dict[str, str]:
    texts: dict[str, list[str]] = {}
    for told in message.attributes:
        name, value = _resolved(told, properties)
        if name and value and value not in texts.setdefault(name, []):
            texts[name].append(value)
    for name, value in message.characteristics:
        if name and value:
            texts[name[:_LONGEST_ATTRIBUTE]] = [value[:_LONGEST_VALUE]]
    return {name: ", ".join(values) for name, values in texts.items() if values}


def _resolved(told: AttributeValue, properties: Mapping[str, PropertyKnown]) -> tuple[str, str]:
    known = properties.get(told.property_external_id)
    name = told.name or (known.name if known else "")
    value = told.value or (known.values.get(told.value_external_id, "") if known else "")
    return name[:_LONGEST_ATTRIBUTE], value[:_LONGEST_VALUE]


def _pack(told: Decimal | None) -> Decimal | None:
    return told if told is not None and 0 < told <= _MOST_PACK else None


def _weight(told: Decimal | None) -> int | None:
    if told is None or not 0 <= told <= MOST_WEIGHT_G:
        return None
    return int(told.quantize(Decimal(1), rounding=ROUND_HALF_UP))


def _vat(message: ProductMessage, default: Decimal | None) -> Decimal | None:
    if message.vat_exempt:
        return Decimal(0)
    if message.vat_rate is not None and 0 <= message.vat_rate <= _MOST_VAT:
        return message.vat_rate
    return None if message.partial else default


def _attachments(message: ProductMessage) -> tuple[Attachment, ...]:
    pictures = [Attachment(one.path, "picture", one.title) for one in message.pictures if one.path]
    documents = [Attachment(one.path, "document", one.title) for one in message.documents if one.path]
    return (*pictures, *documents)
