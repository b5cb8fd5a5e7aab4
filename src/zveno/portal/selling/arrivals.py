"""The seller's own arrivals: what comes, how sure, what of it orders hold."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from zveno.base.clock import today_at
from zveno.base.sheets import MEDIA_TYPE, Column, Value, workbook
from zveno.catalog.queries.listing import Wanted, matching
from zveno.catalog.rules.search import typed
from zveno.partners.queries.actors import Actor
from zveno.stock.asked import AskedArrivals, read_arrivals
from zveno.stock.queries.arrivals import own_arrivals, own_values
from zveno.stock.queries.policies import policy_of
from zveno.stock.queries.warehouses import warehouses_of
from zveno.stock.shown import PROMISING, confidence_word
from zveno.ui.pages import read_page

_SORTS = {"due": ("due_on", "id"), "name": ("product__name", "id"), "quantity": "quantity", "held": "reserved"}
_MOST_EXPORTED = 20_000


@require_GET
def show(request: HttpRequest) -> HttpResponse:
    """Open arrivals, the soonest first; those overdue without word stand out."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    asked = _asked(request, actor)
    page = read_page(
        query=request.GET,
        rows=own_arrivals(seller_id=actor.company_id, wanted=asked.wanted),
        sorts=_SORTS,
        default_sort="due",
        chips=asked.chips,
        export_url=reverse("selling:arrivals-xlsx"),
    )
    policy = policy_of(seller_id=actor.company_id)
    told = {
        "asked": asked,
        "page": page,
        "rows": [(row, PROMISING[policy.promising(row.confidence)]) for row in own_values(page.rows)],
        "today": today_at(actor.time_zone),
    }
    part = "portal/selling/arrivals_found.html" if request.headers.get("HX-Request") else "portal/selling/arrivals.html"
    return render(request, part, told)


@require_GET
def export(request: HttpRequest) -> FileResponse:
    """The filtered arrivals as a spreadsheet."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    rows = own_arrivals(seller_id=actor.company_id, wanted=_asked(request, actor).wanted).order_by("due_on", "id")
    columns = [
        Column(_("Due"), "date"),
        Column(_("Paper"), width=20),
        Column(_("Code"), width=16),
        Column(_("Name"), width=60),
        Column(_("To come"), "number"),
        Column(_("Held for orders"), "number"),
        Column(_("Free"), "number"),
        Column(_("Came already"), "number"),
        Column(pgettext("short", "Unit"), width=8),
        Column(_("Warehouse"), width=24),
        Column(_("How sure"), width=26),
        Column(_("Orders"), "number"),
        Column(_("Told by the accounting system"), "moment"),
    ]

    def cells() -> Iterator[list[Value]]:
        for row in own_values(rows[:_MOST_EXPORTED]):
            yield [
                row.due_on,
                row.document,
                row.code,
                row.name,
                row.quantity,
                row.reserved,
                row.free,
                row.received,
                row.unit,
                row.warehouse,
                confidence_word(row.confidence),
                row.orders,
                timezone.localtime(row.confirmed_at),
            ]

    book = workbook(_("Arrivals"), columns, cells())
    return FileResponse(book, as_attachment=True, filename=_("Arrivals") + ".xlsx", content_type=MEDIA_TYPE)


def _asked(request: HttpRequest, actor: Actor) -> AskedArrivals:
    places = {one.id: one.name for one in warehouses_of(seller_id=actor.company_id)}
    search = typed(request.GET.get("q", ""))
    among = matching(Wanted(seller_id=actor.company_id, search=search)).values("pk") if search else None
    return read_arrivals(request.GET, warehouses=places, among=among)
