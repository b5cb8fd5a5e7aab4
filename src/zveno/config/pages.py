"""The first page: where a signed-in person belongs."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from zveno.partners.queries.memberships import memberships_of


def home(request: HttpRequest) -> HttpResponse:
    """Send a person to the section they live in: the desk, selling, or buying; without a company, to their profile."""
    found = memberships_of(user_id=request.user.pk or 0)
    if any(m.is_operator for m in found):
        return redirect("/desk/chain/")
    if any(m.is_seller for m in found):
        return redirect("/sell/")
    return redirect("/buy/" if found else "/profile/")
