"""An approved requisition becomes an order, once, in its author's name and by their terms."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from zveno.base.scope import current, entered
from zveno.base.tx import in_transaction
from zveno.kit.errors import Fault
from zveno.orders.actions.approval.asking_again import Renewed, ask_again
from zveno.orders.actions.approval.bringing import wish_kept
from zveno.orders.actions.approval.freezing import drift_of, wanted_lines
from zveno.orders.actions.approval.moving import (
    announce,
    circle_around,
    keep_deed,
    lines_of,
    locked_requisition,
    move,
    tell,
)
from zveno.orders.actions.approval.successor import who_places
from zveno.orders.actions.write_order import write_order
from zveno.orders.models import Order, Requisition, RequisitionLine
from zveno.orders.queries.approval.offer import offer_now
from zveno.orders.queries.approval.rulebook import settings_of
from zveno.orders.rules.approval.states import Deed, RequisitionState
from zveno.orders.rules.wishes import OrderedLine
from zveno.partners.queries.actors import Actor, TermsValue


@in_transaction
def place_requisition(*, requisition_id: int, now: datetime) -> RequisitionState:
    """Place it, or ask again when what was approved has changed; the state it is in then. The work of the system.

    Run twice, at the same moment or after a crash, it comes to the same one order: the row is locked, and the order has
    the requisition's key. Raises RequisitionNotFound.
    """
    requisition = locked_requisition(requisition_id)
    if requisition.state != RequisitionState.APPROVED:
        return RequisitionState(requisition.state)
    actor = who_places(requisition, now=now)
    if actor is None:
        return _give_back(requisition, "nobody_to_place", now=now)
    terms = actor.terms_with(requisition.seller_id)
    assert terms is not None  # who places has terms
    lines = lines_of(requisition)
    with entered(actor.scope):
        offer = offer_now(terms=terms, lines=wanted_lines(lines), wishes=requisition.wishes, now=now)
    if offer is None:
        return _give_back(requisition, "seller_not_found", now=now)
    drift = drift_of(requisition, lines, offer)
    if drift.stops:
        settings = settings_of(requisition.buyer_company_id)
        ask_again(
            requisition,
            Renewed(lines, offer, drift, terms),
            circle_around(requisition, now),
            settings,
            now=now,
        )
        return RequisitionState(requisition.state)
    try:
        order_id = _write(requisition, lines, actor, terms, now)
    except Fault as fault:
        return _give_back(requisition, fault.code, now=now)
    _placed(requisition, order_id, now=now)
    return RequisitionState(requisition.state)


def _write(
    requisition: Requisition, lines: list[RequisitionLine], actor: Actor, terms: TermsValue, now: datetime
) -> int:
    before = Order.objects.visible_to(current()).filter(
        buyer_company_id=requisition.buyer_company_id, idempotency_key=requisition.idempotency_key
    )
    if (known := before.values_list("pk", flat=True).first()) is not None:
        return known
    with transaction.atomic(), entered(actor.scope):
        placed = write_order(
            actor=actor,
            terms=terms,
            lines=[OrderedLine(line.product_id, line.quantity, line.wished_on) for line in lines if line.quantity > 0],
            wishes=requisition.wishes,
            comment=requisition.comment,
            source=requisition.source,
            key=requisition.idempotency_key,
            content_digest=requisition.content_digest,
            now=now,
            delivery=wish_kept(requisition.delivery),
        )
    return placed.id


def _placed(requisition: Requisition, order_id: int, *, now: datetime) -> None:
    move(requisition, Deed.PLACE)
    requisition.order_id = order_id
    requisition.save()
    order = Order.objects.visible_to(current()).get(pk=order_id)
    sums = {"before": str(requisition.total), "after": str(order.total), "currency": order.currency}
    tell(requisition, "placed", now=now, number=order.number, **(sums if order.total != requisition.total else {}))
    keep_deed(requisition, "requisition_placed", now=now)
    announce(requisition, "placed")


def _give_back(requisition: Requisition, why: str, *, now: datetime) -> RequisitionState:
    """Nothing to decide anew: its author, or the head, sees what stands in the way."""
    move(requisition, Deed.RETURN)
    requisition.stopped = [{"code": why, "line": 0, "before": "", "now": ""}]
    requisition.save()
    tell(requisition, "not_placed", now=now, why=why)
    announce(requisition, "returned")
    return RequisitionState(requisition.state)
