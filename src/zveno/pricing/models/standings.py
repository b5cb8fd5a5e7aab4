"""How a buyer stands with a seller: rules that a person can read, and the standing of each entity with its periods."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import models
from django.db.models import Q

from zveno.base.walls import READ_ONLY, Rows, Walled, Walls
from zveno.pricing.models.periods import Dated, alike, in_order
from zveno.pricing.rules.standing import Source, Test

_KNOWN_TO_BUYERS = Walls(buying=Rows("seller_id", "sellers", READ_ONLY), selling=Rows("seller_id", "sellers"))


class Standing(Walled):
    """A status that a seller gives its buyers: new, silver. The higher `position`, the better."""

    walls = _KNOWN_TO_BUYERS

    seller = models.ForeignKey("partners.Company", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=80)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["seller", "name"], name="standing_name_once"),)

    def __str__(self) -> str:
        return self.name


class StandingRule(Walled, Dated):
    """What a standing takes and what limit it gives while the period lasts.

    `test`: no order yet, any order, or `min_total` shipped in the last `months`; `given` is by hand or by the
    accounting system alone. Prices and discounts of the standing are its KindAssignments and Discounts.
    """

    walls = _KNOWN_TO_BUYERS

    seller = models.ForeignKey("partners.Company", on_delete=models.PROTECT, related_name="+")
    standing = models.ForeignKey(Standing, on_delete=models.PROTECT, related_name="rules")
    test = models.CharField(max_length=8, choices=[(test.value, test.value) for test in Test])
    min_total = models.DecimalField(max_digits=16, decimal_places=2, default=0)
    months = models.PositiveSmallIntegerField(default=12)
    credit_limit = models.DecimalField(max_digits=16, decimal_places=2, null=True)

    class Meta:
        constraints = (
            in_order("standing_rule_in_order"),
            ExclusionConstraint(
                name="standing_rule_one_at_a_time", index_type="GIST", expressions=alike("standing_id")
            ),
        )


class BuyerStanding(Walled, Dated):
    """The standing of an entity with a seller. `reason` holds the figures that gave it; one given by hand is `held`
    and no rule changes it until that moment (null with `is_held`: until somebody does).
    """

    walls = Walls(buying=Rows("buyer_entity_id", "entities", READ_ONLY), selling=Rows("seller_id", "sellers"))

    seller = models.ForeignKey("partners.Company", on_delete=models.PROTECT, related_name="+", db_index=False)
    buyer_entity = models.ForeignKey("partners.LegalEntity", on_delete=models.PROTECT, related_name="+", db_index=False)
    standing = models.ForeignKey(Standing, on_delete=models.PROTECT, related_name="+")
    source = models.CharField(max_length=8, choices=[(source.value, source.value) for source in Source])
    reason = models.JSONField(default=dict)
    is_held = models.BooleanField(default=False)
    held_until = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            in_order("buyer_standing_in_order"),
            ExclusionConstraint(
                name="buyer_standing_one_at_a_time",
                index_type="GIST",
                expressions=alike("buyer_entity_id", "seller_id"),
            ),
        )
        indexes = (models.Index(fields=["seller", "buyer_entity"], name="buyer_standing_seller"),)


class FirstOrder(Walled):
    """That an entity has ordered from a seller: whose row is first in, whose order is the first. Given back when that
    order came to nothing.
    """

    walls = Walls(buying=Rows("buyer_entity_id", "entities"), selling=Rows("seller_id", "sellers"))

    seller = models.ForeignKey("partners.Company", on_delete=models.PROTECT, related_name="+")
    buyer_entity = models.ForeignKey("partners.LegalEntity", on_delete=models.PROTECT, related_name="+", db_index=False)
    claimed_at = models.DateTimeField()
    released_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["buyer_entity", "seller"], condition=Q(released_at=None), name="first_order_once"
            ),
        )
