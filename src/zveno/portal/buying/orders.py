"""Orders of the company: the list, one order, what may still be done with it."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from zveno.base.clock import now
from zveno.base.downloads import workbook_of
from zveno.orders.actions.cancel_order import cancel_order
from zveno.orders.actions.repeat_order import repeat_order
from zveno.orders.actions.set_order_comment import set_order_comment
from zveno.orders.actions.set_order_note import set_order_note
from zveno.orders.asked import listed, read_orders
from zveno.orders.queries.alternatives import Alternatives
from zveno.orders.queries.approval.requisition_page import requisition_of_order
from zveno.orders.queries.need_alternatives import alternatives_of_order
from zveno.orders.queries.need_list import NeedValue
from zveno.orders.queries.order_page import OrderPage, is_settling, order_page
from zveno.orders.rules.editing import CANCELLABLE
from zveno.orders.sheets import LINE_COLUMNS, LIST_COLUMNS, line_cells, list_rows
from zveno.orders.shown_page import told_of
from zveno.partners.queries.actors import Actor
from zveno.partners.queries.parties import seller_with
from zveno.partners.rules.roles import Right
from zveno.portal.buying.sellers import SESSION_KEY
from zveno.portal.delivery.orders import delivery_told


@dataclass(frozen=True, slots=True)
class ShownNeed:
    """A need with what may be chosen for it now."""

    need: NeedValue
    choices: Alternatives | None


@require_GET
def show_list(request: HttpRequest) -> HttpResponse:
    """The orders that the person may see, searched and filtered by the address."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    asked = read_orders(request.GET, actor)
    page = listed(asked, export_url=reverse("buying:orders-xlsx"))
    template = "portal/buying/orders_found.html" if request.headers.get("HX-Request") else "portal/buying/orders.html"
    return render(request, template, {"page": page, "asked": asked, "actor": actor})


@require_GET
def export_list(request: HttpRequest) -> FileResponse:
    """The filtered list as a spreadsheet."""
    asked = read_orders(request.GET, request.actor)  # type: ignore[attr-defined]
    return workbook_of(_("Orders"), _("Orders"), LIST_COLUMNS, list_rows(asked.wanted, asked.sort))


@require_GET
def show(request: HttpRequest, order_id: int) -> HttpResponse:
    """One order. While it waits for its promise the page asks again, and is loaded anew when it is decided."""
    if "wait" in request.GET:
        return _waiting(order_id)
    page = order_page(order_id=order_id)
    if page is None:
        raise Http404
    actor: Actor = request.actor  # type: ignore[attr-defined]
    told = {
        **told_of(page),
        **_may(page, actor),
        **delivery_told(page, actor),
        "needs": _needs(page, actor),
        "note": page.order.note,
        "requisition": requisition_of_order(order_id=order_id),
    }
    return render(request, "portal/buying/order.html", told)


@require_GET
def show_print(request: HttpRequest, order_id: int) -> HttpResponse:
    """The order as a sheet of paper."""
    page = order_page(order_id=order_id)
    if page is None:
        raise Http404
    return render(request, "portal/buying/order_print.html", told_of(page))


@require_GET
def export(request: HttpRequest, order_id: int) -> FileResponse:
    """The lines of the order as a spreadsheet."""
    page = order_page(order_id=order_id)
    if page is None:
        raise Http404
    number = page.order.number
    return workbook_of(number, number, LINE_COLUMNS, (line_cells(line) for line in page.lines))


@require_POST
def repeat(request: HttpRequest, order_id: int) -> HttpResponse:
    """Put the lines of the order into the cart and go there."""
    repeated = repeat_order(actor=request.actor, order_id=order_id)  # type: ignore[attr-defined]
    request.session[SESSION_KEY] = repeated.seller_id
    if repeated.left_out:
        words = ngettext(
            "%(n)s line is not offered any more and was left out: %(names)s",
            "%(n)s lines are not offered any more and were left out: %(names)s",
            len(repeated.left_out),
        )
        told = {"n": len(repeated.left_out), "names": "; ".join(repeated.left_out[:5])}
        messages.warning(request, words % told)
    return redirect("buying:cart")


@require_POST
def cancel(request: HttpRequest, order_id: int) -> HttpResponse:
    """Cancel the order and show it."""
    cancel_order(actor=request.actor, order_id=order_id, now=now())  # type: ignore[attr-defined]
    return redirect("buying:order", order_id)


@require_POST
def comment(request: HttpRequest, order_id: int) -> HttpResponse:
    """Save the comment of the order."""
    words = request.POST.get("comment", "")
    set_order_comment(actor=request.actor, order_id=order_id, comment=words, now=now())  # type: ignore[attr-defined]
    return HttpResponse(status=204)


@require_POST
def note(request: HttpRequest, order_id: int) -> HttpResponse:
    """Save what the person notes for themselves."""
    set_order_note(order_id=order_id, text=request.POST.get("note", ""), now=now())
    return HttpResponse(status=204)


def _waiting(order_id: int) -> HttpResponse:
    settling = is_settling(order_id=order_id)
    if settling is None:
        raise Http404
    return HttpResponse(status=204, headers={} if settling else {"HX-Refresh": "true"})


def _needs(page: OrderPage, actor: Actor) -> list[ShownNeed]:
    """The needs of the order with what could be done about each."""
    order = page.order
    mine = (t for t in actor.terms if t.seller_id == order.seller_id and t.buyer_entity_id == order.buyer_entity_id)
    seller = seller_with(seller_id=order.seller_id) if page.needs else None
    moment = now()
    found: dict[int, Alternatives] = {}
    if seller is not None and page.may_choose(user_id=actor.user_id, rights=actor.rights):
        found = alternatives_of_order(page=page, terms=next(mine, None), today=seller.today(moment), now=moment)
    return [ShownNeed(need, found.get(need.id)) for need in page.needs]


def _may(page: OrderPage, actor: Actor) -> dict[str, object]:
    may_order = Right.ORDERS_PLACE in actor.rights
    return {
        "may_choose": page.may_choose(user_id=actor.user_id, rights=actor.rights),
        "may_change": page.order.state in CANCELLABLE,
        "may_edit": page.may_be_edited(user_id=actor.user_id, rights=actor.rights),
        "may_cancel": page.may_be_cancelled(user_id=actor.user_id, rights=actor.rights),
        "may_order": may_order,
        "claim_url": "claims:new" if may_order else "",
        "is_own": page.placed_by_id == actor.user_id,
    }
