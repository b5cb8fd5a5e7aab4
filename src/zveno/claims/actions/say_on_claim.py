"""Either side says something on a claim, with files or without."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from zveno.base.tx import in_transaction
from zveno.claims.actions.attach_files import SentFile, attach_files
from zveno.claims.actions.history import acting_side, locked_claim, move, tell
from zveno.claims.errors import ClaimWordsMissing
from zveno.claims.rules.states import Deed, State, after


@in_transaction
def say_on_claim(*, claim_id: int, words: str, sent: Sequence[SentFile], company_id: int, now: datetime) -> None:
    """Add words or files to the claim. What the buyer says to a question hands the claim back to the seller.

    Raises ClaimNotFound, ClaimWordsMissing where there are neither words nor files, the faults of attach_files.
    """
    words = words.strip()[:4000]
    if not words and not sent:
        raise ClaimWordsMissing(field="words")
    claim, side = locked_claim(claim_id), acting_side()
    added = attach_files(claim=claim, sent=sent, company_id=company_id, now=now)
    if after(State(claim.state), Deed.ANSWER, side) is not None:
        move(claim, Deed.ANSWER, side=side, now=now)
    claim.changed_at = now
    claim.save(update_fields=["state", "changed_at"])
    tell(claim, "said", side=side, now=now, words=words, files=added)
