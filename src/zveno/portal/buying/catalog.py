"""The catalog: the tree, the filters, the list that follows typing, quantities straight into the cart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from zveno.base.sheets import MEDIA_TYPE, Column, Value, workbook
from zveno.catalog.queries.facets import summary_of
from zveno.catalog.queries.listing import DEEPEST, ProductRow, every_product, find_products
from zveno.catalog.queries.placing import Priced
from zveno.catalog.queries.tree import CatalogTree, Group, catalog_tree
from zveno.partners.rules.roles import Right
from zveno.portal.buying.filters import Asked, chips_of, read_asked
from zveno.portal.buying.marking import marked
from zveno.portal.buying.sellers import Dealing, dealing, seller_tabs
from zveno.portal.buying.summary import carts_of
from zveno.pricing.queries.quotes import book_of, quotes_for
from zveno.pricing.queries.ranking import own_price_order
from zveno.pricing.rules.deciding import Quote
from zveno.pricing.words import reasons_of
from zveno.stock.queries.supply import ArrivalValue, ProductSupply, supply_of
from zveno.stock.rules.policy import Figure
from zveno.stock.sheets import sheet_value
from zveno.ui.pages import ListPage
from zveno.ui.parts import Crumb, Reason

TABLE_SIZE = 50
TILES_SIZE = 24
VIEW_KEY = "catalog_view"
_PIECE = 1000


@dataclass(frozen=True, slots=True)
class Line:
    """A product of the list as the page shows it. `price` is None when it is to be had on request only."""

    id: int
    code: SafeString
    name: SafeString
    plain_code: str
    plain_name: str
    unit: str
    pack: Decimal | None
    picture_id: int | None
    price: Decimal | None
    currency: str
    reasons: list[Reason]
    free_now: Figure
    arrival: ArrivalValue | None
    in_cart: Decimal | None


@dataclass(frozen=True, slots=True)
class Branch:
    """A group as the tree shows it: open when the way to the current one leads through it."""

    group: Group
    address: str
    current: bool
    open: bool
    children: tuple[Branch, ...]


@require_GET
def show(request: HttpRequest) -> HttpResponse:
    """The catalog of the chosen seller; for htmx only what follows the typing."""
    at = dealing(request)
    if at is None:
        return render(request, "portal/buying/nobody.html", {})
    tree = catalog_tree(seller_id=at.seller.id, now=at.now)
    asked = read_asked(request.GET, tree)
    view = _view(request)
    size = TILES_SIZE if view == "tiles" else TABLE_SIZE
    wanted = asked.wanted(at.seller.id, _priced(at, asked))
    found = find_products(wanted=wanted, offset=(asked.page - 1) * size, limit=size)
    summary = summary_of(wanted=asked.wanted(at.seller.id))
    lines = _lines(request, at, found.rows, asked)
    page: ListPage[Line] = ListPage(
        rows=lines,
        number=min(asked.page, DEEPEST // size + 1),
        size=size,
        total=None if found.alike else summary.total,
        more=found.more,
        sort=asked.sort,
        query=request.GET,
        chips=chips_of(asked),
        export_url=reverse("buying:catalog-xlsx"),
    )
    told = {
        "at": at,
        "tabs": seller_tabs(request, at),
        "asked": asked,
        "tree": [_branch(group, asked, tree) for group in tree.roots],
        "whole": tree.total,
        "all_address": page.address(group=None),
        "page": page,
        "facets": summary.facets,
        "alike": found.alike,
        "view": view,
        "crumbs": _crumbs(page, asked, tree),
        "may_order": Right.ORDERS_PLACE in at.actor.rights,
    }
    template = "portal/buying/found.html" if request.headers.get("HX-Request") else "portal/buying/catalog.html"
    response = render(request, template, told)
    response.headers["Vary"] = "HX-Request"
    return response


@require_GET
def export(request: HttpRequest) -> FileResponse:
    """The list as it is filtered, with own prices and stock, as a spreadsheet; up to ten thousand lines."""
    at = dealing(request)
    if at is None:
        raise Http404
    tree = catalog_tree(seller_id=at.seller.id, now=at.now)
    asked = read_asked(request.GET, tree)
    rows = every_product(asked.wanted(at.seller.id, _priced(at, asked)))
    columns = [
        Column(_("Code"), width=16),
        Column(_("Name"), width=60),
        Column(_("Brand"), width=16),
        Column(_("Barcode"), width=16),
        Column(pgettext("short", "Unit"), width=8),
        Column(_("Pack"), "number"),
        Column(_("Own price"), "money"),
        Column(_("Currency"), width=10),
        Column(_("Free now"), "number"),
        Column(_("Next arrival"), "date"),
        Column(_("Arrives"), "number"),
    ]
    book = workbook(_("Catalog"), columns, _cells(at, rows))
    return FileResponse(book, as_attachment=True, filename=_("Catalog") + ".xlsx", content_type=MEDIA_TYPE)


@require_GET
def suggest(request: HttpRequest) -> HttpResponse:
    """Suggestions of products for a field: the nearest by code, name or barcode, with price and stock."""
    at = dealing(request)
    if at is None:
        return HttpResponse("")
    asked = read_asked(request.GET, CatalogTree())
    if not asked.search:
        return HttpResponse("")
    found = find_products(wanted=asked.wanted(at.seller.id), limit=8)
    return render(request, "portal/buying/options.html", {"lines": _lines(request, at, found.rows, asked)})


def _priced(at: Dealing, asked: Asked) -> Priced | None:
    """What an order by own price goes by; one statement, none for other orders."""
    return own_price_order(book=book_of(terms=at.terms, at=at.now), terms=at.terms) if asked.is_by_price else None


def _lines(request: HttpRequest, at: Dealing, rows: Iterable[ProductRow], asked: Asked) -> list[Line]:
    rows = list(rows)
    ids = [row.id for row in rows]
    quotes = quotes_for(product_ids=ids, terms=at.terms, at=at.now)
    supplies = supply_of(product_ids=ids, sellers=[at.seller.id], today=at.today, entity_id=at.terms.buyer_entity_id)
    in_cart = carts_of(request).quantities(at.seller.id)
    return [_line(row, quotes.get(row.id), supplies[row.id], in_cart.get(row.id), asked) for row in rows]


def _line(row: ProductRow, quote: Quote | None, supply: ProductSupply, in_cart: Decimal | None, asked: Asked) -> Line:
    return Line(
        id=row.id,
        code=marked(row.code, asked.search),
        name=marked(row.name, asked.search),
        plain_code=row.code or row.name,
        plain_name=row.name,
        unit=row.unit,
        pack=row.pack_quantity if row.pack_quantity > 1 else None,
        picture_id=row.picture_id,
        price=quote.price if quote else None,
        currency=quote.currency if quote else "",
        reasons=reasons_of(quote.trace) if quote else [],
        free_now=supply.free_now,
        arrival=supply.next_arrival,
        in_cart=in_cart,
    )


def _cells(at: Dealing, rows: Any) -> Iterator[list[Value]]:
    for start in range(0, len(rows), _PIECE):
        piece = rows[start : start + _PIECE]
        ids = [row.id for row in piece]
        quotes = quotes_for(product_ids=ids, terms=at.terms, at=at.now)
        supplies = supply_of(
            product_ids=ids, sellers=[at.seller.id], today=at.today, entity_id=at.terms.buyer_entity_id
        )
        for row in piece:
            quote, supply = quotes.get(row.id), supplies[row.id]
            arrival = supply.next_arrival
            yield [
                row.code,
                row.name,
                row.brand,
                ", ".join(row.barcodes),
                row.unit,
                row.pack_quantity,
                quote.price if quote else None,
                quote.currency if quote else None,
                sheet_value(supply.free_now),
                arrival.due_on if arrival else None,
                sheet_value(arrival.free) if arrival else None,
            ]


def _branch(group: Group, asked: Asked, tree: CatalogTree) -> Branch:
    way = {at.id for at in tree.way_to(asked.group.id if asked.group else None)}
    query = asked.query.copy()
    for key in [k for k in query if k.startswith("a.") or k in ("brand", "page")]:
        del query[key]

    def grow(group: Group) -> Branch:
        query["group"] = str(group.id)
        address = "?" + query.urlencode()
        current = asked.group is not None and asked.group.id == group.id
        children = tuple(grow(child) for child in group.children) if group.id in way else ()
        return Branch(group, address, current, group.id in way, children)

    return grow(group)


def _crumbs(page: ListPage[Line], asked: Asked, tree: CatalogTree) -> list[Crumb]:
    if asked.group is None:
        return []
    above = tree.way_to(asked.group.id)[:-1]
    whole = Crumb(_("Catalog"), page.address(group=None))
    return [whole, *(Crumb(group.name, page.address(group=group.id)) for group in above)]


def _view(request: HttpRequest) -> str:
    asked = request.GET.get("view", "")
    if asked in ("table", "tiles") and request.session.get(VIEW_KEY, "table") != asked:
        request.session[VIEW_KEY] = asked
    view: str = asked if asked in ("table", "tiles") else request.session.get(VIEW_KEY, "table")
    return view
