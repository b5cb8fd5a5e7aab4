"""What letters about a requisition tell."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from zveno.accounts.queries.people import person_with_id
from zveno.base.scope import current
from zveno.orders.models import Requisition, RequisitionAsk, RequisitionEvent, RequisitionLine
from zveno.orders.queries.approval.links import Link
from zveno.orders.queries.approval.requisition_list import RequisitionRow, requisition_rows
from zveno.orders.queries.approval.rulebook import settings_of
from zveno.orders.rules.approval.states import RequisitionState


@dataclass(frozen=True, slots=True)
class Reader:
    """To whom a letter goes."""

    name: str
    email: str
    language: str
    time_zone: str


@dataclass(frozen=True, slots=True)
class LetterValue:
    """A requisition for a letter: to whom, about what, with its lines. `link` and `is_reminder` of one that asks."""

    reader: Reader
    head: RequisitionRow
    vat_included: bool
    lines: tuple[RequisitionLine, ...]
    link: Link | None = None
    is_reminder: bool = False
    words: str = ""
    who: str = ""
    order_number: str = ""


def letter_of_ask(*, ask_id: int, now: datetime) -> LetterValue | None:
    """The letter that asks a person for their word, or reminds them; `None` when it is not wanted (any more)."""
    rows = RequisitionAsk.objects.visible_to(current()).select_related("requisition__author", "user")
    ask = rows.filter(pk=ask_id).first()
    if ask is None or not _is_wanted(ask, now):
        return None
    requisition = ask.requisition
    return LetterValue(
        reader=Reader(ask.user.shown_name, ask.user.email, ask.user.language, ask.user.time_zone),
        head=requisition_rows([requisition])[0],
        vat_included=requisition.vat_included,
        lines=_lines(requisition),
        link=Link(ask.pk, ask.user_id, ask.company_id, ask.buyer_entity_id),
        is_reminder=ask.mailed_at is not None,
    )


def letter_of_decision(*, requisition_id: int) -> LetterValue | None:
    """The letter that tells the author what became of the requisition, with the last words said about it."""
    rows = Requisition.objects.visible_to(current()).select_related("author", "order")
    requisition = rows.filter(pk=requisition_id).first()
    if requisition is None:
        return None
    author = person_with_id(requisition.author_id)
    if author is None or not author.is_active:
        return None
    events = RequisitionEvent.objects.visible_to(current()).filter(requisition=requisition).order_by("-at", "-id")
    last = events.first()
    return LetterValue(
        reader=Reader(author.shown_name, author.email, author.language, author.time_zone),
        head=requisition_rows([requisition])[0],
        vat_included=requisition.vat_included,
        lines=_lines(requisition),
        words=str(last.params.get("words", "")) if last else "",
        who=last.actor_name if last and last.actor_name != "system" else "",
        order_number=requisition.order.number if requisition.order else "",
    )


def _is_wanted(ask: RequisitionAsk, now: datetime) -> bool:
    """It waits where it was asked; and was not asked by mail yet, or not reminded of a deadline that comes near."""
    requisition = ask.requisition
    waits = requisition.state == RequisitionState.WAITING
    if not waits or (requisition.round, requisition.step) != (ask.round, ask.step) or ask.used_at is not None:
        return False
    if ask.mailed_at is None:
        return True
    hours = settings_of(requisition.buyer_company_id).remind_hours
    near = requisition.due_at is not None and requisition.due_at - timedelta(hours=hours) <= now
    return near and ask.reminded_at is None


def _lines(requisition: Requisition) -> tuple[RequisitionLine, ...]:
    rows = RequisitionLine.objects.visible_to(current()).filter(requisition=requisition, quantity__gt=0)
    return tuple(rows.order_by("position"))
