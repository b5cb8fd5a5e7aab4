"""What an accounting system says of products that stand for one another, taken in bulk."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from zveno.base.tx import in_transaction
from zveno.catalog.models import ProductRelation
from zveno.catalog.rules.relations import RelationKind, RelationTold


@in_transaction
def take_relations(*, owner_id: int, rows: Iterable[RelationTold], at: datetime, replaces: bool = False) -> int:
    """Keep what the system tells; how many are new. With `replaces`, of the products told of, what it told before and
    tells no more is withdrawn; what a person said stays. Four SQL statements.
    """
    told = list(dict.fromkeys(row for row in rows if row.product_id != row.other_id))
    ids = {row.product_id for row in told}
    known = {
        RelationTold(row.product_id, row.other_id, RelationKind(row.kind)): row
        for row in ProductRelation.objects.filter(owner_id=owner_id, product_id__in=ids)
    }
    new = [row for row in told if row not in known]
    places = {row: at_place for at_place, row in enumerate(told)}
    ProductRelation.objects.bulk_create(
        [
            ProductRelation(
                owner_id=owner_id,
                product_id=row.product_id,
                other_id=row.other_id,
                kind=row.kind.value,
                told_by="erp",
                told_at=at,
                position=min(places[row], 32_000),
            )
            for row in new
        ],
        ignore_conflicts=True,
    )
    if replaces:
        gone = [row.pk for key, row in known.items() if key not in places and row.told_by == "erp"]
        ProductRelation.objects.filter(pk__in=gone).delete()
    return len(new)
