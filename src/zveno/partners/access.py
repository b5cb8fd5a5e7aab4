"""The one door: who is asking, for which section, with which right. Pages and API name their demand in the access table.

A URL without a row is refused. A stranger gets 404, a member without the right 403. The request runs in one
transaction with its scope entered, so that both walls stand; a fault or a server error rolls it back.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import Resolver404, resolve
from django.utils.module_loading import import_string

from zveno.base.scope import NOBODY, Scope, Section, entered
from zveno.kit.errors import Fault
from zveno.partners.queries.actors import Actor, find_actor
from zveno.partners.rules.roles import Right


@dataclass(frozen=True, slots=True)
class Access:
    """What a URL demands. `own_door`: the view checks its callers by itself (keys, exchange passwords) and says why."""

    section: Section = Section.NOBODY
    right: Right | None = None
    signed_in: bool = True
    own_door: str = ""


PUBLIC = Access(signed_in=False)
SIGNED_IN = Access()


def allow(section: Section, right: Right) -> Access:
    """A row of the access table: members with `right`, inside `section`."""
    return Access(section=section, right=right)


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
        try:
            name = resolve(request.path_info, urlconf=getattr(request, "urlconf", None)).view_name
        except Resolver404:
            return self.get_response(request)
        access = access_table().get(name)
        if access is None:
            request.refusal = "no row in the access table"  # type: ignore[attr-defined]
            return self.get_response(request)
        request.access = access  # type: ignore[attr-defined]
        if access.own_door:
            return self.get_response(request)
        if access.signed_in and not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        with transaction.atomic():
            scope = self._scope(request, access)
            with entered(scope):
                response = self.get_response(request)
                if response.status_code >= 500 or getattr(request, "fault_raised", False):
                    transaction.set_rollback(True)
        return response

    def _scope(self, request: HttpRequest, access: Access) -> Scope:
        if access.section is Section.NOBODY:
            user_id = request.user.pk if request.user.is_authenticated else None
            return Scope(section=Section.NOBODY, user_id=user_id)
        actor = find_actor(user=request.user, section=access.section, chosen=request.session)
        request.actor = actor  # type: ignore[attr-defined]
        return actor.scope if actor else NOBODY

    def process_view(self, request: HttpRequest, *_: object) -> None:
        """Refuse here, inside Django's handling, so that the answer is the ordinary 404 or 403 page."""
        access: Access | None = getattr(request, "access", None)
        if access is None:
            raise PermissionDenied("this address has no row in the access table")
        if access.own_door or access.section is Section.NOBODY:
            return
        actor: Actor | None = getattr(request, "actor", None)
        if actor is None:
            raise Http404
        if access.right is not None and access.right not in actor.rights:
            raise PermissionDenied

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        if isinstance(exception, Fault) or not isinstance(exception, Http404):
            request.fault_raised = True  # type: ignore[attr-defined]
