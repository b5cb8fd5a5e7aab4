"""A seller's credit: what happens over the limit, and limits of single clients."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from zveno.base.clock import now
from zveno.finance.actions.set_credit_limit import set_credit_limit
from zveno.finance.actions.set_credit_policy import set_credit_policy
from zveno.finance.queries.credit import credit_policy, policy_history
from zveno.partners.rules.roles import Right
from zveno.portal.money.clients import client_told
from zveno.portal.money.forms import LimitForm, PolicyForm
from zveno.portal.money.sides import Side, side_of
from zveno.ui import deeds
from zveno.ui.forms import carried_out, status_of


@require_GET
def show(request: HttpRequest) -> HttpResponse:
    """The choice as it stands, with its history."""
    side = side_of(request)
    policy = credit_policy(seller_id=side.actor.company_id)
    fields = {
        "over_limit": policy.over_limit.value,
        "when_overdue": policy.when_overdue.value,
        "grace_days": policy.grace_days,
    }
    return render(request, "portal/money/credit.html", _told(side, PolicyForm(initial=fields)))


@require_POST
def set_policy(request: HttpRequest) -> HttpResponse:
    """Keep the choice."""
    side = side_of(request)
    form = PolicyForm(request.POST)

    def keep(told: dict[str, Any]) -> None:
        set_credit_policy(seller_id=side.actor.company_id, now=now(), **told)

    if carried_out(form, keep):
        return redirect("client_money:credit")
    return render(request, "portal/money/credit.html", _told(side, form), status=status_of(form))


@require_POST
def set_limit(request: HttpRequest, entity_id: int) -> HttpResponse:
    """Keep a limit of the client's entity or company."""
    side = side_of(request)
    form = LimitForm(request.POST)
    told = client_told(side, entity_id, form)
    client: Any = told["client"]

    def keep(given: dict[str, Any]) -> None:
        set_credit_limit(
            seller_id=side.actor.company_id,
            company_id=client.company_id,
            entity_id=entity_id if given["whose"] == "entity" else None,
            amount=given["amount"],
            reason=given["reason"],
            today=side.today,
            now=now(),
        )

    if carried_out(form, keep):
        return redirect("client_money:client", entity_id)
    return render(request, "portal/money/client.html", told, status=status_of(form))


def _told(side: Side, form: PolicyForm) -> dict[str, Any]:
    return {
        "side": side,
        "form": form,
        "may_decide": Right.SALES_DECIDE in side.actor.rights,
        "events": deeds.events(policy_history(seller_id=side.actor.company_id)),
    }
