"""What travels, and what was said of it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from zveno.base.walls import READ_ONLY, Rows, Walled, Walls
from zveno.delivery.models.carriers import Carrier
from zveno.delivery.models.choices import OrderSegment
from zveno.delivery.models.places import Place
from zveno.delivery.rules.tracking import ParcelState

_TOLD_BY_SELLER = Walls(buying=Rows("buyer_entity_id", "entities", READ_ONLY), selling=Rows("seller_id", "sellers"))


class Parcel(Walled):
    """What travels to a buyer. `shipment_number` with the order joins it to a shipment of the ERP: plain keys.

    `key` is what the carrier knows it by before it gives a number: booked again, it is the same parcel.
    `first_expected_on` is what was promised when it left, `expected_on` what is known now.
    """

    walls = _TOLD_BY_SELLER

    seller = models.ForeignKey("partners.Company", on_delete=models.PROTECT, related_name="+")
    buyer_company = models.ForeignKey("partners.Company", on_delete=models.PROTECT, related_name="+")
    buyer_entity = models.ForeignKey("partners.LegalEntity", on_delete=models.PROTECT, related_name="+")
    order_id = models.BigIntegerField(null=True)
    order_number = models.CharField(max_length=40, blank=True)
    shipment_number = models.CharField(max_length=60, blank=True)
    segment = models.ForeignKey(OrderSegment, null=True, on_delete=models.SET_NULL, related_name="parcels")
    carrier = models.ForeignKey(Carrier, null=True, on_delete=models.PROTECT, related_name="+")
    carrier_name = models.CharField(max_length=120, blank=True)
    number = models.CharField(max_length=60, blank=True)
    key = models.CharField(max_length=40, unique=True)
    reference = models.CharField(max_length=80, blank=True)
    state = models.CharField(max_length=12, choices=[(s.value, s.value) for s in ParcelState])
    from_place = models.ForeignKey(Place, null=True, on_delete=models.PROTECT, related_name="+")
    to_place = models.ForeignKey(Place, null=True, on_delete=models.PROTECT, related_name="+")
    sent_on = models.DateField(null=True)
    first_expected_on = models.DateField(null=True)
    expected_on = models.DateField(null=True)
    delivered_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()
    next_look_at = models.DateTimeField(null=True)
    failures = models.PositiveIntegerField(default=0)
    problem = models.CharField(max_length=300, blank=True)
    # The paper to be glued on, fetched once the carrier has taken the booking.
    label = models.ForeignKey("base.StoredFile", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["order_id", "shipment_number"],
                condition=~Q(shipment_number="") & Q(order_id__isnull=False),
                name="parcel_once_per_shipment",
            ),
        )
        indexes = (
            models.Index(fields=["seller", "state", "expected_on"], name="parcel_seller"),
            models.Index(fields=["buyer_entity", "state", "expected_on"], name="parcel_buyer"),
            models.Index(fields=["order_id"], name="parcel_order"),
            models.Index(fields=["carrier", "reference"], name="parcel_reference"),
            models.Index(fields=["next_look_at"], condition=Q(next_look_at__isnull=False), name="parcel_look"),
        )

    def __str__(self) -> str:
        return self.number or self.key


class ParcelEvent(Walled):
    """One thing said of a parcel; the same thing said twice is kept once."""

    walls = _TOLD_BY_SELLER

    parcel = models.ForeignKey(Parcel, on_delete=models.CASCADE, related_name="events")
    seller = models.ForeignKey("partners.Company", on_delete=models.PROTECT, related_name="+")
    buyer_entity = models.ForeignKey("partners.LegalEntity", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    state = models.CharField(max_length=12, choices=[(s.value, s.value) for s in ParcelState])
    code = models.CharField(max_length=60, blank=True)
    text = models.CharField(max_length=300, blank=True)
    place = models.CharField(max_length=120, blank=True)
    source = models.CharField(max_length=8, choices=[(s, s) for s in ("carrier", "erp", "api", "person")])
    key = models.CharField(max_length=200)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["parcel", "key"], name="parcel_event_once"),)
