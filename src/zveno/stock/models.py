"""Tables of stock. A buyer sees a seller's balances and arrivals, but only its own reservations."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from zveno.base.walls import READ_ONLY, Rows, Walled, Walls
from zveno.stock.rules.words import Confidence, Figures, MovementKind, Opens, Promising

_SELLERS = Walls(buying=Rows("seller_id", "sellers", READ_ONLY), selling=Rows("seller_id", "sellers"))
_OPENS = [(one.value, one.value) for one in Opens]
_FIGURES = [(one.value, one.value) for one in Figures]
_PROMISING = [(one.value, one.value) for one in Promising]


class SupplyPolicy(Walled):
    """How a seller shows and promises its supply, and when its accounting system last told of it.

    `few_below` and `many_from` bound the bands, in units. Figures count as stale `stale_after_hours` after `heard_at`;
    `None`: never. A count below what is promised takes goods from orders `shortage_grace_minutes` later, unless
    shipments or another count explain it by then.
    """

    walls = _SELLERS

    seller = models.OneToOneField("partners.Company", on_delete=models.PROTECT, related_name="+")
    confirmed_as = models.CharField(max_length=8, choices=_PROMISING, default=Promising.PROMISE.value)
    planned_as = models.CharField(max_length=8, choices=_PROMISING, default=Promising.ASK.value)
    produced_as = models.CharField(max_length=8, choices=_PROMISING, default=Promising.ASK.value)
    few_below = models.DecimalField(max_digits=13, decimal_places=3, default=10)
    many_from = models.DecimalField(max_digits=13, decimal_places=3, default=100)
    stale_after_hours = models.PositiveSmallIntegerField(null=True, default=72)
    shortage_grace_minutes = models.PositiveSmallIntegerField(default=15)
    heard_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(few_below__gt=0, many_from__gte=models.F("few_below")), name="policy_bands_in_order"
            ),
        )


class Warehouse(Walled):
    """A place of a seller from which orders are shipped. `opens` and `figures` hold where no opening says otherwise."""

    walls = _SELLERS

    seller = models.ForeignKey("partners.Company", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    city = models.CharField(max_length=120, blank=True)
    region = models.ForeignKey("partners.Region", null=True, on_delete=models.PROTECT, related_name="+")
    is_active = models.BooleanField(default=True)
    opens = models.CharField(max_length=8, choices=_OPENS, default=Opens.SERVED.value)
    figures = models.CharField(max_length=8, choices=_FIGURES, default=Figures.EXACT.value)

    def __str__(self) -> str:
        return self.name


class RegionOpening(Walled):
    """What a warehouse is to the buyers of one region and of those within it; the nearest region counts."""

    walls = _SELLERS

    seller = models.ForeignKey("partners.Company", on_delete=models.PROTECT, related_name="+")
    warehouse = models.ForeignKey(Warehouse, on_delete=models.CASCADE, related_name="region_openings")
    region = models.ForeignKey("partners.Region", on_delete=models.PROTECT, related_name="+")
    opens = models.CharField(max_length=8, choices=_OPENS)
    figures = models.CharField(max_length=8, choices=_FIGURES)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["warehouse", "region"], name="region_opening_once"),)


class EntityOpening(Walled):
    """What a warehouse is to one buyer's entity, whatever its region."""

    walls = Walls(buying=Rows("buyer_entity_id", "entities", READ_ONLY), selling=Rows("seller_id", "sellers"))

    seller = models.ForeignKey("partners.Company", on_delete=models.PROTECT, related_name="+")
    warehouse = models.ForeignKey(Warehouse, on_delete=models.CASCADE, related_name="entity_openings")
    buyer_entity = models.ForeignKey("partners.LegalEntity", on_delete=models.PROTECT, related_name="+")
    opens = models.CharField(max_length=8, choices=_OPENS)
    figures = models.CharField(max_length=8, choices=_FIGURES)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["warehouse", "buyer_entity"], name="entity_opening_once"),)


