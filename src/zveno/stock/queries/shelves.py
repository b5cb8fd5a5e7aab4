"""Which products of a seller lie free on a shelf: a narrowing for lists of products."""

from __future__ import annotations

from typing import Any

from django.db.models import F, QuerySet

from zveno.base.scope import current
from zveno.stock.models import Balance


def products_on_shelf(*, seller_id: int) -> QuerySet[Balance, Any]:
    """The ids of products that the seller has free in some warehouse, as a lazy set to narrow other lists by."""
    return (
        Balance.objects.visible_to(current())
        .filter(seller_id=seller_id, on_hand__gt=F("reserved"), warehouse__is_active=True)
        .values("product_id")
    )
