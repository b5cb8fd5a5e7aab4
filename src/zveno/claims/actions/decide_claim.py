"""The seller decides a claim, line by line."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from zveno.base.audit import record
from zveno.base.events import publish
from zveno.base.scope import current
from zveno.base.tx import in_transaction
from zveno.claims.actions.history import acting_side, locked_claim, move, tell
from zveno.claims.errors import ClaimProblems, ClaimWordsMissing
from zveno.claims.events import ClaimDecided
from zveno.claims.models import Claim, ClaimLine
from zveno.claims.rules.claiming import Kind, Outcome
from zveno.claims.rules.deciding import ClaimedLine, Verdict, credited, granted, verdict_problems
from zveno.claims.rules.states import Deed


@in_transaction
def decide_claim(*, claim_id: int, verdicts: Mapping[int, Verdict], words: str, now: datetime) -> None:
    """Keep the verdicts (line id → verdict) and tell the buyer. A claim without lines is decided by words.

    Raises ClaimNotFound, ClaimMoved, ClaimProblems, ClaimWordsMissing; then nothing is kept. Publishes ClaimDecided.
    """
    claim, side, words = locked_claim(claim_id), acting_side(), words.strip()[:4000]
    move(claim, Deed.DECIDE, side=side, now=now)
    lines = list(ClaimLine.objects.visible_to(current()).filter(claim=claim).order_by("id"))
    claimed = [ClaimedLine(line.pk, line.quantity, line.price) for line in lines]
    problems = verdict_problems(kind=Kind(claim.kind), lines=claimed, verdicts=verdicts, currency=claim.currency)
    if problems:
        raise ClaimProblems(problems)
    if not lines and not words:
        raise ClaimWordsMissing(field="words")
    for line, what in zip(lines, claimed, strict=True):
        _settle(line, what, verdicts[line.pk], claim.currency)
    ClaimLine.objects.visible_to(current()).bulk_update(lines, ["outcome", "granted", "credited", "words"])
    claim.credited = sum((line.credited for line in lines), Decimal(0))
    claim.decided_at = now
    claim.save(update_fields=["state", "changed_at", "credited", "decided_at"])
    _announce(claim, lines, words, now)


def _settle(line: ClaimLine, what: ClaimedLine, verdict: Verdict, currency: str) -> None:
    line.outcome = verdict.outcome.value
    line.granted = granted(verdict)
    line.credited = credited(what, verdict, currency)
    line.words = verdict.words.strip()[:1000]


def _announce(claim: Claim, lines: list[ClaimLine], words: str, now: datetime) -> None:
    rejected = sum(line.outcome == Outcome.REJECT for line in lines)
    tell(
        claim,
        "decided",
        side=acting_side(),
        now=now,
        words=words,
        granted=len(lines) - rejected,
        rejected=rejected,
        credited=str(claim.credited),
        currency=claim.currency,
    )
    record(
        action="claim_decided",
        subject=claim,
        now=now,
        company_id=claim.buyer_company_id,
        seller_id=claim.seller_id,
        number=claim.number,
    )
    publish(ClaimDecided(claim.pk, claim.seller_id, claim.buyer_entity_id, claim.credited, claim.currency))
