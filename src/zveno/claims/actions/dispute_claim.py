"""The buyer does not agree with a decision: the claim goes back to work."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from zveno.base.scope import current
from zveno.base.tx import in_transaction
from zveno.claims.actions.history import acting_side, locked_claim, move, tell
from zveno.claims.actions.open_claim import hold_shipment
from zveno.claims.errors import ClaimProblems, ClaimWordsMissing
from zveno.claims.models import Claim, ClaimLine
from zveno.claims.queries.claimable import claimed_of
from zveno.claims.queries.terms import terms_of
from zveno.claims.rules.claiming import Kind, Problem, answer_due, uses_up
from zveno.claims.rules.states import Deed


@in_transaction
def dispute_claim(*, claim_id: int, words: str, today: date, now: datetime) -> None:
    """Say why the decision is not right; the seller's days to answer begin anew. `today` is the seller's.

    Goods that another claim has used up meanwhile cannot be disputed. Raises ClaimNotFound, ClaimMoved, ClaimProblems,
    ClaimWordsMissing.
    """
    words = words.strip()[:4000]
    if not words:
        raise ClaimWordsMissing(field="words")
    claim, side = locked_claim(claim_id), acting_side()
    move(claim, Deed.DISPUTE, side=side, now=now)
    hold_shipment(claim.seller_id, claim.shipment_number, claim.shipped_on)
    _check_goods(claim)
    claim.due_on = answer_due(today, terms_of(seller_id=claim.seller_id))
    claim.credited, claim.decided_at = Decimal(0), None
    claim.save(update_fields=["state", "changed_at", "due_on", "credited", "decided_at"])
    ClaimLine.objects.visible_to(current()).filter(claim=claim).update(outcome="", granted=0, credited=0, words="")
    tell(claim, "disputed", side=side, now=now, words=words)


def _check_goods(claim: Claim) -> None:
    if not uses_up(Kind(claim.kind)):
        return
    others = claimed_of(
        seller_id=claim.seller_id,
        entity_id=claim.buyer_entity_id,
        number=claim.shipment_number,
        shipped_on=claim.shipped_on,
        without=claim.pk,
    )
    problems = [
        Problem("claimed_meanwhile", line.key, {"name": line.name})
        for line in ClaimLine.objects.visible_to(current()).filter(claim=claim)
        if line.quantity + others.get(line.key, Decimal(0)) > line.shipped
    ]
    if problems:
        raise ClaimProblems(problems)
