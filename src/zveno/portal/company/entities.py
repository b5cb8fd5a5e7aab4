"""Legal entities of one's own company: codes, mains and daughters, terms with each seller, a request for one more."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from zveno.base import clock
from zveno.base.audit import history_of
from zveno.partners.actions.request_entity import request_entity
from zveno.partners.queries.actors import Actor
from zveno.partners.queries.entities import entities_of, entity_with, terms_of_entities
from zveno.partners.queries.registrations import waiting_of_company
from zveno.partners.rules.roles import Right
from zveno.portal.company.forms import EntityRequestForm
from zveno.portal.company.tabs import tabs_for
from zveno.pricing.queries.terms import terms_in_brief
from zveno.ui import deeds
from zveno.ui.forms import carried_out, status_of


@require_GET
def show_list(request: HttpRequest) -> HttpResponse:
    """Entities that the person sees, requests that wait."""
    actor = _actor(request)
    seen = {e.id for e in actor.entities}
    told = {
        "tabs": tabs_for(actor),
        "entities": [e for e in entities_of(actor.company_id) if e.pk in seen],
        "requests": waiting_of_company(actor.company_id),
        "may_ask": actor.company_is_buyer and Right.MEMBERS_MANAGE in actor.rights,
    }
    return render(request, "portal/company/entities.html", told)


@require_GET
def show(request: HttpRequest, entity_id: int) -> HttpResponse:
    """One entity with its codes, its main or daughters, its terms in force and before."""
    actor = _actor(request)
    entity = entity_with(entity_id)
    if entity is None or entity_id not in {e.id for e in actor.entities}:
        raise Http404
    terms = terms_of_entities([entity_id]) if actor.company_is_buyer else []
    briefs = terms_in_brief(entity_ids={t.buyer_entity_id for t in terms}, at=clock.now())
    told = {
        "entity": entity,
        "daughters": [e for e in entities_of(actor.company_id) if e.main_id == entity.pk],
        "terms": [(t, None if t.valid_to else briefs.get((t.seller_id, t.buyer_entity_id))) for t in terms],
        "may_see_money": Right.MONEY_SEE in actor.rights,
        "events": deeds.events(history_of(entity)),
    }
    return render(request, "portal/company/entity.html", told)


@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Ask for one more legal entity (F21)."""
    actor = _actor(request)
    form = EntityRequestForm(request.POST or None)

    def send(told: dict[str, Any]) -> None:
        request_entity(actor=actor, email=getattr(request.user, "email", ""), now=clock.now(), **told)

    if request.method == "POST" and carried_out(form, send):
        messages.info(request, _("The request is sent. The answer comes by mail."))
        return redirect("company:entities")
    return render(request, "portal/company/entity_request.html", {"form": form}, status=status_of(form))


def _actor(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor
