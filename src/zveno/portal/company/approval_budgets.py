"""Budgets of the company: how far each is used, set and lifted."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zveno.base import clock
from zveno.orders.actions.approval.keep_budget import keep_budget, remove_budget
from zveno.orders.labels import PERIODS
from zveno.orders.pages import shown_budget
from zveno.orders.queries.approval.budgets import BudgetValue, budget_states, budgets_of
from zveno.orders.rules.approval.budgets import BudgetPeriod
from zveno.partners.queries.actors import Actor
from zveno.partners.queries.entities import entities_of
from zveno.portal.company.approval_forms import BudgetForm
from zveno.portal.company.approval_tabs import approval_tabs
from zveno.portal.company.approvals import currencies_of, own, people_of
from zveno.ui.forms import carried_out, status_of


@require_GET
def show(request: HttpRequest) -> HttpResponse:
    """Each budget with its bar for the present period."""
    actor = own(request)
    budgets = budgets_of(actor.company_id)
    today = clock.today_at(actor.time_zone)
    states = budget_states(budgets, company_id=actor.company_id, today=today, time_zone=actor.time_zone)
    rows = [
        (budget, PERIODS[budget.period], shown_budget(state, Decimal(0)))
        for budget, state in zip(budgets, states, strict=True)
    ]
    return render(request, "portal/company/approval_budgets.html", {"tabs": approval_tabs(actor), "rows": rows})


@require_http_methods(["GET", "POST"])
def make(request: HttpRequest) -> HttpResponse:
    """A new budget."""
    return _edit(request, own(request), None)


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, budget_id: int) -> HttpResponse:
    """A budget that is there."""
    actor = own(request)
    budget = next((one for one in budgets_of(actor.company_id) if one.id == budget_id), None)
    if budget is None:
        raise Http404
    return _edit(request, actor, budget)


@require_POST
def remove(request: HttpRequest, budget_id: int) -> HttpResponse:
    """Lift the budget."""
    remove_budget(company_id=own(request).company_id, budget_id=budget_id, now=clock.now())
    return redirect("company:approval-budgets")


def _edit(request: HttpRequest, actor: Actor, budget: BudgetValue | None) -> HttpResponse:
    form = BudgetForm(
        request.POST or None,
        entities=[(entity.pk, entity.name) for entity in entities_of(actor.company_id)],
        people=people_of(actor),
        currencies=currencies_of(actor),
        initial=_initial(budget) if budget else None,
    )

    def keep(told: dict[str, Any]) -> None:
        owner = told["owner"]
        keep_budget(
            company_id=actor.company_id,
            budget_id=budget.id if budget else None,
            entity_id=int(owner[1:]) if owner.startswith("e") else None,
            user_id=int(owner[1:]) if owner.startswith("u") else None,
            period=BudgetPeriod(told["period"]),
            amount=told["amount"],
            currency=told["currency"],
            now=clock.now(),
        )

    if request.method == "POST" and carried_out(form, keep):
        return redirect("company:approval-budgets")
    told = {"form": form, "budget": budget}
    return render(request, "portal/company/approval_budget.html", told, status=status_of(form))


def _initial(budget: BudgetValue) -> dict[str, Any]:
    owner = f"e{budget.entity_id}" if budget.entity_id is not None else f"u{budget.user_id}"
    return {"owner": owner, "period": budget.period.value, "amount": budget.amount, "currency": budget.currency}
