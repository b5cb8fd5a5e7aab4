"""Choosing on whose behalf one acts: the company and its legal entity, kept in the session."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import Resolver404, resolve
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from zveno.partners.queries.actors import ACTING_KEY, COMPANY_KEY, ENTITY_KEY
from zveno.partners.queries.memberships import memberships_of


@require_POST
def switch(request: HttpRequest) -> HttpResponse:
    """Take `party` (`company` or `company-entity`, ids) if it is the person's, then go back; 404 otherwise."""
    company, _, entity = request.POST.get("party", "").partition("-")
    chosen = next((m for m in memberships_of(user_id=_user_id(request)) if str(m.company_id) == company), None)
    if chosen is None or (entity and entity not in {str(e.id) for e in chosen.entities}):
        raise Http404
    request.session[COMPANY_KEY] = chosen.company_id
    request.session[ENTITY_KEY] = int(entity) if entity else None
    request.session.pop(ACTING_KEY, None)
    return redirect(safe_next(request))


def safe_next(request: HttpRequest) -> str:
    """The `next` of the form when it is a page of ours that any company has; the start otherwise.

    A page of one object may be a stranger's for the new company, so only the list it stands in is returned to.
    """
    asked = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(
        asked, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        return "/"
    path = asked.split("?")[0]
    while any(character.isdigit() for character in path):
        path = path.rstrip("/").rpartition("/")[0] + "/"
    try:
        resolve(path)
    except Resolver404:
        return "/"
    return path


def _user_id(request: HttpRequest) -> int:
    assert request.user.pk is not None  # the door lets only signed-in people through
    return request.user.pk
