"""Zones that tariffs go by."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zveno.base.clock import now, today_at
from zveno.delivery.actions.save_zone import remove_zone, save_zone
from zveno.delivery.queries.carriers import carriers_of, zone_lines, zone_with, zones_of_seller
from zveno.delivery.queries.places import regions
from zveno.partners.rules.roles import Right
from zveno.portal.delivery.asking import actor_of, number_of
from zveno.portal.delivery.carriers import TABS
from zveno.portal.delivery.forms import ZoneForm
from zveno.ui.forms import carried_out, status_of


@require_GET
def show_list(request: HttpRequest) -> HttpResponse:
    """All zones of the seller."""
    actor = actor_of(request)
    told = {
        "zones": zones_of_seller(seller_id=actor.company_id),
        "tabs": TABS,
        "may_manage": Right.SALES_DECIDE in actor.rights,
    }
    return render(request, "portal/delivery/zones.html", told)


@require_http_methods(["GET", "POST"])
def create(request: HttpRequest) -> HttpResponse:
    """A new zone."""
    actor = actor_of(request)
    carriers = carriers_of(seller_id=actor.company_id, on=today_at(actor.time_zone))
    choices = [(str(carrier.id), carrier.name) for carrier in carriers]
    form = ZoneForm(request.POST or None, carriers=choices)

    def save(told: dict[str, Any]) -> None:
        _save(actor.company_id, None, told, number_of(told.get("carrier")))

    if request.method == "POST" and carried_out(form, save):
        return redirect("carriers:zones")
    return render(request, "portal/delivery/zone.html", {"form": form}, status=status_of(form))


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, zone_id: int) -> HttpResponse:
    """One zone: its name and entries."""
    actor = actor_of(request)
    zone = zone_with(zone_id=zone_id)
    if zone is None:
        raise Http404
    lines = "\n".join(zone_lines(zone_id=zone_id, regions=regions()))
    form = ZoneForm(request.POST or None, initial={"name": zone.name, "lines": lines}, carriers=[])

    def save(told: dict[str, Any]) -> None:
        _save(actor.company_id, zone_id, told, None)

    if request.method == "POST" and carried_out(form, save):
        return redirect("carriers:zones")
    return render(request, "portal/delivery/zone.html", {"form": form, "zone": zone}, status=status_of(form))


@require_POST
def remove(request: HttpRequest, zone_id: int) -> HttpResponse:
    """Take out a zone that no tariff goes by."""
    remove_zone(seller_id=actor_of(request).company_id, zone_id=zone_id, now=now())
    return redirect("carriers:zones")


def _save(seller_id: int, zone_id: int | None, told: dict[str, Any], carrier_id: int | None) -> None:
    save_zone(
        seller_id=seller_id,
        zone_id=zone_id,
        carrier_id=carrier_id,
        name=told["name"].strip(),
        lines=told["lines"].splitlines(),
        now=now(),
    )
