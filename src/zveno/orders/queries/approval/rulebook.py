"""The settings and the rules of a company, as values."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from zveno.base.scope import current
from zveno.orders.models import ApprovalRule, ApprovalSettings
from zveno.orders.rules.approval.picking import Outcome, Rule
from zveno.orders.rules.approval.steps import plan_from_json


@dataclass(frozen=True, slots=True)
class SettingsValue:
    """What holds for all requisitions of a company; these are the values of one that has set nothing."""

    own_allowed: bool = False
    links_without_sign_in: bool = False
    remind_hours: int = 4
    expire_days: int = 30
    exempt_key_ids: tuple[int, ...] = ()


def settings_of(company_id: int) -> SettingsValue:
    """The company's settings. One SQL statement."""
    row = ApprovalSettings.objects.visible_to(current()).filter(company_id=company_id).first()
    if row is None:
        return SettingsValue()
    return SettingsValue(
        own_allowed=row.own_allowed,
        links_without_sign_in=row.links_without_sign_in,
        remind_hours=row.remind_hours,
        expire_days=row.expire_days,
        exempt_key_ids=tuple(row.exempt_key_ids),
    )


def rules_of(company_id: int) -> tuple[Rule, ...]:
    """The company's rules in the head's order. One SQL statement."""
    rows = ApprovalRule.objects.visible_to(current()).filter(company_id=company_id).order_by("position", "id")
    return tuple(_rule(row) for row in rows)


def rule_with(*, company_id: int, rule_id: int) -> Rule | None:
    """One rule of the company."""
    row = ApprovalRule.objects.visible_to(current()).filter(company_id=company_id, pk=rule_id).first()
    return _rule(row) if row else None


def _rule(row: ApprovalRule) -> Rule:
    return Rule(
        id=row.pk,
        name=row.name,
        outcome=Outcome(row.outcome),
        steps=plan_from_json(row.steps),
        min_total=row.min_total,
        currency=row.currency,
        category_ids=frozenset(row.category_ids),
        author_ids=frozenset(row.author_ids),
        roles=frozenset(row.roles),
        entity_ids=frozenset(row.entity_ids),
        seller_ids=frozenset(row.seller_ids),
        over_budget=row.over_budget,
        over_credit=row.over_credit,
        tolerance_percent=Decimal(row.tolerance_percent),
    )
