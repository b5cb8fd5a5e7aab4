"""Giving a requisition back to its author, with words, or declining it for good."""

from __future__ import annotations

from datetime import datetime

from zveno.base.tx import in_transaction
from zveno.orders.actions.approval.deciding import hearing
from zveno.orders.actions.approval.moving import announce, keep_deed, move, tell
from zveno.orders.errors import WordsMissing
from zveno.orders.rules.approval.states import Deed
from zveno.partners.queries.actors import Actor


@in_transaction
def return_requisition(
    *, actor: Actor, requisition_id: int, version: int | None, words: str, for_good: bool, now: datetime
) -> None:
    """Return it to its author to be changed and sent again, or, `for_good`, decline it. The author reads `words`.

    Anybody whose word is asked for may. Raises what `hearing` raises, and WordsMissing.
    """
    words = words.strip()[:1000]
    if not words:
        raise WordsMissing()
    heard = hearing(requisition_id=requisition_id, user_id=actor.user_id, version=version, now=now)
    requisition = heard.requisition
    move(requisition, Deed.DECLINE if for_good else Deed.RETURN)
    requisition.due_at, requisition.decided_at = None, now
    requisition.save()
    what = "declined" if for_good else "returned"
    tell(requisition, what, now=now, words=words, step=requisition.step + 1)
    keep_deed(requisition, f"requisition_{what}", now=now)
    announce(requisition, what)
