"""Tables of claims. Every row carries its seller and its buyer's entity, for the walls."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from zveno.base.walls import READ_ONLY, Rows, Walled, Walls
from zveno.claims.rules.claiming import Kind, Outcome
from zveno.claims.rules.states import OPEN, Side, State

_BOTH = Walls(buying=Rows("buyer_entity_id", "entities"), selling=Rows("seller_id", "sellers"))


class ClaimTerms(Walled):
    """A seller's terms of claiming, in days (see `rules.claiming.Terms`); buyers read them."""

    walls = Walls(buying=Rows("seller_id", "sellers", READ_ONLY), selling=Rows("seller_id", "sellers"))

    seller = models.OneToOneField("partners.Company", on_delete=models.PROTECT, related_name="+")
    arrival_days = models.PositiveSmallIntegerField()
    defect_days = models.PositiveSmallIntegerField()
    return_days = models.PositiveSmallIntegerField()
    papers_days = models.PositiveSmallIntegerField()
    answer_days = models.PositiveSmallIntegerField()


class ClaimCounter(Walled):
    """The last number given to a claim of a seller."""

    walls = Walls(buying=Rows("seller_id", "sellers"), selling=Rows("seller_id", "sellers"))

    seller = models.OneToOneField("partners.Company", on_delete=models.PROTECT, related_name="+")
    last_number = models.PositiveIntegerField()


class Claim(Walled):
    """What a buyer finds wrong with one shipment.

    The shipment is named by its number and day: the accounting system may tell it anew, and a claim outlives that.
    """

    walls = _BOTH

    seller = models.ForeignKey("partners.Company", on_delete=models.PROTECT, related_name="+")
    buyer_company = models.ForeignKey("partners.Company", on_delete=models.PROTECT, related_name="+")
    buyer_entity = models.ForeignKey("partners.LegalEntity", on_delete=models.PROTECT, related_name="+")
    order = models.ForeignKey("orders.Order", null=True, on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=40)
    shipment_number = models.CharField(max_length=60)
    shipped_on = models.DateField()
    currency = models.CharField(max_length=3, default="RUB")
    kind = models.CharField(max_length=20, default=Kind.SHORTAGE.value)
    wish = models.CharField(max_length=20, default=Outcome.DELIVER.value)
    state = models.CharField(max_length=20, default=State.SUBMITTED.value)
    words = models.CharField(max_length=4000, blank=True)
    # What the claimed goods cost, and what the decision credits.
    worth = models.DecimalField(max_digits=16, decimal_places=2, default=0)
    credited = models.DecimalField(max_digits=16, decimal_places=2, default=0)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    opened_by_name = models.CharField(max_length=200)
    opened_at = models.DateTimeField()
    due_on = models.DateField()
    decided_at = models.DateTimeField(null=True)
    changed_at = models.DateTimeField()
    # A second click on "send" finds the claim of the first.
    idempotency_key = models.UUIDField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["buyer_entity", "idempotency_key"], name="claim_once"),
            models.UniqueConstraint(fields=["seller", "number"], name="claim_number"),
        )
        indexes = (
            models.Index(fields=["seller", "-opened_at"], name="claim_seller"),
            models.Index(fields=["buyer_entity", "-opened_at"], name="claim_buyer"),
            models.Index(
                fields=["seller", "due_on"], name="claim_open", condition=Q(state__in=sorted(s.value for s in OPEN))
            ),
            models.Index(fields=["seller", "buyer_entity", "shipment_number"], name="claim_shipment"),
        )


class ClaimLine(Walled):
    """A product of the shipment in a claim; what the seller decided of it. `key` names the shipment's line."""

    walls = _BOTH

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="lines")
    seller = models.ForeignKey("partners.Company", on_delete=models.PROTECT, related_name="+")
    buyer_entity = models.ForeignKey("partners.LegalEntity", on_delete=models.PROTECT, related_name="+")
    product = models.ForeignKey("catalog.Product", null=True, on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=540)
    code = models.CharField(max_length=100, blank=True)
    name = models.CharField(max_length=500)
    unit = models.CharField(max_length=20, blank=True)
    shipped = models.DecimalField(max_digits=13, decimal_places=3)
    quantity = models.DecimalField(max_digits=13, decimal_places=3)
    price = models.DecimalField(max_digits=16, decimal_places=4)
    outcome = models.CharField(max_length=20, blank=True)
    granted = models.DecimalField(max_digits=13, decimal_places=3, default=0)
    credited = models.DecimalField(max_digits=16, decimal_places=2, default=0)
    words = models.CharField(max_length=1000, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["claim", "key"], name="claim_line_once"),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="claim_line_positive"),
        )


class ClaimFile(Walled):
    """A photo or paper of a claim. The content stands in the file store under its digest; this row opens it."""

    walls = _BOTH

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="files")
    seller = models.ForeignKey("partners.Company", on_delete=models.PROTECT, related_name="+")
    buyer_entity = models.ForeignKey("partners.LegalEntity", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=400)
    sha256 = models.CharField(max_length=64)
    size = models.BigIntegerField()
    is_picture = models.BooleanField()
    added_by_name = models.CharField(max_length=200)
    added_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["claim", "sha256"], name="claim_file_once"),)


class ClaimEvent(Walled):
    """One thing that happened to a claim or was said on it: what (code + params), who, on which side, when."""

    walls = _BOTH

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="events")
    seller = models.ForeignKey("partners.Company", on_delete=models.PROTECT, related_name="+")
    buyer_entity = models.ForeignKey("partners.LegalEntity", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    side = models.CharField(max_length=10, default=Side.BUYER.value)
    actor_name = models.CharField(max_length=200)
    kind = models.CharField(max_length=40)
    words = models.CharField(max_length=4000, blank=True)
    params = models.JSONField(default=dict)

    class Meta:
        indexes = (models.Index(fields=["claim", "at"], name="claim_event"),)
