"""The list of companies."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from zveno.base.sheets import MEDIA_TYPE, Column, workbook
from zveno.partners.queries.actors import Actor
from zveno.partners.queries.companies import companies, regions
from zveno.partners.queries.registrations import waiting_registrations
from zveno.partners.rules.roles import Right
from zveno.ui.pages import Chip, read_page, replaced

KINDS = {
    "seller": gettext_lazy("sellers"),
    "distributor": gettext_lazy("distributors"),
    "dealer": gettext_lazy("dealers"),
}
STATES = {"blocked": gettext_lazy("blocked"), "headless": gettext_lazy("without a head")}
_MOST_EXPORTED = 20_000


@require_GET
def show_list(request: HttpRequest) -> HttpResponse:
    """Companies found by the address's filters."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    places = regions()
    page = read_page(
        query=request.GET,
        rows=_asked(request),
        sorts={"name": "name", "entities": ["entity_count", "name"], "members": ["member_count", "name"]},
        default_sort="name",
        chips=_chips(request, {str(r.pk): r.name for r in places}),
        export_url=reverse("desk_partners:companies-xlsx"),
    )
    told = {
        "page": page,
        "places": places,
        "kinds": KINDS.items(),
        "states": STATES.items(),
        "waiting": waiting_registrations(),
        "may_manage": Right.PARTNERS_MANAGE in actor.rights,
    }
    return render(request, "desk/partners/companies.html", told)


@require_GET
def export(request: HttpRequest) -> FileResponse:
    """The same as a workbook."""
    columns = [
        Column(_("Company"), width=40),
        Column(_("Code")),
        Column(_("Region"), width=30),
        Column(_("Buys")),
        Column(_("Sells")),
        Column(_("Distributor")),
        Column(_("Legal entities"), "number"),
        Column(_("People"), "number"),
        Column(_("Blocked"), "date"),
    ]
    rows = (
        (
            c.name,
            c.code,
            c.region.name if c.region else "",
            _sign(c.is_buyer),
            _sign(c.is_seller),
            _sign(c.is_distributor),
            c.entity_count,
            c.member_count,
            c.blocked_at.date() if c.blocked_at else None,
        )
        for c in _asked(request)[:_MOST_EXPORTED]
    )
    made = workbook(_("Companies"), columns, list(rows))
    return FileResponse(made, as_attachment=True, filename="companies.xlsx", content_type=MEDIA_TYPE)


def _asked(request: HttpRequest) -> QuerySet[Any]:
    region = request.GET.get("region", "")
    return companies(
        text=request.GET.get("q", ""),
        kind=request.GET.get("kind", ""),
        region_id=int(region) if region.isascii() and region.isdigit() and len(region) < 18 else None,
        state=request.GET.get("state", ""),
    )


def _chips(request: HttpRequest, places: dict[str, str]) -> list[Chip]:
    asked = request.GET
    offered: list[tuple[str, str, dict[str, Any]]] = [
        ("kind", _("Kind"), KINDS),
        ("region", _("Region"), places),
        ("state", _("State"), STATES),
    ]
    return [
        Chip(label, words[asked[key]], replaced(asked, **{key: None}))
        for key, label, words in offered
        if asked.get(key) in words
    ]


def _sign(whether: bool) -> str:
    return "+" if whether else ""
