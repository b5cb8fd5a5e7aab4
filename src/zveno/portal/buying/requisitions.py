"""Requisitions: what waits for one's word, one's own, all of the company; one of them, and what may be done with it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from django.contrib import messages
from django.db import transaction
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from zveno.base.clock import now, today_at
from zveno.base.downloads import workbook_of
from zveno.base.sheets import Column, Value
from zveno.kit.errors import Fault
from zveno.orders.actions.approval.approve_requisition import approve_requisition
from zveno.orders.actions.approval.change_requisition import change_requisition
from zveno.orders.actions.approval.put_into_cart import put_into_cart
from zveno.orders.actions.approval.return_requisition import return_requisition
from zveno.orders.actions.approval.send_requisition import send_requisition
from zveno.orders.actions.approval.take_back_requisition import take_back_requisition
from zveno.orders.labels import REQUISITION_STATES, requisition_word
from zveno.orders.pages import requisition_told
from zveno.orders.queries.approval.requisition_list import (
    SORTS,
    RequisitionFilter,
    RequisitionRow,
    requisition_list,
)
from zveno.orders.queries.approval.requisition_page import RequisitionPage, requisition_page, requisition_state
from zveno.orders.queries.approval.waiting import waiting_for
from zveno.orders.rules.approval.states import RequisitionState
from zveno.partners.queries.actors import Actor
from zveno.partners.rules.roles import Right
from zveno.portal.buying.sellers import SESSION_KEY
from zveno.ui.navigation import Item
from zveno.ui.pages import Chip, ListPage, replaced
from zveno.ui.typed import date_of, quantity_of
from zveno.ui.words import explain

_MOST_EXPORTED = 10_000


@require_GET
def show_list(request: HttpRequest) -> HttpResponse:
    """The list: what waits for the person first, if anything does."""
    actor = _actor(request)
    waits = waiting_for(actor, today=today_at(actor.time_zone))
    show = request.GET.get("show") or ("waiting" if waits else "all")
    wanted = _wanted(request, actor, show, waits)
    sort = request.GET.get("sort", "")
    found = requisition_list(wanted=wanted, sort=sort if sort in SORTS else "-sent", page=_page(request))
    page: ListPage[RequisitionRow] = ListPage(
        rows=found.rows,
        number=found.page,
        size=found.per_page,
        total=found.count,
        more=found.page * found.per_page < found.count,
        sort=sort if sort in SORTS else "-sent",
        query=request.GET,
        chips=_chips(request),
        export_url=reverse("buying:requisitions-xlsx"),
    )
    told = {
        "page": page,
        "show": show,
        "tabs": _tabs(request, len(waits)),
        "waits": waits,
        "states": [(key, requisition_word(key), key == request.GET.get("state")) for key in REQUISITION_STATES],
        "several_entities": len(actor.entities) > 1,
        "several_sellers": len(actor.scope.sellers) > 1,
        "may_manage": Right.MEMBERS_MANAGE in actor.rights,
    }
    is_part = bool(request.headers.get("HX-Request"))
    template = "portal/buying/requisitions_found.html" if is_part else "portal/buying/requisitions.html"
    return render(request, template, told)


@require_GET
def export(request: HttpRequest) -> FileResponse:
    """The filtered list as a spreadsheet."""
    actor = _actor(request)
    waits = waiting_for(actor, today=today_at(actor.time_zone))
    wanted = _wanted(request, actor, request.GET.get("show", "all"), waits)
    columns = [
        Column(_("Number"), "number"),
        Column(_("Sent"), "moment"),
        Column(_("State"), width=22),
        Column(_("Author"), width=24),
        Column(_("Legal entity"), width=34),
        Column(_("Seller"), width=28),
        Column(_("Rule"), width=28),
        Column(_("Lines"), "number"),
        Column(_("Sum"), "money"),
        Column(_("Currency"), width=10),
        Column(_("Comment"), width=40),
    ]
    return workbook_of(_("Requisitions"), _("Requisitions"), columns, _cells(wanted))


@require_POST
def approve_many(request: HttpRequest) -> HttpResponse:
    """Approve the chosen ones as they were shown; what has changed meanwhile is left and told."""
    actor = _actor(request)
    approved, left = 0, []
    for chosen in request.POST.getlist("chosen")[:100]:
        if not (chosen.isascii() and chosen.isdigit() and len(chosen) < 15):
            continue
        try:
            with transaction.atomic():
                approve_requisition(
                    actor=actor,
                    requisition_id=int(chosen),
                    version=_number(request.POST.get(f"version-{chosen}")) or 0,
                    accepts_rise=False,
                    now=now(),
                )
            approved += 1
        except Fault as fault:
            left.append(explain(fault))
    if approved:
        words = ngettext("%(n)s requisition approved", "%(n)s requisitions approved", approved) % {"n": approved}
        messages.info(request, words)
    for words in left[:5]:
        messages.warning(request, words)
    return redirect("buying:requisitions")


@require_GET
def show(request: HttpRequest, requisition_id: int) -> HttpResponse:
    """One requisition. While it is being placed the page asks again, and goes to the order when it is there."""
    if "wait" in request.GET:
        return _waiting(requisition_id)
    actor = _actor(request)
    page = _found(actor, requisition_id)
    told = requisition_told(page)
    told["may_order"] = Right.ORDERS_PLACE in actor.rights
    told["is_own"] = page.head.author_id == actor.user_id
    told["today"] = today_at(actor.time_zone)
    return render(request, "portal/buying/requisition.html", told)


@require_POST
def approve(request: HttpRequest, requisition_id: int) -> HttpResponse:
    """Give one's word for what the page showed."""
    approve_requisition(
        actor=_actor(request),
        requisition_id=requisition_id,
        version=_number(request.POST.get("version")) or 0,
        accepts_rise=request.POST.get("accepts_rise") == "1",
        now=now(),
    )
    return redirect("buying:requisition", requisition_id)


