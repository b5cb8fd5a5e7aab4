"""The links of a mail that asks for a word: signed, and bound to one person at one step."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core import signing

from zveno.base.scope import current
from zveno.orders.models import RequisitionAsk
from zveno.orders.rules.approval.states import RequisitionState

_SALT = "zveno.orders.approval"
_LONGEST = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Link:
    """What a link says: which asking, of whom, in which company and for which entity."""

    ask_id: int
    user_id: int
    company_id: int
    entity_id: int


@dataclass(frozen=True, slots=True)
class AskValue:
    """What a link asks for. `is_open`: it may still be used."""

    requisition_id: int
    number: int
    is_open: bool
    was_used: bool


def signed(link: Link) -> str:
    """The link as it stands in an address."""
    return signing.dumps([link.ask_id, link.user_id, link.company_id, link.entity_id], salt=_SALT)


def read_link(token: str) -> Link | None:
    """What the token says, if we signed it; `None` otherwise."""
    try:
        told = signing.loads(token, salt=_SALT, max_age=_LONGEST)
    except signing.BadSignature:
        return None
    return Link(*told)


def ask_of(link: Link, *, now: datetime) -> AskValue | None:
    """What the link asks for, for the person it is bound to, whose scope is entered. One SQL statement."""
    rows = RequisitionAsk.objects.visible_to(current()).select_related("requisition")
    ask = rows.filter(pk=link.ask_id, user_id=link.user_id).first()
    if ask is None:
        return None
    asked = ask.requisition
    waits = asked.state == RequisitionState.WAITING and (asked.round, asked.step) == (ask.round, ask.step)
    return AskValue(
        requisition_id=asked.pk,
        number=asked.number,
        is_open=waits and ask.used_at is None and ask.expires_at > now,
        was_used=ask.used_at is not None,
    )
