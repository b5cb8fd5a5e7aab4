"""Carts, orders and what follows from them. Every row carries its seller and its buyer's entity, for the walls."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q

from zveno.base.walls import READ_ONLY, Rows, Walled, Walls
from zveno.orders.rules.needs import Choice, NeedCause, NeedState
from zveno.orders.rules.states import HOLDS_RESERVATION, OrderState

_RESERVING = sorted(state.value for state in HOLDS_RESERVATION)

_WALLS = Walls(buying=Rows("buyer_entity_id", "entities"), selling=Rows("seller_id", "sellers"))
# What only the seller's side says.
_TOLD_BY_SELLER = Walls(buying=Rows("buyer_entity_id", "entities", READ_ONLY), selling=Rows("seller_id", "sellers"))


# What a list of orders is narrowed and sorted by.
_THIN = ("id", "number", "number_key", "state", "source", "total", "wished_on", "promised_on", "placed_by")


class Cart(Walled):
    """What one person is gathering for one entity from one seller.

    `in_parts` false: all of it shall leave at once, from one warehouse. `warehouse`: only from there.
    """

    walls = Walls(buying=Rows("buyer_entity_id", "entities"), desk=None)

    seller = models.ForeignKey("partners.Company", on_delete=models.PROTECT, related_name="+")
    buyer_entity = models.ForeignKey("partners.LegalEntity", on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    wished_on = models.DateField(null=True)
    in_parts = models.BooleanField(default=True)
    warehouse = models.ForeignKey("stock.Warehouse", null=True, on_delete=models.PROTECT, related_name="+")
    comment = models.CharField(max_length=1000, blank=True)
    # Sent with the order: a second click on "place" finds the order of the first.
    placing_key = models.UUIDField()
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["user", "buyer_entity", "seller"], name="cart_one_per_person_and_seller"),
        )


class CartLine(Walled):
    """A product and a quantity in a cart, at its place in the sheet. Its own wished day counts before the cart's."""

    walls = Walls(buying=Rows("buyer_entity_id", "entities"), desk=None)

    cart = models.ForeignKey(Cart, on_delete=models.CASCADE, related_name="lines")
    buyer_entity = models.ForeignKey("partners.LegalEntity", on_delete=models.PROTECT, related_name="+")
    product = models.ForeignKey("catalog.Product", on_delete=models.PROTECT, related_name="+")
    quantity = models.DecimalField(max_digits=13, decimal_places=3)
    wished_on = models.DateField(null=True)
    position = models.PositiveIntegerField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["cart", "product"], name="cart_line_once"),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="cart_line_positive"),
        )


class OrderCounter(Walled):
    """The last number given to an order of a seller."""

    walls = Walls(buying=Rows("seller_id", "sellers"), selling=Rows("seller_id", "sellers"))

    seller = models.OneToOneField("partners.Company", on_delete=models.PROTECT, related_name="+")
    last_number = models.BigIntegerField(default=0)


