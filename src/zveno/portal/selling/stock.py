"""Stock of the seller's own warehouses, and why the free stock of a product is what it is."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.views.decorators.http import require_GET

from zveno.catalog.queries.card import product_card
from zveno.catalog.queries.listing import DEEPEST, Wanted, find_products
from zveno.catalog.rules.search import typed
from zveno.orders.queries.order_list import orders_by_id
from zveno.partners.queries.actors import Actor
from zveno.portal.buying.marking import marked
from zveno.stock.queries.levels import NOTHING, Level, levels_of, overpromised
from zveno.stock.queries.reservations import stock_explained
from zveno.stock.queries.shelves import products_on_shelf
from zveno.ui.pages import ListPage

SIZE = 50


@dataclass(frozen=True, slots=True)
class Line:
    """A product with its level."""

    id: int
    code: SafeString
    name: SafeString
    unit: str
    level: Level


@require_GET
def show_list(request: HttpRequest) -> HttpResponse:
    """The seller's products with what is on hand, held and on the way."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    seller_id, only = actor.company_id, request.GET.get("only", "")
    search = typed(request.GET.get("q", ""))
    among = {"free": products_on_shelf, "over": overpromised}.get(only)
    wanted = Wanted(seller_id=seller_id, search=search, among=among(seller_id=seller_id) if among else None)
    number = _page(request.GET.get("page", ""))
    found = find_products(wanted=wanted, offset=(number - 1) * SIZE, limit=SIZE)
    levels = levels_of(product_ids=[row.id for row in found.rows], seller_id=seller_id)
    rows = [
        Line(row.id, marked(row.code, search), marked(row.name, search), row.unit, levels.get(row.id, NOTHING))
        for row in found.rows
    ]
    page: ListPage[Line] = ListPage(rows=rows, number=number, size=SIZE, more=found.more, query=request.GET)
    template = "portal/selling/stock_found.html" if request.headers.get("HX-Request") else "portal/selling/stock.html"
    return render(request, template, {"page": page, "text": request.GET.get("q", ""), "only": only})


@require_GET
def explain(request: HttpRequest, product_id: int) -> HttpResponse:
    """Each warehouse's shelf and each arrival of a product, with the orders that hold it."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    card = product_card(product_id=product_id)
    if card is None:
        raise Http404
    stock = stock_explained(product_id=product_id, seller_id=actor.company_id)
    held = [r for shelf in stock.shelves for r in shelf.held] + [r for arrival in stock.arrivals for r in arrival.held]
    orders = orders_by_id({r.order_id for r in (*held, *stock.ended)})
    told = {"card": card, "stock": stock, "orders": orders}
    return render(request, "portal/selling/stock_explained.html", told)


def _page(text: str) -> int:
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 1
    return min(max(1, number), DEEPEST // SIZE)
