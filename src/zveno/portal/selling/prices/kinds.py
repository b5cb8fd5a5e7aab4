"""Price lists of the seller: which there are, who buys by them, and the prices in one of them as a sheet by day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zveno.base.clock import now, today_at
from zveno.base.sheets import MEDIA_TYPE, Column, Value, workbook
from zveno.catalog.queries.listing import DEEPEST, ProductRow, Wanted, every_product, find_products
from zveno.catalog.rules.search import typed
from zveno.partners.queries.actors import Actor
from zveno.partners.queries.companies import regions
from zveno.partners.rules.roles import Right
from zveno.portal.buying.marking import marked
from zveno.portal.selling.prices.days import asked_day, currency_of, moment_of
from zveno.portal.selling.prices.forms import PriceKindForm
from zveno.portal.selling.prices.pasting import Refused, read_prices
from zveno.portal.selling.prices.tabs import price_tabs
from zveno.pricing.actions.set_price_kind import set_price_kind
from zveno.pricing.actions.set_prices import set_prices
from zveno.pricing.actions.take_prices import PriceTold
from zveno.pricing.actions.take_terms import PriceTerm, take_terms
from zveno.pricing.queries.column_prices import NONE, ColumnPrice, prices_in_column
from zveno.pricing.queries.naming import Named
from zveno.pricing.queries.price_kinds import (
    ColumnFigures,
    PriceKindValue,
    buyers_by_price_kind,
    column_figures,
    price_kinds_of,
)
from zveno.ui.forms import carried_out, status_of
from zveno.ui.pages import ListPage
from zveno.ui.typed import quantity_of

SIZE = 50
_PIECE = 5000
_NOTHING = ColumnFigures(0, None, 0)


@dataclass(frozen=True, slots=True)
class Line:
    """A product with its price in the list on the day."""

    id: int
    code: Any
    name: Any
    unit: str
    price: ColumnPrice


@require_GET
def show_list(request: HttpRequest) -> HttpResponse:
    """The price lists with how many prices they hold, how fresh, and who buys by them."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    figures = column_figures(seller_id=actor.company_id, at=now())
    buyers = buyers_by_price_kind(seller_id=actor.company_id, at=now())
    told = {
        "rows": [
            (kind, figures.get(kind.id, _NOTHING), buyers.get(kind.id, []))
            for kind in price_kinds_of(seller_id=actor.company_id)
        ],
        "tabs": price_tabs(),
        "may_change": Right.SALES_DECIDE in actor.rights,
    }
    return render(request, "portal/selling/prices/kinds.html", told)


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, kind_id: int | None = None) -> HttpResponse:
    """Make a price list, or change what one is."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    kind = _kind(actor, kind_id) if kind_id is not None else None
    form = PriceKindForm(
        request.POST or None,
        initial=_kept(kind) if kind else {"currency": currency_of(actor)},
        regions=[(region.pk, region.name) for region in regions()],
    )
    made: list[tuple[int, bool]] = []

    def keep(told: dict[str, Any]) -> None:
        made.append(set_price_kind(seller_id=actor.company_id, price_kind_id=kind_id, now=now(), **told))

    if request.method == "POST" and carried_out(form, keep):
        return redirect("selling:price-kind", made[0][0])
    told = {"form": form, "kind": kind}
    return render(request, "portal/selling/prices/kind_form.html", told, status=status_of(form))


@require_GET
def show(request: HttpRequest, kind_id: int) -> HttpResponse:
    """The prices of a list as they hold on a day, found by code or name; from today on they are changed here."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    told = _told(request, actor, _kind(actor, kind_id))
    part = request.headers.get("HX-Request")
    return render(request, f"portal/selling/prices/{'sheet' if part else 'kind'}.html", told)


