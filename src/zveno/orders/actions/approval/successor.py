"""In whose name a requisition is placed: its author's, or, when they cannot any more, that of a head (F23)."""

from __future__ import annotations

from datetime import datetime

from zveno.accounts.queries.people import person_with_id
from zveno.base.scope import Section
from zveno.orders.actions.approval.moving import circle_around, keep_deed, tell
from zveno.orders.models import Requisition
from zveno.orders.rules.approval.steps import HEAD
from zveno.partners.queries.actors import ACTING_KEY, COMPANY_KEY, ENTITY_KEY, Actor, find_actor
from zveno.partners.rules.roles import Right


def who_places(requisition: Requisition, *, now: datetime) -> Actor | None:
    """The author as they may act today, else the first head who can, to whom the requisition passes; `None`: nobody.

    The work of the system. A head who takes over is told in the requisition's history.
    """
    chosen = {COMPANY_KEY: requisition.buyer_company_id, ENTITY_KEY: requisition.buyer_entity_id}
    if requisition.on_behalf:
        chosen = {ACTING_KEY: requisition.buyer_entity_id}
    actor = _acting(requisition, requisition.author_id, chosen)
    return actor if actor is not None else _passed_on(requisition, now)


def _passed_on(requisition: Requisition, now: datetime) -> Actor | None:
    heads = circle_around(requisition, now).heads(requisition.buyer_entity_id)
    chosen = {COMPANY_KEY: requisition.buyer_company_id, ENTITY_KEY: requisition.buyer_entity_id}
    for head in heads:
        actor = _acting(requisition, head.user_id, chosen) if head.user_id != requisition.author_id else None
        if actor is not None:
            pass_to(requisition, head.user_id, head.name, now=now)
            return actor
    return None


def pass_to(requisition: Requisition, user_id: int, name: str, *, now: datetime) -> None:
    """Let the requisition be that of another person. Saves it."""
    before = requisition.author.shown_name
    requisition.author_id, requisition.author_role, requisition.on_behalf = user_id, HEAD, False
    requisition.version += 1
    requisition.save()
    tell(requisition, "passed_on", now=now, before=before, to=name)
    keep_deed(requisition, "requisition_passed_on", now=now)


def _acting(requisition: Requisition, user_id: int, chosen: dict[str, int]) -> Actor | None:
    """The person for the requisition's entity, if they may place orders for it by terms with its seller."""
    user = person_with_id(user_id)
    if user is None or not user.is_active:
        return None
    actor = find_actor(user=user, section=Section.BUYING, chosen=chosen)
    if actor is None or actor.company_id != requisition.buyer_company_id or Right.ORDERS_PLACE not in actor.rights:
        return None
    fits = actor.entity_id == requisition.buyer_entity_id and actor.terms_with(requisition.seller_id) is not None
    return actor if fits else None