class Balance(Walled):
    """What lies in a warehouse of one product, and how much of it is promised to orders.

    `on_hand - reserved` is free to promise; it is below zero when the ERP counted less than was promised.
    `confirmed_at` is when the ERP last counted, `erp_on_hand` what it counted then.
    """

    walls = _SELLERS

    seller = models.ForeignKey("partners.Company", on_delete=models.PROTECT, related_name="+")
    warehouse = models.ForeignKey(Warehouse, on_delete=models.PROTECT, related_name="balances")
    product = models.ForeignKey("catalog.Product", on_delete=models.CASCADE, related_name="+")
    on_hand = models.DecimalField(max_digits=13, decimal_places=3, default=0)
    reserved = models.DecimalField(max_digits=13, decimal_places=3, default=0)
    confirmed_at = models.DateTimeField()
    erp_on_hand = models.DecimalField(max_digits=13, decimal_places=3, null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["product", "warehouse"], name="balance_once"),
            models.CheckConstraint(condition=Q(reserved__gte=0), name="balance_reserved_not_negative"),
        )
        indexes = (
            models.Index(fields=["warehouse"], name="balance_warehouse"),
            models.Index(fields=["seller"], condition=Q(on_hand__lt=models.F("reserved")), name="balance_short"),
        )


class Arrival(Walled):
    """Goods on their way to a warehouse, due on a day. Closed when received (they are on hand then) or cancelled.

    `quantity` is what has still to come; `received` what has come of it so far.
    """

    walls = _SELLERS

    seller = models.ForeignKey("partners.Company", on_delete=models.PROTECT, related_name="+")
    warehouse = models.ForeignKey(Warehouse, on_delete=models.PROTECT, related_name="arrivals")
    product = models.ForeignKey("catalog.Product", on_delete=models.CASCADE, related_name="+")
    quantity = models.DecimalField(max_digits=13, decimal_places=3)
    reserved = models.DecimalField(max_digits=13, decimal_places=3, default=0)
    received = models.DecimalField(max_digits=13, decimal_places=3, default=0)
    due_on = models.DateField()
    confidence = models.CharField(
        max_length=9, choices=[(one.value, one.value) for one in Confidence], default=Confidence.CONFIRMED.value
    )
    source_number = models.CharField(max_length=60, blank=True)
    confirmed_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    # When orders were told that its day has passed without a word.
    overdue_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(reserved__gte=0), name="arrival_reserved_not_negative"),
            models.CheckConstraint(condition=Q(quantity__gte=0), name="arrival_quantity_not_negative"),
        )
        indexes = (
            models.Index(fields=["product", "warehouse", "due_on"], condition=Q(closed_at=None), name="arrival_open"),
            models.Index(fields=["seller", "due_on"], condition=Q(closed_at=None), name="arrival_due"),
        )


class Reservation(Walled):
    """A quantity of one supply (shelf of a warehouse, or an arrival) pinned to one order line.

    `due_on` is the day the line counts on it, `placed_at` when its order was placed: they say who gives way when a
    supply shrinks. `erp_known_at` is when the seller's ERP took over the order: from then on an ERP that reports free
    stock has already taken this quantity off.
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
    due_on = models.DateField()
    placed_at = models.DateTimeField()
    created_at = models.DateTimeField()
    erp_known_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (models.CheckConstraint(condition=Q(quantity__gt=0), name="reservation_positive"),)
        indexes = (
            models.Index(fields=["product", "warehouse"], condition=Q(state="active"), name="reservation_active"),
        )


class Movement(Walled):
    """One entry of the ledger of a supply: by how much what lies (or comes) and what is held of it changed, and why.

    The entries of a supply add up to its counters. Of old entries those of one month and kind are folded into one,
    which stands for `entries` of them. Ties are plain: the ledger outlives what it tells of, and is written in bulk.
    """

    walls = Walls(selling=Rows("seller_id", "sellers"))

    seller = models.ForeignKey(
        "partners.Company", on_delete=models.DO_NOTHING, related_name="+", db_constraint=False, db_index=False
    )
    warehouse = models.ForeignKey(
        Warehouse, on_delete=models.DO_NOTHING, related_name="+", db_constraint=False, db_index=False
    )
    product = models.ForeignKey(
        "catalog.Product", on_delete=models.DO_NOTHING, related_name="+", db_constraint=False, db_index=False
    )
    # None: of the shelf.
    arrival = models.ForeignKey(
        Arrival, null=True, on_delete=models.DO_NOTHING, related_name="+", db_constraint=False, db_index=False
    )
    at = models.DateTimeField()
    kind = models.CharField(max_length=10, choices=[(one.value, one.value) for one in MovementKind])
    quantity = models.DecimalField(max_digits=13, decimal_places=3, default=0)
    held = models.DecimalField(max_digits=13, decimal_places=3, default=0)
    order_id = models.BigIntegerField(null=True)
    order_line_id = models.BigIntegerField(null=True)
    document = models.CharField(max_length=60, blank=True)
    actor_name = models.CharField(max_length=200)
    entries = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = (
            models.Index(fields=["product", "warehouse", "at"], name="movement_place"),
            models.Index(fields=["seller", "at"], name="movement_seller"),
        )
