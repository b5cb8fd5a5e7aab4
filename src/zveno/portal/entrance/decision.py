"""The page behind the links of a mail that asks for a word: it shows everything, and decides only when one confirms.

Mail scanners follow links, so that a GET changes nothing. Where the company does not allow otherwise, the person signs
in first; in any case the link is theirs alone, and decides once.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from zveno.accounts.queries.people import person_with_id
from zveno.base import clock
from zveno.base.scope import Section, entered
from zveno.kit.errors import Fault
from zveno.orders.actions.approval.use_link import approve_by_link, return_by_link
from zveno.orders.pages import requisition_told
from zveno.orders.queries.approval.links import AskValue, Link, ask_of, read_link
from zveno.orders.queries.approval.requisition_page import requisition_page
from zveno.orders.queries.approval.rulebook import settings_of
from zveno.partners.queries.actors import COMPANY_KEY, ENTITY_KEY, Actor, find_actor
from zveno.ui.words import explain

_DEEDS = ("approve", "return")


@never_cache
@require_http_methods(["GET", "POST"])
def decide(request: HttpRequest, token: str, deed: str) -> HttpResponse:
    """What the requisition asks for, and the way to decide: `approve`, or `return` (or decline). 404 for no link."""
    link = read_link(token)
    person = person_with_id(link.user_id) if link else None
    if link is None or person is None or not person.is_active or deed not in _DEEDS:
        raise Http404
    with translation.override(person.language), _acting(link, person) as actor:
        if actor is None:
            return render(request, "portal/entrance/decision_over.html", {}, status=410)
        now = clock.now()
        ask = ask_of(link, now=now)
        if ask is None or not ask.is_open:
            return _over(request, ask)
        if (answer := _at_the_door(request, link, actor)) is not None:
            return answer
        if request.method == "POST":
            return _carried_out(request, link, ask, actor, deed, now)
        return _shown(request, ask, actor, deed, now)


@contextmanager
def _acting(link: Link, person: Any) -> Iterator[Actor | None]:
    """Act as the person whom the link is bound to, while they still have a place there."""
    chosen = {COMPANY_KEY: link.company_id, ENTITY_KEY: link.entity_id}
    actor = find_actor(user=person, section=Section.BUYING, chosen=chosen)
    if actor is None or actor.company_id != link.company_id or link.entity_id not in actor.scope.entities:
        yield None
        return
    with entered(actor.scope):
        yield actor


def _at_the_door(request: HttpRequest, link: Link, actor: Actor) -> HttpResponse | None:
    """Who is not signed in as the person signs in first, unless the company lets the mail alone decide."""
    if request.user.is_authenticated and request.user.pk == link.user_id:
        return None
    if request.user.is_authenticated:
        told = {"name": actor.user_name, "mine": getattr(request.user, "email", "")}
        return render(request, "portal/entrance/decision_other.html", told, status=403)
    if settings_of(actor.company_id).links_without_sign_in:
        return None
    next_page = urlencode({"next": request.get_full_path()})
    return redirect(f"{reverse(settings.LOGIN_URL)}?{next_page}")


def _shown(
    request: HttpRequest, ask: AskValue, actor: Actor, deed: str, now: datetime, *, fault: str = "", status: int = 200
) -> HttpResponse:
    today = clock.today_at(actor.time_zone)
    page = requisition_page(actor=actor, requisition_id=ask.requisition_id, now=now, today=today)
    if page is None or not page.may.decide:
        return _over(request, ask)
    told = {**requisition_told(page), "deed": deed, "person": actor.user_name, "fault": fault}
    return render(request, "portal/entrance/decision.html", told, status=status)


def _carried_out(
    request: HttpRequest, link: Link, ask: AskValue, actor: Actor, deed: str, now: datetime
) -> HttpResponse:
    told = request.POST
    version = int(told["version"]) if told.get("version", "").isdigit() and len(told["version"]) < 9 else 0
    try:
        # A refusal takes back that the link was used: the person answers again.
        with transaction.atomic():
            done = _decided(told, link, actor, version, now)
    except Fault as fault:
        return _refused(request, ask, actor, deed, now, fault)
    return render(request, "portal/entrance/decision_done.html", {"done": done, "ask": ask, "person": actor.user_name})


def _decided(told: QueryDict, link: Link, actor: Actor, version: int, now: datetime) -> str:
    if told.get("deed") == "approve":
        accepts = told.get("accepts_rise") == "1"
        approve_by_link(actor=actor, ask_id=link.ask_id, version=version, accepts_rise=accepts, now=now)
        return "approved"
    for_good, words = told.get("for_good") == "1", told.get("words", "")
    return_by_link(actor=actor, ask_id=link.ask_id, version=version, words=words, for_good=for_good, now=now)
    return "declined" if for_good else "returned"


def _refused(request: HttpRequest, ask: AskValue, actor: Actor, deed: str, now: datetime, fault: Fault) -> HttpResponse:
    return _shown(request, ask, actor, deed, now, fault=explain(fault), status=409)


def _over(request: HttpRequest, ask: AskValue | None) -> HttpResponse:
    return render(request, "portal/entrance/decision_over.html", {"ask": ask}, status=410)
