"""Tables of stock. A buyer sees a seller's balances and arrivals, but only its own reservations."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from zveno.base.walls import READ_ONLY, Rows, Walled, Walls


class Warehouse(Walled):
    """A place of a seller from which orders are shipped."""

    walls = Walls(buying=Rows("seller_id", "sellers", READ_ONLY), selling=Rows("seller_id", "sellers"))

    seller = models.ForeignKey("partners.Company", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    city = models.CharField(max_length=120, blank=True)
    region = models.ForeignKey("partners.Region", null=True, on_delete=models.PROTECT, related_name="+")
    is_active = models.BooleanField(default=True)

    def __str__(self) -> str:
        return self.name


class Balance(Walled):
    """What lies in a warehouse of one product, and how much of it is promised to orders.

    `on_hand - reserved` is free to promise; it is below zero when the ERP counted less than was promised.
    `confirmed_at` is when the ERP last said so.
    """

    walls = Walls(buying=Rows("seller_id", "sellers", READ_ONLY), selling=Rows("seller_id", "sellers"))

    seller = models.ForeignKey("partners.Company", on_delete=models.PROTECT, related_name="+")
    warehouse = models.ForeignKey(Warehouse, on_delete=models.PROTECT, related_name="balances")
    product = models.ForeignKey("catalog.Product", on_delete=models.CASCADE, related_name="+")
    on_hand = models.DecimalField(max_digits=13, decimal_places=3, default=0)
    reserved = models.DecimalField(max_digits=13, decimal_places=3, default=0)
    confirmed_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["product", "warehouse"], name="balance_once"),
            models.CheckConstraint(condition=Q(reserved__gte=0), name="balance_reserved_not_negative"),
        )
        indexes = (models.Index(fields=["warehouse"], name="balance_warehouse"),)


class Arrival(Walled):
    """Goods on their way to a warehouse, due on a day. Closed when received (they are on hand then) or cancelled."""

    walls = Walls(buying=Rows("seller_id", "sellers", READ_ONLY), selling=Rows("seller_id", "sellers"))

    seller = models.ForeignKey("partners.Company", on_delete=models.PROTECT, related_name="+")
    warehouse = models.ForeignKey(Warehouse, on_delete=models.PROTECT, related_name="arrivals")
    product = models.ForeignKey("catalog.Product", on_delete=models.CASCADE, related_name="+")
    quantity = models.DecimalField(max_digits=13, decimal_places=3)
    reserved = models.DecimalField(max_digits=13, decimal_places=3, default=0)
    due_on = models.DateField()
    source_number = models.CharField(max_length=60, blank=True)
    confirmed_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(reserved__gte=0), name="arrival_reserved_not_negative"),
            models.CheckConstraint(condition=Q(quantity__gte=0), name="arrival_quantity_not_negative"),
        )
        indexes = (
            models.Index(fields=["product", "warehouse", "due_on"], condition=Q(closed_at=None), name="arrival_open"),
        )


class Reservation(Walled):
    """A quantity of one supply (shelf of a warehouse, or an arrival) pinned to one order line.

    `erp_known_at` is when the seller's ERP took over the order: from then on an ERP that reports free stock has
    already taken this quantity off.
    """

    walls = Walls(buying=Rows("buyer_entity_id", "entities", READ_ONLY), selling=Rows("seller_id", "sellers"))

    seller = models.ForeignKey("partners.Company", on_delete=models.PROTECT, related_name="+")
    buyer_entity = models.ForeignKey("partners.LegalEntity", on_delete=models.PROTECT, related_name="+")
    # Orders stand a floor above: plain keys.
    order_id = models.BigIntegerField(db_index=True)
    order_line_id = models.BigIntegerField(db_index=True)
    product = models.ForeignKey("catalog.Product", on_delete=models.PROTECT, related_name="+")
    warehouse = models.ForeignKey(Warehouse, on_delete=models.PROTECT, related_name="+")
    arrival = models.ForeignKey(Arrival, null=True, on_delete=models.PROTECT, related_name="reservations")
    quantity = models.DecimalField(max_digits=13, decimal_places=3)
    state = models.CharField(
        max_length=8, choices=[(s, s) for s in ("active", "shipped", "released")], default="active"
    )
    created_at = models.DateTimeField()
    erp_known_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (models.CheckConstraint(condition=Q(quantity__gt=0), name="reservation_positive"),)
        indexes = (
            models.Index(fields=["product", "warehouse"], condition=Q(state="active"), name="reservation_active"),
        )
