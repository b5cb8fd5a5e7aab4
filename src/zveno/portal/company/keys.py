"""Keys that programs call with: made, shown once, taken back."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from zveno.accounts.actions.make_api_key import MadeKey, make_api_key
from zveno.accounts.actions.revoke_api_key import revoke_api_key
from zveno.accounts.queries.keys import keys_of_company
from zveno.base import clock
from zveno.base.scope import Section
from zveno.partners.queries.actors import Actor
from zveno.portal.company.forms import KeyForm
from zveno.portal.company.tabs import tabs_for
from zveno.ui.forms import carried_out, status_of

_SECTIONS = {
    Section.BUYING: _("buy: products, own prices, stock, orders"),
    Section.SELLING: _("sell: fetch clients' orders, answer with statuses"),
}


@never_cache
@require_http_methods(["GET", "POST"])
def show_list(request: HttpRequest) -> HttpResponse:
    """The keys and a form for a new one, whose secret the answer shows this once."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    entities = [(e.id, e.name) for e in actor.entities]
    form = KeyForm(request.POST or None, sections=_sections(actor), entities=entities)
    made: list[MadeKey] = []

    def make(told: dict[str, Any]) -> None:
        made.append(make_api_key(company_id=actor.company_id, user_id=actor.user_id, now=clock.now(), **told))

    if request.method == "POST" and carried_out(form, make):
        form = KeyForm(sections=_sections(actor), entities=entities)
    names = {e.id: e.name for e in actor.entities}
    told = {
        "tabs": tabs_for(actor),
        "form": form,
        "made": made[0] if made else None,
        "keys": [
            (key, _SECTIONS.get(Section(key.section), key.section), names.get(key.entity_id or 0, ""))
            for key in keys_of_company(company_id=actor.company_id)
        ],
    }
    return render(request, "portal/company/keys.html", told, status=status_of(form))


@require_POST
def revoke(request: HttpRequest, key_id: int) -> HttpResponse:
    """From the next call on the key opens nothing."""
    revoke_api_key(key_id=key_id, now=clock.now())
    return redirect("company:keys")


def _sections(actor: Actor) -> list[tuple[str, Any]]:
    may = {Section.BUYING: actor.company_is_buyer, Section.SELLING: actor.company_is_seller}
    return [(section.value, label) for section, label in _SECTIONS.items() if may[section]]
