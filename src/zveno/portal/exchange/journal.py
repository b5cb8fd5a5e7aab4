"""The journal: every session with the accounting system, newest first."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.http import FileResponse, HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from zveno.base.sheets import MEDIA_TYPE, workbook
from zveno.exchange.queries.connections import connections
from zveno.exchange.queries.journal import SessionFilter, session_figures, sessions
from zveno.exchange.sheets import JOURNAL_COLUMNS, journal_rows
from zveno.exchange.shown import SESSION_KINDS, shown_sessions
from zveno.portal.exchange.doors import URLS, actor_of
from zveno.ui.formats import format_date
from zveno.ui.pages import Chip, read_page, replaced

_SORTS = {"started": ["started_at", "id"], "calls": ["calls", "id"]}
_MOST_EXPORTED = 5000


@require_GET
def show_journal(request: HttpRequest) -> HttpResponse:
    """The sessions that the filters let through."""
    actor = actor_of(request)
    own = list(connections(seller_id=actor.company_id).order_by("name", "id"))
    page = read_page(
        query=request.GET,
        rows=sessions(_asked(request)),
        sorts=_SORTS,
        default_sort="-started",
        chips=_chips(request, {str(one.pk): one.name for one in own}),
        export_url=reverse("exchange:journal-export") + replaced(request.GET, page=None),
    )
    context = {
        "page": page,
        "rows": shown_sessions(page.rows, session_figures([one.pk for one in page.rows])),
        "connections": own,
        "kinds": SESSION_KINDS.items(),
        "urls": URLS,
    }
    return render(request, "portal/exchange/journal.html", context)


@require_GET
def export_journal(request: HttpRequest) -> HttpResponseBase:
    """The filtered journal as an xlsx; of a longer one, the newest 5,000."""
    found = list(sessions(_asked(request)).order_by("-started_at", "-id")[:_MOST_EXPORTED])
    rows = journal_rows(found, session_figures([one.pk for one in found]))
    book = workbook(_("Journal of exchanges"), JOURNAL_COLUMNS, rows)
    return FileResponse(book, as_attachment=True, filename="exchange.xlsx", content_type=MEDIA_TYPE)


def _asked(request: HttpRequest) -> SessionFilter:
    query, actor = request.GET, actor_of(request)
    last = _day(query.get("to", ""))
    return SessionFilter(
        seller_id=actor.company_id,
        connection_id=_id(query.get("connection", "")),
        kind=query.get("kind", "") if query.get("kind", "") in SESSION_KINDS else "",
        only_errors=bool(query.get("errors")),
        started_from=_midnight(_day(query.get("from", "")), actor.time_zone),
        started_to=_midnight(last + timedelta(days=1) if last else None, actor.time_zone),
    )


def _chips(request: HttpRequest, names: dict[str, Any]) -> list[Chip]:
    query, found = request.GET, []
    if query.get("connection") in names:
        found.append(Chip(_("Connection"), names[query["connection"]], replaced(query, connection=None)))
    if query.get("kind") in SESSION_KINDS:
        found.append(Chip(_("Kind"), SESSION_KINDS[query["kind"]], replaced(query, kind=None)))
    if query.get("errors"):
        found.append(Chip(_("Show"), _("with errors"), replaced(query, errors=None)))
    return found + _day_chips(query, request)


def _day_chips(query: QueryDict, request: HttpRequest) -> list[Chip]:
    language = getattr(request, "LANGUAGE_CODE", "en")
    told = (("from", _("From")), ("to", _("To")))
    days = [(key, label, _day(query.get(key, ""))) for key, label in told]
    return [Chip(label, format_date(day, language), replaced(query, **{key: None})) for key, label, day in days if day]


def _id(told: str) -> int | None:
    return int(told) if told.isascii() and told.isdigit() and len(told) < 12 else None


def _day(told: str) -> date | None:
    try:
        day = date.fromisoformat(told)
    except ValueError:
        return None
    return day if 2000 <= day.year < 2200 else None


def _midnight(day: date | None, time_zone: str) -> datetime | None:
    return datetime.combine(day, datetime.min.time(), ZoneInfo(time_zone)) if day else None
