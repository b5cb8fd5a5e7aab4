"""Tables of finance."""

from __future__ import annotations

from django.db import models

from zveno.base.walls import READ_ONLY, Rows, Walled, Walls


class Payment(Walled):
    """Money a buyer's entity paid to a seller, as the seller's ERP recorded it."""

    walls = Walls(buying=Rows("buyer_entity_id", "entities", READ_ONLY), selling=Rows("seller_id", "sellers"))

    seller = models.ForeignKey("partners.Company", on_delete=models.PROTECT, related_name="+")
    buyer_entity = models.ForeignKey("partners.LegalEntity", on_delete=models.PROTECT, related_name="+")
    # The order stands a floor above: a plain key.
    order_id = models.BigIntegerField(null=True)
    number = models.CharField(max_length=60)
    paid_on = models.DateField()
    amount = models.DecimalField(max_digits=16, decimal_places=2)
    currency = models.CharField(max_length=3, default="RUB")
    recorded_at = models.DateTimeField()

    class Meta:
        indexes = (
            models.Index(fields=["buyer_entity", "paid_on"], name="payment_buyer"),
            models.Index(fields=["seller", "paid_on"], name="payment_seller"),
            models.Index(fields=["order_id"], name="payment_order"),
        )
