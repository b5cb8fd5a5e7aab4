"""Setting a credit limit above that of the trade terms, for an entity or for a whole company."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from zveno.base import audit
from zveno.base.scope import current
from zveno.base.tx import in_transaction
from zveno.finance.errors import ClientUnknown, LimitOutOfRange, LimitReasonMissing
from zveno.finance.models import CreditLimit
from zveno.kit.money import round_money
from zveno.partners.queries.agreements import agreements_on

_LARGEST = Decimal(10) ** 15


@in_transaction
def set_credit_limit(
    *,
    seller_id: int,
    company_id: int,
    entity_id: int | None,
    amount: Decimal | None,
    reason: str,
    today: date,
    now: datetime,
) -> None:
    """The limit from now on, with its author, time and reason; every one before stays as history.

    No `entity_id`: of the company as a whole. No `amount`: the limit is lifted, and an entity's terms hold again. The
    same amount again changes nothing. Raises ClientUnknown, LimitOutOfRange, LimitReasonMissing.
    """
    if amount is not None and not 0 <= amount < _LARGEST:
        raise LimitOutOfRange(place="amount")
    if not reason.strip():
        raise LimitReasonMissing(place="reason")
    clients = [one for one in agreements_on(seller_id=seller_id, day=today) if one.buyer_company_id == company_id]
    if not clients or (entity_id is not None and entity_id not in {one.buyer_entity_id for one in clients}):
        raise ClientUnknown
    amount = None if amount is None else round_money(amount, clients[0].currency)
    rows = CreditLimit.objects.visible_to(current()).filter(
        seller_id=seller_id, buyer_company_id=company_id, buyer_entity_id=entity_id
    )
    newest = rows.order_by("-set_at", "-id").first()
    if (newest.amount if newest else None) == amount:
        return
    row = CreditLimit.objects.create(
        seller_id=seller_id,
        buyer_company_id=company_id,
        buyer_entity_id=entity_id,
        amount=amount,
        reason=reason.strip()[:300],
        set_by_name=current().actor_name,
        set_at=now,
    )
    audit.record(
        action="credit_limit_set" if amount is not None else "credit_limit_lifted",
        subject=row,
        now=now,
        seller_id=seller_id,
        amount=str(amount) if amount is not None else "",
        reason=row.reason,
    )
