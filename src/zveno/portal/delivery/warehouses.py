"""Where the seller's warehouses stand, and the attribute by which goods are fragile."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zveno.base.clock import now
from zveno.delivery.actions.place_warehouse import place_warehouse, set_fragile_attribute
from zveno.delivery.errors import PlaceDoubtful, PlaceUnknown
from zveno.delivery.queries.carriers import fragile_attribute, spots_of
from zveno.delivery.queries.places import PlaceValue, places_with, read_address
from zveno.partners.rules.roles import Right
from zveno.portal.delivery.asking import actor_of, number_of
from zveno.portal.delivery.carriers import TABS
from zveno.portal.delivery.forms import WarehouseForm
from zveno.stock.queries.warehouses import warehouses_of
from zveno.ui.forms import carried_out, status_of


@require_GET
def show_list(request: HttpRequest) -> HttpResponse:
    """All warehouses with where they stand."""
    actor = actor_of(request)
    language = translation.get_language() or "en"
    spots = spots_of(seller_id=actor.company_id)
    rows = [
        (house, spots.get(house.id), spots[house.id].place.shown(language) if house.id in spots else "")
        for house in warehouses_of(seller_id=actor.company_id)
    ]
    told = {
        "rows": rows,
        "tabs": TABS,
        "fragile": fragile_attribute(seller_id=actor.company_id),
        "may_manage": Right.SALES_DECIDE in actor.rights,
    }
    return render(request, "portal/delivery/warehouses.html", told)


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, warehouse_id: int) -> HttpResponse:
    """Where one warehouse stands."""
    actor = actor_of(request)
    house = next((one for one in warehouses_of(seller_id=actor.company_id) if one.id == warehouse_id), None)
    if house is None:
        raise Http404
    spot = spots_of(seller_id=actor.company_id).get(warehouse_id)
    initial = {"address": f"{spot.place.name}, {spot.address}".rstrip(", "), "contact": spot.contact,
               "phone": spot.phone, "hours": spot.hours} if spot else {"address": ""}  # fmt: skip
    form = WarehouseForm(request.POST or None, initial=initial)
    doubt: list[PlaceValue] = []

    def save(told: dict[str, Any]) -> None:
        reading = read_address(told["address"], chosen=number_of(request.POST.get("place")))
        place_id = reading.place_id
        if place_id is None and reading.candidates:
            known = places_with(reading.candidates)
            doubt.extend(known[id_] for id_ in reading.candidates if id_ in known)
            raise PlaceDoubtful(typed=told["address"][:80], field="address")
        if place_id is None:
            raise PlaceUnknown(typed=told["address"][:80], field="address")
        place_warehouse(
            seller_id=actor.company_id,
            warehouse_id=warehouse_id,
            place_id=place_id,
            address=reading.street,
            contact=told["contact"],
            phone=told["phone"],
            hours=told["hours"],
            now=now(),
        )

    if request.method == "POST" and carried_out(form, save):
        return redirect("carriers:warehouses")
    language = translation.get_language() or "en"
    told = {"form": form, "house": house, "doubt": [(place.id, place.shown(language)) for place in doubt]}
    return render(request, "portal/delivery/warehouse.html", told, status=status_of(form))


@require_POST
def set_fragile(request: HttpRequest) -> HttpResponse:
    """Name the attribute of fragile goods."""
    attribute = request.POST.get("fragile", "").strip()[:200]
    set_fragile_attribute(seller_id=actor_of(request).company_id, attribute=attribute, now=now())
    return HttpResponse(status=204)
