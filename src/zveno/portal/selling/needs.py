"""What clients' orders need and nothing covers, and the manager's answers: a delivery, a day, or no (F4)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from zveno.base.clock import now, today_at
from zveno.base.sheets import MEDIA_TYPE, Value, workbook
from zveno.orders.actions.date_need import date_need
from zveno.orders.actions.drop_need import drop_need
from zveno.orders.actions.plan_need import plan_need
from zveno.orders.asked import AskedNeeds, read_needs
from zveno.orders.queries.need_list import NeedValue, need_of, need_rows, need_values
from zveno.orders.rules.needs import NeedState
from zveno.orders.sheets import NEED_COLUMNS, need_cells
from zveno.partners.queries.actors import Actor
from zveno.partners.rules.roles import Right
from zveno.stock.queries.arrivals import OwnArrival, arrivals_to_plan
from zveno.ui.pages import read_page
from zveno.ui.typed import date_of

_SORTS = {
    "since": "opened_at",
    "wished": "wished_on",
    "order": "order__number",
    "name": "order_line__name",
    "quantity": "lacking",
}
_MOST_EXPORTED = 20_000


@require_GET
def show(request: HttpRequest) -> HttpResponse:
    """Needs of all clients, the longest open first, with the deliveries that could serve each."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    asked = _asked(request, actor)
    page = read_page(
        query=request.GET,
        rows=need_rows(wanted=asked.wanted),
        sorts=_SORTS,
        default_sort="since",
        chips=asked.chips,
        export_url=reverse("selling:needs-xlsx"),
    )
    told = {"page": page, "rows": with_deliveries(actor, need_values(page.rows)), "asked": asked, **may_answer(actor)}
    part = "portal/selling/needs_found.html" if request.headers.get("HX-Request") else "portal/selling/needs.html"
    return render(request, part, told)


@require_GET
def export(request: HttpRequest) -> FileResponse:
    """The filtered needs as a spreadsheet."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    rows = need_rows(wanted=_asked(request, actor).wanted).order_by("opened_at", "id")[:_MOST_EXPORTED]

    def cells() -> Iterator[list[Value]]:
        yield from (need_cells(need) for need in need_values(rows))

    book = workbook(_("Needs"), NEED_COLUMNS, cells())
    return FileResponse(book, as_attachment=True, filename=_("Needs") + ".xlsx", content_type=MEDIA_TYPE)


@require_POST
def answer(request: HttpRequest, need_id: int, answer: str) -> HttpResponse:
    """Plan a need on a delivery, name a day, or drop it; from the list only its row comes back."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    moment = now()
    match answer:
        case "plan":
            arrival = request.POST.get("arrival", "")
            if not (arrival.isascii() and arrival.isdigit() and len(arrival) < 15):
                raise Http404
            plan_need(need_id=need_id, arrival_id=int(arrival), now=moment)
        case "day":
            today = today_at(actor.time_zone)
            day: date = date_of(request.POST.get("day", "")) or today
            date_need(need_id=need_id, day=day, today=today, now=moment)
        case "drop":
            drop_need(need_id=need_id, words=request.POST.get("words", ""), now=moment)
        case _:
            raise Http404
    need = need_of(need_id=need_id)
    if need is None:
        raise Http404
    if request.headers.get("HX-Request"):
        ((shown, deliveries),) = with_deliveries(actor, [need])
        told = {"need": shown, "deliveries": deliveries, **may_answer(actor)}
        return render(request, "portal/selling/need_row.html", told)
    return redirect("selling:order", need.order_id)


def with_deliveries(actor: Actor, needs: list[NeedValue]) -> list[tuple[NeedValue, list[OwnArrival]]]:
    """Each need with the arrivals that still have something free of its product. One SQL statement."""
    open_ones = {need.product_id for need in needs if need.lacking and need.state is not NeedState.PLANNED}
    arrivals = (
        arrivals_to_plan(seller_id=actor.company_id, product_ids=open_ones, today=today_at(actor.time_zone))
        if open_ones
        else {}
    )
    return [(need, arrivals.get(need.product_id, []) if need.lacking else []) for need in needs]


def may_answer(actor: Actor) -> dict[str, object]:
    """Whether the person may answer needs, and from which day on one may be named."""
    return {"may_decide": Right.SALES_DECIDE in actor.rights, "today": today_at(actor.time_zone)}


def _asked(request: HttpRequest, actor: Actor) -> AskedNeeds:
    return read_needs(request.GET, seller_id=actor.company_id)
