"""Legal entities on the desk."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from zveno.base import clock
from zveno.base.audit import history_of
from zveno.desk.partners.company import found, region_choices
from zveno.desk.partners.forms import EntityForm
from zveno.partners.actions.change_legal_entity import change_legal_entity
from zveno.partners.actions.create_legal_entity import create_legal_entity
from zveno.partners.queries.actors import Actor
from zveno.partners.queries.companies import sellers
from zveno.partners.queries.entities import entities_of, entity_with, terms_of_entities
from zveno.partners.rules.roles import Right
from zveno.pricing.queries.terms import terms_in_brief
from zveno.ui import deeds
from zveno.ui.forms import carried_out, status_of

_FIELDS = ("name", "full_name", "inn", "kpp", "ogrn", "legal_address", "delivery_address", "region_id", "main_id")


@require_GET
def show(request: HttpRequest, entity_id: int) -> HttpResponse:
    """The entity, its terms with each seller now and before, its history."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    entity = entity_found(entity_id)
    terms = terms_of_entities([entity_id])
    briefs = terms_in_brief(entity_ids={t.buyer_entity_id for t in terms}, at=clock.now())
    told = {
        "entity": entity,
        "daughters": [e for e in entities_of(entity.company_id) if e.main_id == entity.pk],
        "terms": [(t, None if t.valid_to else briefs.get((t.seller_id, t.buyer_entity_id))) for t in terms],
        "sellers": [s for s in sellers() if s.pk != entity.company_id],
        "events": deeds.events(history_of(entity)),
        "may_manage": Right.PARTNERS_MANAGE in actor.rights,
        "today": clock.today_at(actor.time_zone),
    }
    return render(request, "desk/partners/entity.html", told)


@require_http_methods(["GET", "POST"])
def create(request: HttpRequest, company_id: int) -> HttpResponse:
    """Add an entity to the company."""
    company = found(company_id)
    form = EntityForm(request.POST or None, regions=region_choices(), mains=_mains(company_id))
    made: list[Any] = []

    def add(told: dict[str, Any]) -> None:
        made.append(create_legal_entity(company_id=company_id, now=clock.now(), **told))

    if request.method == "POST" and carried_out(form, add):
        return redirect("desk_partners:entity", made[0].pk)
    return render(request, "desk/partners/entity_form.html", {"form": form, "company": company}, status=status_of(form))


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, entity_id: int) -> HttpResponse:
    """Change the entity."""
    entity = entity_found(entity_id)
    kept = {name: getattr(entity, name) for name in _FIELDS}
    mains = [choice for choice in _mains(entity.company_id) if choice[0] != entity_id]
    form = EntityForm(request.POST or None, initial=kept, regions=region_choices(), mains=mains)

    def keep(told: dict[str, Any]) -> None:
        change_legal_entity(entity_id=entity_id, now=clock.now(), **told)

    if request.method == "POST" and carried_out(form, keep):
        return redirect("desk_partners:entity", entity_id)
    told = {"form": form, "company": entity.company, "entity": entity}
    return render(request, "desk/partners/entity_form.html", told, status=status_of(form))


def entity_found(entity_id: int) -> Any:
    """The entity, or 404."""
    entity = entity_with(entity_id)
    if entity is None:
        raise Http404
    return entity


def _mains(company_id: int) -> list[tuple[int, str]]:
    return [(e.pk, e.name) for e in entities_of(company_id) if e.main_id is None]
