"""The seller's clients: who buys by which terms, how much lately, and acting for one of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from zveno.base.clock import now
from zveno.kit.codes import fold_text
from zveno.orders.queries.turnover import NONE, Turnover, turnover_by_entity
from zveno.partners.queries.actors import Actor
from zveno.partners.queries.clients import ClientValue, clients_of
from zveno.partners.rules.roles import Right
from zveno.ui.pages import read_page

_YEAR = timedelta(days=365)
_SORTS = {
    "company": lambda row: (fold_text(row.client.company_name), fold_text(row.client.entity_name)),
    "total": lambda row: row.turnover.total,
    "open": lambda row: row.turnover.open_orders,
}


@dataclass(frozen=True, slots=True)
class Client:
    """A buyer's entity with what it ordered in the last twelve months."""

    client: ClientValue
    turnover: Turnover


@require_GET
def show(request: HttpRequest) -> HttpResponse:
    """Entities with terms today, found by name or INN; `mine` keeps those the manager answers for."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    text, mine = fold_text(request.GET.get("q", ""))[:100], request.GET.get("mine") == "1"
    sums = turnover_by_entity(seller_id=actor.company_id, since=now() - _YEAR)
    rows = [
        Client(client, sums.get(client.entity_id, NONE))
        for client in clients_of(seller_id=actor.company_id, time_zone=actor.time_zone)
        if (text in fold_text(f"{client.company_name} {client.entity_name}") or client.inn.startswith(text))
        and (not mine or client.manager_member_id == actor.member_id)
    ]
    sort = request.GET.get("sort", "-total")
    key = sort.removeprefix("-")
    if key in _SORTS:
        rows.sort(key=_SORTS[key], reverse=sort.startswith("-"))
    page = read_page(query=request.GET, rows=rows, sorts=dict.fromkeys(_SORTS, ""), default_sort="-total")
    told = {"page": page, "text": request.GET.get("q", ""), "mine": mine}
    template = (
        "portal/selling/clients_found.html" if request.headers.get("HX-Request") else "portal/selling/clients.html"
    )
    return render(request, template, {**told, "may_act": Right.SALES_DECIDE in actor.rights})
