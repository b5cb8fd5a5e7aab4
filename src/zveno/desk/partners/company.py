"""One company on the desk: made, changed, blocked, shown with its entities, people, terms and history."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zveno.base import clock
from zveno.desk.partners.forms import CompanyForm
from zveno.partners.actions.block_company import block_company
from zveno.partners.actions.change_company import change_company
from zveno.partners.actions.create_company import create_company
from zveno.partners.labels import ROLE_LABELS
from zveno.partners.queries.actors import Actor
from zveno.partners.queries.companies import company_with, regions
from zveno.partners.queries.entities import entities_of, terms_of_entities
from zveno.partners.queries.history import history
from zveno.partners.queries.members import members_of, waiting_invitations
from zveno.partners.rules.roles import Right
from zveno.pricing.queries.terms import terms_in_brief
from zveno.ui import deeds
from zveno.ui.forms import carried_out, status_of

_DEEDS_SHOWN = 40


@require_GET
def show(request: HttpRequest, company_id: int) -> HttpResponse:
    """Everything about the company on one page."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    company = found(company_id)
    entities = list(entities_of(company_id))
    terms = [t for t in terms_of_entities([e.pk for e in entities]) if t.valid_to is None]
    briefs = terms_in_brief(entity_ids={t.buyer_entity_id for t in terms}, at=clock.now())
    told = {
        "company": company,
        "entities": entities,
        "terms": [(t, None if t.valid_to else briefs.get((t.seller_id, t.buyer_entity_id))) for t in terms],
        "members": [(m, ROLE_LABELS[m.role]) for m in members_of(company_id)],
        "invitations": [(i, ROLE_LABELS[i.role]) for i in waiting_invitations(company_id)],
        "events": deeds.events(history(company_id=company_id)[:_DEEDS_SHOWN]),
        "may_manage": Right.PARTNERS_MANAGE in actor.rights,
        "now": clock.now(),
    }
    return render(request, "desk/partners/company.html", told)


@require_http_methods(["GET", "POST"])
def create(request: HttpRequest) -> HttpResponse:
    """Open a cabinet."""
    form = CompanyForm(request.POST or None, regions=region_choices(), new=True)
    made: list[Any] = []
    if request.method == "POST" and carried_out(form, lambda t: made.append(create_company(now=clock.now(), **t))):
        return redirect("desk_partners:company", made[0].pk)
    return render(request, "desk/partners/company_form.html", {"form": form}, status=status_of(form))


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, company_id: int) -> HttpResponse:
    """Change what it is."""
    company = found(company_id)
    names = ("name", "is_buyer", "is_seller", "is_distributor", "region_id", "time_zone")
    kept = {name: getattr(company, name) for name in names}
    form = CompanyForm(request.POST or None, initial=kept, regions=region_choices(), new=False)

    def keep(told: dict[str, Any]) -> None:
        change_company(company_id=company_id, now=clock.now(), **told)

    if request.method == "POST" and carried_out(form, keep):
        return redirect("desk_partners:company", company_id)
    return render(
        request, "desk/partners/company_form.html", {"form": form, "company": company}, status=status_of(form)
    )


@require_POST
def block(request: HttpRequest, company_id: int) -> HttpResponse:
    """Block (`blocked=1`) or unblock."""
    block_company(company_id=company_id, blocked=request.POST.get("blocked") == "1", now=clock.now())
    return redirect("desk_partners:company", company_id)


def found(company_id: int) -> Any:
    """The company, or 404."""
    company = company_with(company_id)
    if company is None:
        raise Http404
    return company


def region_choices() -> list[tuple[int, str]]:
    """Regions for a form."""
    return [(r.pk, r.name) for r in regions()]
