"""Approval inside companies of the demo world: rules, budgets, a substitute, and requisitions on their way.

All by the house's own actions, so that histories, prices and promises are true.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from decimal import Decimal

from zveno.accounts.models import User
from zveno.base.scope import Section, entered, system_scope
from zveno.delivery.actions.take_delivery import DeliveryWish
from zveno.demo.rules.parties import DISTRIBUTORS, FIRST_DEALER
from zveno.demo.rules.people import STRANGER, Person
from zveno.demo.rules.requisitions import ASKED, Asked, Goes, budget_for, quarter_of, terms_of, wanted
from zveno.demo.world import World
from zveno.orders.actions.approval.approve_requisition import approve_requisition
from zveno.orders.actions.approval.keep_budget import keep_budget
from zveno.orders.actions.approval.keep_rule import RuleDraft, keep_rule
from zveno.orders.actions.approval.keep_substitute import name_substitute
from zveno.orders.actions.approval.place_requisition import place_requisition
from zveno.orders.actions.approval.return_requisition import return_requisition
from zveno.orders.actions.approval.write_requisition import SentForApproval
from zveno.orders.actions.decide_order import decide_order
from zveno.orders.actions.place_order import place_order
from zveno.orders.models import Requisition
from zveno.orders.rules.approval.budgets import BudgetPeriod
from zveno.orders.rules.approval.picking import Outcome
from zveno.orders.rules.approval.steps import HEAD, Change, Seat, StepPlan, WhenLate
from zveno.orders.rules.wishes import OrderedLine, Wishes
from zveno.partners.queries.actors import COMPANY_KEY, ENTITY_KEY, Actor, find_actor
from zveno.partners.rules.roles import Role

_HEADS = {FIRST_DEALER: "dealer", DISTRIBUTORS[0]: "distributor", STRANGER: "stranger"}


def load(world: World) -> int:
    """The companies of those who sign in approve; returns how many requisitions there are."""
    people = {person.email: person for person in world.people}
    mains = {entity.company: entity.id for entity in world.entities if entity.is_default}
    for company, email in _HEADS.items():
        began = world.now - timedelta(days=40)
        with _acting(people[email], mains[company]) as head:
            _rules(head, is_large=company == FIRST_DEALER, now=began)
            _budget(world, head, mains[company], now=began)
            if company == FIRST_DEALER:
                _substitute(world, head, people)
    for asked in ASKED:
        _go(world, asked, people, mains[asked.company])
    return len(ASKED)


@contextmanager
def _acting(person: Person, entity_id: int) -> Iterator[Actor]:
    user = User.objects.get(pk=person.id)
    chosen = {COMPANY_KEY: person.company, ENTITY_KEY: entity_id}
    with entered(system_scope()):
        actor = find_actor(user=user, section=Section.BUYING, chosen=chosen)
    assert actor is not None
    with entered(actor.scope):
        yield actor


def _rules(head: Actor, *, is_large: bool, now: datetime) -> None:
    by_head = StepPlan((Seat(role=HEAD),), may_change=Change.LESS)
    by_accounts = StepPlan((Seat(role=Role.ACCOUNTANT.value),), deadline_hours=24, when_late=WhenLate.NEXT)
    drafts = [RuleDraft("Крупная закупка", Outcome.ASK, [by_head], min_total=Decimal(300_000))]
    if is_large:
        drafts = [
            RuleDraft("Руководитель заказывает сам", Outcome.FREE, roles=[HEAD]),
            RuleDraft(
                "Свыше 500 000 ₽", Outcome.ASK, [by_accounts, by_head],
                min_total=Decimal(500_000), tolerance_percent=Decimal(2),
            ),
            RuleDraft("Сверх бюджета", Outcome.ASK, [by_head], over_budget=True),
        ]  # fmt: skip
    for draft in drafts:
        keep_rule(company_id=head.company_id, rule_id=None, draft=draft, now=now)


def _budget(world: World, head: Actor, entity_id: int, *, now: datetime) -> None:
    quarter = quarter_of(world.today)
    used = sum(
        (s.total for s in world.history if s.terms.entity == entity_id and quarter_of(s.placed_at.date()) == quarter),
        Decimal(sum(asked.amount for asked in ASKED if asked.company == head.company_id)),
    )
    keep_budget(
        company_id=head.company_id,
        budget_id=None,
        entity_id=entity_id,
        user_id=None,
        period=BudgetPeriod.QUARTER,
        amount=budget_for(used),
        currency="RUB",
        now=now,
    )


def _substitute(world: World, head: Actor, people: dict[str, Person]) -> None:
    name_substitute(
        actor=head,
        user_id=people["accountant"].id,
        substitute_id=people["dealer"].id,
        first_day=world.today + timedelta(days=4),
        last_day=world.today + timedelta(days=15),
        now=world.now - timedelta(days=2),
    )


def _go(world: World, asked: Asked, people: dict[str, Person], entity_id: int) -> None:
    at = world.now - timedelta(hours=asked.hours_ago)
    terms = terms_of(world.terms, entity_id)
    with _acting(people[asked.author], entity_id) as author:
        sent = place_order(
            actor=author,
            seller_id=terms.seller,
            lines=[
                OrderedLine(good, quantity)
                for good, quantity in wanted(asked, terms=terms, offered=world.offered[terms.seller])
            ],
            idempotency_key=f"demo-{asked.author}-{asked.hours_ago}",
            wishes=Wishes(wished_on=world.today + timedelta(days=asked.wished_in)),
            comment=asked.comment,
            source="portal",
            delivery=DeliveryWish(),
            now=at,
        )
    assert isinstance(sent, SentForApproval)
    if asked.goes in (Goes.SECOND, Goes.DECLINED, Goes.PLACED):
        _approve(people["accountant"], entity_id, sent.id, at + timedelta(hours=1))
    if asked.goes in (Goes.RETURNED, Goes.DECLINED):
        who = people["accountant" if asked.goes is Goes.RETURNED else "dealer"]
        with _acting(who, entity_id) as actor:
            return_requisition(
                actor=actor,
                requisition_id=sent.id,
                version=None,
                words=asked.words,
                for_good=asked.goes is Goes.DECLINED,
                now=at + timedelta(hours=3),
            )
    if asked.goes is Goes.PLACED:
        _approve(people["dealer"], entity_id, sent.id, at + timedelta(hours=4))
        _place(sent.id, at + timedelta(hours=4, seconds=5))


def _approve(person: Person, entity_id: int, requisition_id: int, now: datetime) -> None:
    with _acting(person, entity_id) as actor:
        approve_requisition(actor=actor, requisition_id=requisition_id, version=None, accepts_rise=True, now=now)


def _place(requisition_id: int, now: datetime) -> None:
    with entered(system_scope()):
        place_requisition(requisition_id=requisition_id, now=now)
        order_id = Requisition.objects.unscoped("the demo world's own").get(pk=requisition_id).order_id
        assert order_id is not None
        decide_order(order_id=order_id, now=now + timedelta(seconds=15))
