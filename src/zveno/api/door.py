"""The API's own door: a key gives a person, a company, a section; the call runs in their scope, in one transaction.

Its fixed cost is that of finding out who calls; what an operation asks comes on top.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db import transaction
from django.http import HttpRequest
from ninja.security import HttpBearer

from zveno.accounts.queries.keys import KeyHolder, look_up_key, shown_secret
from zveno.api.errors import KeyLacksRight, KeyOfOtherSection, KeyRefused, NothingHere, SellerMissing
from zveno.base import clock
from zveno.base.scope import Scope, Section, entered, refine
from zveno.partners.queries.actors import COMPANY_KEY, ENTITY_KEY, Actor, TermsValue, look_up_actor
from zveno.partners.queries.parties import SellerValue, sellers_with
from zveno.partners.rules.roles import Right


class BearerKey(HttpBearer):
    """Demands that a key is sent; whose it is, and whether it is in force, `opened` finds out."""

    def authenticate(self, request: HttpRequest, token: str) -> str | None:
        return token or None


@dataclass(frozen=True, slots=True)
class Caller:
    """Who calls, by which key, and when."""

    actor: Actor
    key: KeyHolder
    now: datetime

    @property
    def scope(self) -> Scope:
        return self.actor.scope


@dataclass(frozen=True, slots=True)
class Deal:
    """What a buyer's call is about: itself, the seller it asks, the terms between the two, the seller's today."""

    caller: Caller
    seller: SellerValue
    terms: TermsValue
    today: date

    @property
    def actor(self) -> Actor:
        return self.caller.actor


@contextmanager
def opened(request: HttpRequest, section: Section, right: Right) -> Iterator[Caller]:
    """Open the call's transaction and enter the caller's scope. Nine SQL statements, one more once a minute.

    Raises KeyRefused, KeyOfOtherSection, KeyLacksRight. A fault rolls everything back.
    """
    now = clock.now()
    # What `BearerKey` let through.
    secret = str(getattr(request, "auth", ""))
    with transaction.atomic(), entered(shown_secret(secret), to_the_end=True):
        key = look_up_key(now=now)
        if key is None:
            raise KeyRefused
        if key.section is not section:
            raise KeyOfOtherSection(section=section.value)
        caller = Caller(_actor(key), key, now)
        if right not in caller.actor.rights:
            raise KeyLacksRight(right=right.value)
        refine(caller.scope)
        yield caller


@contextmanager
def opened_terms(
    request: HttpRequest, right: Right, *, seller: int | None, entity: int | None
) -> Iterator[tuple[Caller, TermsValue]]:
    """As `opened`, for a buyer's call about one seller: the named one, or the only one; with the terms between them.

    Raises NothingHere for an entity or a seller that is not the buyer's, SellerMissing where one must be named.
    """
    with opened(request, Section.BUYING, right) as caller:
        caller = replace(caller, actor=_with_entity(caller.actor, entity))
        seller_ids = caller.actor.seller_ids
        if seller is None and len(seller_ids) > 1:
            raise SellerMissing(place="seller", sellers=", ".join(map(str, seller_ids)))
        terms = caller.actor.terms_with(seller if seller is not None else next(iter(seller_ids), 0))
        if terms is None:
            raise NothingHere
        yield caller, terms


@contextmanager
def opened_deal(request: HttpRequest, right: Right, *, seller: int | None, entity: int | None) -> Iterator[Deal]:
    """As `opened_terms`, with the seller and its today. One SQL statement more."""
    with opened_terms(request, right, seller=seller, entity=entity) as (caller, terms):
        found = sellers_with(seller_ids=[terms.seller_id])
        if not found:
            raise NothingHere
        yield Deal(caller, found[0], terms, found[0].today(caller.now))


def _actor(key: KeyHolder) -> Actor:
    refine(Scope(section=Section.NOBODY, user_id=key.user.pk))
    chosen = {COMPANY_KEY: key.company_id, ENTITY_KEY: key.entity_id}
    actor = look_up_actor(user=key.user, sections=(key.section,), chosen=chosen)
    # The person may have left the company of the key, or been blocked there, or been bound to other entities.
    if actor is None or actor.company_id != key.company_id:
        raise KeyRefused
    if key.entity_id is None:
        return actor
    if key.entity_id not in actor.scope.entities:
        raise KeyRefused
    return _narrowed(actor, key.entity_id)


def _narrowed(actor: Actor, entity_id: int) -> Actor:
    """The actor with one entity alone, as a key for that entity demands."""
    return replace(
        actor,
        entity_id=entity_id,
        entities=tuple(entity for entity in actor.entities if entity.id == entity_id),
        terms=tuple(terms for terms in actor.terms if terms.buyer_entity_id == entity_id),
        scope=replace(actor.scope, entities=(entity_id,)),
    )


def _with_entity(actor: Actor, entity_id: int | None) -> Actor:
    if entity_id is None:
        return actor
    if entity_id not in actor.scope.entities:
        raise NothingHere
    return replace(actor, entity_id=entity_id)
