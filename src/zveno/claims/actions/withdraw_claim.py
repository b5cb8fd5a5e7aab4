"""The buyer takes a claim back."""

from __future__ import annotations

from datetime import datetime

from zveno.base.audit import record
from zveno.base.tx import in_transaction
from zveno.claims.actions.history import acting_side, locked_claim, move, tell
from zveno.claims.rules.states import Deed


@in_transaction
def withdraw_claim(*, claim_id: int, now: datetime) -> None:
    """Take the claim back; its goods may be claimed anew. Raises ClaimNotFound, ClaimMoved."""
    claim, side = locked_claim(claim_id), acting_side()
    move(claim, Deed.WITHDRAW, side=side, now=now)
    claim.save(update_fields=["state", "changed_at"])
    tell(claim, "withdrawn", side=side, now=now)
    record(
        action="claim_withdrawn",
        subject=claim,
        now=now,
        company_id=claim.buyer_company_id,
        seller_id=claim.seller_id,
        number=claim.number,
    )
