"""Writing a new requisition with its lines and history: the last step of every way of asking first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection

from zveno.delivery.actions.take_delivery import DeliveryWish
from zveno.orders.actions.approval.freezing import freeze_line, sum_up
from zveno.orders.actions.approval.moving import go_through, keep_deed, move, tell
from zveno.orders.models import Requisition, RequisitionLine
from zveno.orders.queries.approval.offer import Offer
from zveno.orders.queries.approval.verdict import Asker, Judged
from zveno.orders.rules.approval.states import Deed, RequisitionState
from zveno.orders.rules.approval.steps import plan_as_json
from zveno.orders.rules.wishes import Wishes
from zveno.partners.queries.actors import TermsValue


@dataclass(frozen=True, slots=True)
class SentForApproval:
    """A requisition that was sent in place of an order. `is_repeat`: it had been sent before under the same key."""

    id: int
    number: int
    state: RequisitionState
    is_repeat: bool
    order_id: int | None = None


@dataclass(frozen=True, slots=True)
class Beside:
    """What of an order is neither lines nor terms: the wishes, the comment, where it comes from, and its key."""

    wishes: Wishes
    comment: str
    source: str
    key: str
    content_digest: str
    on_behalf: bool = False
    delivery: DeliveryWish | None = None


def write_requisition(
    *,
    asker: Asker,
    terms: TermsValue,
    offer: Offer,
    days: Mapping[int, date | None],
    beside: Beside,
    delivery: dict[str, Any] | None,
    judged: Judged,
    now: datetime,
) -> SentForApproval:
    """Freeze the offer as a requisition of the asker and send it on its way. Expects that the verdict asks.

    `days`: those that lines wish for by themselves, by position. `delivery`: as `bringing.set_aside` tells it.
    """
    assert judged.circle is not None
    requisition = Requisition(
        buyer_company_id=asker.company_id,
        buyer_entity_id=terms.buyer_entity_id,
        seller_id=terms.seller_id,
        number=_next_number(asker.company_id),
        author_id=asker.user_id,
        author_role=asker.role,
        on_behalf=beside.on_behalf,
        created_at=now,
        expires_at=now + timedelta(days=judged.settings.expire_days),
        wished_on=beside.wishes.wished_on,
        in_parts=beside.wishes.in_parts,
        warehouse_id=beside.wishes.warehouse_id,
        comment=beside.comment.strip()[:1000],
        delivery=delivery,
        currency=offer.currency,
        vat_included=offer.vat_included,
        source=beside.source,
        idempotency_key=beside.key,
        content_digest=beside.content_digest,
    )
    lines = _lines(requisition, offer, days)
    sum_up(requisition, lines)
    take_rule(requisition, judged)
    requisition.save(force_insert=True)
    for line in lines:
        line.requisition_id = requisition.pk
    RequisitionLine.objects.bulk_create(lines)
    send(requisition, judged, now=now)
    keep_deed(requisition, "requisition_sent", now=now)
    return SentForApproval(requisition.pk, requisition.number, RequisitionState(requisition.state), is_repeat=False)


def take_rule(requisition: Requisition, judged: Judged) -> None:
    """Let the requisition go the way of the rule that decided, from its first step."""
    rule = judged.verdict.rule
    assert rule is not None
    requisition.rule_id, requisition.rule_name = rule.id, rule.name
    requisition.tolerance_percent = rule.tolerance_percent
    requisition.steps, requisition.step = plan_as_json(rule.steps), 0
    requisition.trace = judged.verdict.trace


def send(requisition: Requisition, judged: Judged, *, now: datetime) -> None:
    """Send a requisition that is saved and knows its rule."""
    assert judged.circle is not None
    move(requisition, Deed.SEND)
    requisition.sent_at, requisition.stopped = now, []
    requisition.expires_at = now + timedelta(days=judged.settings.expire_days)
    tell(
        requisition,
        "sent",
        now=now,
        lines=requisition.line_count,
        total=str(requisition.total),
        currency=requisition.currency,
        rule=requisition.rule_name,
    )
    go_through(requisition, judged.circle, judged.settings, now=now)


def _lines(requisition: Requisition, offer: Offer, days: Mapping[int, date | None]) -> Sequence[RequisitionLine]:
    lines = []
    for offered in offer.lines:
        line = RequisitionLine(
            buyer_entity_id=requisition.buyer_entity_id,
            position=offered.position,
            product_id=offered.product_id,
            asked_quantity=offered.quantity,
            wished_on=days.get(offered.position),
        )
        freeze_line(line, offered)
        lines.append(line)
    return lines


def _next_number(company_id: int) -> int:
    """The company's next number; others who send from it wait from here to the end of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO orders_approvalsettings (company_id, own_allowed, links_without_sign_in, remind_hours,
                expire_days, exempt_key_ids, last_number)
            VALUES (%s, false, false, 4, 30, '{}', 1)
            ON CONFLICT (company_id) DO UPDATE SET last_number = orders_approvalsettings.last_number + 1
            RETURNING last_number
            """,
            [company_id],
        )
        return int(cursor.fetchone()[0])
