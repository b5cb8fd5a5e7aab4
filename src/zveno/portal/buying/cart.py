"""The cart as a sheet: what it holds, quantities as typed, codes and pasted lists, the wished date, placing."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_GET, require_POST

from zveno.base.sheets import MEDIA_TYPE, Column, workbook
from zveno.orders.actions.add_to_cart import add_to_cart
from zveno.orders.actions.paste_lines import DoubtfulRow, Pasted, paste_lines
from zveno.orders.actions.place_cart import place_cart
from zveno.orders.actions.put_in_cart import put_in_cart
from zveno.orders.actions.remove_cart_lines import remove_cart_lines, restore_cart_lines
from zveno.orders.actions.set_cart_manner import set_cart_manner, set_line_wish
from zveno.orders.actions.set_cart_quantity import set_cart_quantity
from zveno.orders.actions.set_cart_wish import set_cart_wish
from zveno.orders.actions.swap_in_cart import swap_in_cart
from zveno.orders.actions.write_order import PlacedOrder
from zveno.orders.queries.alternatives import Alternatives
from zveno.orders.queries.cart import CartLineValue, CartPage, cart_page
from zveno.orders.shown import When, when_promised
from zveno.orders.words import problem_words
from zveno.partners.rules.roles import Right
from zveno.portal.buying.ahead import approval_ahead
from zveno.portal.buying.cart_credit import cart_credit
from zveno.portal.buying.sellers import Dealing, dealing, seller_tabs
from zveno.portal.buying.summary import cart_summary, carts_of, forget_carts
from zveno.portal.buying.undo import offer_undo, take_back
from zveno.pricing.words import offer_words, reasons_of
from zveno.stock.queries.supply import supply_of
from zveno.ui.parts import Reason
from zveno.ui.typed import date_of, quantity_of


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the sheet as it is drawn."""

    value: CartLineValue
    reasons: list[Reason]
    problem: str
    when: When | None
    choices: Alternatives | None
    lacking: Decimal


@dataclass(frozen=True, slots=True)
class Doubt:
    """A pasted row that was not added: why, in words, and which products it may mean."""

    row: DoubtfulRow
    why: str
    quantity: Decimal


@require_GET
def show(request: HttpRequest) -> HttpResponse:
    """The cart with the chosen seller."""
    at = dealing(request)
    if at is None:
        return render(request, "portal/buying/nobody.html", {})
    return render(request, "portal/buying/cart.html", _told(request, at))


@require_POST
def set_quantity(request: HttpRequest, product_id: int) -> HttpResponse:
    """Save the quantity of a line; answers with what depends on it, out of band, or with the whole sheet if asked."""
    at = _dealing(request)
    quantity = quantity_of(request.POST.get("quantity", ""))
    before = carts_of(request).quantities(at.seller.id).get(product_id)
    set_cart_quantity(actor=at.actor, seller_id=at.seller.id, product_id=product_id, quantity=quantity)
    if request.POST.get("answer") == "sheet":
        return _sheet(request, at)
    return _changed(request, at, product_id, before)


@require_POST
def put(request: HttpRequest, product_id: int) -> HttpResponse:
    """Let the cart hold the typed quantity of a product (from the catalog); answers with the cart's figures."""
    at = _dealing(request)
    quantity = quantity_of(request.POST.get("quantity", ""))
    put_in_cart(actor=at.actor, seller_id=at.seller.id, product_id=product_id, quantity=quantity)
    forget_carts(request)
    return render(request, "portal/buying/cart_figures.html", {"cart": cart_summary(request)})


@require_POST
def add(request: HttpRequest) -> HttpResponse:
    """Add what was chosen from the suggestions, or typed as a code, into the empty line; answers with the sheet."""
    at = _dealing(request)
    value, text = request.POST.get("value", ""), request.POST.get("text", "")
    doubts: list[Doubt] = []
    added: int | None = None
    if value.isascii() and value.isdigit() and len(value) < 15:
        quantity = quantity_of(request.POST.get("quantity", "")) or _one_pack(at, int(value))
        was_there = int(value) in carts_of(request).quantities(at.seller.id)
        add_to_cart(actor=at.actor, seller_id=at.seller.id, product_id=int(value), quantity=quantity)
        added = int(value)
        if request.POST.get("answer") == "line":
            return _answered(request, at, added, was_there=was_there)
    else:
        pasted = paste_lines(actor=at.actor, seller_id=at.seller.id, text=text[:500])
        doubts = _doubts(pasted)
        added = pasted.added[0].product.id if pasted.added else None
    return _sheet(request, at, doubts, focus=added)


@require_POST
def paste(request: HttpRequest) -> HttpResponse:
    """Add a pasted block of codes and quantities; what is not clear comes back amber with its choices."""
    at = _dealing(request)
    pasted = paste_lines(actor=at.actor, seller_id=at.seller.id, text=request.POST.get("text", ""))
    return _sheet(request, at, _doubts(pasted), said=_pasted_words(pasted))


