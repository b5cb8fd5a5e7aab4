"""Searching from the top of the page: orders of clients and products of one's own catalog."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from zveno.base.clock import today_at
from zveno.catalog.queries.listing import ProductRow, Wanted, find_products
from zveno.catalog.rules.search import typed
from zveno.orders.queries.order_list import order_list, typed_filter
from zveno.partners.queries.actors import Actor
from zveno.portal.buying.marking import marked


@require_GET
def suggest(request: HttpRequest) -> HttpResponse:
    """What the words find, as options that lead to their pages."""
    return render(request, "portal/selling/search_options.html", _found(request, 6))


@require_GET
def show(request: HttpRequest) -> HttpResponse:
    """What the words find, as a page; a single order is opened at once."""
    told = _found(request, 24)
    if len(told["orders"]) == 1 and not told["products"]:
        return redirect("selling:order", told["orders"][0].id)
    return render(request, "portal/selling/search.html", told)


def _found(request: HttpRequest, most: int) -> dict[str, Any]:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    text = request.GET.get("q", "").strip()[:120]
    search = typed(text)
    if not search:
        return {"text": text, "orders": (), "products": []}
    products: tuple[ProductRow, ...] = find_products(
        wanted=Wanted(seller_id=actor.company_id, search=search), limit=most
    ).rows
    wanted = typed_filter(text, today=today_at(actor.time_zone), time_zone=actor.time_zone)
    return {
        "text": text,
        "orders": order_list(wanted=wanted, per_page=most).rows,
        "products": [
            {"id": row.id, "code": marked(row.code, search), "name": marked(row.name, search)} for row in products
        ],
    }
