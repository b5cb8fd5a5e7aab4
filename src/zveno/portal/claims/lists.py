"""Lists of claims, for the buyer and for the seller."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from zveno.base.clock import today_at
from zveno.base.downloads import workbook_of
from zveno.base.sheets import Value
from zveno.claims.queries.claim_list import SORTS, ClaimFilter, claim_figures, claim_list, claim_rows
from zveno.claims.rules.claiming import Kind
from zveno.claims.sheets import FIGURE_COLUMNS, LIST_COLUMNS, figure_cells, list_cells
from zveno.claims.shown import KINDS, states
from zveno.partners.rules.roles import Right
from zveno.portal.claims.asking import actor_of, sells, space_of
from zveno.ui.pages import ListPage, read_page

_MOST_EXPORTED = 10_000
_FIGURES_SINCE = timedelta(days=365)


@require_GET
def show_list(request: HttpRequest) -> HttpResponse:
    """Claims by the filters of the address."""
    actor, selling, space = actor_of(request), sells(request), space_of(request)
    today = today_at(actor.time_zone)
    wanted = _asked(request)
    page = read_page(
        query=request.GET,
        rows=claim_list(wanted=wanted, today=today),
        sorts=SORTS,
        default_sort="due" if selling else "-opened",
        export_url=reverse(f"{space}:list-xlsx"),
    )
    told: dict[str, Any] = {
        "page": _with_rows(page),
        "today": today,
        "selling": selling,
        "wanted": wanted,
        "states": [("open", pgettext("claim", "Open")), ("late", _("Late")), ("all", _("All")), *states()],
        "kinds": [(kind.value, str(word)) for kind, word in KINDS.items()],
        "list_url": reverse(f"{space}:list"),
        "claim_url": f"{space}:claim",
        "order_url": "selling:order" if selling else "buying:order",
        "may_claim": not selling and Right.ORDERS_PLACE in actor.rights,
        "may_set": selling and Right.SALES_DECIDE in actor.rights,
    }
    whole = "portal/claims/list.html"
    return render(request, "portal/claims/found.html" if request.headers.get("HX-Request") else whole, told)


@require_GET
def export_list(request: HttpRequest) -> FileResponse:
    """The filtered list as a spreadsheet."""
    today = today_at(actor_of(request).time_zone)
    found = list(claim_list(wanted=_asked(request), today=today).order_by("-opened_at", "-id")[:_MOST_EXPORTED])

    def cells() -> Iterator[list[Value]]:
        return (list_cells(row, today) for row in claim_rows(found))

    return workbook_of(_("Claims"), _("Claims"), LIST_COLUMNS, cells())


@require_GET
def export_figures(request: HttpRequest) -> FileResponse:
    """How often products were claimed in a year, by what was wrong, as a spreadsheet."""
    actor = actor_of(request)
    since = today_at(actor.time_zone) - _FIGURES_SINCE
    figures = claim_figures(seller_id=actor.company_id, since=since)
    title = _("Claims by product")
    return workbook_of(title, title, FIGURE_COLUMNS, map(figure_cells, figures))


def _asked(request: HttpRequest) -> ClaimFilter:
    query = request.GET
    state, kind = query.get("state", "open"), query.get("kind", "")
    known = {"open", "late", "all", *(key for key, _word in states())}
    return ClaimFilter(
        search=query.get("q", "")[:100],
        state=state if state in known else "open",
        kind=kind if kind in set(Kind) else "",
        seller_id=actor_of(request).company_id if sells(request) else None,
    )


def _with_rows(page: ListPage) -> ListPage:
    return replace(page, rows=claim_rows(page.rows))
