"""The first page and the search of the whole house: where a signed-in person belongs."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from zveno.partners.queries.memberships import MembershipValue, memberships_of


def home(request: HttpRequest) -> HttpResponse:
    """Send a person to the section they live in: the desk, selling, or buying; without a company, to their profile."""
    found = memberships_of(user_id=request.user.pk or 0)
    return redirect(_place(found, desk="/desk/chain/", selling="/sell/", buying="/buy/"))


def search(request: HttpRequest) -> HttpResponse:
    """Search from a page that belongs to no section: in the one the person lives in."""
    found = memberships_of(user_id=request.user.pk or 0)
    place = _place(found, desk="/desk/orders/search/", selling="/sell/search/", buying="/buy/search/")
    return redirect(f"{place}?{request.GET.urlencode()}")


def _place(found: list[MembershipValue], *, desk: str, selling: str, buying: str) -> str:
    if any(m.is_operator for m in found):
        return desk
    if any(m.is_seller for m in found):
        return selling
    return buying if found else "/profile/"
