"""The prices of products in one column at a moment, with what is planned: what the seller's people keep."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import Q

from zveno.base.scope import current
from zveno.pricing.models import Price


@dataclass(frozen=True, slots=True)
class Tier:
    """A price from a quantity up and since when it holds."""

    min_quantity: Decimal
    value: Decimal
    valid_from: datetime


@dataclass(frozen=True, slots=True)
class ColumnPrice:
    """What a product costs in a column: `tiers` in force by quantity, `planned` changes by the moment they begin."""

    tiers: tuple[Tier, ...] = ()
    planned: tuple[Tier, ...] = ()
    confirmed_at: datetime | None = None

    @property
    def first(self) -> Tier | None:
        """The price from the first piece."""
        return next((tier for tier in self.tiers if not tier.min_quantity), None)

    @property
    def larger(self) -> tuple[Tier, ...]:
        """The prices from larger quantities."""
        return tuple(tier for tier in self.tiers if tier.min_quantity)


NONE = ColumnPrice()


def prices_in_column(
    *, seller_id: int, price_kind_id: int, product_ids: Collection[int], at: datetime
) -> dict[int, ColumnPrice]:
    """Product id → its price in the column at the moment and later; those without are missing. One statement.

    A price of nought is none: the accounting system says so that a product is in the column no more.
    """
    rows = (
        Price.objects.visible_to(current())
        .filter(seller_id=seller_id, price_kind_id=price_kind_id, product_id__in=product_ids)
        .filter(Q(valid_to=None) | Q(valid_to__gt=at))
        .order_by("product_id", "valid_from", "min_quantity")
    )
    found: dict[int, list[Price]] = {}
    for row in rows:
        found.setdefault(row.product_id, []).append(row)
    return {product_id: _value(told, at) for product_id, told in found.items()}


def _value(rows: list[Price], at: datetime) -> ColumnPrice:
    now = [row for row in rows if row.valid_from <= at and row.value > 0]
    return ColumnPrice(
        tiers=tuple(sorted((_tier(row) for row in now), key=lambda tier: tier.min_quantity)),
        planned=tuple(_tier(row) for row in rows if row.valid_from > at),
        confirmed_at=max((row.confirmed_at for row in now), default=None),
    )


def _tier(row: Price) -> Tier:
    return Tier(row.min_quantity, row.value, row.valid_from)
