"""What the company's orders still need, and choosing what shall become of it."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from zveno.base.clock import now
from zveno.base.sheets import MEDIA_TYPE, Value, workbook
from zveno.orders.actions.choose_for_need import choose_for_need
from zveno.orders.asked import AskedNeeds, read_needs
from zveno.orders.queries.need_list import need_of, need_rows, need_values
from zveno.orders.rules.needs import Choice
from zveno.orders.sheets import NEED_COLUMNS, need_cells
from zveno.partners.queries.actors import Actor
from zveno.ui.pages import read_page

_SORTS = {"since": "opened_at", "wished": "wished_on", "order": "order__number", "name": "order_line__name"}
_MOST_EXPORTED = 20_000


@require_GET
def show(request: HttpRequest) -> HttpResponse:
    """The needs of the entities one may see, the newest first."""
    asked = _asked(request)
    page = read_page(
        query=request.GET,
        rows=need_rows(wanted=asked.wanted),
        sorts=_SORTS,
        default_sort="-since",
        chips=asked.chips,
        export_url=reverse("buying:needs-xlsx"),
    )
    told = {"page": page, "needs": need_values(page.rows), "asked": asked}
    part = "portal/buying/needs_found.html" if request.headers.get("HX-Request") else "portal/buying/needs.html"
    return render(request, part, told)


@require_GET
def export(request: HttpRequest) -> FileResponse:
    """The filtered needs as a spreadsheet."""
    rows = need_rows(wanted=_asked(request).wanted).order_by("-opened_at", "-id")[:_MOST_EXPORTED]

    def cells() -> Iterator[list[Value]]:
        yield from (need_cells(need) for need in need_values(rows))

    book = workbook(_("Needs"), NEED_COLUMNS, cells())
    return FileResponse(book, as_attachment=True, filename=_("Needs") + ".xlsx", content_type=MEDIA_TYPE)


@require_POST
def choose(request: HttpRequest, need_id: int, choice: str) -> HttpResponse:
    """Keep what was chosen and go back to the order, which follows what becomes of it."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    need = need_of(need_id=need_id)
    known = next((one for one in Choice if one.value == choice), None)
    if need is None or known is None:
        raise Http404
    product = request.POST.get("product", "")
    params = {"product_id": int(product)} if product.isascii() and product.isdigit() and len(product) < 15 else {}
    choose_for_need(actor=actor, need_id=need_id, choice=known, params=params, now=now())
    return redirect("buying:order", need.order_id)


def _asked(request: HttpRequest) -> AskedNeeds:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    entity = request.GET.get("entity", "")
    entity_id = next((one.id for one in actor.entities if str(one.id) == entity), None)
    return read_needs(request.GET, entity_id=entity_id)
