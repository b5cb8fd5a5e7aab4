"""Sending a draft or a returned requisition again."""

from __future__ import annotations

from datetime import datetime

from zveno.base.events import publish
from zveno.base.scope import current
from zveno.base.tx import in_transaction
from zveno.orders.actions.approval.asking_again import judge_anew
from zveno.orders.actions.approval.freezing import FROZEN, check_offer, freeze_line, sum_up, wanted_lines
from zveno.orders.actions.approval.moving import keep_deed, lines_of, move, tell
from zveno.orders.actions.approval.own_requisition import own_requisition
from zveno.orders.actions.approval.write_requisition import send, take_rule
from zveno.orders.errors import RequisitionTooFarOn, RoleOrdersNothing
from zveno.orders.events import RequisitionApproved
from zveno.orders.models import RequisitionLine
from zveno.orders.queries.approval.offer import offer_now
from zveno.orders.queries.approval.terms import terms_of_requisition
from zveno.orders.rules.approval.states import EDITABLE, Deed, RequisitionState
from zveno.partners.queries.actors import Actor
from zveno.partners.rules.roles import Right


@in_transaction
def send_requisition(*, actor: Actor, requisition_id: int, now: datetime) -> RequisitionState:
    """Write it down as of now, judge it by the rules of now, and ask from the first step on.

    Where no rule asks any more it is approved at once and placed by a job. Raises RequisitionNotFound,
    NotYourRequisition, RoleOrdersNothing, RequisitionTooFarOn, NoTerms, and what placing raises.
    """
    requisition = own_requisition(actor=actor, requisition_id=requisition_id)
    if Right.ORDERS_PLACE not in actor.rights:
        raise RoleOrdersNothing()
    if requisition.state not in EDITABLE:
        raise RequisitionTooFarOn(number=requisition.number, stands=requisition.state, by="")
    lines = lines_of(requisition)
    terms = terms_of_requisition(actor, requisition.buyer_entity_id, requisition.seller_id)
    offer = check_offer(offer_now(terms=terms, lines=wanted_lines(lines), wishes=requisition.wishes, now=now))
    by_position = {line.position: line for line in lines}
    for offered in offer.lines:
        freeze_line(by_position[offered.position], offered)
    RequisitionLine.objects.visible_to(current()).bulk_update(lines, FROZEN, batch_size=500)
    sum_up(requisition, lines)
    judged = judge_anew(requisition, lines, terms, now=now)
    requisition.round += 1
    keep_deed(requisition, "requisition_sent", now=now)
    if judged.asks:
        take_rule(requisition, judged)
        send(requisition, judged, now=now)
        return RequisitionState(requisition.state)
    requisition.trace, requisition.steps, requisition.step = judged.verdict.trace, [], 0
    requisition.rule_id, requisition.rule_name = None, ""
    move(requisition, Deed.SEND)
    move(requisition, Deed.APPROVE)
    requisition.sent_at, requisition.decided_at, requisition.stopped = now, now, []
    requisition.save()
    tell(requisition, "free_to_place", now=now)
    publish(RequisitionApproved(requisition_id=requisition.pk))
    return RequisitionState(requisition.state)
