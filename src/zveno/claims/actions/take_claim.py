"""The seller's manager takes a claim into work."""

from __future__ import annotations

from datetime import datetime

from zveno.base.tx import in_transaction
from zveno.claims.actions.history import acting_side, locked_claim, move, tell
from zveno.claims.rules.states import Deed


@in_transaction
def take_claim(*, claim_id: int, now: datetime) -> None:
    """Say that the claim is being looked into. Raises ClaimNotFound, ClaimMoved."""
    claim, side = locked_claim(claim_id), acting_side()
    move(claim, Deed.TAKE, side=side, now=now)
    claim.save(update_fields=["state", "changed_at"])
    tell(claim, "taken", side=side, now=now)
