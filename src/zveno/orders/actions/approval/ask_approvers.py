"""Finding out who must be asked by mail now, and keeping that they were."""

from __future__ import annotations

from datetime import datetime, timedelta

from zveno.base.scope import current
from zveno.base.tx import in_transaction
from zveno.orders.actions.approval.moving import circle_around, holders_now, locked_requisition
from zveno.orders.models import RequisitionAsk
from zveno.orders.queries.approval.rulebook import settings_of
from zveno.orders.rules.approval.states import RequisitionState

LINKS_LAST = timedelta(days=7)


@in_transaction
def ask_approvers(*, requisition_id: int, now: datetime) -> tuple[int, ...]:
    """The ids of the mails that want to be sent now: first ones, and reminders of a deadline that comes near.

    Each person is asked once at a step of a round, and reminded once. The work of the system; repeatable. Raises
    RequisitionNotFound.
    """
    requisition = locked_requisition(requisition_id)
    if requisition.state != RequisitionState.WAITING:
        return ()
    settings = settings_of(requisition.buyer_company_id)
    held, still_open = holders_now(requisition, circle_around(requisition, now), settings)
    people = {holder.user_id for seat in still_open for holder in held[seat]}
    at = {"requisition_id": requisition.pk, "round": requisition.round, "step": requisition.step}
    RequisitionAsk.objects.bulk_create(
        [
            RequisitionAsk(
                **at,
                company_id=requisition.buyer_company_id,
                buyer_entity_id=requisition.buyer_entity_id,
                user_id=user_id,
                created_at=now,
                expires_at=min(requisition.expires_at, now + LINKS_LAST),
            )
            for user_id in sorted(people)
        ],
        ignore_conflicts=True,
    )
    due = requisition.due_at
    reminds = due is not None and due - timedelta(hours=settings.remind_hours) <= now
    asks = RequisitionAsk.objects.visible_to(current()).filter(**at, user_id__in=people).order_by("id")
    return tuple(ask.pk for ask in asks if ask.mailed_at is None or (reminds and ask.reminded_at is None))


@in_transaction
def note_mailed(*, ask_id: int, now: datetime) -> None:
    """Keep that the mail has left: the first one, or the reminder."""
    asks = RequisitionAsk.objects.visible_to(current()).filter(pk=ask_id)
    if not asks.filter(mailed_at=None).update(mailed_at=now):
        asks.filter(reminded_at=None).update(reminded_at=now)
