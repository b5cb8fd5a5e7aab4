"""Which products of a seller lie free on a shelf: a narrowing for lists of products."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import F, QuerySet

from zveno.base.scope import current
from zveno.stock.models import Arrival, Balance


def products_on_shelf(*, seller_id: int, warehouse_id: int | None = None) -> QuerySet[Balance, Any]:
    """The ids of products that the seller has free in the warehouse or in any, as a lazy set to narrow lists by."""
    rows = Balance.objects.visible_to(current()).filter(
        seller_id=seller_id, on_hand__gt=F("reserved"), warehouse__is_active=True
    )
    return (rows if warehouse_id is None else rows.filter(warehouse_id=warehouse_id)).values("product_id")


def products_at(*, seller_id: int, warehouse_id: int) -> QuerySet[Balance, Any]:
    """The ids of products that lie in the warehouse or come there, as a lazy set."""
    here = {"seller_id": seller_id, "warehouse_id": warehouse_id}
    arrivals = Arrival.objects.visible_to(current()).filter(**here, closed_at=None)
    shelves = Balance.objects.visible_to(current()).filter(**here).exclude(on_hand=0, reserved=0)
    return shelves.values("product_id").union(arrivals.values("product_id"))


def products_with_supply(*, seller_id: int, since: date) -> QuerySet[Balance, Any]:
    """The ids of products that the seller has free on a shelf, or of which free goods are due on `since` or later."""
    arrivals = Arrival.objects.visible_to(current()).filter(
        seller_id=seller_id, closed_at=None, due_on__gte=since, quantity__gt=F("reserved")
    )
    return products_on_shelf(seller_id=seller_id).union(arrivals.values("product_id"))
