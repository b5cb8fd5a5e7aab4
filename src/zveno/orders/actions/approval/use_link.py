"""Deciding by the link of a mail: once, by whom it was sent to, while what it asks still waits."""

from __future__ import annotations

from datetime import datetime

from zveno.base.scope import current
from zveno.base.tx import in_transaction
from zveno.orders.actions.approval.approve_requisition import approve_requisition
from zveno.orders.actions.approval.return_requisition import return_requisition
from zveno.orders.errors import LinkSpent
from zveno.orders.models import RequisitionAsk
from zveno.partners.queries.actors import Actor


@in_transaction
def approve_by_link(*, actor: Actor, ask_id: int, version: int, accepts_rise: bool, now: datetime) -> None:
    """As `approve_requisition`, by the link of a mail. Raises LinkSpent too."""
    ask = _unspent(actor, ask_id, now)
    approve_requisition(
        actor=actor, requisition_id=ask.requisition_id, version=version, accepts_rise=accepts_rise, now=now
    )


@in_transaction
def return_by_link(*, actor: Actor, ask_id: int, version: int, words: str, for_good: bool, now: datetime) -> None:
    """As `return_requisition`, by the link of a mail. Raises LinkSpent too."""
    ask = _unspent(actor, ask_id, now)
    return_requisition(
        actor=actor, requisition_id=ask.requisition_id, version=version, words=words, for_good=for_good, now=now
    )


def _unspent(actor: Actor, ask_id: int, now: datetime) -> RequisitionAsk:
    """The ask of the actor, spent from now on. A fault that follows takes the spending back with everything else."""
    asks = RequisitionAsk.objects.visible_to(current()).select_related("requisition")
    ask = asks.select_for_update(of=("self",)).filter(pk=ask_id, user_id=actor.user_id).first()
    if ask is None:
        raise LinkSpent(number="")
    asked = ask.requisition
    stale = (asked.round, asked.step) != (ask.round, ask.step)
    if ask.used_at is not None or ask.expires_at <= now or stale:
        raise LinkSpent(number=asked.number)
    ask.used_at = now
    ask.save(update_fields=["used_at"])
    return ask
