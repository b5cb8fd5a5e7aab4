"""Ending the trade terms of an entity with a seller."""

from __future__ import annotations

from datetime import date, datetime

from zveno.base import audit
from zveno.base.scope import current
from zveno.base.tx import in_transaction
from zveno.partners.errors import PartnerUnknown, TermsBeforeOpen
from zveno.partners.models import TradeTerms


@in_transaction
def end_trade_terms(*, terms_id: int, on: date, now: datetime) -> None:
    """From `on` the entity buys from the seller no more; what was ordered stays. Repeating it changes nothing.

    Raises PartnerUnknown, and TermsBeforeOpen for a day before the terms began.
    """
    rows = TradeTerms.objects.visible_to(current()).select_related("buyer_entity", "seller")
    terms = rows.select_for_update(of=("self",)).filter(pk=terms_id).first()
    if terms is None:
        raise PartnerUnknown
    if terms.valid_to is not None:
        return
    if on <= terms.valid_from:
        raise TermsBeforeOpen(day=terms.valid_from)
    terms.valid_to = on
    terms.save(update_fields=["valid_to"])
    audit.record(
        action="terms_ended",
        subject=terms.buyer_entity,
        now=now,
        company_id=terms.buyer_company_id,
        seller_id=terms.seller_id,
        entity=terms.buyer_entity.name,
        seller=terms.seller.name,
        day=on.isoformat(),
    )
