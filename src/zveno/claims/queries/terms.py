"""What a seller's terms of claiming are."""

from __future__ import annotations

from zveno.base.scope import current
from zveno.claims.models import ClaimTerms
from zveno.claims.rules.claiming import Terms


def terms_of(*, seller_id: int) -> Terms:
    """The seller's terms, or the usual ones where it has set none. One statement."""
    row = ClaimTerms.objects.visible_to(current()).filter(seller_id=seller_id).first()
    if row is None:
        return Terms()
    return Terms(row.arrival_days, row.defect_days, row.return_days, row.papers_days, row.answer_days)
