"""Balances and turnovers of accounts, for any period and as of any day."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Q, Sum

from zveno.base.scope import current
from zveno.finance.models import Account, LedgerDocument, MonthTotal
from zveno.finance.rules.documents import COLUMN_OF, Column
from zveno.kit.period import Period

_ZERO = Decimal(0)
_KINDS = {column: [kind.value for kind, of in COLUMN_OF.items() if of is column] for column in Column}


@dataclass(frozen=True, slots=True)
class Changes:
    """Changes of the debt by column, with their signs: shipped is mostly above zero, returned and paid below."""

    shipped: Decimal = _ZERO
    returned: Decimal = _ZERO
    paid: Decimal = _ZERO
    other: Decimal = _ZERO

    @property
    def balance(self) -> Decimal:
        return self.shipped + self.returned + self.paid + self.other

    def __add__(self, other: Changes) -> Changes:
        return Changes(*(getattr(self, name) + getattr(other, name) for name in _NAMES))

    def __sub__(self, other: Changes) -> Changes:
        return Changes(*(getattr(self, name) - getattr(other, name) for name in _NAMES))


_NAMES = tuple(field.name for field in fields(Changes))


@dataclass(frozen=True, slots=True)
class AccountValue:
    """An account."""

    id: int
    seller_id: int
    buyer_company_id: int
    buyer_entity_id: int
    contract: str
    currency: str


@dataclass(frozen=True, slots=True)
class Turnover:
    """An account over a period: what was owed before it, what changed, what is owed after its last day."""

    account: AccountValue
    opening: Decimal
    changes: Changes

    @property
    def closing(self) -> Decimal:
        return self.opening + self.changes.balance


@dataclass(frozen=True, slots=True)
class Which:
    """Which accounts: of a seller, of entities, one; `None` is all that the scope may see."""

    seller_id: int | None = None
    entity_ids: Collection[int] | None = None
    account_id: int | None = None

    def of(self, *, prefix: str = "") -> Q:
        """The same as a condition on tables of the ledger; `prefix` names the account's column."""
        told = Q()
        if self.seller_id is not None:
            told &= Q(seller_id=self.seller_id)
        if self.entity_ids is not None:
            told &= Q(buyer_entity_id__in=self.entity_ids)
        return told & Q(**{prefix: self.account_id}) if self.account_id is not None else told


def accounts(which: Which) -> list[AccountValue]:
    """The accounts, by seller, entity and contract. One SQL statement."""
    rows = Account.objects.visible_to(current()).filter(which.of(prefix="id"))
    return [account_value(row) for row in rows.order_by("seller_id", "buyer_entity_id", "contract", "currency")]


def account_value(row: Account) -> AccountValue:
    """The row as a value."""
    return AccountValue(row.pk, row.seller_id, row.buyer_company_id, row.buyer_entity_id, row.contract, row.currency)


def turnovers(*, period: Period, which: Which) -> list[Turnover]:
    """Every account over the period, those without anything left out. Five SQL statements, however many documents."""
    before = changes_until(period.starts_on, which)
    after = changes_until(period.ends_on, which)
    none = Changes()
    return [
        Turnover(
            account, before.get(account.id, none).balance, after.get(account.id, none) - before.get(account.id, none)
        )
        for account in accounts(which)
        if account.id in after
    ]


def balances_on(day: date, which: Which) -> dict[int, Decimal]:
    """Account → what is owed at the end of `day`. Two SQL statements."""
    return {key: told.balance for key, told in changes_until(date.fromordinal(day.toordinal() + 1), which).items()}


def changes_until(day: date, which: Which) -> dict[int, Changes]:
    """Account → every change before `day`: months before it from their totals, the rest from the documents."""
    first = day.replace(day=1)
    months = MonthTotal.objects.visible_to(current()).filter(which.of(prefix="account_id"), month__lt=first)
    told = _summed(months.values("account_id").annotate(**{f"sum_{name}": Sum(name) for name in _NAMES}))
    if day == first:
        return told
    rows = LedgerDocument.objects.visible_to(current()).filter(
        which.of(prefix="account_id"), issued_on__gte=first, issued_on__lt=day, is_void=False
    )
    sums = {
        f"sum_{column.value}": Sum("change", filter=Q(kind__in=kinds), default=_ZERO)
        for column, kinds in _KINDS.items()
    }
    for account_id, changes in _summed(rows.values("account_id").annotate(**sums)).items():
        told[account_id] = told.get(account_id, Changes()) + changes
    return told


def _summed(rows: Iterable[Any]) -> dict[int, Changes]:
    return {
        int(str(row["account_id"])): Changes(*(Decimal(str(row[f"sum_{name}"])) for name in _NAMES)) for row in rows
    }


def totals_by_currency(rows: Iterable[Turnover]) -> dict[str, tuple[Decimal, Changes, Decimal]]:
    """Currency → opening, changes, closing of all rows."""
    found: dict[str, tuple[Decimal, Changes, Decimal]] = {}
    for row in rows:
        opening, changes, closing = found.get(row.account.currency, (_ZERO, Changes(), _ZERO))
        found[row.account.currency] = (opening + row.opening, changes + row.changes, closing + row.closing)
    return found