@require_POST
def put(request: HttpRequest, kind_id: int, product_id: int) -> HttpResponse:
    """Let the typed price hold from the day of the address on; an empty cell takes the product out of the list."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    day = asked_day(request, actor.time_zone)
    row = PriceTold(kind_id, product_id, quantity_of(request.POST.get("price", "")))
    set_prices(seller_id=actor.company_id, rows=[row], day=_or_now(day, actor), now=now())
    return HttpResponse(status=204)


@require_POST
def paste(request: HttpRequest, kind_id: int) -> HttpResponse:
    """Take a pasted block of codes and prices; rows that cannot be set come back with what is wrong with them."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    kind = _kind(actor, kind_id)
    day = _or_now(asked_day(request, actor.time_zone), actor)
    read, refused = read_prices(request.POST.get("text", ""))
    rows = [
        PriceTerm(Named(product_code=row.code, price_kind_id=kind_id), day, "", row.value, row.min_quantity)
        for row in read
    ]
    outcomes = take_terms(seller_id=actor.company_id, rows=rows, now=now())
    refused += [Refused.of(row, one.fault) for row, one in zip(read, outcomes, strict=True) if one.fault]
    told = {
        **_told(request, actor, kind),
        "pasted": sum(1 for one in outcomes if one.what in ("created", "changed")),
        "same": sum(1 for one in outcomes if one.what == "unchanged"),
        "refused": sorted(refused, key=lambda row: row.number),
        "was_pasted": True,
    }
    return render(request, "portal/selling/prices/sheet.html", told)


@require_GET
def export(request: HttpRequest, kind_id: int) -> FileResponse:
    """The list as it holds on the day as a spreadsheet, a row for each quantity from which a price holds."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    kind = _kind(actor, kind_id)
    at = moment_of(asked_day(request, actor.time_zone), actor.time_zone)
    rows = every_product(Wanted(seller_id=actor.company_id, search=typed(request.GET.get("q", ""))))

    def cells() -> Iterator[list[Value]]:
        for start in range(0, len(rows), _PIECE):
            piece = rows[start : start + _PIECE]
            prices = _prices(actor, kind, piece, at)
            for row in piece:
                for tier in prices.get(row.id, NONE).tiers:
                    yield [row.code, row.name, tier.value, tier.min_quantity or None, row.unit]

    columns = [
        Column(_("Code"), width=16),
        Column(_("Name"), width=60),
        Column(_("Price") + f", {kind.currency}", "money"),
        Column(_("From what quantity"), "number"),
        Column(pgettext("short", "Unit"), width=8),
    ]
    book = workbook(kind.name, columns, cells())
    return FileResponse(book, as_attachment=True, filename=f"{kind.name}.xlsx", content_type=MEDIA_TYPE)


def _kept(kind: PriceKindValue) -> dict[str, Any]:
    return {
        "name": kind.name, "currency": kind.currency, "vat_included": kind.vat_included, "region_id": kind.region_id
    }  # fmt: skip


def _told(request: HttpRequest, actor: Actor, kind: PriceKindValue) -> dict[str, Any]:
    search, today = typed(request.GET.get("q", "")), today_at(actor.time_zone)
    day = asked_day(request, actor.time_zone)
    number = min(max(1, _number(request.GET.get("page", "")) or 1), DEEPEST // SIZE)
    wanted = Wanted(seller_id=actor.company_id, search=search)
    found = find_products(wanted=wanted, offset=(number - 1) * SIZE, limit=SIZE)
    prices = _prices(actor, kind, found.rows, moment_of(day, actor.time_zone))
    rows = [
        Line(row.id, marked(row.code, search), marked(row.name, search), row.unit, prices.get(row.id, NONE))
        for row in found.rows
    ]
    export_url = reverse("selling:price-kind-xlsx", args=[kind.id])
    return {
        "kind": kind,
        "page": ListPage(
            rows=rows, number=number, size=SIZE, more=found.more, query=request.GET, export_url=export_url
        ),
        "text": request.GET.get("q", ""),
        "day": day,
        "is_today": day == today,
        "may_change": Right.SALES_DECIDE in actor.rights and day >= today,
        "may_rename": Right.SALES_DECIDE in actor.rights,
    }


def _prices(actor: Actor, kind: PriceKindValue, rows: Sequence[ProductRow], at: datetime) -> dict[int, ColumnPrice]:
    ids = [row.id for row in rows]
    return prices_in_column(seller_id=actor.company_id, price_kind_id=kind.id, product_ids=ids, at=at)


def _kind(actor: Actor, kind_id: int) -> PriceKindValue:
    found = next((one for one in price_kinds_of(seller_id=actor.company_id) if one.id == kind_id), None)
    if found is None:
        raise Http404
    return found


def _or_now(day: date, actor: Actor) -> date | None:
    return day if day != today_at(actor.time_zone) else None


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else None
