"""What is open: by age, by account, by day of payment."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Case, F, Min, Q, QuerySet, Sum, Value, When

from zveno.base.scope import current
from zveno.finance.models import Account, LedgerDocument
from zveno.finance.queries.balances import AccountValue, Which, account_value
from zveno.finance.rules.ageing import Age, Aged, due_between

_ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class AccountAged:
    """An account with its open debts by age, and the day since which the oldest overdue one is."""

    account: AccountValue
    aged: Aged
    overdue_since: date | None


@dataclass(frozen=True, slots=True)
class DueDay:
    """What is to be paid on a day in one currency; `count` documents."""

    day: date
    currency: str
    sum: Decimal
    count: int

    @property
    def iso(self) -> str:
        return self.day.isoformat()


def open_documents(which: Which) -> QuerySet[LedgerDocument]:
    """Documents not settled wholly. Lazy; served by an index of the open ones alone."""
    rows = LedgerDocument.objects.visible_to(current()).filter(which.of(prefix="account_id"), is_void=False)
    return rows.filter(is_open=True)


def open_debts(which: Which, *, today: date, age: Age | None = None) -> QuerySet[LedgerDocument]:
    """Debts not paid wholly, what was due first first, of one age or of all, with their accounts. Lazy."""
    rows = open_documents(which).filter(rest__gt=0)
    if age is not None:
        first, last = due_between(age, today)
        rows = rows.filter(due_on__gte=first, due_on__lte=last)
    return rows.select_related("account").order_by("due_on", "id")


def aged_accounts(*, which: Which, today: date) -> list[AccountAged]:
    """Every account with anything open, by age. Two SQL statements."""
    sums: dict[str, Any] = {}
    for age in Age:
        first, last = due_between(age, today)
        sums[f"sum_{age.value}"] = Sum("rest", filter=Q(rest__gt=0, due_on__gte=first, due_on__lte=last), default=_ZERO)
    sums["sum_unused"] = Sum(-F("rest"), filter=Q(rest__lt=0), default=_ZERO)
    sums["since"] = Min("due_on", filter=Q(rest__gt=0, due_on__lt=today))
    summed: Iterable[Any] = open_documents(which).values("account_id").annotate(**sums)
    rows = {row["account_id"]: row for row in summed}
    found = Account.objects.visible_to(current()).filter(pk__in=rows)
    return [
        AccountAged(account_value(account), _aged(rows[account.pk]), rows[account.pk]["since"])
        for account in found.order_by("seller_id", "buyer_entity_id", "contract", "currency")
    ]


def _aged(row: dict[str, Any]) -> Aged:
    return Aged(*(row[f"sum_{name}"] for name in (*(age.value for age in Age), "unused")))


def aged_by_currency(rows: Iterable[AccountAged]) -> dict[str, Aged]:
    """Currency → sums over all accounts."""
    found: dict[str, Aged] = {}
    for row in rows:
        found[row.account.currency] = found.get(row.account.currency, Aged()) + row.aged
    return found


def due_days(*, which: Which, today: date, until: date) -> list[DueDay]:
    """What is to be paid by day until `until`; everything overdue stands on the day before today. One statement."""
    overdue = date.fromordinal(today.toordinal() - 1)
    day = Case(When(due_on__lt=today, then=Value(overdue)), default=F("due_on"))
    rows = (
        open_documents(which)
        .filter(rest__gt=0, due_on__lte=until)
        .annotate(on=day)
        .values("on", "account__currency")
        .annotate(sum=Sum("rest"), count=Sum(Value(1)))
        .order_by("on", "account__currency")
    )
    return [DueDay(row["on"], row["account__currency"], row["sum"], row["count"]) for row in rows]