@require_POST
def give_back(request: HttpRequest, requisition_id: int) -> HttpResponse:
    """Return it to its author with words, or decline it (`for_good=1`)."""
    return_requisition(
        actor=_actor(request),
        requisition_id=requisition_id,
        version=_number(request.POST.get("version")) or 0,
        words=request.POST.get("words", ""),
        for_good=request.POST.get("for_good") == "1",
        now=now(),
    )
    return redirect("buying:requisition", requisition_id)


@require_POST
def change(request: HttpRequest, requisition_id: int) -> HttpResponse:
    """Save the quantities typed into the lines (`q3`: of the third), and the wished date where it is asked."""
    wished_on: date | None = None
    sets_wish = "wished_on" in request.POST
    if sets_wish:
        wished_on = date_of(request.POST["wished_on"])
    change_requisition(
        actor=_actor(request),
        requisition_id=requisition_id,
        quantities=_quantities(request),
        version=_number(request.POST.get("version")),
        now=now(),
        wished_on=wished_on,
        sets_wish=sets_wish,
    )
    return redirect("buying:requisition", requisition_id)


@require_POST
def take_back(request: HttpRequest, requisition_id: int) -> HttpResponse:
    """Have it back to change it, or withdraw it (`for_good=1`)."""
    for_good = request.POST.get("for_good") == "1"
    take_back_requisition(actor=_actor(request), requisition_id=requisition_id, for_good=for_good, now=now())
    return redirect("buying:requisition", requisition_id)


@require_POST
def send(request: HttpRequest, requisition_id: int) -> HttpResponse:
    """Send a draft or a returned one again."""
    send_requisition(actor=_actor(request), requisition_id=requisition_id, now=now())
    return redirect("buying:requisition", requisition_id)


@require_POST
def to_cart(request: HttpRequest, requisition_id: int) -> HttpResponse:
    """Put its lines into the cart and go there."""
    put = put_into_cart(actor=_actor(request), requisition_id=requisition_id)
    request.session[SESSION_KEY] = put.seller_id
    if put.left_out:
        words = ngettext(
            "%(n)s line is not offered any more and was left out: %(names)s",
            "%(n)s lines are not offered any more and were left out: %(names)s",
            len(put.left_out),
        )
        messages.warning(request, words % {"n": len(put.left_out), "names": "; ".join(put.left_out[:5])})
    return redirect("buying:cart")


def _found(actor: Actor, requisition_id: int) -> RequisitionPage:
    page = requisition_page(actor=actor, requisition_id=requisition_id, now=now(), today=today_at(actor.time_zone))
    if page is None:
        raise Http404
    return page


def _waiting(requisition_id: int) -> HttpResponse:
    found = requisition_state(requisition_id=requisition_id)
    if found is None:
        raise Http404
    state, order_id = found
    if state is RequisitionState.APPROVED:
        return HttpResponse(status=204)
    if order_id is not None:
        return HttpResponse(status=204, headers={"HX-Redirect": reverse("buying:order", args=[order_id])})
    return HttpResponse(status=204, headers={"HX-Refresh": "true"})


def _wanted(request: HttpRequest, actor: Actor, show: str, waits: frozenset[int]) -> RequisitionFilter:
    state = request.GET.get("state", "")
    return RequisitionFilter(
        ids=waits if show == "waiting" else None,
        states=(RequisitionState(state),) if state in REQUISITION_STATES else (),
        author_id=actor.user_id if show == "mine" else None,
        text=request.GET.get("q", "")[:100],
    )


def _tabs(request: HttpRequest, waits: int) -> list[Item]:
    kept = {"state": None, "q": None, "page": None}
    return [
        Item("waiting", _("Wait for me"), replaced(request.GET, show="waiting", **kept), badge=waits),
        Item("mine", _("Mine"), replaced(request.GET, show="mine", **kept)),
        Item("all", _("All requisitions"), replaced(request.GET, show="all", **kept)),
    ]


def _chips(request: HttpRequest) -> list[Chip]:
    state = request.GET.get("state", "")
    if state not in REQUISITION_STATES:
        return []
    return [Chip(_("State"), requisition_word(state), replaced(request.GET, state=None))]


def _cells(wanted: RequisitionFilter) -> Iterator[list[Value]]:
    per_page = 500
    for number in range(1, _MOST_EXPORTED // per_page + 1):
        found = requisition_list(wanted=wanted, page=number, per_page=per_page)
        for row in found.rows:
            sent = timezone.localtime(row.sent_at) if row.sent_at else None
            yield [row.number, sent, requisition_word(row.state), row.author, row.entity, row.seller, row.rule_name,
                   row.line_count, row.total, row.currency, row.comment]  # fmt: skip
        if number * per_page >= found.count:
            return


def _quantities(request: HttpRequest) -> dict[int, Decimal]:
    typed = {key[1:]: value for key, value in request.POST.items() if key.startswith("q") and key[1:].isdigit()}
    return {int(position): quantity_of(str(value)) for position, value in typed.items() if len(position) < 6}


def _page(request: HttpRequest) -> int:
    return min(_number(request.GET.get("page")) or 1, 10_000)


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 15 else None


def _actor(request: HttpRequest) -> Actor:
    """The member of the company; a seller's manager who acts for it has no business here."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if actor.is_acting:
        raise Http404
    return actor
