"""The seller has done what it decided: the claim is closed."""

from __future__ import annotations

from datetime import datetime

from zveno.base.tx import in_transaction
from zveno.claims.actions.history import acting_side, locked_claim, move, tell
from zveno.claims.rules.states import Deed


@in_transaction
def finish_claim(*, claim_id: int, words: str, now: datetime) -> None:
    """Close the claim; `words` may name the paper or shipment that settled it. Raises ClaimNotFound, ClaimMoved."""
    claim, side = locked_claim(claim_id), acting_side()
    move(claim, Deed.FINISH, side=side, now=now)
    claim.save(update_fields=["state", "changed_at"])
    tell(claim, "closed", side=side, now=now, words=words.strip()[:4000])
