"""Take products off a seller's list without forgetting them."""

from __future__ import annotations

from collections.abc import Sequence

from zveno.base.scope import current
from zveno.base.tx import in_transaction
from zveno.catalog.models import Listing


@in_transaction
def withdraw_listings(*, seller_id: int, product_ids: Sequence[int], with_variants: bool = True) -> int:
    """Hide these products from the seller's buyers; how many were on the list until now."""
    listed = Listing.objects.visible_to(current()).filter(
        seller_id=seller_id, product_id__in=product_ids, is_active=True
    )
    if not with_variants:
        listed = listed.filter(product__variant_of=None)
    return listed.update(is_active=False)


@in_transaction
def restore_listings(*, seller_id: int, product_ids: Sequence[int]) -> int:
    """Show these products to the seller's buyers again, but for those deleted; how many were hidden until now."""
    return (
        Listing.objects.visible_to(current())
        .filter(seller_id=seller_id, product_id__in=product_ids, is_active=False, product__deleted_at=None)
        .update(is_active=True)
    )
