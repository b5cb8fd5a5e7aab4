"""How much a seller has of each product in all: on hand, held for orders, on the way."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import F, Min, QuerySet, Sum

from zveno.base.scope import current
from zveno.stock.models import Arrival, Balance

_ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Level:
    """The stock of a product over all warehouses. `next_on` is when the first arrival is due."""

    on_hand: Decimal = _ZERO
    reserved: Decimal = _ZERO
    arriving: Decimal = _ZERO
    arriving_reserved: Decimal = _ZERO
    next_on: date | None = None

    @property
    def free(self) -> Decimal:
        """What is free on shelves; below zero when more is promised than the ERP counts."""
        return self.on_hand - self.reserved


NOTHING = Level()


def levels_of(*, product_ids: Collection[int], seller_id: int) -> dict[int, Level]:
    """The level of each product that the seller has or awaits; the others are missing. Two statements."""
    own = {"seller_id": seller_id, "product_id__in": product_ids}
    shelves = Balance.objects.visible_to(current()).filter(**own).values("product_id")
    on_hand = {row["product_id"]: row for row in shelves.annotate(has=Sum("on_hand"), held=Sum("reserved")).order_by()}
    ways = Arrival.objects.visible_to(current()).filter(**own, closed_at=None).values("product_id")
    coming = {
        row["product_id"]: row
        for row in ways.annotate(has=Sum("quantity"), held=Sum("reserved"), first=Min("due_on")).order_by()
    }
    return {key: _level(on_hand.get(key), coming.get(key)) for key in {*on_hand, *coming}}


def overpromised(*, seller_id: int) -> QuerySet[Balance, Any]:
    """The ids of products of which more is promised somewhere than the ERP counts, as a lazy set."""
    rows = Balance.objects.visible_to(current()).filter(seller_id=seller_id, on_hand__lt=F("reserved"))
    return rows.values("product_id")


def _level(shelf: Mapping[str, Any] | None, way: Mapping[str, Any] | None) -> Level:
    has, held, first = (way["has"], way["held"], way["first"]) if way else (_ZERO, _ZERO, None)
    return Level(
        on_hand=shelf["has"] if shelf else _ZERO,
        reserved=shelf["held"] if shelf else _ZERO,
        arriving=has,
        arriving_reserved=held,
        next_on=first,
    )
