"""A rule of a company, made or changed. What was sent before keeps the way that it was sent by."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from django.db.models import Max

from zveno.base.audit import record
from zveno.base.scope import current
from zveno.base.tx import in_transaction
from zveno.orders.errors import (
    ApprovalThingNotFound,
    FigureWrong,
    PersonUnknown,
    RuleNameMissing,
    RuleWithoutSteps,
    TooManySteps,
)
from zveno.orders.models import ApprovalRule
from zveno.orders.rules.approval.picking import Outcome
from zveno.orders.rules.approval.steps import MOST_SEATS, MOST_STEPS, StepPlan, plan_as_json
from zveno.partners.queries.entities import entities_of
from zveno.partners.queries.members import members_of
from zveno.partners.rules.roles import Role

_LARGEST_SUM, _MOST_HOURS, _MOST_TOLERANCE = Decimal("99999999999999"), 24 * 60, Decimal(100)


@dataclass(frozen=True, slots=True)
class RuleDraft:
    """A rule as the head wants it; see `rules.approval.picking.Rule`."""

    name: str
    outcome: Outcome
    steps: Sequence[StepPlan] = ()
    min_total: Decimal | None = None
    currency: str = "RUB"
    category_ids: Collection[int] = field(default_factory=tuple)
    author_ids: Collection[int] = field(default_factory=tuple)
    roles: Collection[str] = field(default_factory=tuple)
    entity_ids: Collection[int] = field(default_factory=tuple)
    seller_ids: Collection[int] = field(default_factory=tuple)
    over_budget: bool = False
    over_credit: bool = False
    tolerance_percent: Decimal = Decimal(0)


@in_transaction
def keep_rule(*, company_id: int, rule_id: int | None, draft: RuleDraft, now: datetime) -> int:
    """Make a rule, last in order, or change the one with this id; its id.

    Raises ApprovalThingNotFound, RuleNameMissing, RuleWithoutSteps, TooManySteps, FigureWrong, PersonUnknown.
    """
    _check(company_id, draft)
    rules = ApprovalRule.objects.visible_to(current()).filter(company_id=company_id)
    if rule_id is None:
        last = rules.aggregate(last=Max("position"))["last"] or 0
        rule = ApprovalRule(company_id=company_id, position=last + 1)
    else:
        rule = locked_rule(company_id, rule_id)
    rule.name, rule.outcome, rule.updated_at = draft.name.strip()[:120], draft.outcome.value, now
    rule.min_total, rule.currency, rule.tolerance_percent = draft.min_total, draft.currency, draft.tolerance_percent
    rule.category_ids, rule.author_ids = sorted(draft.category_ids), sorted(draft.author_ids)
    rule.roles, rule.entity_ids, rule.seller_ids = (
        sorted(draft.roles),
        sorted(draft.entity_ids),
        sorted(draft.seller_ids),
    )
    rule.over_budget, rule.over_credit = draft.over_budget, draft.over_credit
    rule.steps = plan_as_json(draft.steps) if draft.outcome is Outcome.ASK else []
    rule.save()
    action = "approval_rule_made" if rule_id is None else "approval_rule_changed"
    record(action=action, subject=rule, now=now, company_id=company_id, name=rule.name)
    return rule.pk


def locked_rule(company_id: int, rule_id: int) -> ApprovalRule:
    """The company's rule, its row locked. Raises ApprovalThingNotFound."""
    rules = ApprovalRule.objects.visible_to(current()).select_for_update().filter(company_id=company_id, pk=rule_id)
    if (rule := rules.first()) is None:
        raise ApprovalThingNotFound()
    return rule


def _check(company_id: int, draft: RuleDraft) -> None:
    if not draft.name.strip():
        raise RuleNameMissing(field="name")
    if draft.min_total is not None and not 0 <= draft.min_total <= _LARGEST_SUM:
        raise FigureWrong(field="min_total", least=0, most=_LARGEST_SUM)
    if not 0 <= draft.tolerance_percent <= _MOST_TOLERANCE:
        raise FigureWrong(field="tolerance_percent", least=0, most=_MOST_TOLERANCE)
    _check_steps(draft)
    people = {member.user_id for member in members_of(company_id)}
    named = set(draft.author_ids) | {seat.user_id for step in draft.steps for seat in step.seats if seat.user_id}
    if not named <= people:
        raise PersonUnknown(field="author_ids")
    if not set(draft.entity_ids) <= {entity.pk for entity in entities_of(company_id)}:
        raise PersonUnknown(field="entity_ids")
    if not set(draft.seller_ids) <= set(current().sellers):
        raise PersonUnknown(field="seller_ids")
    roles = {*draft.roles, *(seat.role for step in draft.steps for seat in step.seats if seat.role)}
    if not roles <= set(Role):
        raise PersonUnknown(field="roles")


def _check_steps(draft: RuleDraft) -> None:
    if draft.outcome is not Outcome.ASK:
        return
    if not draft.steps or any(not step.seats for step in draft.steps):
        raise RuleWithoutSteps(field="steps")
    if len(draft.steps) > MOST_STEPS or any(len(step.seats) > MOST_SEATS for step in draft.steps):
        raise TooManySteps(field="steps", most=MOST_STEPS)
    if any(step.deadline_hours is not None and not 0 < step.deadline_hours <= _MOST_HOURS for step in draft.steps):
        raise FigureWrong(field="steps", least=1, most=_MOST_HOURS)
