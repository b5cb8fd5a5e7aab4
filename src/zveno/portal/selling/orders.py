"""Orders of all clients: the list, one order with the answers to it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from zveno.base.clock import today_at
from zveno.base.sheets import MEDIA_TYPE, Value, workbook
from zveno.orders.asked import read_orders
from zveno.orders.queries.order_list import order_list
from zveno.orders.queries.order_page import order_page
from zveno.orders.rules.editing import DECIDABLE, REJECTABLE
from zveno.orders.rules.urgency import likely_answers
from zveno.orders.sheets import LINE_COLUMNS, LIST_COLUMNS, line_cells, list_cells
from zveno.orders.shown_page import told_of
from zveno.partners.queries.actors import Actor
from zveno.partners.rules.roles import Right
from zveno.portal.delivery.orders import delivery_told
from zveno.portal.selling.decisions import answer_words, earliest_of
from zveno.ui.pages import ListPage

_PIECE = 500
_MOST_EXPORTED = 10_000
_ANSWERS = ("earliest", "reduce", "as_is")


@require_GET
def show_list(request: HttpRequest) -> HttpResponse:
    """All orders of the seller's clients, searched and filtered by the address."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    asked = read_orders(request.GET, actor, buying=False)
    found = order_list(wanted=asked.wanted, sort=asked.sort, page=asked.page)
    page: ListPage[Any] = ListPage(
        rows=found.rows,
        number=found.page,
        size=found.per_page,
        total=found.count,
        more=found.page < found.pages,
        sort=asked.sort,
        query=request.GET,
        chips=asked.chips,
        export_url=reverse("selling:orders-xlsx"),
    )
    template = "portal/selling/orders_found.html" if request.headers.get("HX-Request") else "portal/selling/orders.html"
    return render(request, template, {"page": page, "asked": asked})


@require_GET
def export_list(request: HttpRequest) -> FileResponse:
    """The filtered list as a spreadsheet, up to ten thousand orders."""
    asked = read_orders(request.GET, request.actor, buying=False)  # type: ignore[attr-defined]

    def cells() -> Iterator[list[Value]]:
        for number in range(1, _MOST_EXPORTED // _PIECE + 1):
            found = order_list(wanted=asked.wanted, sort=asked.sort, page=number, per_page=_PIECE)
            yield from (list_cells(row) for row in found.rows)
            if number >= found.pages:
                return

    book = workbook(_("Orders"), LIST_COLUMNS, cells())
    return FileResponse(book, as_attachment=True, filename=_("Orders") + ".xlsx", content_type=MEDIA_TYPE)


@require_GET
def show(request: HttpRequest, order_id: int) -> HttpResponse:
    """One order, with what may be answered to it."""
    page = order_page(order_id=order_id)
    if page is None:
        raise Http404
    actor: Actor = request.actor  # type: ignore[attr-defined]
    decides = Right.SALES_DECIDE in actor.rights
    reasons = page.order.attention
    first = likely_answers(reasons, all_lines=page.order.line_count)[0]
    earliest = earliest_of(reasons)
    told = {
        **told_of(page),
        **delivery_told(page, actor),
        "delivery_actions": "portal/delivery/charge_button.html",
        "may_answer": decides and page.order.state in DECIDABLE,
        "may_reject": decides and page.order.state in REJECTABLE,
        "may_say": decides,
        "answers": [
            (answer, answer_words(answer, earliest), answer == first)
            for answer in sorted(_ANSWERS, key=lambda a: a != first)
            if answer != "earliest" or earliest is not None
        ],
        "today": today_at(actor.time_zone),
    }
    return render(request, "portal/selling/order.html", told)


@require_GET
def export(request: HttpRequest, order_id: int) -> FileResponse:
    """The lines of the order as a spreadsheet."""
    page = order_page(order_id=order_id)
    if page is None:
        raise Http404
    book = workbook(page.order.number, LINE_COLUMNS, (line_cells(line) for line in page.lines))
    return FileResponse(book, as_attachment=True, filename=f"{page.order.number}.xlsx", content_type=MEDIA_TYPE)
