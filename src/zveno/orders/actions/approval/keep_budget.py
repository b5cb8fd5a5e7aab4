"""Budgets of a company: set and lifted."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from zveno.base.audit import record
from zveno.base.scope import current
from zveno.base.tx import in_transaction
from zveno.orders.errors import ApprovalThingNotFound, BudgetTwice, FigureWrong, PersonUnknown
from zveno.orders.models import ApprovalBudget
from zveno.orders.rules.approval.budgets import BudgetPeriod
from zveno.partners.queries.entities import entities_of
from zveno.partners.queries.members import members_of

_LARGEST = Decimal("99999999999999")


@in_transaction
def keep_budget(
    *,
    company_id: int,
    budget_id: int | None,
    entity_id: int | None,
    user_id: int | None,
    period: BudgetPeriod,
    amount: Decimal,
    currency: str,
    now: datetime,
) -> int:
    """Set a budget of an entity or of a person, or change the one with this id; its id.

    Raises ApprovalThingNotFound, FigureWrong, PersonUnknown (neither, both, or not of this company), BudgetTwice.
    """
    if not 0 < amount <= _LARGEST:
        raise FigureWrong(field="amount", least=1, most=_LARGEST)
    if (entity_id is None) == (user_id is None):
        raise PersonUnknown(field="owner")
    if entity_id is not None and entity_id not in {entity.pk for entity in entities_of(company_id)}:
        raise PersonUnknown(field="owner")
    if user_id is not None and user_id not in {member.user_id for member in members_of(company_id)}:
        raise PersonUnknown(field="owner")
    budgets = ApprovalBudget.objects.visible_to(current()).filter(company_id=company_id)
    owner = {"entity_id": entity_id} if entity_id is not None else {"user_id": user_id}
    same = budgets.filter(**owner, period=period.value, currency=currency)
    if same.exclude(pk=budget_id or 0).exists():
        raise BudgetTwice()
    budget = ApprovalBudget(company_id=company_id) if budget_id is None else _locked(company_id, budget_id)
    budget.entity_id, budget.user_id, budget.period = entity_id, user_id, period.value
    budget.amount, budget.currency = amount, currency
    budget.save()
    record(action="approval_budget_set", subject=budget, now=now, company_id=company_id)
    return budget.pk


@in_transaction
def remove_budget(*, company_id: int, budget_id: int, now: datetime) -> None:
    """Lift the budget. Raises ApprovalThingNotFound."""
    budget = _locked(company_id, budget_id)
    record(action="approval_budget_removed", subject=budget, now=now, company_id=company_id)
    budget.delete()


def _locked(company_id: int, budget_id: int) -> ApprovalBudget:
    rows = ApprovalBudget.objects.visible_to(current()).select_for_update()
    found = rows.filter(company_id=company_id, pk=budget_id).first()
    if found is None:
        raise ApprovalThingNotFound()
    return found
