"""Price columns, the prices in them, and prices agreed with one buyer."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from zveno.base.walls import READ_ONLY, Rows, Through, Walled, Walls
from zveno.pricing.models.periods import Dated, in_order

# A buyer reads the columns that some contract gives or gave to its entities or to everybody, and the floor of its
# seller: the price is decided in the buyer's own transaction.
_OPENED_BY = (("pricing.KindAssignment", "price_kind_id"), ("pricing.Combination", "floor_kind_id"))


class PriceKind(Walled):
    """A price column of a seller: retail, dealer, by region; its currency and whether VAT is inside.

    `is_floor` is the floor of resale that reports of sales are checked against; that of discounts is in Combination.
    """

    walls = Walls(buying=Through("id", _OPENED_BY), selling=Rows("seller_id", "sellers"))

    seller = models.ForeignKey("partners.Company", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    currency = models.CharField(max_length=3, default="RUB")
    vat_included = models.BooleanField(default=True)
    region = models.ForeignKey("partners.Region", null=True, on_delete=models.PROTECT, related_name="+")
    is_floor = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.name


class Price(Walled):
    """A price of one base unit of a product in one kind, from `min_quantity` up, while its period lasts.

    `ends_ahead`: closed before its end came, because the next price is known already. There are tens of millions of
    rows: the partial indexes carry every read, the foreign keys have none of their own.
    """

    walls = Walls(buying=Through("price_kind_id", _OPENED_BY), selling=Rows("seller_id", "sellers"))

    seller = models.ForeignKey("partners.Company", on_delete=models.PROTECT, related_name="+", db_index=False)
    price_kind = models.ForeignKey(PriceKind, on_delete=models.PROTECT, related_name="+", db_index=False)
    product = models.ForeignKey("catalog.Product", on_delete=models.CASCADE, related_name="+", db_index=False)
    value = models.DecimalField(max_digits=16, decimal_places=4)
    min_quantity = models.DecimalField(max_digits=13, decimal_places=3, default=0)
    valid_from = models.DateTimeField()
    valid_to = models.DateTimeField(null=True)
    ends_ahead = models.BooleanField(default=False, db_default=False)
    confirmed_at = models.DateTimeField()

    class Meta:
        constraints = (
            # Holds what a list sorted by price reads, so that it reads the index alone.
            models.UniqueConstraint(
                fields=["price_kind", "product", "min_quantity"],
                include=["value", "valid_from"],
                condition=Q(valid_to=None),
                name="price_one_open",
            ),
            models.CheckConstraint(condition=Q(value__gte=0), name="price_not_negative"),
        )
        indexes = (
            models.Index(
                fields=["price_kind", "product", "valid_to"], condition=Q(valid_to__isnull=False), name="price_history"
            ),
            models.Index(
                fields=["price_kind", "product", "min_quantity"], condition=Q(ends_ahead=True), name="price_ending"
            ),
            # The cheapest of a column: what a list sorted by price begins with.
            models.Index(
                fields=["price_kind", "value"],
                include=["product"],
                condition=Q(value__gt=0) & (Q(valid_to=None) | Q(ends_ahead=True)),
                name="price_by_value",
            ),
        )


class IndividualPrice(Walled, Dated):
    """A price agreed with one entity for one product, from `min_quantity` up.

    `is_closed`: it is final, no discount lowers it.
    """

    walls = Walls(buying=Rows("buyer_entity_id", "entities", READ_ONLY), selling=Rows("seller_id", "sellers"))

    seller = models.ForeignKey("partners.Company", on_delete=models.PROTECT, related_name="+", db_index=False)
    buyer_entity = models.ForeignKey("partners.LegalEntity", on_delete=models.PROTECT, related_name="+", db_index=False)
    product = models.ForeignKey("catalog.Product", on_delete=models.CASCADE, related_name="+")
    min_quantity = models.DecimalField(max_digits=13, decimal_places=3, default=0)
    value = models.DecimalField(max_digits=16, decimal_places=4)
    currency = models.CharField(max_length=3, default="RUB")
    vat_included = models.BooleanField(default=True)
    is_closed = models.BooleanField(default=False)
    contract_number = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["buyer_entity", "seller", "product", "min_quantity"],
                condition=Q(valid_to=None),
                name="individual_price_one_open",
            ),
            models.CheckConstraint(condition=Q(value__gt=0), name="individual_price_positive"),
            in_order("individual_price_in_order"),
        )
        indexes = (
            models.Index(
                fields=["buyer_entity", "seller", "product", "valid_to"],
                condition=Q(valid_to__isnull=False),
                name="individual_price_history",
            ),
            models.Index(fields=["seller", "product"], name="individual_price_product"),
        )
