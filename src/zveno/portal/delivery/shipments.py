"""Parcels under way, for the buyer and for the seller: the list, late ones on top, and one parcel's way (O26)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from zveno.base import files
from zveno.base.clock import now, today_at
from zveno.base.downloads import download_of, workbook_of
from zveno.base.scope import Section
from zveno.base.sheets import Value
from zveno.delivery.actions.book_segment import book_again, cancel_parcel
from zveno.delivery.actions.record_tracking import say_of_parcel, set_tracking_number
from zveno.delivery.queries.carriers import carrier_names
from zveno.delivery.queries.parcels import ParcelFilter, parcel_list, parcel_with, shown_rows
from zveno.delivery.rules.tracking import ParcelState
from zveno.delivery.sheets import PARCEL_COLUMNS, parcel_cells
from zveno.delivery.shown import parcel_states, parcel_word
from zveno.partners.rules.roles import Right
from zveno.portal.delivery.asking import actor_of, number_of
from zveno.ui.pages import Chip, read_page, replaced
from zveno.ui.typed import date_of

_MOST_EXPORTED = 10_000
# What a manager may say of a parcel that no system follows.
_SAYABLE = (
    ParcelState.ACCEPTED,
    ParcelState.UNDER_WAY,
    ParcelState.ARRIVED,
    ParcelState.READY,
    ParcelState.WITH_COURIER,
    ParcelState.DELIVERED,
    ParcelState.RETURNED,
    ParcelState.PROBLEM,
)


@require_GET
def show_list(request: HttpRequest) -> HttpResponse:
    """Parcels by the filters of the address; late ones stand on top."""
    actor, selling = actor_of(request), _selling(request)
    today = today_at(actor.time_zone)
    wanted, chips = _asked(request)
    space = "sent" if selling else "brought"
    page = read_page(
        query=request.GET,
        rows=parcel_list(wanted=wanted, today=today),
        chips=chips,
        export_url=reverse(f"{space}:shipments-xlsx"),
    )
    told: dict[str, Any] = {
        "page": _with_rows(page),
        "today": today,
        "selling": selling,
        "text": wanted.search,
        "states": [
            ("open", _("Under way"), wanted.state == "open"),
            ("late", _("Late"), wanted.state == "late"),
            ("all", _("All"), wanted.state == "all"),
            *((key, word, key == wanted.state) for key, word in parcel_states()),
        ],
        "list_url": reverse(f"{space}:shipments"),
        "parcel_url": f"{space}:shipment",
        "order_url": "selling:order" if selling else "buying:order",
    }
    whole = "portal/delivery/shipments.html"
    return render(request, "delivery/parcels_found.html" if request.headers.get("HX-Request") else whole, told)


@require_GET
def export_list(request: HttpRequest) -> FileResponse:
    """The filtered list as a spreadsheet."""
    today = today_at(actor_of(request).time_zone)
    wanted, _chips = _asked(request)
    found = list(parcel_list(wanted=wanted, today=today)[:_MOST_EXPORTED])

    def cells() -> Iterator[list[Value]]:
        return (parcel_cells(parcel, today) for parcel in shown_rows(found))

    return workbook_of(_("Shipments"), _("Shipments"), PARCEL_COLUMNS, cells())


@require_GET
def show(request: HttpRequest, parcel_id: int) -> HttpResponse:
    """One parcel with everything said of it; its seller may act."""
    actor, selling = actor_of(request), _selling(request)
    parcel = parcel_with(parcel_id=parcel_id)
    if parcel is None:
        raise Http404
    acts = selling and Right.SALES_DECIDE in actor.rights
    told = {
        "parcel": parcel,
        "today": today_at(actor.time_zone),
        "selling": selling,
        "list_url": "sent:shipments" if selling else "brought:shipments",
        "order_url": "selling:order" if selling else "buying:order",
        "may_say": acts and not parcel.is_over,
        "may_cancel": acts and parcel.state in (ParcelState.BOOKING, ParcelState.BOOKED, ParcelState.PROBLEM),
        "may_try": acts and not parcel.reference and parcel.state is ParcelState.PROBLEM,
        "sayable": [(state.value, parcel_word(state)) for state in _SAYABLE],
    }
    return render(request, "portal/delivery/shipment.html", told)


@require_GET
def label(request: HttpRequest, parcel_id: int) -> StreamingHttpResponse:
    """The paper to be glued onto a parcel."""
    parcel = parcel_with(parcel_id=parcel_id)
    stored = files.visible_file(parcel.label_id) if parcel and parcel.label_id else None
    if stored is None:
        raise Http404
    return download_of(stored)


@require_POST
def say(request: HttpRequest, parcel_id: int) -> HttpResponse:
    """Say how far a parcel is, and when it is expected."""
    try:
        state = ParcelState(request.POST.get("state", ""))
    except ValueError as unknown:
        raise Http404 from unknown
    if state not in _SAYABLE:
        raise Http404
    say_of_parcel(parcel_id=parcel_id, state=state, on=date_of(request.POST.get("expected_on", "")), now=now())
    return redirect("sent:shipment", parcel_id)


@require_POST
def set_number(request: HttpRequest, parcel_id: int) -> HttpResponse:
    """Enter the number of the waybill."""
    set_tracking_number(parcel_id=parcel_id, number=request.POST.get("number", ""), now=now())
    return redirect("sent:shipment", parcel_id)


@require_POST
def cancel(request: HttpRequest, parcel_id: int) -> HttpResponse:
    """Call a parcel off."""
    cancel_parcel(parcel_id=parcel_id, now=now())
    return redirect("sent:shipment", parcel_id)


@require_POST
def try_again(request: HttpRequest, parcel_id: int) -> HttpResponse:
    """Try a refused booking again."""
    book_again(parcel_id=parcel_id, now=now())
    return redirect("sent:shipment", parcel_id)


def _selling(request: HttpRequest) -> bool:
    return actor_of(request).scope.section is Section.SELLING


def _asked(request: HttpRequest) -> tuple[ParcelFilter, list[Chip]]:
    query = request.GET
    state = query.get("state", "open")
    known = {"open", "late", "all", *(key for key, _word in parcel_states())}
    wanted = ParcelFilter(
        search=query.get("q", "")[:100],
        state=state if state in known else "open",
        carrier_id=number_of(query.get("carrier")),
        entity_id=number_of(query.get("entity")),
    )
    chips = []
    if wanted.carrier_id is not None:
        name = carrier_names([wanted.carrier_id]).get(wanted.carrier_id)
        chips.append(Chip(_("Carrier"), name.name if name else "", replaced(query, carrier=None)))
    return wanted, chips


def _with_rows(page: Any) -> Any:
    return replace(page, rows=shown_rows(page.rows))
