"""A requisition in short, for whoever just sent it: its lines as written down, and whom it waits for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from zveno.base.clock import today_at
from zveno.base.scope import current
from zveno.orders.models import Requisition, RequisitionDecision, RequisitionEvent, RequisitionLine
from zveno.orders.queries.approval.people import circle_of
from zveno.orders.queries.approval.requisition_list import RequisitionRow, requisition_rows
from zveno.orders.queries.approval.rulebook import settings_of
from zveno.orders.rules.approval.states import RequisitionState
from zveno.orders.rules.approval.steps import open_seats, plan_from_json
from zveno.partners.queries.names import company_time_zone


@dataclass(frozen=True, slots=True)
class RequisitionBrief:
    """The head, the lines, the names of those asked now, and the last words said about it."""

    head: RequisitionRow
    lines: Sequence[RequisitionLine]
    waits_for: tuple[str, ...]
    words: str


def requisition_brief(*, requisition_id: int) -> RequisitionBrief | None:
    """The requisition with this id if the current scope may see it. A flat number of SQL statements."""
    row = Requisition.objects.visible_to(current()).select_related("author").filter(pk=requisition_id).first()
    if row is None:
        return None
    lines = RequisitionLine.objects.visible_to(current()).filter(requisition=row).order_by("position")
    spoken = RequisitionEvent.objects.visible_to(current()).filter(requisition=row, params__has_key="words")
    last = spoken.order_by("-at", "-id").first()
    return RequisitionBrief(
        head=requisition_rows([row])[0],
        lines=list(lines),
        waits_for=_waits_for(row),
        words=str(last.params["words"]) if last else "",
    )


def _waits_for(row: Requisition) -> tuple[str, ...]:
    if row.state != RequisitionState.WAITING:
        return ()
    circle = circle_of(row.buyer_company_id, today=today_at(company_time_zone(row.buyer_company_id)))
    step = plan_from_json(row.steps)[row.step]
    held = circle.holders(
        step,
        entity_id=row.buyer_entity_id,
        author_id=row.author_id,
        own_allowed=settings_of(row.buyer_company_id).own_allowed,
    )
    decided = RequisitionDecision.objects.visible_to(current()).filter(requisition=row, round=row.round, step=row.step)
    seats = open_seats(step, set(decided.values_list("seat", flat=True)))
    return tuple(dict.fromkeys(circle.name(holder.user_id) for seat in seats for holder in held[seat]))
