"""The one door: who asks, for which section, with which right; pages and API name their demand in the access table.

A URL without a row is refused. A stranger gets 404, a member without the right 403. The request runs in one
transaction with its scope entered, so that both walls stand; a fault or a server error rolls it back. A fault that a
view raises becomes a page (or, for htmx, a line of text) in the reader's words, with the status of its category.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache

import structlog
from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import Resolver404, resolve, reverse
from django.utils.module_loading import import_string

from zveno.base.scope import NOBODY, Scope, Section, entered, refine
from zveno.kit.errors import Category, Fault
from zveno.partners.queries.actors import Actor, look_up_actor
from zveno.partners.rules.roles import Right
from zveno.ui.words import explain

STATUS = {
    Category.INVALID: 422,
    Category.NOT_FOUND: 404,
    Category.FORBIDDEN: 403,
    Category.CONFLICT: 409,
    Category.UNAVAILABLE: 503,
}


@dataclass(frozen=True, slots=True)
class Access:
    """What a URL demands. `own_door`: the view checks its callers by itself (keys, exchange passwords) and says why.
    `closed`: nobody gets in, and why not: a page that a library brings along and that is not offered here.

    `or_section` is taken where the company does not have `section`: pages about one's own company serve buyers and
    sellers alike.
    """

    section: Section = Section.NOBODY
    right: Right | None = None
    signed_in: bool = True
    own_door: str = ""
    closed: str = ""
    or_section: Section | None = None

    @property
    def sections(self) -> tuple[Section, ...]:
        return (self.section,) if self.or_section is None else (self.section, self.or_section)


PUBLIC = Access(signed_in=False)
SIGNED_IN = Access()


def allow(section: Section, right: Right) -> Access:
    """A row of the access table: members with `right`, inside `section`."""
    return Access(section=section, right=right)


def allow_own_company(right: Right) -> Access:
    """A row for pages about one's own company: members with `right`, whether the company buys or sells."""
    return Access(section=Section.BUYING, or_section=Section.SELLING, right=right)


@cache
def access_table() -> Mapping[str, Access]:
    """The whole table, URL name (with namespace) → demand."""
    table: Mapping[str, Access] = import_string(settings.ACCESS_TABLE)
    return table


class AccessMiddleware:
    """Opens the transaction, finds the actor, enters the scope, and lets the view run only if the table allows it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.id = structlog.contextvars.get_contextvars().get("request_id", "")  # type: ignore[attr-defined]
        response = self._answer(request)
        if request.id:  # type: ignore[attr-defined]
            response.headers["X-Request-Id"] = request.id  # type: ignore[attr-defined]
        return response

    def _answer(self, request: HttpRequest) -> HttpResponse:
        try:
            name = resolve(request.path_info, urlconf=getattr(request, "urlconf", None)).view_name
        except Resolver404:
            return self.get_response(request)
        access = access_table().get(name)
        request.access = access  # type: ignore[attr-defined]
        if access is None or access.own_door:
            return self.get_response(request)
        if access.signed_in and not request.user.is_authenticated:
            return _to_sign_in(request)
        with transaction.atomic(), entered(_person(request), to_the_end=True):
            if access.section is not Section.NOBODY:
                actor = look_up_actor(user=request.user, sections=access.sections, chosen=request.session)
                request.actor = actor  # type: ignore[attr-defined]
                refine(actor.scope if actor else NOBODY)
            response = self.get_response(request)
            if response.status_code >= 500 or getattr(request, "fault_raised", False):
                transaction.set_rollback(True)
        return response

    def process_view(self, request: HttpRequest, *_: object) -> None:
        """Refuse here, inside Django's handling, so that the answer is the ordinary 404 or 403 page."""
        access: Access | None = getattr(request, "access", None)
        if access is None:
            raise PermissionDenied("this address has no row in the access table")
        if access.closed:
            raise Http404
        if access.own_door or access.section is Section.NOBODY:
            return
        actor: Actor | None = getattr(request, "actor", None)
        if actor is None:
            raise Http404
        if access.right is not None and access.right not in actor.rights:
            raise PermissionDenied

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer a fault in words; whatever was raised, nothing of the request is kept."""
        request.fault_raised = True  # type: ignore[attr-defined]
        return fault_answer(request, exception) if isinstance(exception, Fault) else None


def fault_answer(request: HttpRequest, fault: Fault) -> HttpResponse:
    """The page that states `fault`; for htmx its sentence alone, shown where it happened."""
    status = STATUS[fault.category]
    if request.headers.get("HX-Request"):
        return HttpResponse(explain(fault), status=status, content_type="text/plain; charset=utf-8")
    told = {
        "sentence": explain(fault),
        "number": getattr(request, "id", ""),
        "back": request.headers.get("Referer", ""),
    }
    return render(request, "errors/fault.html", told, status=status)


def _person(request: HttpRequest) -> Scope:
    user = request.user
    if not user.is_authenticated:
        return NOBODY
    return Scope(section=Section.NOBODY, user_id=user.pk, actor_name=user.get_full_name())


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    if request.headers.get("HX-Request"):
        return HttpResponse(status=401, headers={"HX-Redirect": reverse(settings.LOGIN_URL)})
    return redirect_to_login(request.get_full_path() if request.method == "GET" else "/")
