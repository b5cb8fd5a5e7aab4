"""The door before every placing: what the company's rules hold back becomes a requisition (O1)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from zveno.base.locks import hold_name
from zveno.base.scope import current
from zveno.orders.actions.approval.bringing import set_aside
from zveno.orders.actions.approval.freezing import check_offer
from zveno.orders.actions.approval.write_requisition import Beside, SentForApproval, write_requisition
from zveno.orders.models import Requisition
from zveno.orders.queries.approval.offer import WantedLine, offer_now
from zveno.orders.queries.approval.own_people import as_own_people
from zveno.orders.queries.approval.verdict import asker_of, judge, own_rules
from zveno.orders.rules.approval.picking import needed_facts
from zveno.orders.rules.approval.states import RequisitionState
from zveno.orders.rules.wishes import OrderedLine
from zveno.partners.queries.actors import Actor, TermsValue


def ask_first(
    *,
    actor: Actor,
    terms: TermsValue,
    lines: Sequence[OrderedLine],
    beside: Beside,
    now: datetime,
    key_id: int | None = None,
) -> SentForApproval | None:
    """Send these lines for approval if the company's rules ask for it; `None`: place the order.

    One SQL statement for a company without rules. Raises what placing raises.
    """
    rules = own_rules(actor.company_id)
    if not rules:
        return None
    if "budget" in needed_facts(rules):
        # Of two orders at the same moment the second sees what the first leaves of the budget.
        hold_name("approval budgets", actor.company_id)
    wanted = [WantedLine(at, one.product_id, one.quantity, one.wished_on) for at, one in enumerate(lines, 1)]
    offer = check_offer(offer_now(terms=terms, lines=wanted, wishes=beside.wishes, now=now))
    asker = asker_of(actor, key_id=key_id)
    totals = [(line.product_id, line.total) for line in offer.lines]
    judged = judge(rules, asker=asker, terms=terms, totals=totals, currency=offer.currency, now=now)
    if not judged.asks:
        return None
    delivery = set_aside(
        source=beside.source,
        seller_id=terms.seller_id,
        entity_id=terms.buyer_entity_id,
        user_id=actor.user_id,
        wish=beside.delivery,
    )
    with as_own_people():
        return write_requisition(
            asker=asker,
            terms=terms,
            offer=offer,
            days={line.position: line.wished_on for line in wanted},
            beside=beside,
            delivery=delivery,
            judged=judged,
            now=now,
        )


def sent_before(*, company_id: int, key: str) -> SentForApproval | None:
    """What was sent under the key of a cart's page before. One SQL statement."""
    with as_own_people():
        found = Requisition.objects.visible_to(current()).filter(buyer_company_id=company_id, idempotency_key=key)
        requisition = found.first()
    if requisition is None:
        return None
    state = RequisitionState(requisition.state)
    return SentForApproval(requisition.pk, requisition.number, state, is_repeat=True, order_id=requisition.order_id)
