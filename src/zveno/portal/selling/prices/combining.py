"""How a seller's discounts combine, how its prices are rounded, and its statuses."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.forms import BaseFormSet, formset_factory
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zveno.base.clock import now
from zveno.kit.errors import Fault
from zveno.kit.quantity import plain
from zveno.partners.queries.actors import Actor
from zveno.partners.rules.roles import Right
from zveno.portal.selling.prices.days import currency_of
from zveno.portal.selling.prices.forms import BandForm, CombinationForm, StandingForm
from zveno.portal.selling.prices.tabs import price_tabs
from zveno.pricing.actions.set_combination import set_combination
from zveno.pricing.actions.set_rounding import set_rounding
from zveno.pricing.actions.set_standing import set_standing
from zveno.pricing.queries.price_kinds import price_kinds_of
from zveno.pricing.queries.settings import combination_of, rounding_of
from zveno.pricing.queries.standings import StandingValue, standings_of
from zveno.pricing.rules.facts import Band, Mode, Way
from zveno.pricing.rules.standing import Test
from zveno.pricing.told import TESTS
from zveno.ui.forms import carried_out, status_of
from zveno.ui.words import explain

Bands = formset_factory(BandForm, extra=2, max_num=12)


@require_GET
def show(request: HttpRequest) -> HttpResponse:
    """The rules that hold now, each in a form that changes it from a day on."""
    return _page(request, request.actor)  # type: ignore[attr-defined]


@require_POST
def combine(request: HttpRequest) -> HttpResponse:
    """Let discounts combine in another way."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    form = _combination(actor, request)

    def keep(told: dict[str, Any]) -> None:
        mode = Mode(told.pop("mode"))
        set_combination(seller_id=actor.company_id, mode=mode, now=now(), **told)

    if carried_out(form, keep):
        return redirect("selling:price-rules")
    return _page(request, actor, status=422, combination=form)


@require_POST
def round_to(request: HttpRequest) -> HttpResponse:
    """Round prices in the seller's currency in another way, from now on."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    bands = Bands(request.POST, prefix="bands")
    problem = ""
    if bands.is_valid():
        told = [
            Band(one["from_amount"] or Decimal(0), one["step"], Way(one["way"]))
            for one in bands.cleaned_data
            if one.get("step")
        ]
        try:
            set_rounding(seller_id=actor.company_id, currency=currency_of(actor), bands=told, day=None, now=now())
            return redirect("selling:price-rules")
        except Fault as fault:
            problem = explain(fault)
    return _page(request, actor, status=422, bands=bands, bands_problem=problem)


@require_http_methods(["GET", "POST"])
def change_status(request: HttpRequest, standing_id: int | None = None) -> HttpResponse:
    """Make a status, or change what it takes and gives."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    known = standings_of(seller_id=actor.company_id, now=now())
    standing = next((one for one in known if one.id == standing_id), None)
    if standing_id is not None and standing is None:
        raise Http404
    form = StandingForm(request.POST or None, initial=_kept(standing) if standing else {"position": len(known)})

    def keep(told: dict[str, Any]) -> None:
        test = Test(told.pop("test"))
        least = told.pop("min_total") or Decimal(0)
        set_standing(seller_id=actor.company_id, standing_id=standing_id, test=test, min_total=least, now=now(), **told)

    if request.method == "POST" and carried_out(form, keep):
        return redirect("selling:price-rules")
    told = {"form": form, "standing": standing}
    return render(request, "portal/selling/prices/status_form.html", told, status=status_of(form))


def _page(request: HttpRequest, actor: Actor, *, status: int = 200, **more: Any) -> HttpResponse:
    told = {
        "tabs": price_tabs(),
        "combination": _combination(actor),
        "bands": _bands(actor),
        "currency": currency_of(actor),
        "standings": [(one, TESTS[one.test]) for one in reversed(standings_of(seller_id=actor.company_id, now=now()))],
        "may_change": Right.SALES_DECIDE in actor.rights,
        **more,
    }
    return render(request, "portal/selling/prices/rules.html", told, status=status)


def _combination(actor: Actor, request: HttpRequest | None = None) -> CombinationForm:
    known = combination_of(seller_id=actor.company_id, at=now())
    return CombinationForm(
        request.POST if request else None,
        initial={
            "mode": known.mode.value,
            "cap_percent": plain(known.cap_percent) if known.cap_percent is not None else None,
            "floor_kind_id": known.floor_kind_id,
        },
        kinds=[(kind.id, kind.name) for kind in price_kinds_of(seller_id=actor.company_id)],
    )


def _bands(actor: Actor) -> BaseFormSet[BandForm]:
    known = rounding_of(seller_id=actor.company_id, currency=currency_of(actor), at=now())
    return Bands(
        prefix="bands",
        initial=[{"from_amount": band.from_amount, "step": band.step, "way": band.way.value} for band in known],
    )


def _kept(standing: StandingValue) -> dict[str, Any]:
    names = ("name", "position", "min_total", "months", "credit_limit")
    return {**{name: getattr(standing, name) for name in names}, "test": standing.test.value}