class Order(Walled):
    """An order of one entity from one seller. `attention`: why it did not confirm by itself, codes with params.

    `in_parts` and `warehouse` are the buyer's wishes, as in the cart.
    """

    walls = _WALLS

    seller = models.ForeignKey("partners.Company", on_delete=models.PROTECT, related_name="+")
    buyer_company = models.ForeignKey("partners.Company", on_delete=models.PROTECT, related_name="+")
    buyer_entity = models.ForeignKey("partners.LegalEntity", on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=40)
    erp_number = models.CharField(max_length=60, blank=True)
    state = models.CharField(
        max_length=16, choices=[(s.value, s.value) for s in OrderState], default=OrderState.PLACED.value
    )
    source = models.CharField(max_length=8, choices=[(s, s) for s in ("portal", "api", "erp")], default="portal")
    placed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    idempotency_key = models.CharField(max_length=100, null=True)
    # Of what was ordered under the key: the same key with other content is refused.
    content_digest = models.CharField(max_length=64, blank=True, default="")
    placed_at = models.DateTimeField()
    # When supply was first promised and reserved for it, or a manager decided without.
    decided_at = models.DateTimeField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    wished_on = models.DateField(null=True)
    in_parts = models.BooleanField(default=True)
    warehouse = models.ForeignKey("stock.Warehouse", null=True, on_delete=models.PROTECT, related_name="+")
    promised_on = models.DateField(null=True)
    currency = models.CharField(max_length=3, default="RUB")
    total = models.DecimalField(max_digits=16, decimal_places=2, default=0)
    vat_included = models.BooleanField(default=True)
    line_count = models.PositiveIntegerField(default=0)
    comment = models.CharField(max_length=1000, blank=True)
    attention = models.JSONField(default=list)
    # Both numbers as they are searched, folded (`rules.search.texts`).
    number_key = models.CharField(max_length=210, blank=True, default="")
    # Who entered it in the accounting system, where that says so.
    erp_author = models.CharField(max_length=200, blank=True, default="")
    # Rises with each change that others must hear of; an answer to an older version is told apart by it.
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["seller", "number"], name="order_number_once"),
            models.UniqueConstraint(
                fields=["buyer_company", "idempotency_key"],
                condition=Q(idempotency_key__isnull=False),
                name="order_idempotency_once",
            ),
        )
        indexes = (
            # A thin copy of the orders in the order of time, for each section: what is searched and filtered by is read
            # from the index alone (docs/decisions/*-searching-orders-under-row-security.md).
            models.Index(fields=["buyer_entity", "-placed_at"], include=[*_THIN, "seller"], name="order_of_buyer"),
            models.Index(fields=["seller", "-placed_at"], include=[*_THIN, "buyer_entity"], name="order_of_seller"),
            models.Index(
                fields=["-placed_at"],
                include=[*_THIN, "seller", "buyer_entity", "buyer_company"],
                name="order_of_everybody",
            ),
            models.Index(fields=["seller", "placed_at"], condition=Q(state="attention"), name="order_attention"),
            models.Index(fields=["buyer_entity"], condition=Q(state__in=_RESERVING), name="order_reserving"),
            # The desk alone has no policy that stands before it.
            GinIndex(OpClass(F("number_key"), name="gin_trgm_ops"), name="order_number_inside"),
        )

    def __str__(self) -> str:
        return self.number


# A line that supply does not cover whole.
_IN_NEED = Q(uncovered__gt=0, cancelled_at=None)


class OrderLine(Walled):
    """One product of an order with the price as it was and its explanation; `promise` lists the supply that covers it.

    `promise`: list of {"kind": "shelf"|"arrival", "warehouse": name, "on": ISO date, "quantity": text}, with "unsure"
    where the supply is not sure and "late" where it comes after the line's day; what nothing covers is `uncovered`.
    `wished_on` counts before the order's; `promised_on` is the day the line was promised for.
    """

    walls = _WALLS

    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="lines")
    seller = models.ForeignKey("partners.Company", on_delete=models.PROTECT, related_name="+")
    buyer_entity = models.ForeignKey("partners.LegalEntity", on_delete=models.PROTECT, related_name="+")
    position = models.PositiveIntegerField()
    product = models.ForeignKey("catalog.Product", null=True, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=100, blank=True)
    name = models.CharField(max_length=500)
    unit = models.CharField(max_length=40)
    quantity = models.DecimalField(max_digits=13, decimal_places=3)
    shipped_quantity = models.DecimalField(max_digits=13, decimal_places=3, default=0)
    uncovered = models.DecimalField(max_digits=13, decimal_places=3, default=0)
    price = models.DecimalField(max_digits=16, decimal_places=4)
    discount_percent = models.DecimalField(max_digits=5, decimal_places=2, default=0)
    total = models.DecimalField(max_digits=16, decimal_places=2)
    vat_percent = models.DecimalField(max_digits=4, decimal_places=1, null=True)
    price_trace = models.JSONField(default=list)
    promise = models.JSONField(default=list)
    wished_on = models.DateField(null=True)
    promised_on = models.DateField(null=True)
    cancelled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["order", "position"], name="order_line_position"),)
        indexes = (
            models.Index(fields=["product"], include=["order"], name="order_line_product"),
            models.Index(fields=["seller", "product"], include=["order"], name="order_line_of_seller"),
            models.Index(fields=["buyer_entity", "product"], include=["order"], name="order_line_of_buyer"),
            models.Index(fields=["seller"], include=["order"], condition=_IN_NEED, name="order_line_seller_needs"),
            models.Index(fields=["buyer_entity"], include=["order"], condition=_IN_NEED, name="order_line_buyer_needs"),
        )


