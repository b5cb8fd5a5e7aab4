"""Tables of pricing."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from zveno.base.walls import READ_ONLY, Rows, Walled, Walls


class PriceKind(Walled):
    """A price column of a seller: retail, dealer, by region; its currency and whether VAT is inside."""

    walls = Walls(
        buying=Rows("id", "price_kinds", READ_ONLY),
        selling=Rows("seller_id", "sellers"),
    )

    seller = models.ForeignKey("partners.Company", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    currency = models.CharField(max_length=3, default="RUB")
    vat_included = models.BooleanField(default=True)
    is_floor = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.name


class Price(Walled):
    """A price of one product in one kind from `valid_from` until `valid_to` (open: null). Only ever closed."""

    walls = Walls(
        buying=Rows("price_kind_id", "price_kinds", READ_ONLY),
        selling=Rows("seller_id", "sellers"),
    )

    seller = models.ForeignKey("partners.Company", on_delete=models.PROTECT, related_name="+")
    price_kind = models.ForeignKey(PriceKind, on_delete=models.PROTECT, related_name="+")
    product = models.ForeignKey("catalog.Product", on_delete=models.CASCADE, related_name="+")
    value = models.DecimalField(max_digits=16, decimal_places=4)
    min_quantity = models.DecimalField(max_digits=13, decimal_places=3, default=0)
    valid_from = models.DateTimeField()
    valid_to = models.DateTimeField(null=True)
    confirmed_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["product", "price_kind", "min_quantity"], condition=Q(valid_to=None), name="price_one_open"
            ),
            models.CheckConstraint(condition=Q(value__gte=0), name="price_not_negative"),
        )
        indexes = (models.Index(fields=["price_kind", "product", "valid_from"], name="price_history"),)
