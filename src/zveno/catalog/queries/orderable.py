"""What of the catalog can be ordered from a seller, and which product a typed code means."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from zveno.base.scope import current
from zveno.catalog.models import Listing, Product
from zveno.kit.codes import fold_code


@dataclass(frozen=True, slots=True)
class OrderableProduct:
    """What an order line needs to know of a product. `is_offered`: the seller lists it and it can be bought."""

    id: int
    code: str
    name: str
    unit: str
    unit_code: str
    pack_quantity: Decimal
    vat_percent: Decimal | None
    weight_g: int | None
    is_offered: bool


def products_for_order(*, product_ids: Collection[int], seller_id: int) -> dict[int, OrderableProduct]:
    """The products with these ids as an order from the seller sees them; unknown ids are missing. One SQL statement."""
    if not product_ids:
        return {}
    rows = _with_offer(Product.objects.filter(pk__in=product_ids), seller_id)
    return {row.pk: _orderable(row) for row in rows}


def products_by_code(*, codes: Collection[str], seller_id: int) -> dict[str, tuple[OrderableProduct, ...]]:
    """The products that the seller offers under each article code or barcode, as typed. One SQL statement.

    Codes are compared folded (see `kit.codes.fold_code`), barcodes as they are. Several products under one code: the
    asker decides. Codes that mean nothing are missing.
    """
    folded = {code: fold_code(code) for code in codes}
    wanted = {value for value in folded.values() if value}
    if not wanted:
        return {}
    barcodes = [code.strip() for code in codes if code.strip().isdigit()]
    rows = _with_offer(
        Product.objects.filter(Q(code_folded__in=wanted) | Q(barcodes__overlap=barcodes)), seller_id
    ).filter(offered=True, has_variants=False, deleted_at=None)
    found: defaultdict[str, list[OrderableProduct]] = defaultdict(list)
    for row in rows.order_by("code", "name", "id"):
        for key in {row.code_folded, *(fold_code(barcode) for barcode in row.barcodes)}:
            found[key].append(_orderable(row))
    return {code: tuple(found[key]) for code, key in folded.items() if key in found}


def products_like_code(
    *, fragments: Iterable[str], seller_id: int, limit: int
) -> dict[str, tuple[OrderableProduct, ...]]:
    """Up to `limit` products of the seller whose code or name holds each fragment. One SQL statement each."""
    found = {}
    for fragment in fragments:
        folded = fold_code(fragment)
        like = Q(name__icontains=fragment.strip()) | (Q(code_folded__contains=folded) if len(folded) > 2 else Q())
        rows = _with_offer(Product.objects.filter(like), seller_id).filter(
            offered=True, has_variants=False, deleted_at=None
        )
        found[fragment] = tuple(_orderable(row) for row in rows.order_by("code", "id")[:limit])
    return found


def _with_offer(products: QuerySet[Product], seller_id: int) -> QuerySet[Any]:
    listings = Listing.objects.visible_to(current()).filter(seller_id=seller_id, is_active=True)
    return products.annotate(offered=Exists(listings.filter(product_id=OuterRef("pk"))))


def _orderable(row: Any) -> OrderableProduct:
    return OrderableProduct(
        id=row.pk,
        code=row.code,
        name=row.name,
        unit=row.unit,
        unit_code=row.unit_code,
        pack_quantity=row.pack_quantity,
        vat_percent=row.vat_percent,
        weight_g=row.weight_g,
        is_offered=bool(row.offered) and row.deleted_at is None and not row.has_variants,
    )
