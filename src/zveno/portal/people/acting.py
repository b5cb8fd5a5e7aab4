"""A seller's manager acts for a client: begins from the list of clients, ends by a click."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from zveno.base import clock
from zveno.kit.codes import fold_text
from zveno.partners.actions.act_for_client import act_for_client
from zveno.partners.queries.actors import ACTING_KEY, Actor
from zveno.partners.queries.clients import clients_of
from zveno.ui.pages import read_page


@require_GET
def clients(request: HttpRequest) -> HttpResponse:
    """Entities that buy from the company, found by name or INN; `mine` keeps those the person answers for."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    text, mine = fold_text(request.GET.get("q", "")), request.GET.get("mine") == "1"
    found = [
        c
        for c in clients_of(seller_id=actor.company_id, time_zone=actor.time_zone)
        if (text in fold_text(f"{c.company_name} {c.entity_name}") or c.inn.startswith(text))
        and (not mine or c.manager_member_id == actor.member_id)
    ]
    page = read_page(query=request.GET, rows=found)
    return render(request, "portal/people/clients.html", {"page": page, "text": request.GET.get("q", ""), "mine": mine})


@require_POST
def act_for(request: HttpRequest, entity_id: int) -> HttpResponse:
    """Begin: from now on the buying section is the client's, with what this seller and the client deal in."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    act_for_client(actor=actor, entity_id=entity_id, now=clock.now())
    request.session[ACTING_KEY] = entity_id
    return redirect("/buy/")


@require_POST
def stop(request: HttpRequest) -> HttpResponse:
    """End: one is oneself again."""
    request.session.pop(ACTING_KEY, None)
    return redirect("/sell/")
