"""One claim with its lines, files and history."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Count

from zveno.base.files import Content
from zveno.base.scope import current
from zveno.claims.models import Claim, ClaimEvent, ClaimFile, ClaimLine
from zveno.claims.queries.claim_list import ClaimRow, claim_rows
from zveno.claims.rules.claiming import OUTCOMES, Outcome
from zveno.claims.rules.states import Deed, Side, after


@dataclass(frozen=True, slots=True)
class LineValue:
    """A claimed line; `outcome` is `None` until it is decided."""

    id: int
    code: str
    name: str
    unit: str
    shipped: Decimal
    quantity: Decimal
    price: Decimal
    outcome: Outcome | None
    granted: Decimal
    credited: Decimal
    words: str


@dataclass(frozen=True, slots=True)
class FileValue:
    """A photo or paper of a claim."""

    id: int
    name: str
    size: int
    is_picture: bool
    added_by: str
    added_at: datetime


@dataclass(frozen=True, slots=True)
class EventValue:
    """One thing that happened or was said."""

    at: datetime
    side: Side
    actor_name: str
    kind: str
    words: str
    params: dict[str, Any]


@dataclass(frozen=True, slots=True)
class ClaimPage:
    """A claim with everything that belongs to it; events are the newest first."""

    claim: ClaimRow
    wish: Outcome
    words: str
    lines: Sequence[LineValue]
    files: Sequence[FileValue]
    events: Sequence[EventValue]

    def may(self, deed: Deed, side: Side) -> bool:
        """Whether `side` may do this to the claim now."""
        return after(self.claim.state, deed, side) is not None

    @property
    def outcomes(self) -> tuple[Outcome, ...]:
        """What may be decided of a line."""
        return (*OUTCOMES[self.claim.kind], Outcome.REJECT)


def claim_page(*, claim_id: int) -> ClaimPage | None:
    """The claim with this id if the scope may see it. Six statements."""
    scope = current()
    rows = Claim.objects.visible_to(scope).select_related("order").annotate(line_count=Count("lines"))
    claim = rows.filter(pk=claim_id).first()
    if claim is None:
        return None
    lines = ClaimLine.objects.visible_to(scope).filter(claim=claim).order_by("id")
    files = ClaimFile.objects.visible_to(scope).filter(claim=claim).order_by("id")
    events = ClaimEvent.objects.visible_to(scope).filter(claim=claim).order_by("-at", "-id")
    return ClaimPage(
        claim=claim_rows([claim])[0],
        wish=Outcome(claim.wish),
        words=claim.words,
        lines=[
            LineValue(
                id=line.pk,
                code=line.code,
                name=line.name,
                unit=line.unit,
                shipped=line.shipped,
                quantity=line.quantity,
                price=line.price,
                outcome=Outcome(line.outcome) if line.outcome else None,
                granted=line.granted,
                credited=line.credited,
                words=line.words,
            )
            for line in lines
        ],
        files=[FileValue(f.pk, f.name, f.size, f.is_picture, f.added_by_name, f.added_at) for f in files],
        events=[EventValue(e.at, Side(e.side), e.actor_name, e.kind, e.words, e.params) for e in events],
    )


def claim_file(*, claim_id: int, file_id: int) -> tuple[Content, bool] | None:
    """A file of a claim and whether it is a picture, if the scope may see the claim."""
    row = ClaimFile.objects.visible_to(current()).filter(pk=file_id, claim_id=claim_id).first()
    return (Content(row.name, row.sha256, row.size), row.is_picture) if row is not None else None


def claims_of_order(*, order_id: int) -> list[ClaimRow]:
    """The claims about an order's shipments, the newest first."""
    rows = Claim.objects.visible_to(current()).select_related("order").annotate(line_count=Count("lines"))
    return claim_rows(list(rows.filter(order_id=order_id).order_by("-id")))
