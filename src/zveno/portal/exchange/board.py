"""The seller's exchange board, and making a connection."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from zveno.base.clock import now
from zveno.exchange.actions.create_connection import create_connection
from zveno.exchange.errors import ConnectionMadeAlready
from zveno.exchange.ports import formats
from zveno.exchange.queries.board import board
from zveno.exchange.queries.connections import unused_key
from zveno.exchange.shown import shown_board
from zveno.kit.errors import Fault
from zveno.portal.exchange.connection import page_of
from zveno.portal.exchange.doors import URLS, actor_of, may_manage
from zveno.ui.words import explain


@require_GET
def show_board(request: HttpRequest) -> HttpResponse:
    """One row per connection; those that need somebody first."""
    actor = actor_of(request)
    rows = board(seller_id=actor.company_id, now=now(), time_zone=actor.time_zone)
    context = {"rows": shown_board(rows), "may_manage": may_manage(request), "urls": URLS}
    return render(request, "portal/exchange/board.html", context)


@never_cache
def make(request: HttpRequest) -> HttpResponse:
    """The form of a new connection; its answer shows the password, this once."""
    if request.method != "POST":
        return _form(request, key=unused_key())
    posted = request.POST
    try:
        with transaction.atomic():
            made = create_connection(
                seller_id=actor_of(request).company_id,
                name=posted.get("name", ""),
                kind=posted.get("kind", ""),
                login=posted.get("login", "").strip(),
                key=posted.get("key", "") or unused_key(),
                now=now(),
            )
    except ConnectionMadeAlready as fault:
        messages.info(request, explain(fault))
        made_id = int(str(fault.params["connection_id"]))
        return redirect("exchange:connection", made_id) if made_id else redirect("exchange:board")
    except Fault as fault:
        return _form(request, key=posted.get("key", ""), fault=fault)
    return page_of(request, made.id, password=made.password)


def _form(request: HttpRequest, *, key: str, fault: Fault | None = None) -> HttpResponse:
    kinds = [(one.kind, one.title) for one in formats()]
    problem = {"field": _FIELDS.get(fault.code, ""), "words": explain(fault)} if fault else {}
    context = {"kinds": kinds, "key": key, "problem": problem, "told": request.POST}
    return render(request, "portal/exchange/new.html", context, status=422 if fault else 200)


_FIELDS = {
    "connection_name_missing": "name",
    "connection_login_wrong": "login",
    "connection_kind_unknown": "kind",
}
