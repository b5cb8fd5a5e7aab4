"""Giving one's word for a requisition; with the last word it becomes an order."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from zveno.base.tx import in_transaction
from zveno.orders.actions.approval.asking_again import Renewed, ask_again
from zveno.orders.actions.approval.deciding import hearing
from zveno.orders.actions.approval.freezing import drift_of, wanted_lines
from zveno.orders.actions.approval.moving import give_word, go_through, keep_deed, lines_of, tell
from zveno.orders.errors import RequisitionBlocked, RequisitionChanged, SellerNotFound
from zveno.orders.models import Requisition, RequisitionLine
from zveno.orders.queries.approval.offer import offer_now
from zveno.orders.queries.approval.terms import terms_of_requisition
from zveno.orders.rules.approval.drift import Drift
from zveno.orders.rules.approval.states import RequisitionState
from zveno.partners.queries.actors import Actor, TermsValue


@in_transaction
def approve_requisition(
    *, actor: Actor, requisition_id: int, version: int | None, accepts_rise: bool, now: datetime
) -> RequisitionState:
    """Give the actor's word for all seats they hold at the present step; the state it is in then.

    `version` is what they saw. Where prices have risen beyond the tolerance since it was written down, the word is
    given only with `accepts_rise`; then it is written down anew, and whoever gave their word before is asked again.
    Raises what `hearing` raises, RequisitionChanged (prices rose unseen), RequisitionBlocked, NoTerms.
    """
    heard = hearing(requisition_id=requisition_id, user_id=actor.user_id, version=version, now=now)
    requisition, lines = heard.requisition, lines_of(heard.requisition)
    terms = terms_of_requisition(actor, requisition.buyer_entity_id, requisition.seller_id)
    renewed = _renewed(requisition, lines, terms, now)
    if renewed.drift.blocks:
        raise RequisitionBlocked(number=requisition.number, lines=_blocked(lines, renewed.drift))
    if renewed.drift.stops and not accepts_rise:
        raise RequisitionChanged(number=requisition.number)
    stands_for = next((holder.stands_for for _, holder in heard.seats if holder.stands_for), None)
    tell(requisition, "word_given", now=now, step=requisition.step + 1, stands_for=heard.circle.name(stands_for))
    keep_deed(requisition, "requisition_approved", now=now)
    if renewed.drift.stops:
        ask_again(requisition, renewed, heard.circle, heard.settings, now=now, said_by=actor.user_id)
    else:
        give_word(requisition, heard.seats, now=now)
        requisition.version += 1
        go_through(requisition, heard.circle, heard.settings, now=now)
    return RequisitionState(requisition.state)


def _renewed(requisition: Requisition, lines: Sequence[RequisitionLine], terms: TermsValue, now: datetime) -> Renewed:
    offer = offer_now(terms=terms, lines=wanted_lines(lines), wishes=requisition.wishes, now=now)
    if offer is None:
        raise SellerNotFound()
    return Renewed(lines, offer, drift_of(requisition, lines, offer), terms)


def _blocked(lines: Sequence[RequisitionLine], drift: Drift) -> str:
    names = {line.position: line.code or line.name for line in lines}
    return ", ".join(names[line.position] for line in drift.lines if line.code == "not_orderable")