class Need(Walled):
    """What of an order line goods do not cover by its day (F4), and what people make of it.

    Of the `quantity` that was needed, nothing covers `lacking`, and `late` comes on `late_on`, after the line's day.
    `dated_on` is the day that a manager named, `arrival` the goods a manager planned it on. `cause` says why it arose,
    `told` what changed. `choice` is what the buyer chose, carried out by a job; `choice_fault` why that failed.
    """

    walls = _WALLS

    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="needs")
    order_line = models.ForeignKey(OrderLine, on_delete=models.CASCADE, related_name="needs")
    seller = models.ForeignKey("partners.Company", on_delete=models.PROTECT, related_name="+")
    buyer_entity = models.ForeignKey("partners.LegalEntity", on_delete=models.PROTECT, related_name="+")
    product = models.ForeignKey("catalog.Product", on_delete=models.PROTECT, related_name="+")
    quantity = models.DecimalField(max_digits=13, decimal_places=3)
    lacking = models.DecimalField(max_digits=13, decimal_places=3)
    late = models.DecimalField(max_digits=13, decimal_places=3, default=0)
    late_on = models.DateField(null=True)
    wished_on = models.DateField(null=True)
    state = models.CharField(
        max_length=8, choices=[(s.value, s.value) for s in NeedState], default=NeedState.OPEN.value
    )
    dated_on = models.DateField(null=True)
    arrival = models.ForeignKey("stock.Arrival", null=True, on_delete=models.PROTECT, related_name="+")
    cause = models.CharField(max_length=10, choices=[(c.value, c.value) for c in NeedCause])
    told = models.JSONField(default=list)
    choice = models.CharField(max_length=12, choices=[(c.value, c.value) for c in Choice], blank=True)
    choice_params = models.JSONField(default=dict)
    choice_fault = models.CharField(max_length=60, blank=True)
    chosen_at = models.DateTimeField(null=True)
    chosen_by = models.CharField(max_length=200, blank=True)
    carried_out_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["order_line"], condition=Q(settled_at=None), name="need_one_unsettled_per_line"
            ),
            models.CheckConstraint(condition=Q(lacking__gte=0, late__gte=0), name="need_not_negative"),
        )
        indexes = (
            models.Index(fields=["seller", "product"], condition=Q(settled_at=None), name="need_unsettled"),
            models.Index(fields=["buyer_entity", "-opened_at"], name="need_buyer"),
            models.Index(fields=["seller", "-opened_at"], name="need_seller"),
        )


class OrderEvent(Walled):
    """One thing that happened to an order: what (code + params), who or which system, when."""

    walls = _WALLS

    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="events")
    seller = models.ForeignKey("partners.Company", on_delete=models.PROTECT, related_name="+")
    buyer_entity = models.ForeignKey("partners.LegalEntity", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    actor_name = models.CharField(max_length=200)
    on_behalf = models.BooleanField(default=False)
    kind = models.CharField(max_length=40)
    params = models.JSONField(default=dict)

    class Meta:
        indexes = (models.Index(fields=["order", "at"], name="order_event"),)


class Shipment(Walled):
    """Goods that left for a buyer, as the seller's ERP says. An order may have several; one may have no order."""

    walls = _TOLD_BY_SELLER

    order = models.ForeignKey(Order, null=True, on_delete=models.PROTECT, related_name="shipments")
    seller = models.ForeignKey("partners.Company", on_delete=models.PROTECT, related_name="+")
    buyer_entity = models.ForeignKey("partners.LegalEntity", on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=60)
    shipped_on = models.DateField()
    currency = models.CharField(max_length=3, default="RUB")
    total = models.DecimalField(max_digits=16, decimal_places=2, default=0)
    recorded_at = models.DateTimeField()

    class Meta:
        indexes = (
            models.Index(fields=["seller", "shipped_on"], name="shipment_seller"),
            models.Index(fields=["buyer_entity", "shipped_on"], name="shipment_buyer"),
        )


class ShipmentLine(Walled):
    """One product of a shipment."""

    walls = _TOLD_BY_SELLER

    shipment = models.ForeignKey(Shipment, on_delete=models.CASCADE, related_name="lines")
    seller = models.ForeignKey("partners.Company", on_delete=models.PROTECT, related_name="+")
    buyer_entity = models.ForeignKey("partners.LegalEntity", on_delete=models.PROTECT, related_name="+")
    product = models.ForeignKey("catalog.Product", null=True, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=500)
    quantity = models.DecimalField(max_digits=13, decimal_places=3)
    price = models.DecimalField(max_digits=16, decimal_places=4)
    total = models.DecimalField(max_digits=16, decimal_places=2)

    class Meta:
        indexes = (models.Index(fields=["shipment"], name="shipment_line"),)
