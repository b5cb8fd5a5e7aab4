"""All orders of all sellers in one window (K2, K18): read by the operator, decided by their sellers."""

from __future__ import annotations

from dataclasses import replace

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from zveno.base.clock import now, today_at
from zveno.base.downloads import workbook_of
from zveno.delivery.queries.order_delivery import order_delivery
from zveno.orders.actions.set_order_note import set_order_note
from zveno.orders.asked import AskedOrders, listed, read_orders
from zveno.orders.queries.order_list import OrderFilter, order_list, typed_filter
from zveno.orders.queries.order_page import order_page
from zveno.orders.sheets import LINE_COLUMNS, LIST_COLUMNS, line_cells, list_rows
from zveno.orders.shown_page import told_of
from zveno.partners.queries.actors import Actor
from zveno.partners.queries.companies import companies, regions, sellers
from zveno.ui.pages import Chip, replaced


@require_GET
def show_list(request: HttpRequest) -> HttpResponse:
    """Orders of every seller, searched and filtered by the address: seller, region of the buyer, state, period."""
    places = {region.pk: region.name for region in regions()}
    names = {seller.pk: seller.name for seller in sellers()}
    asked = _asked(request, names, places)
    page = listed(asked, export_url=reverse("desk_orders:orders-xlsx"))
    told = {
        "page": page,
        "asked": asked,
        "sellers": [(id_, name, id_ in asked.wanted.seller_ids) for id_, name in names.items()],
        "regions": [(id_, name, str(id_) == request.GET.get("region")) for id_, name in places.items()],
    }
    template = "desk/orders/found.html" if request.headers.get("HX-Request") else "desk/orders/list.html"
    return render(request, template, told)


@require_GET
def export_list(request: HttpRequest) -> FileResponse:
    """The filtered list as a spreadsheet."""
    names = {seller.pk: seller.name for seller in sellers()}
    asked = _asked(request, names, {region.pk: region.name for region in regions()})
    return workbook_of(_("Orders"), _("Orders"), LIST_COLUMNS, list_rows(asked.wanted, asked.sort))


@require_GET
def show(request: HttpRequest, order_id: int) -> HttpResponse:
    """One order, to be read."""
    page = order_page(order_id=order_id)
    if page is None:
        raise Http404
    actor: Actor = request.actor  # type: ignore[attr-defined]
    told = {
        "delivery": order_delivery(order_id=order_id),
        "today": today_at(actor.time_zone),
        "unit_kg": _("kg"),
        "note": page.order.note,
    }
    return render(request, "desk/orders/order.html", {**told_of(page, in_full=True), **told})


@require_POST
def note(request: HttpRequest, order_id: int) -> HttpResponse:
    """Save what the person notes for themselves."""
    set_order_note(order_id=order_id, text=request.POST.get("note", ""), now=now())
    return HttpResponse(status=204)


@require_GET
def export(request: HttpRequest, order_id: int) -> FileResponse:
    """The lines of the order as a spreadsheet."""
    page = order_page(order_id=order_id)
    if page is None:
        raise Http404
    number = page.order.number
    return workbook_of(number, number, LINE_COLUMNS, (line_cells(line) for line in page.lines))


@require_GET
def search(request: HttpRequest) -> HttpResponse:
    """Searching from the top of the page: one order is opened, several are listed."""
    text = request.GET.get("q", "").strip()[:200]
    found = order_list(wanted=_typed(request, text), per_page=2) if text else None
    if found is not None and found.count == 1:
        return redirect("desk_orders:order", found.rows[0].id)
    query = request.GET.copy()
    return redirect(reverse("desk_orders:orders") + "?" + query.urlencode())


@require_GET
def suggest(request: HttpRequest) -> HttpResponse:
    """Orders and companies that the words find, as options that lead to their pages."""
    text = request.GET.get("q", "").strip()[:120]
    orders = order_list(wanted=_typed(request, text), per_page=6).rows if text else ()
    partners = list(companies(text=text)[:5]) if text else []
    return render(request, "desk/orders/options.html", {"orders": orders, "partners": partners})


def _typed(request: HttpRequest, text: str) -> OrderFilter:
    zone = request.actor.time_zone  # type: ignore[attr-defined]
    return typed_filter(text, today=today_at(zone), time_zone=zone)


def _asked(request: HttpRequest, names: dict[int, str], places: dict[int, str]) -> AskedOrders:
    asked = read_orders(request.GET, request.actor, buying=False)  # type: ignore[attr-defined]
    wanted, chips = asked.wanted, list(asked.chips)
    seller_id, region_id = _one_of(request.GET.get("seller"), names), _one_of(request.GET.get("region"), places)
    if seller_id is not None:
        wanted = replace(wanted, seller_ids=(seller_id,))
        chips.append(Chip(_("Seller"), names[seller_id], replaced(request.GET, seller=None)))
    if region_id is not None:
        there = tuple(company.pk for company in companies(region_id=region_id))
        # No company there: no order either, rather than all of them.
        wanted = replace(wanted, buyer_company_ids=there or (0,))
        chips.append(Chip(_("Region"), places[region_id], replaced(request.GET, region=None)))
    return replace(asked, wanted=wanted, chips=chips)


def _one_of(text: str | None, known: dict[int, str]) -> int | None:
    number = int(text) if text and text.isascii() and text.isdigit() and len(text) < 15 else None
    return number if number in known else None
