"""The requisition of its author, or any for the head: first step of what they do with it."""

from __future__ import annotations

from zveno.orders.actions.approval.moving import locked_requisition
from zveno.orders.errors import NotYourRequisition
from zveno.orders.models import Requisition
from zveno.partners.queries.actors import Actor
from zveno.partners.rules.roles import Right


def own_requisition(*, actor: Actor, requisition_id: int) -> Requisition:
    """The locked requisition, if the actor sent it or is the head. Raises RequisitionNotFound, NotYourRequisition."""
    requisition = locked_requisition(requisition_id)
    if requisition.author_id != actor.user_id and Right.ORDERS_EDIT_ALL not in actor.rights:
        raise NotYourRequisition(number=requisition.number, author=requisition.author.shown_name)
    return requisition
