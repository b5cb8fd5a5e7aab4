"""Who decides for whom: everybody names their own substitute, the head anybody's."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from zveno.base import clock
from zveno.orders.actions.approval.keep_substitute import name_substitute, remove_substitute
from zveno.orders.queries.approval.substitutes import substitutes_of
from zveno.partners.rules.roles import Right
from zveno.portal.company.approval_forms import SubstituteForm
from zveno.portal.company.approval_tabs import approval_tabs
from zveno.portal.company.approvals import own, people_of
from zveno.ui.forms import carried_out, status_of


@require_http_methods(["GET", "POST"])
def show(request: HttpRequest) -> HttpResponse:
    """The substitutions that are not over, and a form for one more."""
    actor = own(request)
    manages = Right.MEMBERS_MANAGE in actor.rights
    today, people = clock.today_at(actor.time_zone), people_of(actor)
    away = people if manages else [(actor.user_id, actor.user_name)]
    form = SubstituteForm(request.POST or None, away=away, people=people, initial={"user_id": actor.user_id})

    def name(told: dict[str, Any]) -> None:
        name_substitute(actor=actor, now=clock.now(), **told)

    if request.method == "POST" and carried_out(form, name):
        return redirect("company:approval-substitutes")
    told = {
        "tabs": approval_tabs(actor),
        "substitutes": substitutes_of(actor.company_id, today=today, user_id=None if manages else actor.user_id),
        "form": form,
        "manages": manages,
        "today": today,
    }
    return render(request, "portal/company/approval_substitutes.html", told, status=status_of(form))


@require_POST
def remove(request: HttpRequest, substitution_id: int) -> HttpResponse:
    """End a substitution."""
    remove_substitute(actor=own(request), substitution_id=substitution_id, now=clock.now())
    return redirect("company:approval-substitutes")
