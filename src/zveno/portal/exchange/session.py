"""One session of the journal: its files while and after they are applied, what was refused, the bytes as they came."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from zveno.base.clock import now
from zveno.base.sheets import MEDIA_TYPE, workbook
from zveno.exchange.actions.replay_file import replay_file
from zveno.exchange.queries.journal import (
    file_counts,
    pending_uploads,
    refusal_groups,
    refusals,
    session_figures,
    session_files,
)
from zveno.exchange.sheets import REFUSAL_COLUMNS, refusal_rows
from zveno.exchange.shown import ordered_counts, session_kind, shown_counts, shown_files, shown_refusals
from zveno.portal.exchange.doors import URLS, file_or_404, may_manage, sent_file, session_or_404
from zveno.ui.pages import Chip, read_page, replaced


@require_GET
def show_session(request: HttpRequest, session_id: int) -> HttpResponse:
    """The session: figures, files with what each changed and refused."""
    return render(request, "portal/exchange/session.html", _context(request, session_or_404(session_id)))


@require_GET
def show_progress(request: HttpRequest, session_id: int) -> HttpResponse:
    """The same without the frame, while files are applied."""
    return render(request, "exchange/session_body.html", _context(request, session_or_404(session_id)))


def _context(request: HttpRequest, session: Any) -> dict[str, Any]:
    figures = session_figures([session.pk])[session.pk]
    page = read_page(query=request.GET, rows=session_files(session.pk), size=30)
    pending = pending_uploads(session.pk)
    return {
        "session": session,
        "kind": session_kind(session.kind),
        "figures": figures,
        "counts": shown_counts(ordered_counts(figures.counts)),
        "page": page,
        "files": shown_files(page.rows, refusal_groups([file.pk for file in page.rows])),
        "pending": pending,
        "running": bool(pending or figures.open_files),
        "may_manage": may_manage(request),
        "urls": URLS,
        "progress_url": reverse("exchange:session-progress", args=[session.pk]) + replaced(request.GET),
    }


@require_GET
def show_refusals(request: HttpRequest, file_id: int) -> HttpResponse:
    """One file: what it changed, and everything refused or doubted in it, by code."""
    file = file_or_404(file_id)
    groups = refusal_groups([file.pk])
    shown = shown_files([file], groups)[0]
    code = request.GET.get("code", "")
    chosen = next((group for group in shown.groups if group.code == code), None)
    chips = [Chip(_("What"), chosen.title, replaced(request.GET, code=None))] if chosen else []
    export_url = reverse("exchange:refusals-export", args=[file.pk]) + replaced(request.GET, page=None)
    rows = refusals(file.pk, code=chosen.code if chosen else "")
    page = read_page(query=request.GET, rows=rows, chips=chips, export_url=export_url)
    context = {
        "shown": shown,
        "file": file,
        "session": file.exchange,
        "counts": shown_counts(ordered_counts(file_counts(file))),
        "page": page,
        "refusals": shown_refusals(page.rows),
        "may_manage": may_manage(request),
    }
    return render(request, "portal/exchange/file.html", context)


@require_GET
def export_refusals(request: HttpRequest, file_id: int) -> HttpResponseBase:
    """What was refused or doubted in the file, as an xlsx."""
    file = file_or_404(file_id)
    rows = refusals(file.pk, code=request.GET.get("code", "")[:60]).iterator(chunk_size=2000)
    book = workbook(_("Refusals"), REFUSAL_COLUMNS, refusal_rows(file.name, rows))
    return FileResponse(book, as_attachment=True, filename=f"refusals-{file.pk}.xlsx", content_type=MEDIA_TYPE)


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
    return sent_file(file_or_404(file_id).file)
