"""Floor prices: below them a resale price is doubtful."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from zveno.base.scope import current
from zveno.pricing.models import Price


def floor_prices(*, seller_ids: Sequence[int]) -> dict[int, Decimal]:
    """Product id → the floor that one of these sellers sets now, the highest of several. One statement."""
    open_floors = Price.objects.visible_to(current()).filter(
        seller_id__in=seller_ids, price_kind__is_floor=True, valid_to=None
    )
    return dict(open_floors.order_by("value").values_list("product_id", "value"))
