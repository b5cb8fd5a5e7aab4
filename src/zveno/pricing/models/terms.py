"""What is agreed with a buyer, with all buyers, or with those of a status: price columns and discounts."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce

from zveno.base.walls import OwnOrCommon, Rows, Walled, Walls
from zveno.pricing.models.periods import Dated, alike, in_order
from zveno.pricing.rules.facts import Layer

_NONE = 0


class Rule(Walled, Dated):
    """For whom a rule is and which products it is about.

    For one entity, for those of a standing, or (neither) for all buyers of the seller; about one product, a group with
    everything below, a brand, or (none of them) everything.
    """

    walls = Walls(
        buying=OwnOrCommon("buyer_entity_id", "entities", common="seller_id", common_key="sellers"),
        selling=Rows("seller_id", "sellers"),
    )

    seller = models.ForeignKey("partners.Company", on_delete=models.PROTECT, related_name="+", db_index=False)
    buyer_entity = models.ForeignKey(
        "partners.LegalEntity", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    standing = models.ForeignKey("pricing.Standing", null=True, on_delete=models.PROTECT, related_name="+")
    product = models.ForeignKey("catalog.Product", null=True, on_delete=models.PROTECT, related_name="+")
    category = models.ForeignKey("catalog.Category", null=True, on_delete=models.PROTECT, related_name="+")
    brand = models.CharField(max_length=120, blank=True)
    contract_number = models.CharField(max_length=60, blank=True)

    class Meta:
        abstract = True


def _for_one() -> Q:
    return Q(buyer_entity=None) | Q(standing=None)


def _about_one() -> Q:
    return (
        Q(product=None, category=None)
        | Q(product__isnull=False, category=None, brand="")
        | Q(product=None, category__isnull=False, brand="")
    )


def _same_place() -> list[F | Coalesce]:
    nullable: list[F | Coalesce] = [
        Coalesce(F(name), _NONE) for name in ("buyer_entity_id", "standing_id", "product_id", "category_id")
    ]
    return [F("seller_id"), *nullable, F("brand")]


class KindAssignment(Rule):
    """A price column given by a contract. Of several that fit a product the most specific is asked first, then the one
    of the lowest `rank` (a regional column before the base column); one without a price is passed over.
    """

    price_kind = models.ForeignKey("pricing.PriceKind", on_delete=models.PROTECT, related_name="+")
    rank = models.PositiveSmallIntegerField(default=1)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=_for_one(), name="assignment_for_one"),
            models.CheckConstraint(condition=_about_one(), name="assignment_about_one"),
            in_order("assignment_in_order"),
            ExclusionConstraint(
                name="assignment_one_at_a_time", index_type="GIST", expressions=alike(*_same_place(), F("rank"))
            ),
        )
        indexes = (
            models.Index(fields=["buyer_entity", "seller", "product"], name="assignment_entity"),
            models.Index(fields=["seller", "product"], condition=Q(buyer_entity=None), name="assignment_common"),
        )


class Discount(Rule):
    """A discount of one layer, in percent. `threshold` is the least quantity of the line (layer `volume`) or the least
    sum of the order in `currency` (layer `order_sum`); 0 elsewhere.
    """

    layer = models.CharField(max_length=12, choices=[(layer.value, layer.value) for layer in Layer])
    threshold = models.DecimalField(max_digits=16, decimal_places=3, default=0)
    percent = models.DecimalField(max_digits=5, decimal_places=2)
    currency = models.CharField(max_length=3, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=_for_one(), name="discount_for_one"),
            models.CheckConstraint(condition=_about_one(), name="discount_about_one"),
            models.CheckConstraint(condition=Q(percent__gte=0, percent__lt=100), name="discount_in_range"),
            models.CheckConstraint(condition=Q(threshold__gte=0), name="discount_threshold"),
            in_order("discount_in_order"),
            ExclusionConstraint(
                name="discount_one_at_a_time",
                index_type="GIST",
                expressions=alike(*_same_place(), F("layer"), F("threshold"), F("currency")),
            ),
        )
        indexes = (
            models.Index(fields=["buyer_entity", "seller", "product"], name="discount_entity"),
            models.Index(fields=["seller", "product"], condition=Q(buyer_entity=None), name="discount_common"),
        )
