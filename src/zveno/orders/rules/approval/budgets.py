"""Budgets of a company: how much an entity or an author may order in a month or a quarter, and what is left of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from zveno.kit.period import Period, month_of, next_month
from zveno.orders.rules.approval.picking import BudgetOver

_ZERO = Decimal(0)


class BudgetPeriod(StrEnum):
    """For how long a budget lasts, by the calendar."""

    MONTH = "month"
    QUARTER = "quarter"


@dataclass(frozen=True, slots=True)
class BudgetState:
    """A budget on a day: `used` by placed orders, `waiting` in requisitions that are not decided yet."""

    id: int
    name: str
    amount: Decimal
    currency: str
    period: Period
    used: Decimal = _ZERO
    waiting: Decimal = _ZERO

    @property
    def left(self) -> Decimal:
        """What may still be ordered; below zero when the budget is overdrawn."""
        return self.amount - self.used - self.waiting


def period_of(kind: BudgetPeriod, day: date) -> Period:
    """The calendar month or quarter that holds `day`."""
    if kind is BudgetPeriod.MONTH:
        return month_of(day)
    first = day.replace(month=3 * ((day.month - 1) // 3) + 1, day=1)
    return Period(first, next_month(next_month(next_month(first))))


def budgets_over(states: Iterable[BudgetState], *, total: Decimal, currency: str) -> tuple[BudgetOver, ...]:
    """The budgets that an order of `total` would go beyond, the most exceeded first.

    A budget in another currency cannot be compared, so it counts as exceeded: to ask is safer than to let pass.
    """
    found = []
    for state in states:
        if state.currency != currency:
            found.append(BudgetOver(state.name, None))
        elif total > state.left:
            found.append(BudgetOver(state.name, total - state.left))
    return tuple(sorted(found, key=lambda over: (over.over is None, -(over.over or _ZERO))))
