"""Budgets of a company and how far they are used: by placed orders, and by requisitions that wait."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Q, Sum

from zveno.base.scope import current
from zveno.base.walls import WalledQuerySet
from zveno.kit.period import Period
from zveno.orders.models import ApprovalBudget, Order, Requisition
from zveno.orders.rules.approval.budgets import BudgetPeriod, BudgetState, period_of
from zveno.orders.rules.approval.states import HOLDS_BUDGET
from zveno.orders.rules.states import OrderState

_VOID = (OrderState.REJECTED.value, OrderState.CANCELLED.value)


@dataclass(frozen=True, slots=True)
class BudgetValue:
    """A budget as the head set it: of an entity or of a person."""

    id: int
    entity_id: int | None
    user_id: int | None
    name: str
    period: BudgetPeriod
    amount: Decimal
    currency: str


def budgets_of(company_id: int) -> list[BudgetValue]:
    """The company's budgets, those of entities first, by name. One SQL statement."""
    rows = ApprovalBudget.objects.visible_to(current()).filter(company_id=company_id).select_related("entity", "user")
    found = [
        BudgetValue(
            id=row.pk,
            entity_id=row.entity_id,
            user_id=row.user_id,
            name=row.entity.name if row.entity else row.user.shown_name if row.user else "",
            period=BudgetPeriod(row.period),
            amount=row.amount,
            currency=row.currency,
        )
        for row in rows
    ]
    return sorted(found, key=lambda one: (one.user_id is not None, one.name, one.period))


def budgets_for(*, company_id: int, entity_id: int, author_id: int) -> list[BudgetValue]:
    """Those of the company's budgets that an order of this author for this entity counts against. One statement."""
    return [one for one in budgets_of(company_id) if one.entity_id == entity_id or one.user_id == author_id]


def budget_states(
    budgets: Iterable[BudgetValue], *, company_id: int, today: date, time_zone: str, without: int | None = None
) -> list[BudgetState]:
    """The budgets as they stand on `today`. Two SQL statements a budget.

    `without`: a requisition that does not count, since it is the one that is judged.
    """
    return [_state(budget, company_id, today, ZoneInfo(time_zone), without) for budget in budgets]


def _state(budget: BudgetValue, company_id: int, today: date, zone: ZoneInfo, without: int | None) -> BudgetState:
    period = period_of(budget.period, today)
    orders = Order.objects.visible_to(current()).exclude(state__in=_VOID)
    waiting = Requisition.objects.visible_to(current()).filter(state__in=[state.value for state in HOLDS_BUDGET])
    if without is not None:
        waiting = waiting.exclude(pk=without)
    own = {"buyer_company_id": company_id, "currency": budget.currency}
    whose = whose_waiting = Q(buyer_entity_id=budget.entity_id)
    if budget.user_id is not None:
        whose, whose_waiting = Q(placed_by_id=budget.user_id), Q(author_id=budget.user_id)
    return BudgetState(
        id=budget.id,
        name=budget.name,
        amount=budget.amount,
        currency=budget.currency,
        period=period,
        used=_sum(orders.filter(whose, **own, **_within("placed_at", period, zone))),
        waiting=_sum(waiting.filter(whose_waiting, **own, **_within("sent_at", period, zone))),
    )


def _within(column: str, period: Period, zone: ZoneInfo) -> dict[str, datetime]:
    return {
        f"{column}__gte": datetime.combine(period.starts_on, time(), zone),
        f"{column}__lt": datetime.combine(period.ends_on, time(), zone),
    }


def _sum(rows: WalledQuerySet[Any]) -> Decimal:
    return rows.aggregate(sum=Sum("total"))["sum"] or Decimal(0)
