"""The figures of named shelves and arrivals, to see what a message changed."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from decimal import Decimal

from zveno.base.scope import current
from zveno.stock.models import Arrival, Balance


def shelf_figures(*, seller_id: int, keys: Collection[tuple[int, int]]) -> dict[tuple[int, int], Decimal]:
    """What lies of each (product, warehouse); those never told are missing. One SQL statement."""
    rows = Balance.objects.visible_to(current()).filter(
        seller_id=seller_id, product_id__in={product for product, _ in keys}
    )
    found = rows.values_list("product_id", "warehouse_id", "on_hand")
    return {(product, place): on_hand for product, place, on_hand in found if (product, place) in keys}


def arrival_figures(
    *, seller_id: int, keys: Collection[tuple[str, int, int]]
) -> dict[tuple[str, int, int], tuple[Decimal, Decimal, date, str]]:
    """What each open arrival (paper, warehouse, product) is: quantity, received, day, confidence. One SQL statement."""
    rows = Arrival.objects.visible_to(current()).filter(
        seller_id=seller_id, closed_at=None, product_id__in={product for _, _, product in keys}
    )
    return {
        key: (row.quantity, row.received, row.due_on, row.confidence)
        for row in rows
        if (key := (row.source_number, row.warehouse_id, row.product_id)) in keys
    }
