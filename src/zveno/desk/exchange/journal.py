"""The journal of all sellers, to read: sessions, files, refusals, the bytes as they came."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from zveno.base.downloads import download_of, workbook_of
from zveno.desk.exchange.board import URLS, sellers
from zveno.exchange.queries.connections import connections
from zveno.exchange.queries.journal import (
    SessionFilter,
    find_file,
    find_session,
    refusals,
    session_figures,
    sessions,
)
from zveno.exchange.sheets import JOURNAL_COLUMNS, REFUSAL_COLUMNS, journal_rows, refusal_rows
from zveno.exchange.shown_page import file_context, journal_context, read_filter, read_id, session_context
from zveno.ui.pages import Chip, replaced

_MOST_EXPORTED = 5000


@require_GET
def show_journal(request: HttpRequest) -> HttpResponse:
    """The sessions of all sellers that the filters let through."""
    seller_id = read_id(request.GET.get("seller", ""))
    found = list(connections(seller_id=seller_id).order_by("name", "id"))
    names = {str(one.pk): one.name for one in found}
    named = dict(sellers())
    shown = journal_context(
        request.GET, _asked(request), names=names, export_url=reverse("desk_exchange:journal-export")
    )
    chips = [Chip(_("Seller"), named[seller_id], replaced(request.GET, seller=None))] if seller_id in named else []
    context = {**shown, "connections": found, "sellers": sellers(), "seller_chips": chips, "urls": URLS}
    return render(request, "desk/exchange/journal.html", context)


@require_GET
def export_journal(request: HttpRequest) -> HttpResponseBase:
    """The filtered journal as an xlsx; of a longer one, the newest 5,000."""
    found = list(sessions(_asked(request)).order_by("-started_at", "-id")[:_MOST_EXPORTED])
    rows = journal_rows(found, session_figures([one.pk for one in found]))
    return workbook_of("exchange", _("Journal of exchanges"), JOURNAL_COLUMNS, rows)


@require_GET
def show_session(request: HttpRequest, session_id: int) -> HttpResponse:
    """One session with its files."""
    return render(request, "desk/exchange/session.html", _context(request, session_id))


@require_GET
def show_progress(request: HttpRequest, session_id: int) -> HttpResponse:
    """The same without the frame, while files are applied."""
    return render(request, "exchange/session_body.html", _context(request, session_id))


@require_GET
def show_file(request: HttpRequest, file_id: int) -> HttpResponse:
    """One file with everything refused or doubted in it."""
    file = _there(find_file(file_id))
    shown = file_context(request.GET, file, export_url=reverse("desk_exchange:refusals-export", args=[file.pk]))
    return render(request, "desk/exchange/file.html", shown)


@require_GET
def export_refusals(request: HttpRequest, file_id: int) -> HttpResponseBase:
    """What was refused or doubted in the file, as an xlsx."""
    file = _there(find_file(file_id))
    rows = refusals(file.pk, code=request.GET.get("code", "")[:60]).iterator(chunk_size=2000)
    return workbook_of(f"refusals-{file.pk}", _("Refusals"), REFUSAL_COLUMNS, refusal_rows(file.name, rows))


@require_GET
def download(request: HttpRequest, file_id: int) -> HttpResponseBase:
    """The bytes as they came, always as a download."""
    return download_of(_there(find_file(file_id)).file)


def _asked(request: HttpRequest) -> SessionFilter:
    seller_id = read_id(request.GET.get("seller", ""))
    return read_filter(request.GET, seller_id=seller_id, time_zone=request.actor.time_zone)  # type: ignore[attr-defined]


def _context(request: HttpRequest, session_id: int) -> dict[str, Any]:
    session = _there(find_session(session_id))
    progress_url = reverse("desk_exchange:session-progress", args=[session.pk]) + replaced(request.GET)
    return {**session_context(request.GET, session), "urls": URLS, "progress_url": progress_url, "with_seller": True}


def _there(found: Any) -> Any:
    if found is None:
        raise Http404
    return found
