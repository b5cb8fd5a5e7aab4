"""Choosing what happens when an order goes over the limit or a debt is overdue."""

from __future__ import annotations

from datetime import datetime

from zveno.base import audit
from zveno.base.scope import current
from zveno.base.tx import in_transaction
from zveno.finance.errors import PolicyWrong
from zveno.finance.models import CreditPolicy
from zveno.finance.rules.credit import Answer

LONGEST_GRACE_DAYS = 365


@in_transaction
def set_credit_policy(*, seller_id: int, over_limit: str, when_overdue: str, grace_days: int, now: datetime) -> None:
    """Keep the choice with who made it and when. Raises PolicyWrong."""
    for field, value in (("over_limit", over_limit), ("when_overdue", when_overdue)):
        if value not in set(Answer):
            raise PolicyWrong(place=field, field=field)
    if not 0 <= grace_days <= LONGEST_GRACE_DAYS:
        raise PolicyWrong(place="grace_days", field="grace_days")
    row = CreditPolicy.objects.visible_to(current()).filter(seller_id=seller_id).select_for_update().first()
    told = (over_limit, when_overdue, grace_days)
    if row is not None and (row.over_limit, row.when_overdue, row.grace_days) == told:
        return
    row = row or CreditPolicy(seller_id=seller_id)
    row.over_limit, row.when_overdue, row.grace_days = told
    row.set_by_name, row.set_at = current().actor_name, now
    row.save()
    audit.record(
        action="credit_policy_set",
        subject=row,
        now=now,
        seller_id=seller_id,
        over_limit=over_limit,
        when_overdue=when_overdue,
        grace_days=grace_days,
    )
