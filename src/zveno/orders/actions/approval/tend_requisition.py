"""Looking after a requisition that nobody touches: deadlines, the end of its time, and whoever must be asked now."""

from __future__ import annotations

from datetime import datetime

from zveno.base.events import publish
from zveno.base.tx import in_transaction
from zveno.orders.actions.approval.moving import (
    announce,
    circle_around,
    go_through,
    locked_requisition,
    move,
    plan_of,
    tell,
)
from zveno.orders.events import RequisitionApproved, RequisitionWaits
from zveno.orders.models import Requisition
from zveno.orders.queries.approval.rulebook import settings_of
from zveno.orders.rules.approval.states import Deed, RequisitionState, after
from zveno.orders.rules.approval.steps import late, plan_as_json


@in_transaction
def tend_requisition(*, requisition_id: int, now: datetime) -> RequisitionState:
    """Let its time end, its step go on when its people did not answer in time, and let the asking be looked at again.

    The work of the system, from time to time; as often as one likes. Raises RequisitionNotFound.
    """
    requisition = locked_requisition(requisition_id)
    state = RequisitionState(requisition.state)
    if requisition.expires_at <= now and after(state, Deed.EXPIRE) is not None:
        _expire(requisition, now)
    elif state is RequisitionState.APPROVED:
        publish(RequisitionApproved(requisition_id=requisition.pk))
    elif state is RequisitionState.WAITING and requisition.due_at is not None and requisition.due_at <= now:
        _go_on(requisition, now)
    elif state is RequisitionState.WAITING:
        # A substitute's days may have begun, a reminder may be due.
        publish(RequisitionWaits(requisition_id=requisition.pk))
    return RequisitionState(requisition.state)


def _expire(requisition: Requisition, now: datetime) -> None:
    move(requisition, Deed.EXPIRE)
    requisition.due_at = None
    requisition.save()
    tell(requisition, "expired", now=now)
    announce(requisition, "expired")


def _go_on(requisition: Requisition, now: datetime) -> None:
    plan = list(plan_of(requisition))
    step = requisition.step
    with_head = late(plan[step], is_last=step == len(plan) - 1)
    move(requisition, Deed.GO_ON)
    tell(requisition, "late", now=now, step=step + 1, to="head" if with_head else "next")
    if with_head is None:
        requisition.step = step + 1
    else:
        plan[step] = with_head
        requisition.steps = plan_as_json(plan)
    settings = settings_of(requisition.buyer_company_id)
    go_through(requisition, circle_around(requisition, now), settings, now=now)
