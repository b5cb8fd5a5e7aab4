"""Which products serve instead of others, or beside them, as far as a seller offers them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import F, Q, QuerySet

from zveno.catalog.models import ProductRelation
from zveno.catalog.queries.orderable import OrderableProduct, products_for_order
from zveno.catalog.rules.relations import INSTEAD, RelationKind, RelationTold
from zveno.kit.codes import fold_code, fold_text


@dataclass(frozen=True, slots=True)
class RelatedProduct:
    """A product that the seller offers, and how it serves."""

    kind: RelationKind
    product: OrderableProduct


def related_products(
    *, product_ids: Collection[int], seller_id: int, kinds: Collection[RelationKind] = tuple(RelationKind)
) -> dict[int, tuple[RelatedProduct, ...]]:
    """By product: what serves instead of it or beside it, substitutes first. Two SQL statements.

    As the seller itself says, and as the owner of the product's card does; only what the seller offers now.
    """
    rows = list(_told(product_ids, seller_id).filter(kind__in=[kind.value for kind in kinds]))
    offered = products_for_order(product_ids={row.other_id for row in rows}, seller_id=seller_id) if rows else {}
    found: defaultdict[int, dict[int, RelatedProduct]] = defaultdict(dict)
    order = list(RelationKind)
    for row in sorted(rows, key=lambda row: (order.index(RelationKind(row.kind)), row.position, row.pk)):
        other = offered.get(row.other_id)
        if other and other.is_offered and row.other_id not in found[row.product_id]:
            found[row.product_id][row.other_id] = RelatedProduct(RelationKind(row.kind), other)
    return {key: tuple(others.values()) for key, others in found.items()}


def is_instead_of(*, product_id: int, other_id: int, seller_id: int) -> bool:
    """Whether the other product may stand in the place of the first, at this seller. One SQL statement."""
    kinds = [kind.value for kind in INSTEAD]
    return _told([product_id], seller_id).filter(other_id=other_id, kind__in=kinds).exists()


def _told(product_ids: Collection[int], seller_id: int) -> QuerySet[ProductRelation]:
    by_seller_or_owner = Q(owner_id=seller_id) | Q(owner_id=F("product__owner_id"))
    return ProductRelation.objects.filter(by_seller_or_owner, product_id__in=product_ids)


@dataclass(frozen=True, slots=True)
class RelationValue:
    """A relation as its owner's list shows it."""

    id: int
    kind: RelationKind
    product_id: int
    code: str
    name: str
    other_id: int
    other_code: str
    other_name: str
    is_from_erp: bool


def relations_of(*, owner_id: int, search: str = "", kind: RelationKind | None = None) -> QuerySet[ProductRelation]:
    """What the company said itself, as a lazy set with both products; a search looks at either of them."""
    rows = ProductRelation.objects.filter(owner_id=owner_id).select_related("product", "other")
    if kind is not None:
        rows = rows.filter(kind=kind.value)
    for word in fold_text(search).split():
        code = fold_code(word).lower() or word
        either = Q(product__search_text__contains=word) | Q(other__search_text__contains=word)
        rows = rows.filter(either | Q(product__search_text__contains=code) | Q(other__search_text__contains=code))
    return rows


def relation_values(rows: Iterable[ProductRelation]) -> list[RelationValue]:
    """Loaded rows of `relations_of` as values."""
    return [
        RelationValue(
            id=row.pk,
            kind=RelationKind(row.kind),
            product_id=row.product_id,
            code=row.product.code,
            name=row.product.name,
            other_id=row.other_id,
            other_code=row.other.code,
            other_name=row.other.name,
            is_from_erp=row.told_by == "erp",
        )
        for row in rows
    ]


def known_relations(*, owner_id: int, rows: Collection[RelationTold]) -> dict[RelationTold, bool]:
    """Those of the relations that the company has told already. One SQL statement."""
    known = ProductRelation.objects.filter(owner_id=owner_id, product_id__in={row.product_id for row in rows})
    told = {RelationTold(row.product_id, row.other_id, RelationKind(row.kind)) for row in known}
    return dict.fromkeys(told & set(rows), True)
