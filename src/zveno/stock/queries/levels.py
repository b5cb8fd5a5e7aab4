"""How much a seller has of each product in all: on hand, held for orders, on the way."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import F, Min, QuerySet, Sum

from zveno.base.scope import current
from zveno.stock.models import Arrival, Balance

_ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Level:
    """The stock of a product, over all warehouses or in one.

    `next_on` is when the first arrival is due, `confirmed_at` when the figure on a shelf that was counted longest ago
    was counted.
    """

    on_hand: Decimal = _ZERO
    reserved: Decimal = _ZERO
    arriving: Decimal = _ZERO
    arriving_reserved: Decimal = _ZERO
    next_on: date | None = None
    confirmed_at: datetime | None = None

    @property
    def free(self) -> Decimal:
        """What is free on shelves; below zero when more is promised than the ERP counts."""
        return self.on_hand - self.reserved


NOTHING = Level()


def levels_of(*, product_ids: Collection[int], seller_id: int, warehouse_id: int | None = None) -> dict[int, Level]:
    """The level of each product that the seller has or awaits; the others are missing. Two statements."""
    own = {"seller_id": seller_id, "product_id__in": product_ids, **_place(warehouse_id)}
    shelves = Balance.objects.visible_to(current()).filter(**own).values("product_id")
    sums = shelves.annotate(has=Sum("on_hand"), held=Sum("reserved"), told=Min("confirmed_at")).order_by()
    on_hand = {row["product_id"]: row for row in sums}
    ways = Arrival.objects.visible_to(current()).filter(**own, closed_at=None).values("product_id")
    coming = {
        row["product_id"]: row
        for row in ways.annotate(has=Sum("quantity"), held=Sum("reserved"), first=Min("due_on")).order_by()
    }
    return {key: _level(on_hand.get(key), coming.get(key)) for key in {*on_hand, *coming}}


def overpromised(*, seller_id: int, warehouse_id: int | None = None) -> QuerySet[Balance, Any]:
    """The ids of products of which more is promised somewhere than the ERP counts, as a lazy set."""
    own = Balance.objects.visible_to(current()).filter(seller_id=seller_id, **_place(warehouse_id))
    rows = own.filter(on_hand__lt=F("reserved"))
    return rows.values("product_id")


def _level(shelf: Mapping[str, Any] | None, way: Mapping[str, Any] | None) -> Level:
    has, held, first = (way["has"], way["held"], way["first"]) if way else (_ZERO, _ZERO, None)
    return Level(
        on_hand=shelf["has"] if shelf else _ZERO,
        reserved=shelf["held"] if shelf else _ZERO,
        arriving=has,
        arriving_reserved=held,
        next_on=first,
        confirmed_at=shelf["told"] if shelf else None,
    )


def _place(warehouse_id: int | None) -> dict[str, int]:
    return {} if warehouse_id is None else {"warehouse_id": warehouse_id}
