"""How the seller shows and promises its supply: policy, and to whom each warehouse is open."""

from __future__ import annotations

from dataclasses import replace

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from zveno.base.clock import now
from zveno.partners.queries.actors import Actor
from zveno.partners.queries.clients import ClientValue, clients_of
from zveno.partners.queries.companies import regions
from zveno.partners.rules.roles import Right
from zveno.stock.actions.change_policy import change_policy
from zveno.stock.actions.open_warehouse import close_opening, open_warehouse
from zveno.stock.queries.openings import openings_of
from zveno.stock.queries.policies import policy_of
from zveno.stock.rules.policy import Policy
from zveno.stock.rules.words import Confidence, Figures, Opens, Promising
from zveno.stock.shown import CONFIDENCES, FIGURES, OPENS, PROMISING
from zveno.ui.typed import quantity_of

_AS = {Confidence.CONFIRMED: "confirmed_as", Confidence.PLANNED: "planned_as", Confidence.PRODUCED: "produced_as"}
_SUGGESTED = 10


@require_GET
def show(request: HttpRequest) -> HttpResponse:
    """The policy and the warehouses with their exceptions."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    policy = policy_of(seller_id=actor.company_id)
    told = {
        "policy": policy,
        "confidences": [(_AS[one], CONFIDENCES[one][0], policy.promising(one).value) for one in Confidence],
        "promising": [(one.value, PROMISING[one]) for one in Promising],
        "opens": [(one.value, OPENS[one]) for one in Opens],
        "figures": [(one.value, FIGURES[one]) for one in Figures],
        "places": [
            (place, [(one, OPENS[one.opens], FIGURES[one.figures]) for one in place.exceptions])
            for place in openings_of(seller_id=actor.company_id)
        ],
        "may_change": Right.SALES_DECIDE in actor.rights,
    }
    return render(request, "portal/selling/supply_settings.html", told)


@require_GET
def suggest(request: HttpRequest) -> HttpResponse:
    """Regions and clients for the field that says of whom an exception speaks."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    text = request.GET.get("q", "").strip().casefold()
    near = [(f"r{one.pk}", one.name, _("region")) for one in regions() if text in one.name.casefold()]
    clients = clients_of(seller_id=actor.company_id, time_zone=actor.time_zone)
    own = [(f"e{one.entity_id}", one.entity_name, one.inn) for one in clients if _is_client(one, text)]
    half = _SUGGESTED // 2
    rows = [*near[: max(half, _SUGGESTED - len(own))], *own][:_SUGGESTED] if text else []
    return render(request, "portal/selling/whom_options.html", {"rows": rows})


@require_POST
def save(request: HttpRequest) -> HttpResponse:
    """Save the policy."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    before = policy_of(seller_id=actor.company_id)
    change_policy(seller_id=actor.company_id, policy=_policy(request, before), now=now())
    messages.success(request, _("Saved"))
    return redirect("selling:stock-settings")


@require_POST
def open_place(request: HttpRequest) -> HttpResponse:
    """Save what a warehouse is to all, to a region, or to one client."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    opens = next((one for one in Opens if one.value == request.POST.get("opens")), None)
    figures = next((one for one in Figures if one.value == request.POST.get("figures")), None)
    if opens is None or figures is None:
        raise Http404
    if "whom" in request.POST and _whom(request) == (None, None):
        messages.error(request, _("Choose the region or the client from the list."))
        return redirect("selling:stock-settings")
    region_id, entity_id = _whom(request)
    open_warehouse(
        seller_id=actor.company_id,
        warehouse_id=_warehouse(request),
        opens=opens,
        figures=figures,
        region_id=region_id,
        entity_id=entity_id,
        now=now(),
    )
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204)
    return redirect("selling:stock-settings")


@require_POST
def close_place(request: HttpRequest) -> HttpResponse:
    """Take an exception back."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    region_id, entity_id = _whom(request)
    close_opening(
        seller_id=actor.company_id,
        warehouse_id=_warehouse(request),
        region_id=region_id,
        entity_id=entity_id,
        now=now(),
    )
    return redirect("selling:stock-settings")


def _policy(request: HttpRequest, before: Policy) -> Policy:
    told = request.POST
    stale = told.get("stale_after_hours", "").strip()
    return replace(
        before,
        confirmed_as=_way(told.get("confirmed_as"), before.confirmed_as),
        planned_as=_way(told.get("planned_as"), before.planned_as),
        produced_as=_way(told.get("produced_as"), before.produced_as),
        few_below=quantity_of(told.get("few_below", "")),
        many_from=quantity_of(told.get("many_from", "")),
        stale_after_hours=int(quantity_of(stale)) if stale else None,
        shortage_grace_minutes=int(quantity_of(told.get("shortage_grace_minutes", ""))),
    )


def _way(told: str | None, before: Promising) -> Promising:
    return next((one for one in Promising if one.value == told), before)


def _is_client(client: ClientValue, text: str) -> bool:
    return any(text in word.casefold() for word in (client.entity_name, client.company_name, client.inn))


def _warehouse(request: HttpRequest) -> int:
    number = request.POST.get("warehouse", "")
    if not (number.isascii() and number.isdigit() and len(number) < 15):
        raise Http404
    return int(number)


def _whom(request: HttpRequest) -> tuple[int | None, int | None]:
    """`whom` is `r12` for a region, `e7` for a client's entity; none of both for all."""
    whom = request.POST.get("whom", "")
    kind, number = whom[:1], whom[1:]
    if kind not in ("r", "e") or not (number.isascii() and number.isdigit() and len(number) < 15):
        return None, None
    return (int(number), None) if kind == "r" else (None, int(number))
