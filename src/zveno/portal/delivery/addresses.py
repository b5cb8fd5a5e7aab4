"""Delivery addresses of a legal entity: typed as people do; a doubtful city is asked about."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zveno.base.clock import now
from zveno.delivery.actions.save_address import AddressWords, archive_address, save_address
from zveno.delivery.errors import PlaceDoubtful
from zveno.delivery.queries.addresses import AddressValue, address_with, addresses_of
from zveno.delivery.queries.places import PlaceValue, places_like, places_with
from zveno.partners.queries.actors import Actor, EntityValue
from zveno.partners.queries.parties import buyer_with
from zveno.portal.delivery.asking import actor_of, number_of
from zveno.ui.forms import carried_out, status_of


class AddressForm(forms.Form):
    """An address as it is typed."""

    typed = forms.CharField(
        label=_("Address"),
        max_length=500,
        help_text=_("City, street, house; a postcode if you know it. For example: Vladivostok, Svetlanskaya 33."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    label = forms.CharField(
        label=_("What you call it"), max_length=120, required=False, help_text=_("Such as “Shop on the quay”.")
    )
    contact = forms.CharField(label=_("Who takes the goods"), max_length=200, required=False)
    phone = forms.CharField(
        label=_("Phone"), max_length=40, required=False, help_text=_("Carriers take no parcel without it.")
    )
    hours = forms.CharField(label=_("Working hours"), max_length=200, required=False)
    is_default = forms.BooleanField(label=_("Offer it first"), required=False)


@require_GET
def show_list(request: HttpRequest, entity_id: int) -> HttpResponse:
    """The addresses of one entity."""
    entity = _entity(request, entity_id)
    return render(
        request,
        "portal/delivery/addresses.html",
        {"entity": entity, "addresses": addresses_of(entity_ids=[entity_id])},
    )


@require_http_methods(["GET", "POST"])
def create(request: HttpRequest, entity_id: int) -> HttpResponse:
    """A new address; the entity's old text of an address is offered for the first one."""
    entity = _entity(request, entity_id)
    known = addresses_of(entity_ids=[entity_id])
    buyer = buyer_with(entity_id=entity_id) if not known else None
    initial = {"typed": buyer.delivery_address if buyer else "", "is_default": not known}
    return _form(request, entity, None, initial)


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, address_id: int) -> HttpResponse:
    """Correct an address. Orders that were placed keep the text that they were placed with."""
    address = address_with(address_id=address_id)
    if address is None:
        raise Http404
    entity = _entity(request, address.entity_id)
    initial = {
        "typed": address.typed or address.text,
        "label": address.label,
        "contact": address.contact,
        "phone": address.phone,
        "hours": address.hours,
        "is_default": address.is_default,
    }
    return _form(request, entity, address, initial)


@require_POST
def archive(request: HttpRequest, address_id: int) -> HttpResponse:
    """Take an address out of use."""
    actor, address = actor_of(request), address_with(address_id=address_id)
    if address is None:
        raise Http404
    entity = _entity(request, address.entity_id)
    archive_address(company_id=actor.company_id, entity_id=entity.id, address_id=address_id, now=now())
    return redirect("brought:addresses", entity.id)


@require_GET
def suggest(request: HttpRequest) -> HttpResponse:
    """Places that a few letters may mean, as options."""
    return options(request)


def options(request: HttpRequest) -> HttpResponse:
    """The same for whoever chooses a place by name."""
    language = translation.get_language() or "en"
    found = places_like(text=request.GET.get("q", "")[:80])
    return render(
        request, "portal/delivery/place_options.html", {"options": [(p.id, p.shown(language)) for p in found]}
    )


def _form(
    request: HttpRequest, entity: EntityValue, address: AddressValue | None, initial: dict[str, Any]
) -> HttpResponse:
    actor = actor_of(request)
    form = AddressForm(request.POST or None, initial=initial)
    doubt: list[PlaceValue] = []

    def save(told: dict[str, Any]) -> None:
        try:
            _save(actor, entity, address, told, number_of(request.POST.get("place")))
        except PlaceDoubtful as fault:
            ids = [int(id_) for id_ in str(fault.params["candidates"]).split(",")]
            known = places_with(ids)
            doubt.extend(known[id_] for id_ in ids if id_ in known)
            raise

    if request.method == "POST" and carried_out(form, save):
        if request.GET.get("next") == "cart":
            return redirect("buying:cart")
        return redirect("brought:addresses", entity.id)
    language = translation.get_language() or "en"
    told = {
        "form": form,
        "entity": entity,
        "address": address,
        "doubt": [(place.id, place.shown(language)) for place in doubt],
        "next": "cart" if request.GET.get("next") == "cart" else "",
    }
    return render(request, "portal/delivery/address.html", told, status=status_of(form))


def _save(
    actor: Actor, entity: EntityValue, address: AddressValue | None, told: dict[str, Any], place_id: int | None
) -> None:
    words = AddressWords(told["typed"], told["label"], told["contact"], told["phone"], told["hours"])
    # An address whose text stands as it was keeps the place that was chosen for it.
    if place_id is None and address is not None and told["typed"] == (address.typed or address.text):
        place_id = address.place.id
    save_address(
        company_id=actor.company_id,
        entity_id=entity.id,
        address_id=address.id if address else None,
        words=words,
        place_id=place_id,
        is_default=told["is_default"],
        now=now(),
    )


def _entity(request: HttpRequest, entity_id: int) -> EntityValue:
    found = next((entity for entity in actor_of(request).entities if entity.id == entity_id), None)
    if found is None:
        raise Http404
    return found
