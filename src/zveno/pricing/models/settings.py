"""How a seller's rules combine and how its prices are rounded."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import models
from django.db.models import Q

from zveno.base.walls import READ_ONLY, Rows, Walled, Walls
from zveno.pricing.models.periods import Dated, alike, in_order
from zveno.pricing.rules.facts import Mode

_KNOWN_TO_BUYERS = Walls(buying=Rows("seller_id", "sellers", READ_ONLY), selling=Rows("seller_id", "sellers"))


class Combination(Walled, Dated):
    """How the layers of discounts combine, the most they may come to together, the column no discount goes below."""

    walls = _KNOWN_TO_BUYERS

    seller = models.ForeignKey("partners.Company", on_delete=models.PROTECT, related_name="+")
    mode = models.CharField(max_length=8, choices=[(mode.value, mode.value) for mode in Mode])
    cap_percent = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    floor_kind = models.ForeignKey("pricing.PriceKind", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (
            in_order("combination_in_order"),
            models.CheckConstraint(
                condition=Q(cap_percent=None) | Q(cap_percent__gte=0, cap_percent__lt=100), name="combination_cap"
            ),
            ExclusionConstraint(name="combination_one_at_a_time", index_type="GIST", expressions=alike("seller_id")),
        )


class Rounding(Walled, Dated):
    """How unit prices of a seller in a currency are rounded: bands `{"from": "1000", "step": "10", "way": "up"}`."""

    walls = _KNOWN_TO_BUYERS

    seller = models.ForeignKey("partners.Company", on_delete=models.PROTECT, related_name="+")
    currency = models.CharField(max_length=3)
    bands = models.JSONField(default=list)

    class Meta:
        constraints = (
            in_order("rounding_in_order"),
            ExclusionConstraint(
                name="rounding_one_at_a_time", index_type="GIST", expressions=alike("seller_id", "currency")
            ),
        )
