"""Requisitions: what a cart held, waiting for the people of the buyer's own company before it becomes an order (O1)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from zveno.base.walls import Rows, Walled, Walls
from zveno.orders.models.order import Order
from zveno.orders.rules.approval.states import HOLDS_BUDGET, OPEN, RequisitionState
from zveno.orders.rules.wishes import Wishes

# Seen by the buyer's own people who see the entity; not by the seller, its manager who acts for them, or the operator.
_OWN = Walls(buying=Rows("buyer_entity_id", "own_entities"), desk=None)
_STATES = [(state.value, state.value) for state in RequisitionState]


class Requisition(Walled):
    """Lines frozen with their prices and promise, and how far their approval is.

    `steps`: the plan as it was when it was sent (`rules.approval.steps`); `step` the one that it waits at, from 0;
    `round` counts how often it was asked anew. `trace`: why it must be approved. `stopped`: why it is asked again.
    """

    walls = _OWN

    buyer_company = models.ForeignKey("partners.Company", on_delete=models.PROTECT, related_name="+")
    buyer_entity = models.ForeignKey("partners.LegalEntity", on_delete=models.PROTECT, related_name="+")
    seller = models.ForeignKey("partners.Company", on_delete=models.PROTECT, related_name="+")
    number = models.BigIntegerField()
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    author_role = models.CharField(max_length=24)
    # Its author is a seller's manager who acts for the company.
    on_behalf = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=_STATES, default=RequisitionState.DRAFT.value)
    round = models.PositiveSmallIntegerField(default=1)
    step = models.PositiveSmallIntegerField(default=0)
    steps = models.JSONField(default=list)
    rule_id = models.BigIntegerField(null=True)
    rule_name = models.CharField(max_length=120, blank=True)
    tolerance_percent = models.DecimalField(max_digits=5, decimal_places=2, default=0)
    trace = models.JSONField(default=list)
    stopped = models.JSONField(default=list)
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    wished_on = models.DateField(null=True)
    in_parts = models.BooleanField(default=True)
    # The one that all of it shall come from, if the buyer wished that.
    warehouse = models.ForeignKey("stock.Warehouse", null=True, on_delete=models.PROTECT, related_name="+")
    promised_on = models.DateField(null=True)
    comment = models.CharField(max_length=1000, blank=True)
    # How it is to be brought (`actions.approval.bringing`); without, as usual for the entity when it is planned.
    delivery = models.JSONField(null=True)
    currency = models.CharField(max_length=3, default="RUB")
    vat_included = models.BooleanField(default=True)
    total = models.DecimalField(max_digits=16, decimal_places=2, default=0)
    line_count = models.PositiveIntegerField(default=0)
    # Of the order it becomes: however often it is placed, one order comes of it.
    source = models.CharField(max_length=8, choices=[(s, s) for s in ("portal", "api")], default="portal")
    idempotency_key = models.CharField(max_length=100)
    content_digest = models.CharField(max_length=64, blank=True, default="")
    order = models.ForeignKey(Order, null=True, on_delete=models.PROTECT, related_name="+")
    # Rises with each change: an answer to what is not so any more is told apart by it.
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["buyer_company", "number"], name="requisition_number_once"),
            models.UniqueConstraint(fields=["buyer_company", "idempotency_key"], name="requisition_key_once"),
        )
        indexes = (
            models.Index(fields=["buyer_entity", "-created_at"], name="requisition_entity"),
            models.Index(
                fields=["buyer_entity", "due_at"],
                condition=Q(state=RequisitionState.WAITING.value),
                name="requisition_waiting",
            ),
            models.Index(
                fields=["buyer_company", "sent_at"],
                condition=Q(state__in=sorted(state.value for state in HOLDS_BUDGET)),
                name="requisition_budget",
            ),
            models.Index(
                fields=["expires_at"],
                condition=Q(state__in=sorted(state.value for state in OPEN)),
                name="requisition_open",
            ),
            models.Index(fields=["order"], name="requisition_order"),
        )

    def __str__(self) -> str:
        return str(self.number)

    @property
    def wishes(self) -> Wishes:
        """When and how the order is wanted."""
        return Wishes(self.wished_on, self.in_parts, self.warehouse_id)


class RequisitionLine(Walled):
    """One product with the price and promise as they were written down. `asked_quantity` is what its author wanted.

    A removed line stays, with a quantity of zero. `price` is `null` where nobody had named one.
    """

    walls = _OWN

    requisition = models.ForeignKey(Requisition, on_delete=models.CASCADE, related_name="lines")
    buyer_entity = models.ForeignKey("partners.LegalEntity", on_delete=models.PROTECT, related_name="+")
    position = models.PositiveIntegerField()
    product = models.ForeignKey("catalog.Product", on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=100, blank=True)
    name = models.CharField(max_length=500)
    unit = models.CharField(max_length=40)
    asked_quantity = models.DecimalField(max_digits=13, decimal_places=3)
    quantity = models.DecimalField(max_digits=13, decimal_places=3)
    # Where it is not the day of the whole.
    wished_on = models.DateField(null=True)
    price = models.DecimalField(max_digits=16, decimal_places=4, null=True)
    discount_percent = models.DecimalField(max_digits=5, decimal_places=2, default=0)
    total = models.DecimalField(max_digits=16, decimal_places=2)
    price_trace = models.JSONField(default=list)
    promise = models.JSONField(default=list)
    promised_on = models.DateField(null=True)
    uncovered = models.DecimalField(max_digits=13, decimal_places=3, default=0)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["requisition", "position"], name="requisition_line_position"),
            models.CheckConstraint(condition=Q(quantity__gte=0), name="requisition_line_not_negative"),
        )


class RequisitionDecision(Walled):
    """The word of one seat at one step of one round, and whose it was; `stands_for`: whom the person stood in for."""

    walls = _OWN

    requisition = models.ForeignKey(Requisition, on_delete=models.CASCADE, related_name="decisions")
    buyer_entity = models.ForeignKey("partners.LegalEntity", on_delete=models.PROTECT, related_name="+")
    round = models.PositiveSmallIntegerField()
    step = models.PositiveSmallIntegerField()
    seat = models.PositiveSmallIntegerField()
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    stands_for = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["requisition", "round", "step", "seat"], name="requisition_seat_once"),
        )


class RequisitionEvent(Walled):
    """One thing that happened to a requisition: what (code + params), who, when."""

    walls = _OWN

    requisition = models.ForeignKey(Requisition, on_delete=models.CASCADE, related_name="events")
    buyer_entity = models.ForeignKey("partners.LegalEntity", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    actor_name = models.CharField(max_length=200)
    kind = models.CharField(max_length=40)
    params = models.JSONField(default=dict)

    class Meta:
        indexes = (models.Index(fields=["requisition", "at"], name="requisition_event"),)


class RequisitionAsk(Walled):
    """That a person was asked by mail at a step: what its links decide, until when, and that they were used.

    Only who was asked reads it: the links are theirs.
    """

    walls = Walls(buying=Rows("user_id", "users"), desk=None)

    requisition = models.ForeignKey(Requisition, on_delete=models.CASCADE, related_name="asks")
    company = models.ForeignKey("partners.Company", on_delete=models.PROTECT, related_name="+")
    buyer_entity = models.ForeignKey("partners.LegalEntity", on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    round = models.PositiveSmallIntegerField()
    step = models.PositiveSmallIntegerField()
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    mailed_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["requisition", "round", "step", "user"], name="requisition_ask_once"),
        )
