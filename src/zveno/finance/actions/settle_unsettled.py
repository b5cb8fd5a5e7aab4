"""Settling accounts that no document touched since the rule changed, or that came by a migration."""

from __future__ import annotations

from zveno.base.locks import Lock, hold
from zveno.base.scope import current
from zveno.base.tx import in_transaction
from zveno.finance.actions.settled_accounts import settle_accounts
from zveno.finance.models import Account
from zveno.finance.rules.settling import RULE

_AT_ONCE = 50


@in_transaction
def settle_unsettled(*, seller_id: int) -> int:
    """Settle some of the seller's accounts that an earlier rule settled; how many are left to do."""
    hold(Lock.LEDGER_OF_SELLER, seller_id)
    waiting = Account.objects.visible_to(current()).filter(seller_id=seller_id).exclude(settled_by=RULE)
    settle_accounts(account_ids=list(waiting.order_by("id").values_list("pk", flat=True)[:_AT_ONCE]))
    return waiting.count()
