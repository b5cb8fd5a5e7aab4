"""What a seller and a buyer's entity agreed on money: contract, delay, limit."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q

from zveno.base.scope import current
from zveno.partners.models import TradeTerms


@dataclass(frozen=True, slots=True)
class Agreement:
    """The money side of trade terms. `credit_limit` is in `currency`; `None`: no limit was agreed."""

    buyer_company_id: int
    buyer_entity_id: int
    seller_id: int
    contract: str
    currency: str
    credit_limit: Decimal | None
    delay_days: int


def agreement_on(*, seller_id: int, entity_id: int, day: date) -> Agreement | None:
    """The agreement that holds on `day`, as far as the current scope may see it; None without one. One statement."""
    return next(iter(agreements_on(seller_id=seller_id, entity_ids=[entity_id], day=day)), None)


def agreements_on(
    *, day: date, seller_id: int | None = None, entity_ids: Collection[int] | None = None
) -> list[Agreement]:
    """The agreements that hold on `day`, of one seller or of all, of some entities or of all. One statement."""
    rows = TradeTerms.objects.visible_to(current()).filter(Q(valid_to=None) | Q(valid_to__gt=day), valid_from__lte=day)
    if seller_id is not None:
        rows = rows.filter(seller_id=seller_id)
    if entity_ids is not None:
        rows = rows.filter(buyer_entity_id__in=entity_ids)
    return [
        Agreement(
            buyer_company_id=row.buyer_company_id,
            buyer_entity_id=row.buyer_entity_id,
            seller_id=row.seller_id,
            contract=row.contract_number,
            currency=row.currency,
            credit_limit=row.credit_limit,
            delay_days=row.payment_delay_days,
        )
        for row in rows.order_by("seller_id", "buyer_entity_id", "-valid_from")
    ]
