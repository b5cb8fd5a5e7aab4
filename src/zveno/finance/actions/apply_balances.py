"""Balances as the seller's accounting system states them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from zveno.base.locks import Lock, hold
from zveno.base.scope import current
from zveno.base.tx import in_transaction
from zveno.finance.actions.accounts import AccountKey, accounts_of
from zveno.finance.models import StatedBalance
from zveno.finance.rules.differences import Side


@dataclass(frozen=True, slots=True)
class ToldBalance:
    """What the buyer owes at the end of `as_of` (above zero), and what the sender counts for it; `None`: not told."""

    account: AccountKey
    as_of: date
    balance: Decimal
    source_time: datetime
    documents: tuple[Side, ...] | None = None


@in_transaction
def apply_balances(*, seller_id: int, told: Sequence[ToldBalance], now: datetime) -> tuple[str, ...]:
    """Keep the balances, one per account and day, the newest by source time; `created`, `changed`, `unchanged` or
    `outdated` for each. Whether the ledger agrees is worked out when it is asked.
    """
    if not told:
        return ()
    hold(Lock.LEDGER_OF_SELLER, seller_id)
    accounts = accounts_of(seller_id=seller_id, keys=[one.account for one in told])
    rows = StatedBalance.objects.visible_to(current()).filter(account_id__in=set(accounts.values()))
    kept = {(row.account_id, row.as_of): row for row in rows.filter(as_of__in={one.as_of for one in told})}
    return tuple(_apply(seller_id, kept, accounts[one.account], one, now) for one in told)


def _apply(
    seller_id: int, kept: dict[tuple[int, date], StatedBalance], account_id: int, told: ToldBalance, now: datetime
) -> str:
    documents = None if told.documents is None else [_plain(one) for one in told.documents]
    row = kept.get((account_id, told.as_of))
    if row is not None and told.source_time < row.source_time:
        return "outdated"
    if row is not None and (row.balance, row.documents) == (told.balance, documents):
        row.source_time = told.source_time
        row.save(update_fields=["source_time"])
        return "unchanged"
    outcome = "created" if row is None else "changed"
    row = row or StatedBalance(
        account_id=account_id, seller_id=seller_id, buyer_entity_id=told.account.buyer_entity_id, as_of=told.as_of
    )
    row.balance, row.documents = told.balance, documents
    row.source_time, row.told_at = told.source_time, now
    row.save()
    kept[account_id, told.as_of] = row
    return outcome


def _plain(side: Side) -> dict[str, str]:
    return {
        "external_id": side.external_id,
        "number": side.number,
        "issued_on": side.issued_on.isoformat(),
        "change": str(side.change),
    }
