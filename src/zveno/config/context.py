"""What every page's shell needs: sections, whom one acts for, cart, badges, freshness. Two cheap statements a page."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from zveno.base.clock import now, today_at
from zveno.base.scope import Section as Part
from zveno.claims.queries.claim_list import count_waiting_for
from zveno.claims.rules.states import Side
from zveno.config.navigation import current_item, sections_for
from zveno.orders.queries.approval.waiting import waiting_for
from zveno.orders.queries.waiting import count_waiting
from zveno.partners.labels import ROLE_LABELS
from zveno.partners.queries.actors import Actor, EntityValue
from zveno.partners.queries.memberships import memberships_of
from zveno.partners.rules.roles import OPERATOR_ROLES, Right, Role, rights_of
from zveno.portal.buying.summary import cart_summary
from zveno.stock.queries.policies import heard_of
from zveno.ui.navigation import Freshness, Item, Party, Shell

_FRESH_FOR = timedelta(seconds=30)
_STALE_AFTER = timedelta(hours=24)
_fresh: dict[tuple[int, ...], tuple[datetime, dict[int, datetime]]] = {}


def shell(request: HttpRequest) -> dict[str, Any]:
    """Template context of the shell, read before the template begins: templates run no SQL. Parts of a page that htmx
    asks for have no shell around them, so nothing is read for them unless they ask.
    """
    is_part = "HX-Request" in request.headers and "HX-Boosted" not in request.headers
    told = SimpleLazyObject(lambda: _shell(request)) if is_part else _shell(request)
    return {"actor": getattr(request, "actor", None), "shell": told}


def _shell(request: HttpRequest) -> Shell:
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return Shell()
    actor: Actor | None = getattr(request, "actor", None)
    if connection.needs_rollback or not connection.in_atomic_block:
        return Shell(person=user.shown_name, account=_account())
    if actor is None:
        return _without_actor(request)
    part = actor.scope.section
    match = getattr(request, "resolver_match", None)
    return Shell(
        sections=sections_for(
            parts=_parts(actor),
            rights=actor.rights,
            badges=_badges(actor),
            without=_OWN_ONLY if actor.is_acting else (),
        ),
        current=current_item(match.view_name if match else ""),
        home_url="/",
        parties=_parties(actor),
        party_url=_address("people:switch"),
        search_url=_SEARCH.get(part, ""),
        suggest_url=_SEARCH.get(part, "") and f"{_SEARCH[part]}suggest",
        search_hint=_search_hint(part),
        cart=cart_summary(request) if part is Part.BUYING else None,
        person=actor.user_name,
        person_note=f"{ROLE_LABELS[actor.role]}, {actor.own_company_name or actor.company_name}",
        account=_account(),
        freshness=_freshness(actor),
        acting_for=(actor.entity.name if actor.entity else actor.company_name) if actor.is_acting else "",
        acting_stop_url=_address("people:stop-acting"),
    )


# What a seller's manager who acts for a client does not see.
_OWN_ONLY = ("approval",)
_SEARCH = {Part.BUYING: "/buy/search/", Part.SELLING: "/sell/search/", Part.DESK: "/desk/orders/search/"}


def _search_hint(part: Part) -> str:
    if part is Part.DESK:
        return _("Orders, partners")
    return _("Orders, products") if part is Part.BUYING else _("Orders, clients, products")


def _without_actor(request: HttpRequest) -> Shell:
    """Pages of the person alone: sections of the company they last acted for."""
    found = memberships_of(user_id=request.user.pk or 0)
    chosen = next((m for m in found if m.company_id == request.session.get("company_id")), found[0] if found else None)
    person = request.user.get_full_name() if request.user.is_authenticated else ""
    if chosen is None:
        return Shell(person=person, account=_account())
    parts = _parts_of(chosen.role, buys=chosen.is_buyer, sells=chosen.is_seller)
    return Shell(
        sections=sections_for(parts=parts, rights=rights_of(chosen.role, sells=chosen.is_seller), badges={}),
        search_url=_address("search"),
        person=person,
        person_note=f"{ROLE_LABELS[chosen.role]}, {chosen.company_name}",
        account=_account(),
    )


def _parts(actor: Actor) -> set[Part]:
    if actor.is_acting:
        return {Part.BUYING}
    return _parts_of(actor.role, buys=actor.company_is_buyer, sells=actor.company_is_seller)


def _parts_of(role: Role, *, buys: bool, sells: bool) -> set[Part]:
    if role in OPERATOR_ROLES:
        return {Part.DESK}
    return {part for part, has in ((Part.BUYING, buys), (Part.SELLING, sells)) if has}


def _parties(actor: Actor) -> list[Party]:
    others = [Party(str(company_id), name) for company_id, name in actor.other_companies]
    if actor.scope.section is not Part.BUYING or not actor.entities:
        return [Party(str(actor.company_id), actor.company_name, current=True), *others]
    entities = [
        Party(f"{actor.company_id}-{entity.id}", entity.name, _inn(entity), current=entity.id == actor.entity_id)
        for entity in actor.entities
    ]
    return entities + others


def _inn(entity: EntityValue) -> str:
    return _("INN %(inn)s") % {"inn": entity.inn} if entity.inn else ""


def _badges(actor: Actor) -> dict[str, int | None]:
    if actor.scope.section is Part.SELLING and Right.SALES_SEE in actor.rights:
        return {
            "decisions": count_waiting(seller_id=actor.company_id),
            "received": count_waiting_for(side=Side.SELLER, seller_id=actor.company_id),
        }
    if actor.scope.section is Part.BUYING:
        return {"approval": len(waiting_for(actor, today=today_at(actor.time_zone)))}
    return {}


def _freshness(actor: Actor) -> list[Freshness]:
    if actor.scope.section not in (Part.BUYING, Part.SELLING):
        return []
    sellers = tuple(sorted(actor.seller_ids if actor.scope.section is Part.BUYING else (actor.company_id,)))
    if not sellers:
        return []
    moment = now()
    kept = _fresh.get(sellers)
    if kept is None or moment - kept[0] > _FRESH_FOR:
        kept = (moment, dict(heard_of(sellers=sellers)))
        _fresh[sellers] = kept
    if not kept[1]:
        return []
    oldest = min(kept[1].values())
    return [Freshness(_("stock and prices"), oldest, "warn" if moment - oldest > _STALE_AFTER else "")]


def _account() -> list[Item]:
    items = (
        Item("profile", _("Profile"), "people:profile", "user"),
        Item("security", _("Sign-in and security"), "mfa_index", "shield-lock"),
    )
    return [item for item in items if _address(item.url_name)]


def _address(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
