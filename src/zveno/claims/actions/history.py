"""The row of a claim while it is changed, and the keeping of what happened to it."""

from __future__ import annotations

from datetime import datetime

from zveno.base.scope import Section, current
from zveno.claims.errors import ClaimMoved, ClaimNotFound
from zveno.claims.models import Claim, ClaimEvent
from zveno.claims.rules.states import Deed, Side, State, after


def locked_claim(claim_id: int) -> Claim:
    """The claim as the current scope may see it, its row locked. Raises ClaimNotFound."""
    claim = Claim.objects.visible_to(current()).select_for_update().filter(pk=claim_id).first()
    if claim is None:
        raise ClaimNotFound()
    return claim


def acting_side() -> Side:
    """Which side the current scope speaks for."""
    return Side.SELLER if current().section is Section.SELLING else Side.BUYER


def move(claim: Claim, deed: Deed, *, side: Side, now: datetime) -> None:
    """Let a locked claim stand where `deed` by `side` leads; the caller saves. Raises ClaimMoved."""
    target = after(State(claim.state), deed, side)
    if target is None:
        raise ClaimMoved(number=claim.number, state=claim.state)
    claim.state, claim.changed_at = target.value, now


def tell(claim: Claim, kind: str, *, side: Side, now: datetime, words: str = "", **params: object) -> None:
    """Add `kind` to the claim's history, in the current actor's name."""
    ClaimEvent.objects.create(
        claim=claim,
        seller_id=claim.seller_id,
        buyer_entity_id=claim.buyer_entity_id,
        at=now,
        side=side.value,
        actor_name=current().actor_name or "system",
        kind=kind,
        words=words,
        params=params,
    )