@require_POST
def remove(request: HttpRequest, product_id: int) -> HttpResponse:
    """Take a line out; the way back stands at the foot of the page for a while."""
    at = _dealing(request)
    removed = remove_cart_lines(actor=at.actor, seller_id=at.seller.id, product_ids=[product_id])
    return offer_undo(request, _sheet(request, at), text=_("Line removed"), removed=removed, target="#sheet")


@require_POST
def clear(request: HttpRequest) -> HttpResponse:
    """Empty the cart; the way back stands at the foot of the page for a while."""
    at = _dealing(request)
    removed = remove_cart_lines(actor=at.actor, seller_id=at.seller.id)
    words = ngettext("%(n)s line removed", "%(n)s lines removed", len(removed)) % {"n": len(removed)}
    return offer_undo(request, _sheet(request, at), text=words, removed=removed, target="#sheet")


@require_POST
def restore(request: HttpRequest, token: str) -> HttpResponse:
    """Put removed lines back where they were."""
    at = _dealing(request)
    removed = take_back(request, token)
    if removed is None:
        raise Http404
    restore_cart_lines(actor=at.actor, seller_id=at.seller.id, removed=removed)
    return _sheet(request, at)


@require_POST
def wish(request: HttpRequest) -> HttpResponse:
    """Save the wished date or the comment, whichever was typed; a date changes what is promised."""
    at = _dealing(request)
    page = _page(at)
    wished_on: date | None = page.wished_on
    if "wished_on" in request.POST:
        wished_on = date_of(request.POST["wished_on"])
    comment = request.POST.get("comment")
    set_cart_wish(actor=at.actor, seller_id=at.seller.id, wished_on=wished_on, today=at.today, comment=comment)
    if "wished_on" not in request.POST:
        return HttpResponse(status=204)
    return render(request, "portal/buying/cart_promises.html", _told(request, at))


@require_POST
def manner(request: HttpRequest) -> HttpResponse:
    """Save whether the order may leave in parts, or the one warehouse it shall come from; it changes the promise."""
    at = _dealing(request)
    page = _page(at)
    in_parts = request.POST["in_parts"] == "true" if "in_parts" in request.POST else page.in_parts
    warehouse_id = _number(request.POST["warehouse"]) if "warehouse" in request.POST else page.warehouse_id
    set_cart_manner(actor=at.actor, seller_id=at.seller.id, in_parts=in_parts, warehouse_id=warehouse_id)
    return render(request, "portal/buying/cart_promises.html", _told(request, at))


@require_POST
def line_wish(request: HttpRequest, product_id: int) -> HttpResponse:
    """Save the day by which one line is wished; empty, the cart's day counts."""
    at = _dealing(request)
    day = date_of(request.POST.get("wished_on", ""))
    set_line_wish(actor=at.actor, seller_id=at.seller.id, product_id=product_id, wished_on=day, today=at.today)
    return render(request, "portal/buying/cart_promises.html", _told(request, at))


@require_POST
def swap(request: HttpRequest, product_id: int) -> HttpResponse:
    """Put a substitute in the place of what a line lacks; answers with the sheet."""
    at = _dealing(request)
    other, quantity = _number(request.POST.get("other")), quantity_of(request.POST.get("quantity", ""))
    if other is None:
        raise Http404
    swap_in_cart(actor=at.actor, seller_id=at.seller.id, product_id=product_id, other_id=other, quantity=quantity)
    return _sheet(request, at, focus=other)


@require_GET
def supply(request: HttpRequest, product_id: int) -> HttpResponse:
    """What covers a line, by which day how much could be had, and the line's own day: for the chip that was opened."""
    at = _dealing(request)
    line = next((line for line in _page(at).lines if line.product_id == product_id), None)
    if line is None:
        raise Http404
    found = supply_of(
        product_ids=[product_id], sellers=[at.seller.id], today=at.today, entity_id=at.terms.buyer_entity_id
    )[product_id]
    told = {
        "line": _line(line),
        "pins": line.promise.pins if line.promise else (),
        "availability": found.availability(at.today),
        "confirmed_at": found.confirmed_at,
        "today": at.today,
    }
    return render(request, "portal/buying/cart_supply.html", told)


@require_POST
def place(request: HttpRequest) -> HttpResponse:
    """Place the order and go to it; a second click comes to the same order."""
    at = _dealing(request)
    try:
        key = uuid.UUID(request.POST.get("placing_key", ""))
    except ValueError as bad:
        raise Http404 from bad
    placed = place_cart(actor=at.actor, seller_id=at.seller.id, placing_key=key, now=at.now)
    if isinstance(placed, PlacedOrder):
        return redirect("buying:order", placed.id)
    if at.actor.is_acting:
        # The client's requisitions are the client's alone.
        messages.info(request, _("The client's company approves such orders first: they have been asked."))
        return redirect("buying:cart")
    return redirect("buying:requisition", placed.id)


