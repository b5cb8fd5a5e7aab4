"""What was done in the company and to what is its own: in words, by whom, for whom, when (F22)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from zveno.base.sheets import MEDIA_TYPE, Column, workbook
from zveno.partners.queries.actors import Actor
from zveno.partners.queries.history import doers, history
from zveno.portal.company.tabs import tabs_for
from zveno.ui import deeds
from zveno.ui.pages import Chip, read_page, replaced

_MOST_EXPORTED = 50_000


@require_GET
def show(request: HttpRequest) -> HttpResponse:
    """The list, filtered by person and days."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    people = doers(company_id=actor.company_id)
    page = read_page(
        query=request.GET,
        rows=_asked(request, actor),
        chips=_chips(request, people),
        export_url=reverse("company:history-xlsx"),
    )
    told = {"tabs": tabs_for(actor), "page": page, "people": people, "events": deeds.events(page.rows)}
    return render(request, "portal/company/history.html", told)


@require_GET
def export(request: HttpRequest) -> HttpResponse | FileResponse:
    """The same as a workbook."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    columns = [Column(_("When"), "moment"), Column(_("Who"), width=36), Column(_("What"), width=90)]
    found = deeds.events(_asked(request, actor)[:_MOST_EXPORTED])
    rows = ((timezone.localtime(e.moment), str(e.who), str(e.title)) for e in found)
    made = workbook(_("History"), columns, rows)
    return FileResponse(made, as_attachment=True, filename="history.xlsx", content_type=MEDIA_TYPE)


def _asked(request: HttpRequest, actor: Actor) -> QuerySet[Any]:
    who = request.GET.get("who", "")
    return history(
        company_id=actor.company_id,
        actor_id=int(who) if who.isascii() and who.isdigit() and len(who) < 18 else None,
        first_day=_day(request.GET.get("from", "")),
        last_day=_day(request.GET.get("to", "")),
    )


def _day(told: str) -> date | None:
    try:
        day = date.fromisoformat(told)
    except ValueError:
        return None
    return day if 1900 < day.year < 9000 else None


def _chips(request: HttpRequest, people: list[tuple[int, str]]) -> list[Chip]:
    names = {str(pk): name for pk, name in people}
    asked = request.GET
    found = [Chip(_("Who"), names[asked["who"]], replaced(asked, who=None))] if asked.get("who") in names else []
    for key, label in (("from", _("From")), ("to", _("To"))):
        if _day(asked.get(key, "")):
            found.append(Chip(label, asked[key], replaced(asked, **{key: None})))
    return found
