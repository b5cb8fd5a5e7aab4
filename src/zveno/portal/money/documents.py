"""Documents of the ledger: the list, one in full with what settles it."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from zveno.base.downloads import workbook_of
from zveno.base.sheets import Value
from zveno.finance.labels import basis_word, kind_word
from zveno.finance.queries.balances import totals_by_currency, turnovers
from zveno.finance.queries.documents import (
    SORTS,
    DocumentFilter,
    document_page,
    document_value,
    documents,
)
from zveno.finance.sheets import DOCUMENT_COLUMNS, document_cells
from zveno.portal.money.asked import AskedMoney, read_money
from zveno.portal.money.rows import money_rows
from zveno.portal.money.sides import names_for, side_of
from zveno.ui.pages import read_page

_MOST_EXPORTED = 100_000
_PIECE = 2_000


@require_GET
def show_list(request: HttpRequest) -> HttpResponse:
    """The documents of the asked period, with the balance before it and after it."""
    side = side_of(request)
    asked = read_money(request.GET, side, default="quarter")
    page = read_page(
        query=request.GET,
        rows=documents(_filter(asked)),
        sorts=SORTS,
        default_sort="-date",
        chips=asked.chips,
        export_url=reverse(side.url("documents-xlsx")),
    )
    told = {
        "side": side,
        "asked": asked,
        "page": page,
        "rows": money_rows([document_value(row) for row in page.rows], side.today),
        "balances": _balances(asked),
        "several_entities": len(asked.entities) > 1,
    }
    template = "documents_found" if request.headers.get("HX-Request") else "documents"
    return render(request, f"portal/money/{template}.html", told)


@require_GET
def export(request: HttpRequest) -> FileResponse:
    """The same as a spreadsheet, up to a hundred thousand rows."""
    asked = read_money(request.GET, side_of(request), default="quarter")
    return workbook_of(_("Documents"), _("Documents"), DOCUMENT_COLUMNS, _cells(asked))


@require_GET
def show(request: HttpRequest, document_id: int) -> HttpResponse:
    """One document: what it is, what settles it or what it settles, and why."""
    side = side_of(request)
    found = document_page(document_id=document_id)
    if found is None:
        raise Http404
    document = found.document
    every = [document, *(one.document for one in found.settlements)]
    names = names_for([document.account], [one.order_id for one in every if one.order_id])
    told = {
        "side": side,
        "document": document,
        "kind": kind_word(document.kind),
        "seller": names.companies.get(document.account.seller_id, ""),
        "entity": names.entities.get(document.account.buyer_entity_id, ""),
        "order": names.orders.get(document.order_id or 0, ""),
        "settlements": [
            (one, kind_word(one.document.kind), basis_word(one.basis), names.orders.get(one.document.order_id or 0, ""))
            for one in found.settlements
        ],
        "settled": abs(document.change - document.rest),
        "rest": abs(document.rest),
        "late": (side.today - document.due_on).days if document.rest > 0 else 0,
    }
    return render(request, "portal/money/document.html", told)


def _filter(asked: AskedMoney) -> DocumentFilter:
    return DocumentFilter(
        which=asked.which,
        period=asked.period,
        kinds=[asked.kind] if asked.kind else (),
        text=asked.text,
        amount=asked.amount,
        only_open=asked.only_open,
    )


def _balances(asked: AskedMoney) -> list[tuple[str, Decimal, Decimal]]:
    """Currency, owed before the period, owed after it; only where the list is the whole of the period."""
    if asked.text or asked.kind or asked.only_open:
        return []
    sums = totals_by_currency(turnovers(period=asked.period, which=asked.which))
    return [(currency, opening, closing) for currency, (opening, _changes, closing) in sorted(sums.items())]


def _cells(asked: AskedMoney) -> Iterator[list[Value]]:
    rows = documents(_filter(asked))
    for start in range(0, _MOST_EXPORTED, _PIECE):
        piece = [document_value(row) for row in rows[start : start + _PIECE]]
        names = names_for((row.account for row in piece), [row.order_id for row in piece if row.order_id])
        yield from (document_cells(row, names) for row in piece)
        if len(piece) < _PIECE:
            return
