"""The journal: every session with the accounting system, newest first."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from zveno.base.downloads import workbook_of
from zveno.exchange.queries.connections import connections
from zveno.exchange.queries.journal import SessionFilter, session_figures, sessions
from zveno.exchange.sheets import JOURNAL_COLUMNS, journal_rows
from zveno.exchange.shown_page import journal_context, read_filter
from zveno.portal.exchange.doors import URLS, actor_of

_MOST_EXPORTED = 5000


@require_GET
def show_journal(request: HttpRequest) -> HttpResponse:
    """The sessions that the filters let through."""
    own = list(connections(seller_id=actor_of(request).company_id).order_by("name", "id"))
    names = {str(one.pk): one.name for one in own}
    shown = journal_context(request.GET, _asked(request), names=names, export_url=reverse("exchange:journal-export"))
    return render(request, "portal/exchange/journal.html", {**shown, "connections": own, "urls": URLS})


@require_GET
def export_journal(request: HttpRequest) -> HttpResponseBase:
    """The filtered journal as an xlsx; of a longer one, the newest 5,000."""
    found = list(sessions(_asked(request)).order_by("-started_at", "-id")[:_MOST_EXPORTED])
    rows = journal_rows(found, session_figures([one.pk for one in found]))
    return workbook_of("exchange", _("Journal of exchanges"), JOURNAL_COLUMNS, rows)


def _asked(request: HttpRequest) -> SessionFilter:
    actor = actor_of(request)
    return read_filter(request.GET, seller_id=actor.company_id, time_zone=actor.time_zone)
