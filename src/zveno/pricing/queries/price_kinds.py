"""A seller's price columns."""

from __future__ import annotations

from dataclasses import dataclass

from zveno.base.scope import current
from zveno.pricing.models import PriceKind


@dataclass(frozen=True, slots=True)
class PriceKindValue:
    """A price column. `is_floor`: sales below it are pointed out."""

    id: int
    name: str
    currency: str
    vat_included: bool
    is_floor: bool = False


def price_kinds_of(*, seller_id: int) -> list[PriceKindValue]:
    """The seller's columns as far as the scope sees them, by name."""
    rows = PriceKind.objects.visible_to(current()).filter(seller_id=seller_id).order_by("name", "id")
    return [PriceKindValue(row.pk, row.name, row.currency, row.vat_included, row.is_floor) for row in rows]
