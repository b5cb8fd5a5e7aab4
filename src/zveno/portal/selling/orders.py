"""Orders of all clients: the list, one order with the answers to it."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from zveno.base.clock import now
from zveno.base.downloads import workbook_of
from zveno.orders.actions.set_order_note import set_order_note
from zveno.orders.asked import listed, read_orders
from zveno.orders.queries.order_page import order_page
from zveno.orders.rules.editing import DECIDABLE, REJECTABLE
from zveno.orders.rules.urgency import likely_answers
from zveno.orders.sheets import LINE_COLUMNS, LIST_COLUMNS, line_cells, list_rows
from zveno.orders.shown_page import told_of
from zveno.partners.queries.actors import Actor
from zveno.partners.rules.roles import Right
from zveno.portal.delivery.orders import delivery_told
from zveno.portal.selling.decisions import answer_words, earliest_of
from zveno.portal.selling.needs import may_answer as may_answer_needs
from zveno.portal.selling.needs import with_deliveries

_ANSWERS = ("earliest", "reduce", "as_is")


@require_GET
def show_list(request: HttpRequest) -> HttpResponse:
    """All orders of the seller's clients, searched and filtered by the address."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    asked = read_orders(request.GET, actor, buying=False)
    page = listed(asked, export_url=reverse("selling:orders-xlsx"))
    template = "portal/selling/orders_found.html" if request.headers.get("HX-Request") else "portal/selling/orders.html"
    return render(request, template, {"page": page, "asked": asked})


@require_GET
def export_list(request: HttpRequest) -> FileResponse:
    """The filtered list as a spreadsheet."""
    asked = read_orders(request.GET, request.actor, buying=False)  # type: ignore[attr-defined]
    return workbook_of(_("Orders"), _("Orders"), LIST_COLUMNS, list_rows(asked.wanted, asked.sort))


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
        **told_of(page, in_full=True),
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
        "needs": with_deliveries(actor, list(page.needs)),
        **may_answer_needs(actor),
        "note": page.order.note,
    }
    return render(request, "portal/selling/order.html", told)


@require_POST
def note(request: HttpRequest, order_id: int) -> HttpResponse:
    """Save what the person notes for themselves."""
    set_order_note(order_id=order_id, text=request.POST.get("note", ""), now=now())
    return HttpResponse(status=204)


@require_GET
def export(request: HttpRequest, order_id: int) -> FileResponse:
    """The lines of the order as a spreadsheet."""
    page = order_page(order_id=order_id)
    if page is None:
        raise Http404
    number = page.order.number
    return workbook_of(number, number, LINE_COLUMNS, (line_cells(line) for line in page.lines))
