"""The seller's carriers: the list, one carrier with its terms, surcharges, account and the address of its messages."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zveno.base.audit import history_of
from zveno.base.clock import now, today_at
from zveno.base.sealed import SealBroken
from zveno.delivery.actions.save_carrier import save_carrier
from zveno.delivery.actions.set_carrier_account import renew_webhook_secret, set_carrier_account
from zveno.delivery.actions.set_carrier_terms import set_carrier_terms
from zveno.delivery.actions.set_surcharge import set_surcharge
from zveno.delivery.ports import carrier_plugin
from zveno.delivery.queries.carriers import (
    CarrierValue,
    account_of,
    carrier_names,
    carrier_with,
    carriers_of,
    surcharges_of,
    tariff_counts,
    terms_history,
)
from zveno.delivery.rules.tariffs import Extra, Surcharge
from zveno.delivery.shown import EXTRAS, kind_words, kinds, weekday_words
from zveno.partners.rules.roles import Right
from zveno.portal.delivery.asking import actor_of
from zveno.portal.delivery.forms import AccountForm, CarrierForm, SurchargeForm, TermsForm
from zveno.ui import deeds
from zveno.ui.forms import carried_out, status_of
from zveno.ui.navigation import Item

TABS = [
    Item("carriers", _("Carriers"), "carriers:carriers"),
    Item("zones", _("Zones"), "carriers:zones"),
    Item("warehouses", _("Warehouses"), "carriers:warehouses"),
]


@require_GET
def show_list(request: HttpRequest) -> HttpResponse:
    """Who carries for the seller."""
    actor = actor_of(request)
    today = today_at(actor.time_zone)
    found = carriers_of(seller_id=actor.company_id, on=today)
    counts = tariff_counts(seller_id=actor.company_id, on=today)
    rows = [(one, kind_words(one.kind), counts.get(one.id, 0), weekday_words(one.terms.weekdays)) for one in found]
    told = {"rows": rows, "tabs": TABS, "may_manage": Right.SALES_DECIDE in actor.rights}
    return render(request, "portal/delivery/carriers.html", told)


@require_http_methods(["GET", "POST"])
def create(request: HttpRequest) -> HttpResponse:
    """A new carrier."""
    actor = actor_of(request)
    form = CarrierForm(request.POST or None, kinds=kinds())
    made: list[int] = []

    def save(told: dict[str, Any]) -> None:
        made.append(save_carrier(seller_id=actor.company_id, carrier_id=None, now=now(), **told).pk)

    if request.method == "POST" and carried_out(form, save):
        return redirect("carriers:carrier", made[0])
    return render(request, "portal/delivery/carrier_new.html", {"form": form}, status=status_of(form))


@require_http_methods(["GET", "POST"])
def show(request: HttpRequest, carrier_id: int) -> HttpResponse:
    """One carrier; posting changes its name and how its parcels are shown."""
    carrier = _carrier(request, carrier_id)
    form = CarrierForm(request.POST or None, initial=_as_initial(carrier), kinds=[])

    def save(told: dict[str, Any]) -> None:
        save_carrier(seller_id=carrier.seller_id, carrier_id=carrier_id, kind=carrier.kind, now=now(), **told)

    if request.method == "POST" and carried_out(form, save):
        return redirect("carriers:carrier", carrier_id)
    return _page(request, carrier, form=form)


@require_POST
def set_terms(request: HttpRequest, carrier_id: int) -> HttpResponse:
    """How the carrier counts from a day on."""
    carrier = _carrier(request, carrier_id)
    form = TermsForm(request.POST)

    def save(told: dict[str, Any]) -> None:
        valid_from = told.pop("valid_from")
        set_carrier_terms(
            seller_id=carrier.seller_id, carrier_id=carrier_id, terms=told, valid_from=valid_from, now=now()
        )

    if carried_out(form, save):
        return redirect("carriers:carrier", carrier_id)
    return _page(request, carrier, terms_form=form)


@require_POST
def set_extra(request: HttpRequest, carrier_id: int) -> HttpResponse:
    """A surcharge from a day on; without a sum and a percent it ends there."""
    carrier = _carrier(request, carrier_id)
    form = SurchargeForm(request.POST)

    def save(told: dict[str, Any]) -> None:
        extra = Extra(told["extra"])
        amount, percent = told["amount"] or Decimal(0), told["percent"] or Decimal(0)
        surcharge = Surcharge(extra, amount, percent, told["over_kg"], told["over_m3"]) if amount or percent else None
        set_surcharge(
            seller_id=carrier.seller_id,
            carrier_id=carrier_id,
            extra=extra,
            surcharge=surcharge,
            valid_from=told["valid_from"],
            now=now(),
        )

    if carried_out(form, save):
        return redirect("carriers:carrier", carrier_id)
    return _page(request, carrier, surcharge_form=form)


@require_POST
def set_account(request: HttpRequest, carrier_id: int) -> HttpResponse:
    """How the seller signs in with the carrier's system."""
    carrier = _carrier(request, carrier_id)
    plugin = carrier_plugin(carrier.kind)
    if plugin is None:
        raise Http404
    form = AccountForm(request.POST, plugin=plugin, known=_account(carrier_id))

    def save(told: dict[str, Any]) -> None:
        set_carrier_account(seller_id=carrier.seller_id, carrier_id=carrier_id, options=told, now=now())

    if carried_out(form, save):
        return redirect("carriers:carrier", carrier_id)
    return _page(request, carrier, account_form=form)


