"""How carts and orders are to be brought, and how they will be."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from zveno.base.walls import READ_ONLY, Rows, Walled, Walls
from zveno.delivery.models.carriers import Carrier
from zveno.delivery.models.places import DeliveryAddress, Place

_BOTH = Walls(buying=Rows("buyer_entity_id", "entities"), selling=Rows("seller_id", "sellers"))
_TOLD_BY_SELLER = Walls(buying=Rows("buyer_entity_id", "entities", READ_ONLY), selling=Rows("seller_id", "sellers"))


class CartDelivery(Walled):
    """How the cart of one person with one seller is to be brought. `picks`: warehouse id → word of the pick."""

    walls = Walls(buying=Rows("buyer_entity_id", "entities"), desk=None)

    seller = models.ForeignKey("partners.Company", on_delete=models.PROTECT, related_name="+")
    buyer_entity = models.ForeignKey("partners.LegalEntity", on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    address = models.ForeignKey(DeliveryAddress, null=True, on_delete=models.PROTECT, related_name="+")
    in_parts = models.BooleanField(default=False)
    picks = models.JSONField(default=dict)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["user", "buyer_entity", "seller"], name="cart_delivery_once"),)


class DeliveryHabit(Walled):
    """How an entity had the seller's last order brought: what its next cart begins with."""

    walls = Walls(buying=Rows("buyer_entity_id", "entities"), desk=None)

    seller = models.ForeignKey("partners.Company", on_delete=models.PROTECT, related_name="+")
    buyer_entity = models.ForeignKey("partners.LegalEntity", on_delete=models.PROTECT, related_name="+")
    address = models.ForeignKey(DeliveryAddress, null=True, on_delete=models.PROTECT, related_name="+")
    in_parts = models.BooleanField(default=False)
    # The word for warehouses that are not named in `picks`.
    pick = models.CharField(max_length=20, default="cheapest")
    picks = models.JSONField(default=dict)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["buyer_entity", "seller"], name="delivery_habit_once"),)


class OrderDelivery(Walled):
    """How an order is brought: where to, the picks, what it comes to; what the manager charged for it and how.

    `order_id` is a plain key, since orders stand a floor above. `shares`: order line id → what was spread onto it.
    """

    walls = _BOTH

    seller = models.ForeignKey("partners.Company", on_delete=models.PROTECT, related_name="+")
    buyer_company = models.ForeignKey("partners.Company", on_delete=models.PROTECT, related_name="+")
    buyer_entity = models.ForeignKey("partners.LegalEntity", on_delete=models.PROTECT, related_name="+")
    order_id = models.BigIntegerField(unique=True)
    address = models.ForeignKey(DeliveryAddress, null=True, on_delete=models.PROTECT, related_name="+")
    place = models.ForeignKey(Place, null=True, on_delete=models.PROTECT, related_name="+")
    # The address as it was when the order was placed: later changes of the address book do not move it.
    address_text = models.CharField(max_length=700, blank=True)
    contact = models.CharField(max_length=250, blank=True)
    in_parts = models.BooleanField(default=False)
    picks = models.JSONField(default=dict)
    currency = models.CharField(max_length=3, default="RUB")
    cost = models.DecimalField(max_digits=16, decimal_places=2, null=True)
    cost_is_from = models.BooleanField(default=False)
    untold = models.PositiveIntegerField(default=0)
    arrives_from = models.DateField(null=True)
    arrives_to = models.DateField(null=True)
    planned_at = models.DateTimeField(null=True)
    charge = models.CharField(max_length=8, blank=True, choices=[(s, s) for s in ("", "line", "spread")])
    charged = models.DecimalField(max_digits=16, decimal_places=2, null=True)
    charge_line_id = models.BigIntegerField(null=True)
    shares = models.JSONField(default=dict)


class OrderSegment(Walled):
    """A part of an order that leaves one warehouse, and the carrier that takes it. `contents`: [[product id, text]]."""

    walls = _TOLD_BY_SELLER

    delivery = models.ForeignKey(OrderDelivery, on_delete=models.CASCADE, related_name="segments")
    order_id = models.BigIntegerField(db_index=True)
    seller = models.ForeignKey("partners.Company", on_delete=models.PROTECT, related_name="+")
    buyer_entity = models.ForeignKey("partners.LegalEntity", on_delete=models.PROTECT, related_name="+")
    position = models.PositiveIntegerField()
    warehouse_id = models.BigIntegerField()
    warehouse = models.CharField(max_length=200)
    ready_on = models.DateField()
    contents = models.JSONField(default=list)
    weight_g = models.DecimalField(max_digits=16, decimal_places=3)
    volume_cm3 = models.DecimalField(max_digits=16, decimal_places=3)
    value = models.DecimalField(max_digits=16, decimal_places=2)
    without_weight = models.PositiveIntegerField(default=0)
    carrier = models.ForeignKey(Carrier, null=True, on_delete=models.PROTECT, related_name="+")
    carrier_name = models.CharField(max_length=120, blank=True)
    pick = models.CharField(max_length=20, default="cheapest")
    cost = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    cost_is_from = models.BooleanField(default=False)
    problem = models.CharField(max_length=40, blank=True)
    params = models.JSONField(default=dict)
    leaves_on = models.DateField(null=True)
    arrives_from = models.DateField(null=True)
    arrives_to = models.DateField(null=True)
    trace = models.JSONField(default=list)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["delivery", "position"], name="segment_position"),)
