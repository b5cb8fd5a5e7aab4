"""The schedule of arrivals (F5): what comes to the seller's warehouses, when, how sure it is, how much is free."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from zveno.base.sheets import MEDIA_TYPE, Column, Value, workbook
from zveno.catalog.queries.listing import Wanted, matching
from zveno.catalog.rules.search import typed
from zveno.orders.queries.bought import products_bought
from zveno.portal.buying.sellers import Dealing, dealing, seller_tabs
from zveno.portal.buying.summary import carts_of
from zveno.stock.asked import AskedArrivals, read_arrivals
from zveno.stock.queries.arrivals import ScheduledArrival, schedule
from zveno.stock.queries.policies import supply_rules
from zveno.stock.rules.words import Opens
from zveno.stock.sheets import sheet_value
from zveno.stock.shown import PROMISING, confidence_word
from zveno.ui.pages import ListPage

SIZE = 50
_PIECE = 1000
_MOST_EXPORTED = 20_000


@require_GET
def show(request: HttpRequest) -> HttpResponse:
    """The soonest first; found by product, narrowed by day, warehouse, sureness, to the cart or what was bought."""
    at = dealing(request)
    if at is None:
        return render(request, "portal/buying/nobody.html", {})
    asked = _asked(request, at)
    rows, total = _found(at, asked, (asked.page - 1) * SIZE, SIZE)
    page: ListPage[ScheduledArrival] = ListPage(
        rows=rows,
        number=asked.page,
        size=SIZE,
        total=total if rows or asked.page == 1 else None,
        more=asked.page * SIZE < total,
        query=request.GET,
        chips=asked.chips,
        export_url=reverse("buying:arrivals-xlsx"),
    )
    told = {"at": at, "tabs": seller_tabs(request, at), "asked": asked, "page": page, "only": _only(request)}
    part = "portal/buying/arrivals_found.html" if request.headers.get("HX-Request") else "portal/buying/arrivals.html"
    return render(request, part, told)


@require_GET
def export(request: HttpRequest) -> FileResponse:
    """The filtered schedule as a spreadsheet."""
    at = dealing(request)
    if at is None:
        raise Http404
    asked = _asked(request, at)
    columns = [
        Column(_("Due"), "date"),
        Column(_("Code"), width=16),
        Column(_("Name"), width=60),
        Column(_("Free"), "number"),
        Column(pgettext("short", "Unit"), width=8),
        Column(_("Warehouse"), width=24),
        Column(_("How sure"), width=26),
        Column(_("How it is promised"), width=32),
        Column(_("Told by the accounting system"), "moment"),
    ]
    book = workbook(_("Arrivals"), columns, _cells(at, asked))
    return FileResponse(book, as_attachment=True, filename=_("Arrivals") + ".xlsx", content_type=MEDIA_TYPE)


def _asked(request: HttpRequest, at: Dealing) -> AskedArrivals:
    rules = supply_rules(seller_id=at.seller.id, entity_id=at.terms.buyer_entity_id)
    seen = {key: one.name for key, one in rules.warehouses.items() if one.opens is not Opens.HIDDEN}
    among: Any = None
    match _only(request):
        case "cart":
            among = list(carts_of(request).quantities(at.seller.id))
        case "bought":
            among = products_bought(seller_id=at.seller.id)
    wanted = Wanted(seller_id=at.seller.id, search=typed(request.GET.get("q", "")), among=among)
    return read_arrivals(request.GET, warehouses=seen, among=matching(wanted).values("pk"))


def _only(request: HttpRequest) -> str:
    only = request.GET.get("only", "")
    return only if only in ("cart", "bought") else ""


def _found(at: Dealing, asked: AskedArrivals, offset: int, limit: int) -> tuple[tuple[ScheduledArrival, ...], int]:
    return schedule(
        seller_id=at.seller.id,
        entity_id=at.terms.buyer_entity_id,
        wanted=asked.wanted,
        today=at.today,
        offset=offset,
        limit=limit,
    )


def _cells(at: Dealing, asked: AskedArrivals) -> Iterator[list[Value]]:
    for offset in range(0, _MOST_EXPORTED, _PIECE):
        rows, total = _found(at, asked, offset, _PIECE)
        for row in rows:
            yield [
                row.due_on,
                row.code,
                row.name,
                sheet_value(row.free),
                row.unit,
                row.warehouse,
                confidence_word(row.confidence),
                str(PROMISING[row.promising]),
                timezone.localtime(row.confirmed_at),
            ]
        if offset + _PIECE >= total:
            return
