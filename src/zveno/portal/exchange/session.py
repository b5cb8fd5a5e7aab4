"""One session of the journal: its files while and after they are applied, what was refused, the bytes as they came."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from zveno.base.clock import now
from zveno.base.downloads import download_of, workbook_of
from zveno.exchange.actions.replay_file import replay_file
from zveno.exchange.queries.journal import refusals
from zveno.exchange.sheets import REFUSAL_COLUMNS, refusal_rows
from zveno.exchange.shown_page import file_context, session_context
from zveno.portal.exchange.doors import URLS, file_or_404, may_manage, session_or_404
from zveno.ui.pages import replaced


@require_GET
def show_session(request: HttpRequest, session_id: int) -> HttpResponse:
    """The session: figures, files with what each changed and refused."""
    return render(request, "portal/exchange/session.html", _context(request, session_id))


@require_GET
def show_progress(request: HttpRequest, session_id: int) -> HttpResponse:
    """The same without the frame, while files are applied."""
    return render(request, "exchange/session_body.html", _context(request, session_id))


def _context(request: HttpRequest, session_id: int) -> dict[str, Any]:
    session = session_or_404(session_id)
    return {
        **session_context(request.GET, session),
        "may_manage": may_manage(request),
        "urls": URLS,
        "progress_url": reverse("exchange:session-progress", args=[session.pk]) + replaced(request.GET),
    }


@require_GET
def show_file(request: HttpRequest, file_id: int) -> HttpResponse:
    """One file: what it changed, and everything refused or doubted in it, by code."""
    file = file_or_404(file_id)
    shown = file_context(request.GET, file, export_url=reverse("exchange:refusals-export", args=[file.pk]))
    return render(request, "portal/exchange/file.html", {**shown, "may_manage": may_manage(request)})


@require_GET
def export_refusals(request: HttpRequest, file_id: int) -> HttpResponseBase:
    """What was refused or doubted in the file, as an xlsx."""
    file = file_or_404(file_id)
    rows = refusals(file.pk, code=request.GET.get("code", "")[:60]).iterator(chunk_size=2000)
    return workbook_of(f"refusals-{file.pk}", _("Refusals"), REFUSAL_COLUMNS, refusal_rows(file.name, rows))


@require_POST
def replay(request: HttpRequest, file_id: int) -> HttpResponse:
    """Queue the file to be applied once more; asked twice, it is queued once."""
    file = file_or_404(file_id)
    with transaction.atomic():
        if not replay_file(file_id=file.pk, now=now()):
            messages.info(request, _("The file is in the queue already."))
    return redirect("exchange:session", file.exchange_id)


@require_GET
def download(request: HttpRequest, file_id: int) -> HttpResponseBase:
    """The bytes as they came."""
    return download_of(file_or_404(file_id).file)
