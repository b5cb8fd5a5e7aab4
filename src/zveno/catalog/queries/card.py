"""The page of one product: everything known of it, its pictures and documents, its variants."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Exists, OuterRef, Q, QuerySet

from zveno.base.scope import current
from zveno.catalog.models import Listing, Media, Product
from zveno.catalog.queries.listing import first_picture


@dataclass(frozen=True, slots=True)
class MediaValue:
    """A picture or a document that has come."""

    id: int
    kind: str
    name: str
    size: int | None = None


@dataclass(frozen=True, slots=True)
class VariantValue:
    """Another make of the same article: `difference` are the attributes in which it differs."""

    id: int
    code: str
    name: str
    difference: tuple[tuple[str, str], ...]
    current: bool


@dataclass(frozen=True, slots=True)
class ProductCard:
    """All of a product that a page shows. Weight in grams, volume in cubic centimetres."""

    id: int
    code: str
    name: str
    brand: str
    description: str
    unit: str
    pack_quantity: Decimal
    vat_percent: Decimal | None
    weight_g: int | None
    volume_cm3: int | None
    barcodes: tuple[str, ...]
    attributes: tuple[tuple[str, str], ...]
    category_id: int | None
    has_variants: bool
    sellers: tuple[int, ...]
    pictures: tuple[MediaValue, ...] = ()
    documents: tuple[MediaValue, ...] = ()
    variants: tuple[VariantValue, ...] = ()


def product_card(*, product_id: int) -> ProductCard | None:
    """The product, when a seller in the current scope offers it; else None. At most four statements.

    `sellers` are those who offer it, as far as the scope sees; `category_id` is where the first of them lists it.
    """
    listings = list(
        Listing.objects.visible_to(current())
        .filter(product_id=product_id, is_active=True, product__deleted_at=None)
        .select_related("product")
        .order_by("seller_id")
    )
    if not listings:
        return None
    product = listings[0].product
    media = [MediaValue(m.pk, m.kind, m.name) for m in _media(product_id)]
    return ProductCard(
        id=product.pk,
        code=product.code,
        name=product.name,
        brand=product.brand,
        description=product.description,
        unit=product.unit,
        pack_quantity=product.pack_quantity,
        vat_percent=product.vat_percent,
        weight_g=product.weight_g,
        volume_cm3=product.volume_cm3,
        barcodes=tuple(product.barcodes),
        attributes=tuple((name, str(value)) for name, value in product.attributes.items() if value not in ("", None)),
        category_id=listings[0].category_id or product.category_id,
        has_variants=product.has_variants,
        sellers=tuple(listing.seller_id for listing in listings),
        pictures=tuple(m for m in media if m.kind == "picture"),
        documents=tuple(m for m in media if m.kind == "document"),
        variants=_variants(product),
    )


def _media(product_id: int) -> QuerySet[Media]:
    return Media.objects.filter(product_id=product_id, file__isnull=False).order_by("kind", "position", "id")


def _variants(product: Product) -> tuple[VariantValue, ...]:
    article_id = product.pk if product.has_variants else product.variant_of_id
    if article_id is None:
        return ()
    offered = Exists(Listing.objects.visible_to(current()).filter(product_id=OuterRef("pk"), is_active=True))
    family = list(Product.objects.filter(offered, variant_of_id=article_id, deleted_at=None).order_by("name", "id"))
    shared = {pair for pair in _pairs(family[0]) if all(pair in _pairs(p) for p in family)} if family else set()
    return tuple(
        VariantValue(
            id=p.pk,
            code=p.code,
            name=p.name,
            difference=tuple(pair for pair in _pairs(p) if pair not in shared),
            current=p.pk == product.pk,
        )
        for p in family
    )


def _pairs(product: Product) -> list[tuple[str, str]]:
    return [(name, str(value)) for name, value in product.attributes.items()]


def pictures_of(*, product_ids: Collection[int]) -> dict[int, int]:
    """The id of each product's first picture; those without are missing. One statement."""
    rows = Product.objects.filter(pk__in=product_ids).annotate(picture_id=first_picture())
    return dict(rows.filter(Q(picture_id__isnull=False)).values_list("pk", "picture_id"))