@never_cache
@require_POST
def renew_secret(request: HttpRequest, carrier_id: int) -> HttpResponse:
    """A new secret address for the carrier's messages, shown this once."""
    carrier = _carrier(request, carrier_id)
    secret = renew_webhook_secret(seller_id=carrier.seller_id, carrier_id=carrier_id, now=now())
    address = request.build_absolute_uri(f"/carriers/{secret}/")
    return _page(request, carrier, address=address)


def _page(request: HttpRequest, carrier: CarrierValue, **told: Any) -> HttpResponse:
    actor = actor_of(request)
    today = today_at(actor.time_zone)
    plugin = carrier_plugin(carrier.kind)
    row = carrier_names([carrier.id])[carrier.id]
    context: dict[str, Any] = {
        "carrier": carrier,
        "kind": kind_words(carrier.kind),
        "tabs": TABS,
        "has_tariff": carrier.kind != "pickup",
        "rows": tariff_counts(seller_id=carrier.seller_id, on=today).get(carrier.id, 0),
        "terms": carrier.terms,
        "weekdays": weekday_words(carrier.terms.weekdays),
        "terms_history": terms_history(carrier_id=carrier.id),
        "surcharges": [(one, EXTRAS[one.extra]) for one in surcharges_of(carrier_id=carrier.id)],
        "today": today,
        "plugin": plugin,
        "has_secret": bool(row.secret_sha256),
        "history": deeds.events(history_of(row)[:20]),
        "may_manage": Right.SALES_DECIDE in actor.rights,
        "form": CarrierForm(initial=_as_initial(carrier), kinds=[]),
        "terms_form": TermsForm(initial=_terms_initial(carrier) | {"valid_from": today}),
        "surcharge_form": SurchargeForm(initial={"valid_from": today}),
        "account_form": AccountForm(plugin=plugin, known=_account(carrier.id)) if plugin else None,
        **told,
    }
    wrong = [form for form in told.values() if isinstance(form, Form)]
    return render(
        request, "portal/delivery/carrier.html", context, status=max((status_of(form) for form in wrong), default=200)
    )


def _carrier(request: HttpRequest, carrier_id: int) -> CarrierValue:
    actor = actor_of(request)
    carrier = carrier_with(carrier_id=carrier_id, on=today_at(actor.time_zone))
    if carrier is None:
        raise Http404
    return carrier


def _account(carrier_id: int) -> dict[str, str]:
    try:
        return account_of(carrier_id=carrier_id)
    except SealBroken:
        return {}


def _as_initial(carrier: CarrierValue) -> dict[str, Any]:
    names = ("name", "note", "tracking_url", "position", "is_active")
    return {name: getattr(carrier, name) for name in names}


def _terms_initial(carrier: CarrierValue) -> dict[str, Any]:
    names = (
        "kg_per_m3", "cut_off_hour", "prepare_days", "days_work", "free_from", "vat_percent", "vat_included",
        "heaviest_piece_kg", "road_factor",
    )  # fmt: skip
    told = {name: getattr(carrier.terms, name) for name in names}
    return {**told, "weekdays": [str(day + 1) for day in sorted(carrier.terms.weekdays)]}
