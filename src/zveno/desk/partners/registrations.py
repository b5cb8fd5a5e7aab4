"""Requests for cabinets and legal entities: the queue and a decision."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from zveno.base import clock
from zveno.base.audit import history_of
from zveno.desk.partners.forms import DecisionForm
from zveno.partners.actions.decide_registration import decide_registration
from zveno.partners.queries.registrations import entities_with_inn, registration_with, registrations
from zveno.ui import deeds
from zveno.ui.forms import carried_out, status_of
from zveno.ui.navigation import Item
from zveno.ui.pages import read_page

STATES = {
    "waiting": pgettext_lazy("requests", "Waiting"),
    "accepted": pgettext_lazy("requests", "Accepted"),
    "refused": pgettext_lazy("requests", "Refused"),
}


@require_GET
def show_list(request: HttpRequest) -> HttpResponse:
    """Those that wait, oldest first; or the decided ones."""
    state = request.GET.get("state", "waiting")
    state = state if state in STATES else "waiting"
    page = read_page(query=request.GET, rows=registrations(state=state))
    tabs = [Item(key, label, f"?state={key}") for key, label in STATES.items()]
    return render(request, "desk/partners/registrations.html", {"page": page, "state": state, "tabs": tabs})


@require_http_methods(["GET", "POST"])
def show(request: HttpRequest, request_id: int) -> HttpResponse:
    """One request, what is known with its INN already, and the decision (`accept` is 1 or 0)."""
    asked = registration_with(request_id)
    if asked is None:
        raise Http404
    form = DecisionForm(request.POST or None)

    def decide(told: dict[str, Any]) -> None:
        accept = request.POST.get("accept") == "1"
        decide_registration(request_id=request_id, accept=accept, reason=told["reason"], now=clock.now())

    if request.method == "POST" and carried_out(form, decide):
        return redirect("desk_partners:registrations")
    told = {
        "asked": asked,
        "form": form,
        "known": entities_with_inn(asked.inn),
        "events": deeds.events(history_of(asked)),
    }
    return render(request, "desk/partners/registration.html", told, status=status_of(form))
