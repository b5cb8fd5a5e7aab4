"""What a source tells of a product, and how it joins what is already known: pure merging of cards."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import TypeVar

T = TypeVar("T")

LONGEST_CODE = 100
LONGEST_NAME = 500
LONGEST_BRAND = 120
LONGEST_UNIT = 40
LONGEST_BARCODE = 40
MOST_WEIGHT_G = 2_147_483_647


@dataclass(frozen=True, slots=True)
class Attachment:
    """A picture or a document a card names: its path in the source, and its title. `kind` is picture or document."""

    path: str
    kind: str = "picture"
    title: str = ""


@dataclass(frozen=True, slots=True)
class ProductCard:
    """What is told of one product; `None` is "not told". `product_id` is `None` for one never seen.

    `fills_only`: the source does not own the card, it may only fill what is empty and add barcodes and pictures.
    A variant (`variant_of_id`) takes from its base what it is not told itself; `distinction` is what it differs in,
    put into brackets where it has no name of its own.
    """

    product_id: int | None = None
    variant_of_id: int | None = None
    code: str | None = None
    name: str | None = None
    brand: str | None = None
    description: str | None = None
    unit: str | None = None
    unit_code: str | None = None
    pack_quantity: Decimal | None = None
    category_id: int | None = None
    attributes: Mapping[str, str] | None = None
    barcodes: tuple[str, ...] | None = None
    weight_g: int | None = None
    vat_percent: Decimal | None = None
    attachments: tuple[Attachment, ...] | None = None
    deleted: bool = False
    fills_only: bool = False
    distinction: str = ""


@dataclass(frozen=True, slots=True)
class ProductRow:
    """A product as it stands, or is to stand."""

    name: str
    variant_of_id: int | None = None
    category_id: int | None = None
    code: str = ""
    brand: str = ""
    description: str = ""
    unit: str = "шт"
    unit_code: str = "796"
    pack_quantity: Decimal = Decimal(1)
    attributes: dict[str, str] = field(default_factory=dict)
    barcodes: tuple[str, ...] = ()
    weight_g: int | None = None
    vat_percent: Decimal | None = None
    deleted: bool = False


_INHERITED = ("category_id", "brand", "description", "unit", "unit_code", "pack_quantity", "weight_g", "vat_percent")


def merged(card: ProductCard, *, known: ProductRow | None, base: ProductRow | None = None) -> ProductRow:
    """The product after `card`: told fields replace, untold stand; a new variant begins as its base.

    With `fills_only` a told field takes effect only where nothing stood.
    """
    row = known or _beginning(card, base)
    adds = card.fills_only and known is not None
    name = _told(card.name, row.name, adds)
    if base is not None and name == base.name and card.distinction:
        name = f"{base.name} ({card.distinction})"[:LONGEST_NAME]
    # Spelled out: this runs for every product of every import.
    return ProductRow(
        name=name,
        variant_of_id=row.variant_of_id,
        category_id=_told(card.category_id, row.category_id, adds),
        code=_told(card.code, row.code, adds),
        brand=_told(card.brand, row.brand, adds),
        description=_told(card.description, row.description, adds),
        unit=_told(card.unit, row.unit, adds),
        unit_code=_told(card.unit_code, row.unit_code, adds),
        pack_quantity=_told(card.pack_quantity, row.pack_quantity, adds),
        attributes=_attributes(card, row, base),
        barcodes=_barcodes(card, row),
        weight_g=_told(card.weight_g, row.weight_g, adds),
        vat_percent=_told(card.vat_percent, row.vat_percent, adds),
        deleted=card.deleted or (adds and row.deleted),
    )


def _told(new: T | None, old: T, adds: bool) -> T:
    """What is told, unless nothing is, or it may only fill and something stands."""
    return old if new is None or (adds and old not in ("", None)) else new


def followed(variant: ProductRow, *, before: ProductRow, after: ProductRow) -> ProductRow:
    """A variant after its base changed from `before` to `after`: what it had from its base goes along."""
    changes = {name: getattr(after, name) for name in _INHERITED if getattr(variant, name) == getattr(before, name)}
    if before.name != after.name and variant.name.startswith(f"{before.name} ("):
        changes["name"] = f"{after.name}{variant.name[len(before.name) :]}"[:LONGEST_NAME]
    own = {key: value for key, value in variant.attributes.items() if before.attributes.get(key) != value}
    return replace(variant, **changes, attributes={**after.attributes, **own})


def _beginning(card: ProductCard, base: ProductRow | None) -> ProductRow:
    if base is None:
        return ProductRow(name=card.name or "", variant_of_id=card.variant_of_id)
    return replace(base, variant_of_id=card.variant_of_id, barcodes=(), deleted=False)


def _attributes(card: ProductCard, row: ProductRow, base: ProductRow | None) -> dict[str, str]:
    if card.attributes is None:
        return row.attributes
    if card.fills_only:
        return {**card.attributes, **row.attributes}
    return {**(base.attributes if base else {}), **card.attributes}


def _barcodes(card: ProductCard, row: ProductRow) -> tuple[str, ...]:
    """A card that names barcodes replaces them; one that names none leaves those an offer brought."""
    if not card.barcodes:
        return row.barcodes
    if card.fills_only:
        return tuple(dict.fromkeys((*row.barcodes, *card.barcodes)))
    return tuple(dict.fromkeys(card.barcodes))
