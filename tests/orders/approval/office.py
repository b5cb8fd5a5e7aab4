"""A dealer's company with rules: makes them, sends what must be approved, and lets people and jobs act."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from tests import deals, world
from tests.deals import NOW, Deal

from zveno.accounts.models import User
from zveno.base.scope import Section, entered
from zveno.catalog.models import Product
from zveno.orders.actions.approval.approve_requisition import approve_requisition
from zveno.orders.actions.approval.ask_approvers import ask_approvers
from zveno.orders.actions.approval.place_requisition import place_requisition
from zveno.orders.actions.approval.return_requisition import return_requisition
from zveno.orders.actions.approval.tend_requisition import tend_requisition
from zveno.orders.actions.approval.write_requisition import SentForApproval
from zveno.orders.actions.place_order import place_order
from zveno.orders.actions.write_order import OrderedLine, PlacedOrder
from zveno.orders.models import (
    ApprovalRule,
    ApprovalSettings,
    Order,
    Requisition,
    RequisitionEvent,
    RequisitionLine,
)
from zveno.orders.rules.approval.states import RequisitionState
from zveno.orders.rules.approval.steps import Seat, StepPlan, plan_as_json
from zveno.partners.queries.actors import Actor, find_actor
from zveno.partners.rules.roles import Role
from zveno.pricing.models import Price

D = Decimal


@dataclass(frozen=True, slots=True)
class Office:
    """A deal whose dealer approves orders."""

    deal: Deal

    @property
    def company_id(self) -> int:
        return self.deal.dealer.company.pk

    @property
    def head(self) -> User:
        return self.deal.dealer.head

    @property
    def accountant(self) -> User:
        return self.deal.dealer.people[Role.ACCOUNTANT]

    @property
    def buyer(self) -> User:
        return self.deal.dealer.buyer

    def rule(
        self, *steps: StepPlan, name: str = "От 1000", min_total: str | None = "1000", **fields: Any
    ) -> ApprovalRule:
        """A rule of the company, last in order; by default asks the head from a sum of 1000."""
        plan = steps or (StepPlan((Seat(role="head"),)),)
        return ApprovalRule.objects.create(
            company_id=self.company_id,
            position=ApprovalRule.objects.unscoped("a test counts").count() + 1,
            name=name,
            min_total=D(min_total) if min_total else None,
            steps=plan_as_json(plan),
            updated_at=NOW,
            **fields,
        )

    def settings(self, **fields: Any) -> ApprovalSettings:
        """What holds for all of the company's requisitions."""
        made, _ = ApprovalSettings.objects.unscoped("a test sets").update_or_create(
            company_id=self.company_id, defaults=fields
        )
        return made

    def step(self, *who: User | str, **fields: Any) -> StepPlan:
        """A step of persons and roles."""
        return StepPlan(tuple(Seat(role=w) if isinstance(w, str) else Seat(user_id=w.pk) for w in who), **fields)

    def reprice(self, product: Product, value: str) -> None:
        """Let the product cost something else from now on."""
        Price.objects.unscoped("a test sets").filter(product=product).update(value=D(value))

    def order(
        self, *lines: tuple[Product, int], person: User | None = None, now: datetime = NOW, key: str = "", **fields: Any
    ) -> PlacedOrder | SentForApproval:
        """Place an order as the buyer does, whatever comes of it."""
        with self.deal.buying(person) as actor:
            return place_order(
                actor=actor,
                seller_id=self.deal.seller_id,
                lines=[OrderedLine(product.pk, D(quantity)) for product, quantity in lines],
                idempotency_key=key or f"key-{world._next()}",
                source="portal",
                now=now,
                **fields,
            )

    def sent(self, *lines: tuple[Product, int], **fields: Any) -> Requisition:
        """A requisition of the buyer that waits."""
        sent = self.order(*lines, **fields)
        assert isinstance(sent, SentForApproval)
        return self.requisition(sent.id)

    def requisition(self, id_: int) -> Requisition:
        """The requisition as it is in the database."""
        return Requisition.objects.unscoped("a test looks").get(pk=id_)

    def lines(self, requisition: Requisition) -> list[RequisitionLine]:
        rows = RequisitionLine.objects.unscoped("a test looks").filter(requisition=requisition)
        return list(rows.order_by("position"))

    def events(self, requisition: Requisition) -> list[str]:
        rows = RequisitionEvent.objects.unscoped("a test looks").filter(requisition=requisition)
        return list(rows.order_by("id").values_list("kind", flat=True))

    @contextmanager
    def acting(self, person: User) -> Iterator[Actor]:
        """Act as a person of the dealer."""
        with self.deal.buying(person) as actor:
            yield actor

    @contextmanager
    def managing(self) -> Iterator[Actor]:
        """Act as the seller's manager for the dealer."""
        with transaction.atomic():
            chosen = {"acting_for_entity_id": self.deal.dealer.entity.pk}
            actor = find_actor(user=self.deal.seller.manager, section=Section.BUYING, chosen=chosen)
            assert actor is not None
            with entered(actor.scope):
                yield actor

    def approve(
        self,
        requisition: Requisition,
        person: User | None = None,
        *,
        accepts_rise: bool = False,
        version: int | None = None,
        now: datetime = NOW,
    ) -> RequisitionState:
        """Give a person's word, the head's by default."""
        with self.acting(person or self.head) as actor:
            state = approve_requisition(
                actor=actor, requisition_id=requisition.pk, version=version, accepts_rise=accepts_rise, now=now
            )
        requisition.refresh_from_db()
        return state

    def give_back(self, requisition: Requisition, person: User | None = None, *, for_good: bool = False) -> None:
        """Return it, or decline it."""
        with self.acting(person or self.head) as actor:
            return_requisition(
                actor=actor, requisition_id=requisition.pk, version=None, words="Дорого", for_good=for_good, now=NOW
            )
        requisition.refresh_from_db()

    def place(self, requisition: Requisition, *, now: datetime = NOW) -> RequisitionState:
        """What the worker does with an approved requisition."""
        with deals.as_system():
            state = place_requisition(requisition_id=requisition.pk, now=now)
        requisition.refresh_from_db()
        return state

    def tend(self, requisition: Requisition, *, now: datetime) -> RequisitionState:
        """What the worker does from time to time."""
        with deals.as_system():
            state = tend_requisition(requisition_id=requisition.pk, now=now)
        requisition.refresh_from_db()
        return state

    def asks(self, requisition: Requisition, *, now: datetime = NOW) -> tuple[int, ...]:
        """The mails that want to be sent now."""
        with deals.as_system():
            return ask_approvers(requisition_id=requisition.pk, now=now)

    def orders(self) -> list[Order]:
        return list(Order.objects.unscoped("a test looks").filter(buyer_company_id=self.company_id).order_by("id"))


def office() -> Office:
    """A new deal of new partners, without rules."""
    return Office(deals.deal())
