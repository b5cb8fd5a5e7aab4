"""How a seller's discounts combine and how its prices are rounded, at a moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import Q

from zveno.base.scope import current
from zveno.pricing.models import Combination, Rounding
from zveno.pricing.queries.facts import bands_of
from zveno.pricing.rules.facts import Band, Mode


@dataclass(frozen=True, slots=True)
class CombinationValue:
    """How the layers combine; without a word of the seller the largest discount counts alone."""

    mode: Mode = Mode.LARGEST
    cap_percent: Decimal | None = None
    floor_kind_id: int | None = None


def combination_of(*, seller_id: int, at: datetime) -> CombinationValue:
    """How the seller's discounts combine at the moment. One statement."""
    rows = Combination.objects.visible_to(current()).filter(seller_id=seller_id, valid_from__lte=at)
    row = rows.filter(Q(valid_to=None) | Q(valid_to__gt=at)).first()
    return CombinationValue(Mode(row.mode), row.cap_percent, row.floor_kind_id) if row else CombinationValue()


def rounding_of(*, seller_id: int, currency: str, at: datetime) -> tuple[Band, ...]:
    """The bands of rounding of the seller in the currency at the moment, none by default. One statement."""
    rows = Rounding.objects.visible_to(current()).filter(seller_id=seller_id, currency=currency, valid_from__lte=at)
    row = rows.filter(Q(valid_to=None) | Q(valid_to__gt=at)).first()
    return bands_of(row.bands) if row else ()
