"""Working out what settles what in whole accounts, and keeping it: pairs, rests, totals of months."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from decimal import Decimal

from django.db import connection

from zveno.base.scope import current
from zveno.base.tx import in_transaction
from zveno.finance.models import Account, Allocation, LedgerDocument
from zveno.finance.rules.documents import Settles
from zveno.finance.rules.settling import RULE, Entry, Settled, settle


def settle_accounts(*, account_ids: Collection[int]) -> None:
    """Make pairs, rests and months of these accounts what their documents say. Needs the ledger's lock."""
    if not account_ids:
        return
    ids = sorted(account_ids)
    documents: defaultdict[int, list[LedgerDocument]] = defaultdict(list)
    rows = LedgerDocument.objects.visible_to(current()).filter(account_id__in=ids, is_void=False)
    for row in rows.defer("note", "digest", "recorded_at"):
        documents[row.account_id].append(row)
    changed: list[LedgerDocument] = []
    pairs: dict[tuple[int, int], tuple[LedgerDocument, Decimal, str]] = {}
    for account_id in ids:
        of_account = documents[account_id]
        settled = settle(entry_of(row) for row in of_account)
        changed += _with_new_rests(of_account, settled)
        by_id = {row.pk: row for row in of_account}
        for pair in settled.pairs:
            pairs[pair.debt_id, pair.credit_id] = (by_id[pair.debt_id], pair.amount, pair.basis.value)
    LedgerDocument.objects.visible_to(current()).bulk_update(changed, ["rest"], batch_size=1000)
    _keep_pairs(ids, pairs)
    keep_months(account_ids=ids)
    Account.objects.visible_to(current()).filter(pk__in=ids).exclude(settled_by=RULE).update(settled_by=RULE)


def entry_of(row: LedgerDocument) -> Entry:
    """The document as the rule sees it."""
    return Entry(
        id=row.pk,
        key=f"{row.external_id or row.number}\x1f{row.kind}",
        change=row.change,
        issued_on=row.issued_on,
        due_on=row.due_on,
        order_id=row.order_id,
        external_id=row.external_id,
        settles=tuple(
            Settles(one["external_id"], None if one["amount"] is None else Decimal(one["amount"]))
            for one in row.settles
        ),
    )


def _with_new_rests(rows: Sequence[LedgerDocument], settled: Settled) -> list[LedgerDocument]:
    changed = [row for row in rows if row.rest != settled.rest[row.pk]]
    for row in changed:
        row.rest = settled.rest[row.pk]
    return changed


def _keep_pairs(ids: Sequence[int], pairs: dict[tuple[int, int], tuple[LedgerDocument, Decimal, str]]) -> None:
    rows = Allocation.objects.visible_to(current())
    gone, same = [], set()
    for kept in rows.filter(account_id__in=ids):
        key = (kept.debt_id, kept.credit_id)
        wanted = pairs.get(key)
        if wanted is not None and (wanted[0].account_id, *wanted[1:]) == (kept.account_id, kept.amount, kept.basis):
            same.add(key)
        else:
            gone.append(kept.pk)
    # Pairs of a document that moved to another account stand under the old one.
    rows.filter(pk__in=gone).delete()
    rows.filter(debt_id__in={debt for debt, _ in pairs.keys() - same}).exclude(account_id__in=ids).delete()
    Allocation.objects.bulk_create(
        (
            Allocation(
                account_id=debt.account_id,
                seller_id=debt.seller_id,
                buyer_entity_id=debt.buyer_entity_id,
                debt_id=debt.pk,
                credit_id=credit_id,
                amount=amount,
                basis=basis,
            )
            for (debt_id, credit_id), (debt, amount, basis) in pairs.items()
            if (debt_id, credit_id) not in same
        ),
        batch_size=1000,
    )


_MONTHS = """
    INSERT INTO finance_monthtotal (account_id, seller_id, buyer_entity_id, month, shipped, returned, paid, other)
    SELECT account_id, seller_id, buyer_entity_id, date_trunc('month', issued_on)::date,
        COALESCE(sum(change) FILTER (WHERE kind = 'shipment'), 0),
        COALESCE(sum(change) FILTER (WHERE kind = 'return'), 0),
        COALESCE(sum(change) FILTER (WHERE kind IN ('payment', 'advance', 'refund')), 0),
        COALESCE(sum(change) FILTER (WHERE kind IN ('opening', 'correction', 'offset')), 0)
    FROM finance_ledgerdocument
    WHERE account_id = ANY(%s) AND NOT is_void
    GROUP BY account_id, seller_id, buyer_entity_id, date_trunc('month', issued_on)::date
"""


@in_transaction
def keep_months(*, account_ids: Collection[int]) -> None:
    """Make the months of these accounts what their documents say. The accounts are those that the scope could write."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM finance_monthtotal WHERE account_id = ANY(%s)", [list(account_ids)])
        cursor.execute(_MONTHS, [list(account_ids)])
