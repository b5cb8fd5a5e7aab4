"""Searching from the top of the page: products and orders at once."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from zveno.base.clock import today_at
from zveno.catalog.queries.listing import Wanted, find_products
from zveno.catalog.rules.search import typed
from zveno.orders.queries.order_list import order_list, typed_filter
from zveno.portal.buying.marking import marked
from zveno.portal.buying.sellers import dealing

_PRODUCTS = 6
_ORDERS = 5


@require_GET
def suggest(request: HttpRequest) -> HttpResponse:
    """What the words find, as options that lead to their pages."""
    return render(request, "portal/buying/search_options.html", _found(request, _PRODUCTS, _ORDERS))


@require_GET
def show(request: HttpRequest) -> HttpResponse:
    """What the words find, as a page; a single find is opened at once."""
    told = _found(request, 24, 24)
    products, orders = told["products"], told["orders"]
    if len(orders) == 1 and not products:
        return redirect("buying:order", orders[0].id)
    if len(products) == 1 and not orders and not told["alike"]:
        return redirect("buying:product", products[0]["id"])
    return render(request, "portal/buying/search.html", told)


def _found(request: HttpRequest, most_products: int, most_orders: int) -> dict[str, Any]:
    text = request.GET.get("q", "").strip()[:120]
    search = typed(text)
    at = dealing(request)
    if not search:
        return {"text": text, "products": [], "orders": [], "alike": False}
    found = find_products(wanted=Wanted(seller_id=at.seller.id, search=search), limit=most_products) if at else None
    zone = request.actor.time_zone  # type: ignore[attr-defined]
    wanted = typed_filter(text, today=today_at(zone), time_zone=zone)
    orders = order_list(wanted=wanted, per_page=most_orders).rows
    return {
        "text": text,
        "alike": bool(found and found.alike),
        "products": [
            {
                "id": row.id,
                "code": marked(row.code, search),
                "name": marked(row.name, search),
                "url": reverse("buying:product", args=[row.id]),
            }
            for row in (found.rows if found else ())
        ],
        "orders": orders,
        "more_products": bool(found and found.more),
    }
