"""The exchange board of all sellers."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from zveno.base.clock import now
from zveno.base.downloads import workbook_of
from zveno.exchange.queries.board import BoardRow, board
from zveno.exchange.queries.connections import connections
from zveno.exchange.sheets import BOARD_COLUMNS, board_sheet_rows
from zveno.exchange.shown import shown_board
from zveno.exchange.shown_page import read_id
from zveno.ui.pages import Chip, read_page, replaced

# A connection has no page of its own here: its line leads to its part of the journal.
URLS = {
    "connection": "",
    "journal": "desk_exchange:journal",
    "session": "desk_exchange:session",
    "file": "desk_exchange:file",
    "download": "desk_exchange:download",
}


@require_GET
def show_board(request: HttpRequest) -> HttpResponse:
    """One row per connection of every seller; those that need somebody first."""
    rows = _rows(request)
    page = read_page(
        query=request.GET,
        rows=_narrowed(rows, request.GET),
        chips=_chips(request.GET, dict(sellers())),
        export_url=reverse("desk_exchange:board-export") + replaced(request.GET, page=None),
    )
    context = {
        "page": page,
        "rows": shown_board(page.rows),
        "whole": len(rows),
        "needing": sum(row.tone == "bad" for row in rows),
        "sellers": sellers(),
        "urls": URLS,
    }
    return render(request, "desk/exchange/board.html", context)


@require_GET
def export_board(request: HttpRequest) -> HttpResponseBase:
    """The filtered board as an xlsx."""
    rows = board_sheet_rows(shown_board(_narrowed(_rows(request), request.GET)))
    return workbook_of("exchange-board", _("Exchange board"), BOARD_COLUMNS, rows)


def sellers() -> list[tuple[int, str]]:
    """Sellers that have connections, by name."""
    return list(connections().order_by("seller__name").values_list("seller_id", "seller__name").distinct())


def _rows(request: HttpRequest) -> list[BoardRow]:
    return board(now=now(), time_zone=request.actor.time_zone)  # type: ignore[attr-defined]


def _narrowed(rows: list[BoardRow], query: QueryDict) -> list[BoardRow]:
    seller_id, text = read_id(query.get("seller", "")), query.get("q", "").strip().casefold()
    return [
        row
        for row in rows
        if (seller_id is None or row.connection.seller_id == seller_id)
        and (not query.get("needing") or row.tone == "bad")
        and text in f"{row.connection.name} {row.connection.seller.name}".casefold()
    ]


def _chips(query: QueryDict, names: dict[int, str]) -> list[Chip]:
    found: list[Chip] = []
    seller_id: Any = read_id(query.get("seller", ""))
    if seller_id in names:
        found.append(Chip(_("Seller"), names[seller_id], replaced(query, seller=None)))
    if query.get("needing"):
        found.append(Chip(_("Show"), _("where somebody must act"), replaced(query, needing=None)))
    return found