@require_GET
def export(request: HttpRequest) -> FileResponse:
    """The cart as a spreadsheet."""
    at = _dealing(request)
    page = _page(at)
    columns = [
        Column(_("Code"), width=16),
        Column(_("Name"), width=60),
        Column(_("Quantity"), "number"),
        Column(pgettext("short", "Unit"), width=8),
        Column(_("Price"), "money"),
        Column(_("Sum"), "money"),
        Column(_("When"), width=32),
    ]
    rows = (
        [line.code, line.name, line.quantity, line.unit, line.price, line.total, when.text if when else ""]
        for line, when in ((line, when_promised(line.promise)) for line in page.lines)
    )
    book = workbook(_("Cart"), columns, rows)
    return FileResponse(book, as_attachment=True, filename=_("Cart") + ".xlsx", content_type=MEDIA_TYPE)


def _dealing(request: HttpRequest) -> Dealing:
    at = dealing(request, seller_id=_number(request.POST.get("seller")))
    if at is None:
        raise Http404
    return at


def _page(at: Dealing, before: tuple[int, Decimal] | None = None) -> CartPage:
    page = cart_page(actor=at.actor, seller_id=at.seller.id, now=at.now, before=before)
    if page is None:
        raise Http404
    return page


def _told(request: HttpRequest, at: Dealing, before: tuple[int, Decimal] | None = None) -> dict[str, Any]:
    page = _page(at, before)
    lines = [_line(line) for line in page.lines]
    needs = [line for line in page.lines if line.promise and line.promise.uncovered > 0]
    earliest = [line.promise.earliest_on if line.promise else None for line in needs]
    return {
        "at": at,
        "tabs": seller_tabs(request, at),
        "page": page,
        "lines": lines,
        "offer": offer_words(page.offers[0]) if page.offers else "",
        "problems": [problem_words(problem.code, problem.params) for problem in page.problems],
        "stopped": sum(1 for line in page.lines if line.problem),
        "unpriced": sum(1 for line in page.lines if line.price is None and not line.problem),
        "needs": len(needs),
        "unsure": sum(1 for line in page.lines if line.promise and line.promise.is_full and not line.promise.is_sure),
        "leaving": [(one.on, page.place_of(one.warehouse_id)) for one in page.shipments],
        "all_by": max((day for day in earliest if day), default=None) if needs and all(earliest) else None,
        "weight_kg": Decimal(page.weight_g) / 1000 if page.weight_g else None,
        "unit_kg": _("kg"),
        "cart": cart_summary(request),
        "credit": cart_credit(at, page),
        "may_order": Right.ORDERS_PLACE in at.actor.rights,
        "approval": approval_ahead(at, page),
    }


def _line(line: CartLineValue) -> Line:
    return Line(
        value=line,
        reasons=reasons_of(line.price_trace),
        problem=problem_words(line.problem.code, line.problem.params) if line.problem else "",
        when=when_promised(line.promise),
        choices=line.alternatives or None,
        lacking=line.promise.uncovered if line.promise else Decimal(0),
    )


def _sheet(
    request: HttpRequest, at: Dealing, doubts: Sequence[Doubt] = (), *, said: str = "", focus: int | None = None
) -> HttpResponse:
    forget_carts(request)
    told = {"doubts": doubts, "said": said, "focus": focus, "focus_new": bool(doubts or said)}
    return render(request, "portal/buying/cart_sheet.html", {**_told(request, at), **told})


def _changed(request: HttpRequest, at: Dealing, product_id: int, before: Decimal | None) -> HttpResponse:
    """The figures of the line, of every line where a sum of the order was passed, and of the whole."""
    forget_carts(request)
    told = _told(request, at, (product_id, before) if before is not None else None)
    changed = [line for line in told["lines"] if told["page"].moved_others or line.value.product_id == product_id]
    return render(request, "portal/buying/cart_line_figures.html", {**told, "changed": changed})


def _answered(request: HttpRequest, at: Dealing, product_id: int, *, was_there: bool) -> HttpResponse:
    """The line that a doubtful row became, in its place; the line that the product had before gives way to it."""
    forget_carts(request)
    told = _told(request, at)
    line = next(line for line in told["lines"] if line.value.product_id == product_id)
    return render(request, "portal/buying/cart_answer.html", {**told, "line": line, "was_there": was_there})


def _doubts(pasted: Pasted) -> list[Doubt]:
    return [Doubt(row, problem_words(row.problem.code, row.problem.params), _suggested(row)) for row in pasted.doubts]


def _suggested(row: DoubtfulRow) -> Decimal:
    told = row.problem.params
    return Decimal(told.get("nearest") or told.get("suggested") or row.quantity or 1)


def _pasted_words(pasted: Pasted) -> str:
    added = len(pasted.added)
    return ngettext("%(n)s line added", "%(n)s lines added", added) % {"n": added}


def _one_pack(at: Dealing, product_id: int) -> Decimal:
    from zveno.catalog.queries.orderable import products_for_order

    product = products_for_order(product_ids=[product_id], seller_id=at.seller.id).get(product_id)
    return product.pack_quantity if product and product.pack_quantity > 0 else Decimal(1)


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 15 else None
