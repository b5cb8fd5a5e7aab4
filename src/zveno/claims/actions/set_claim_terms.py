"""A seller sets its terms of claiming."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

from zveno.base.audit import record
from zveno.base.scope import current
from zveno.base.tx import in_transaction
from zveno.claims.errors import TermsWrong
from zveno.claims.models import ClaimTerms
from zveno.claims.rules.claiming import Terms

_MOST_DAYS = 3650


@in_transaction
def set_claim_terms(*, seller_id: int, terms: Terms, now: datetime) -> None:
    """Keep the days of `terms`; claims made before keep their own. Zero days close a kind. Raises TermsWrong."""
    days = asdict(terms)
    if any(not 0 <= value <= _MOST_DAYS for value in days.values()) or terms.answer_days < 1:
        raise TermsWrong(most=_MOST_DAYS)
    row, _made = ClaimTerms.objects.visible_to(current()).update_or_create(seller_id=seller_id, defaults=days)
    record(action="claim_terms_set", subject=row, now=now, company_id=seller_id, seller_id=seller_id, **days)
