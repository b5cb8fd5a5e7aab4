"""One connection: what to type into 1С, what waits, settings, price columns, its history; files sent by hand."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from zveno.base.clock import now
from zveno.exchange.actions.change_options import change_options
from zveno.exchange.actions.rotate_password import rotate_password
from zveno.exchange.actions.set_price_floor import set_price_floor
from zveno.exchange.actions.switch_connection import switch_connection
from zveno.exchange.actions.upload_by_hand import HandFile, upload_by_hand
from zveno.exchange.errors import ConnectionNameMissing, OptionsWrong, PasswordChangedMeanwhile
from zveno.exchange.ports import format_of
from zveno.exchange.queries.board import board_rows
from zveno.exchange.queries.connections import connection_history, password_mark
from zveno.exchange.queries.journal import SessionFilter, session_figures, sessions
from zveno.exchange.queries.price_columns import price_columns
from zveno.exchange.queries.waiting_orders import waiting_items, waiting_orders
from zveno.exchange.shown import kind_title, shown_board, shown_options, shown_sessions
from zveno.kit.errors import Fault, Invalid
from zveno.portal.exchange.doors import URLS, actor_of, connection_or_404, may_manage
from zveno.ui import deeds
from zveno.ui.words import explain

LARGEST_MB = 512
_SESSIONS_SHOWN = 5
_ORDERS_SHOWN = 50


class UploadNothing(Invalid):
    """The form came without a file."""


class UploadOverLimit(Invalid):
    """The files are larger together than is taken by hand. Params: `limit` (MB)."""


@require_GET
def show_connection(request: HttpRequest, connection_id: int) -> HttpResponse:
    """The page of a connection."""
    return page_of(request, connection_id)


def page_of(request: HttpRequest, connection_id: int, *, status: int = 200, **told: Any) -> HttpResponse:
    """The page, with what has to be said on it besides: `password`, `problems` and `told` of the settings, `alert`."""
    connection = connection_or_404(connection_id)
    actor = actor_of(request)
    row = board_rows([connection], now=now(), time_zone=actor.time_zone)[0]
    recent = list(sessions(SessionFilter(connection_id=connection.pk)).order_by("-started_at", "-id")[:_SESSIONS_SHOWN])
    problems = told.pop("problems", {})
    options = shown_options(connection, told.get("told"), problems)
    context = {
        "connection": connection,
        "row": shown_board([row])[0],
        "kind": kind_title(connection.kind),
        "address": request.build_absolute_uri(format_of(connection.kind).address.format(slug=connection.slug)),
        "mark": password_mark(connection),
        "options": options,
        "columns": price_columns(connection, now=now()),
        "waiting": waiting_orders(list(waiting_items(connection)[:_ORDERS_SHOWN])),
        "recent": shown_sessions(recent, session_figures([one.pk for one in recent])),
        "history": deeds.events(connection_history(connection)),
        "may_manage": may_manage(request),
        "largest_mb": LARGEST_MB,
        "urls": URLS,
        **told,
    }
    return render(request, "portal/exchange/connection.html", context, status=status)


@require_POST
def set_options(request: HttpRequest, connection_id: int) -> HttpResponse:
    """Keep the settings; what is wrong is said at its field and nothing is kept."""
    connection = connection_or_404(connection_id)
    try:
        with transaction.atomic():
            change_options(
                connection_id=connection.pk,
                name=request.POST.get("name", ""),
                told={name: str(value) for name, value in request.POST.items()},
                now=now(),
            )
    except OptionsWrong as fault:
        told = request.POST.dict()
        return page_of(request, connection.pk, status=422, problems=fault.params["problems"], told=told)
    except ConnectionNameMissing as fault:
        return page_of(request, connection.pk, status=422, told=request.POST.dict(), name_problem=explain(fault))
    return redirect(reverse("exchange:connection", args=[connection.pk]) + "?saved=1#settings")


@require_POST
def set_floor(request: HttpRequest, connection_id: int) -> HttpResponse:
    """Choose the column below which sales are pointed out; the field saves itself."""
    connection = connection_or_404(connection_id)
    chosen = request.POST.get("floor", "")
    kind_id = int(chosen) if chosen.isascii() and chosen.isdigit() and len(chosen) < 12 else None
    set_price_floor(connection_id=connection.pk, price_kind_id=kind_id, now=now())
    return HttpResponse(status=204)


@never_cache
@require_POST
def set_password(request: HttpRequest, connection_id: int) -> HttpResponse:
    """A new password, shown in this answer and nowhere again."""
    connection = connection_or_404(connection_id)
    try:
        with transaction.atomic():
            _connection, password = rotate_password(
                connection_id=connection.pk, mark=request.POST.get("mark", ""), now=now()
            )
    except PasswordChangedMeanwhile as fault:
        return page_of(request, connection.pk, status=409, alert=explain(fault))
    return page_of(request, connection.pk, password=password)


@require_POST
def switch(request: HttpRequest, connection_id: int) -> HttpResponse:
    """Switch off or on."""
    connection = connection_or_404(connection_id)
    switch_connection(connection_id=connection.pk, is_active=request.POST.get("active") == "1", now=now())
    return redirect("exchange:connection", connection.pk)


@require_POST
def upload(request: HttpRequest, connection_id: int) -> HttpResponse:
    """Take files by hand and go to their session, where they are followed."""
    connection = connection_or_404(connection_id)
    try:
        with transaction.atomic():
            session = upload_by_hand(connection_id=connection.pk, files=_files(request), now=now())
    except Fault as fault:
        messages.error(request, explain(fault))
        return redirect("exchange:connection", connection.pk)
    return redirect("exchange:session", session.pk)


def _files(request: HttpRequest) -> list[HandFile]:
    found = [file for file in request.FILES.getlist("file") if isinstance(file, UploadedFile)]
    if not found:
        raise UploadNothing
    if sum(file.size or 0 for file in found) > LARGEST_MB << 20:
        raise UploadOverLimit(limit=LARGEST_MB)
    return [HandFile(file.name or _("file"), file.chunks()) for file in found]
