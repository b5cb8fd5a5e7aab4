"""The seller asks the buyer about a claim; until the answer its clock stands."""

from __future__ import annotations

from datetime import datetime

from zveno.base.tx import in_transaction
from zveno.claims.actions.history import acting_side, locked_claim, move, tell
from zveno.claims.errors import ClaimWordsMissing
from zveno.claims.rules.states import Deed


@in_transaction
def ask_on_claim(*, claim_id: int, words: str, now: datetime) -> None:
    """Ask the buyer. Raises ClaimNotFound, ClaimMoved, ClaimWordsMissing."""
    words = words.strip()[:4000]
    if not words:
        raise ClaimWordsMissing(field="words")
    claim, side = locked_claim(claim_id), acting_side()
    move(claim, Deed.ASK, side=side, now=now)
    claim.save(update_fields=["state", "changed_at"])
    tell(claim, "asked", side=side, now=now, words=words)
