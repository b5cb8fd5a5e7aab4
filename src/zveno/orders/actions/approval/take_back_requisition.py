"""Taking a requisition out of the hands of those who decide: to change it, or for good."""

from __future__ import annotations

from datetime import datetime

from zveno.base.tx import in_transaction
from zveno.orders.actions.approval.moving import keep_deed, move, tell
from zveno.orders.actions.approval.own_requisition import own_requisition
from zveno.orders.rules.approval.states import Deed, RequisitionState
from zveno.partners.queries.actors import Actor


@in_transaction
def take_back_requisition(*, actor: Actor, requisition_id: int, for_good: bool, now: datetime) -> None:
    """Let its author (or the head) have it back as a draft to change, or, `for_good`, withdraw it. Repeatable.

    Raises RequisitionNotFound, NotYourRequisition, RequisitionTooFarOn.
    """
    requisition = own_requisition(actor=actor, requisition_id=requisition_id)
    deed, goal = Deed.TAKE_BACK, RequisitionState.DRAFT
    if for_good:
        deed, goal = Deed.WITHDRAW, RequisitionState.WITHDRAWN
    if requisition.state == goal:
        return
    move(requisition, deed)
    requisition.due_at = None
    requisition.save()
    what = "withdrawn" if for_good else "taken_back"
    tell(requisition, what, now=now)
    keep_deed(requisition, f"requisition_{what}", now=now)
