"""A person says which product may stand for another, or goes with it."""

from __future__ import annotations

from datetime import datetime

from zveno.base.tx import in_transaction
from zveno.catalog.errors import ProductNotListed, RelatedToItself, RelationNotFound
from zveno.catalog.models import ProductRelation
from zveno.catalog.queries.orderable import products_for_order
from zveno.catalog.rules.relations import RelationKind


@in_transaction
def relate_products(
    *, owner_id: int, product_id: int, other_id: int, kind: RelationKind, both_ways: bool, now: datetime
) -> int:
    """Let `other_id` serve instead of (or beside) `product_id`, and with `both_ways` the other way round; how many are
    new. What stands already stays. Raises ProductNotListed, RelatedToItself.
    """
    products = products_for_order(product_ids={product_id, other_id}, seller_id=owner_id)
    if any(key not in products or not products[key].is_offered for key in (product_id, other_id)):
        raise ProductNotListed()
    if product_id == other_id:
        raise RelatedToItself(code=products[product_id].code or products[product_id].name)
    pairs = [(product_id, other_id), *([(other_id, product_id)] if both_ways else [])]
    known = set(
        ProductRelation.objects.filter(owner_id=owner_id, kind=kind.value)
        .filter(product_id__in=products)
        .values_list("product_id", "other_id")
    )
    new = [pair for pair in pairs if pair not in known]
    ProductRelation.objects.bulk_create(
        [
            ProductRelation(
                owner_id=owner_id, product_id=one, other_id=other, kind=kind.value, told_by="person", told_at=now
            )
            for one, other in new
        ],
        ignore_conflicts=True,
    )
    return len(new)


@in_transaction
def part_products(*, owner_id: int, relation_id: int) -> None:
    """Take a relation back, whoever told it. Raises RelationNotFound."""
    gone, _ = ProductRelation.objects.filter(pk=relation_id, owner_id=owner_id).delete()
    if not gone:
        raise RelationNotFound()
