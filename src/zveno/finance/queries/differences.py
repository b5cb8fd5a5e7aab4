"""Accounts whose ledger is not what the accounting system states, and why."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from zveno.base.scope import current
from zveno.finance.models import LedgerDocument, StatedBalance
from zveno.finance.queries.balances import AccountValue, Which, account_value, balances_on
from zveno.finance.rules.differences import Explained, Side, explain


@dataclass(frozen=True, slots=True)
class Agreed:
    """The newest stated balance of an account beside ours of the same day."""

    account: AccountValue
    as_of: date
    ours: Decimal
    stated: Decimal
    told_at: datetime

    @property
    def difference(self) -> Decimal:
        """Ours less theirs."""
        return self.ours - self.stated


@dataclass(frozen=True, slots=True)
class Difference:
    """An account that does not agree, with the parts of the difference."""

    agreed: Agreed
    parts: tuple[Explained, ...]


def agreements(which: Which) -> list[Agreed]:
    """The newest stated balance of each account beside ours. Two statements, two more for each different day."""
    rows = StatedBalance.objects.visible_to(current()).filter(which.of(prefix="account_id"))
    newest = list(rows.select_related("account").order_by("account_id", "-as_of").distinct("account_id"))
    by_day: defaultdict[date, list[StatedBalance]] = defaultdict(list)
    for row in newest:
        by_day[row.as_of].append(row)
    found = []
    for day, of_day in by_day.items():
        ours = balances_on(day, which)
        found += [
            Agreed(account_value(row.account), day, ours.get(row.account_id, Decimal(0)), row.balance, row.told_at)
            for row in of_day
        ]
    return sorted(found, key=lambda one: (-abs(one.difference), one.account.id))


def differences(which: Which) -> list[Difference]:
    """The accounts that do not agree, the greatest difference first, each explained."""
    return [Difference(one, _parts(one)) for one in agreements(which) if one.difference]


def _parts(agreed: Agreed) -> tuple[Explained, ...]:
    stated = StatedBalance.objects.visible_to(current()).get(account_id=agreed.account.id, as_of=agreed.as_of)
    rows = LedgerDocument.objects.visible_to(current()).filter(
        account_id=agreed.account.id, issued_on__lte=agreed.as_of, is_void=False
    )
    ours = [
        Side(row["external_id"], row["number"], row["issued_on"], row["change"])
        for row in rows.order_by("issued_on", "id").values("external_id", "number", "issued_on", "change")
    ]
    theirs = None if stated.documents is None else [_side(one) for one in stated.documents]
    return explain(ours, stated.balance, theirs)


def _side(told: dict[str, str]) -> Side:
    return Side(told["external_id"], told["number"], date.fromisoformat(told["issued_on"]), Decimal(told["change"]))
