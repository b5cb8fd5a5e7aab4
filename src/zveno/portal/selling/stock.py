"""Stock of the seller's own warehouses, and why the free stock of a product is what it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from zveno.base.clock import now
from zveno.base.sheets import MEDIA_TYPE, Column, Value, workbook
from zveno.catalog.queries.card import product_card
from zveno.catalog.queries.listing import DEEPEST, Found, Wanted, every_product, find_products
from zveno.catalog.rules.search import Typed, typed
from zveno.orders.queries.order_list import orders_by_id
from zveno.partners.queries.actors import Actor
from zveno.portal.buying.marking import marked
from zveno.stock.queries.levels import NOTHING, Level, levels_of, overpromised
from zveno.stock.queries.policies import policy_of
from zveno.stock.queries.reservations import stock_explained
from zveno.stock.queries.shelves import products_at, products_on_shelf
from zveno.stock.queries.warehouses import WarehouseValue, warehouses_of
from zveno.ui.pages import Chip, ListPage, replaced

SIZE = 50
_PIECE = 500

_ONLY: Mapping[str, Callable[..., Any]] = {"free": products_on_shelf, "over": overpromised}


@dataclass(frozen=True, slots=True)
class Line:
    """A product with its level."""

    id: int
    code: SafeString
    name: SafeString
    unit: str
    level: Level


@dataclass(frozen=True, slots=True)
class Asked:
    """The address, read: what to list, of which warehouse (None: of all together)."""

    seller_id: int
    text: str
    search: Typed
    only: str
    places: Sequence[WarehouseValue]
    place: WarehouseValue | None

    @property
    def warehouse_id(self) -> int | None:
        return self.place.id if self.place else None

    @property
    def wanted(self) -> Wanted:
        among: Any = None
        if self.only in _ONLY:
            among = _ONLY[self.only](seller_id=self.seller_id, warehouse_id=self.warehouse_id)
        elif self.warehouse_id is not None:
            among = products_at(seller_id=self.seller_id, warehouse_id=self.warehouse_id)
        return Wanted(seller_id=self.seller_id, search=self.search, among=among)


@require_GET
def show_list(request: HttpRequest) -> HttpResponse:
    """The seller's products with what is on hand, held and on the way."""
    asked = _asked(request)
    number = _page(request.GET.get("page", ""))
    found = find_products(wanted=asked.wanted, offset=(number - 1) * SIZE, limit=SIZE)
    policy = policy_of(seller_id=asked.seller_id)
    page: ListPage[Line] = ListPage(
        rows=_lines(asked, found),
        number=number,
        size=SIZE,
        more=found.more,
        query=request.GET,
        chips=_chips(request, asked),
        export_url=reverse("selling:stock-xlsx"),
    )
    told = {"page": page, "asked": asked, "heard_at": policy.heard_at, "is_stale": policy.is_stale(now())}
    template = "portal/selling/stock_found.html" if request.headers.get("HX-Request") else "portal/selling/stock.html"
    return render(request, template, told)


@require_GET
def export_list(request: HttpRequest) -> FileResponse:
    """The filtered list as a spreadsheet."""
    asked = _asked(request)
    columns = [
        Column(_("Code"), width=16),
        Column(_("Name"), width=60),
        Column(pgettext("short", "Unit"), width=8),
        Column(_("On hand"), "number"),
        Column(_("Held for orders"), "number"),
        Column(_("Free"), "number"),
        Column(_("On the way"), "number"),
        Column(_("of it held"), "number"),
        Column(_("First due"), "date"),
        Column(_("Counted at"), "moment"),
    ]
    book = workbook(asked.place.name if asked.place else _("Stock"), columns, _cells(asked))
    return FileResponse(book, as_attachment=True, filename=_("Stock") + ".xlsx", content_type=MEDIA_TYPE)


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


def _asked(request: HttpRequest) -> Asked:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    places = warehouses_of(seller_id=actor.company_id)
    text = request.GET.get("q", "")[:120]
    return Asked(
        seller_id=actor.company_id,
        text=text,
        search=typed(text),
        only=request.GET.get("only", ""),
        places=places,
        place=next((one for one in places if str(one.id) == request.GET.get("warehouse")), None),
    )


def _chips(request: HttpRequest, asked: Asked) -> list[Chip]:
    if asked.place is None:
        return []
    return [Chip(_("Warehouse"), asked.place.name, replaced(request.GET, warehouse=None))]


def _lines(asked: Asked, found: Found) -> list[Line]:
    ids = [row.id for row in found.rows]
    levels = levels_of(product_ids=ids, seller_id=asked.seller_id, warehouse_id=asked.warehouse_id)
    return [
        Line(
            row.id,
            marked(row.code, asked.search),
            marked(row.name, asked.search),
            row.unit,
            levels.get(row.id, NOTHING),
        )
        for row in found.rows
    ]


def _cells(asked: Asked) -> Iterator[list[Value]]:
    rows = every_product(asked.wanted)
    for at in range(0, len(rows), _PIECE):
        piece = rows[at : at + _PIECE]
        ids = [row.id for row in piece]
        levels = levels_of(product_ids=ids, seller_id=asked.seller_id, warehouse_id=asked.warehouse_id)
        for row in piece:
            level = levels.get(row.id, NOTHING)
            yield [
                row.code,
                row.name,
                row.unit,
                level.on_hand,
                level.reserved,
                level.free,
                level.arriving,
                level.arriving_reserved,
                level.next_on,
                timezone.localtime(level.confirmed_at) if level.confirmed_at else None,
            ]


def _page(text: str) -> int:
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 1
    return min(max(1, number), DEEPEST // SIZE)
