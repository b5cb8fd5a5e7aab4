"""Why a stock figure is what it is: every movement of one supply, and sums that add up."""

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
from zveno.catalog.queries.card import ProductCard, product_card
from zveno.orders.queries.order_list import orders_by_id
from zveno.partners.queries.actors import Actor
from zveno.stock.asked import AskedDays, day_chips, read_days
from zveno.stock.queries.movements import MovementValue, SupplyKey, every_entry, ledger_page
from zveno.stock.queries.reservations import stock_explained
from zveno.stock.queries.warehouses import warehouses_of
from zveno.stock.shown import MOVEMENTS, mover_name
from zveno.ui.pages import ListPage
from zveno.ui.parts import Crumb

SIZE = 100
_LATEST = 9_999


@require_GET
def show(request: HttpRequest, product_id: int, warehouse_id: int) -> HttpResponse:
    """The ledger of a shelf, or with `arrival` of goods on their way there, narrowed to days."""
    actor, card, place = _place(request, product_id, warehouse_id)
    key, days = _key(request, actor, product_id, warehouse_id), read_days(request.GET)
    starts_at, ends_at = days.moments(actor.time_zone)
    number = request.GET.get("page", "")
    at = min(int(number), _LATEST) if number.isascii() and number.isdigit() and 0 < len(number) < 6 else 1
    ledger = ledger_page(key=key, starts_at=starts_at, ends_at=ends_at, offset=(max(at, 1) - 1) * SIZE, limit=SIZE)
    page: ListPage[MovementValue] = ListPage(
        rows=ledger.rows,
        number=max(at, 1),
        size=SIZE,
        total=ledger.count,
        more=at * SIZE < ledger.count,
        query=request.GET,
        chips=day_chips(request.GET, days, pgettext("period", "Days")),
        export_url=reverse("selling:stock-movements-xlsx", args=[product_id, warehouse_id]),
    )
    stock = stock_explained(product_id=product_id, seller_id=actor.company_id)
    arrivals = [one for one in stock.arrivals if one.warehouse_id == warehouse_id]
    shelf = next((one for one in stock.shelves if one.warehouse_id == warehouse_id), None)
    arrival = next((one for one in arrivals if one.id == key.arrival_id), None)
    source = shelf if key.arrival_id is None else arrival
    held = source.held if source else ()
    ids = {row.order_id for row in ledger.rows if row.order_id} | {one.order_id for one in held}
    told = {
        "card": card,
        "place": place,
        "warehouse_id": warehouse_id,
        "arrival_id": key.arrival_id,
        "arrival": arrival,
        "is_closed": key.arrival_id is not None and arrival is None,
        "confirmed_at": source.confirmed_at if source else None,
        "crumbs": [
            Crumb(_("Stock"), reverse("selling:stock")),
            Crumb(card.name, reverse("selling:stock-product", args=[product_id])),
        ],
        "arrivals": arrivals,
        "ledger": ledger,
        "kinds": [(one, MOVEMENTS[one.kind]) for one in ledger.kinds],
        "rows": [(row, MOVEMENTS[row.kind]) for row in ledger.rows],
        "held": held,
        "orders": orders_by_id(ids),
        "page": page,
        "days": days,
    }
    return render(request, "portal/selling/movements.html", told)


@require_GET
def export(request: HttpRequest, product_id: int, warehouse_id: int) -> FileResponse:
    """The same entries as a spreadsheet, the oldest first."""
    actor, card, _place_name = _place(request, product_id, warehouse_id)
    key, days = _key(request, actor, product_id, warehouse_id), read_days(request.GET)
    columns = [
        Column(_("When"), "moment"),
        Column(_("What"), width=30),
        Column(_("Lies there"), "number"),
        Column(_("Held"), "number"),
        Column(_("Lies there after"), "number"),
        Column(_("Held after"), "number"),
        Column(_("Order"), width=18),
        Column(_("Paper"), width=24),
        Column(_("Who"), width=24),
        Column(_("Entries"), "number"),
    ]
    book = workbook(_("Movements"), columns, _cells(key, days, actor))
    name = f"{card.code or card.id} {_('Movements')}.xlsx"
    return FileResponse(book, as_attachment=True, filename=name, content_type=MEDIA_TYPE)


def _cells(key: SupplyKey, days: AskedDays, actor: Actor) -> Iterator[list[Value]]:
    starts_at, ends_at = days.moments(actor.time_zone)
    rows = list(every_entry(key=key, starts_at=starts_at, ends_at=ends_at))
    orders = orders_by_id({row.order_id for row in rows if row.order_id})
    for row in rows:
        order = orders.get(row.order_id or 0)
        yield [
            timezone.localtime(row.at),
            str(MOVEMENTS[row.kind]),
            row.quantity or None,
            row.held or None,
            row.after.quantity,
            row.after.held,
            order.number if order else "",
            row.document,
            mover_name(row.actor_name),
            row.entries,
        ]


def _place(request: HttpRequest, product_id: int, warehouse_id: int) -> tuple[Actor, ProductCard, str]:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    card = product_card(product_id=product_id)
    names = {one.id: one.name for one in warehouses_of(seller_id=actor.company_id)}
    if card is None or warehouse_id not in names:
        raise Http404
    return actor, card, names[warehouse_id]


def _key(request: HttpRequest, actor: Actor, product_id: int, warehouse_id: int) -> SupplyKey:
    arrival: Any = request.GET.get("arrival", "")
    arrival_id = int(arrival) if arrival.isascii() and arrival.isdigit() and len(arrival) < 15 else None
    return SupplyKey(actor.company_id, product_id, warehouse_id, arrival_id)
