"""Who acts behind an API key."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from zveno.accounts.queries.keys import find_key
from zveno.base.scope import Section
from zveno.partners.queries.actors import COMPANY_KEY, ENTITY_KEY, Actor, find_actor


def find_caller(*, secret: str, section: Section, now: datetime) -> Actor | None:
    """The actor of a key that is in force and made for `section`; None otherwise, or where its maker has left.

    A key for one entity sees that entity alone. Needs an open transaction; leaves no scope entered.
    """
    held = find_key(secret=secret, now=now)
    if held is None or held.section is not section:
        return None
    chosen = {COMPANY_KEY: held.company_id, ENTITY_KEY: held.entity_id}
    actor = find_actor(user=held.user, section=section, chosen=chosen)
    # The maker may have left the company of the key and belong to another one.
    if actor is None or actor.company_id != held.company_id:
        return None
    return actor if held.entity_id is None else _for_entity(actor, held.entity_id)


def _for_entity(actor: Actor, entity_id: int) -> Actor | None:
    entities = tuple(e for e in actor.entities if e.id == entity_id)
    terms = tuple(t for t in actor.terms if t.buyer_entity_id == entity_id)
    if not entities:
        return None
    buys = actor.scope.section is Section.BUYING
    scope = replace(
        actor.scope,
        entities=(entity_id,),
        sellers=tuple(sorted({t.seller_id for t in terms})) if buys else actor.scope.sellers,
    )
    return replace(actor, entities=entities, terms=terms, entity_id=entity_id, scope=scope)
