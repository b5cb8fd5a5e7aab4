"""Which of the seller's products stand for one another, or go together: the list, adding, taking back."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_GET, require_POST

from zveno.base.clock import now
from zveno.base.sheets import MEDIA_TYPE, Column, Value, workbook
from zveno.catalog.actions.relate_products import part_products, relate_products
from zveno.catalog.labels import RELATIONS, relation_word
from zveno.catalog.queries.listing import Wanted, find_products
from zveno.catalog.queries.relations import relation_values, relations_of
from zveno.catalog.rules.relations import RelationKind
from zveno.catalog.rules.search import typed
from zveno.partners.queries.actors import Actor
from zveno.partners.rules.roles import Right
from zveno.portal.buying.marking import marked
from zveno.ui.pages import Chip, read_page, replaced

_SORTS = {"code": ("product__code", "id"), "name": ("product__name", "id"), "other": ("other__name", "id")}
_MOST_EXPORTED = 50_000


@require_GET
def show(request: HttpRequest) -> HttpResponse:
    """What the seller said, or its accounting system, found by either product."""
    return _list(request)


@require_POST
def add(request: HttpRequest) -> HttpResponse:
    """Add a relation, in one direction or in both; answers with the list."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    kind = _kind(request.POST.get("kind", ""))
    product_id, other_id = _number(request.POST.get("product")), _number(request.POST.get("other"))
    if kind is None or product_id is None or other_id is None:
        raise Http404
    added = relate_products(
        owner_id=actor.company_id,
        product_id=product_id,
        other_id=other_id,
        kind=kind,
        both_ways=request.POST.get("both") == "1",
        now=now(),
    )
    said = ngettext("%(n)s relation added", "%(n)s relations added", added) % {"n": added}
    return _list(request, said=said if added else _("It is in the list already"))


@require_POST
def drop(request: HttpRequest, relation_id: int) -> HttpResponse:
    """Take a relation back; answers with the list."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    part_products(owner_id=actor.company_id, relation_id=relation_id)
    return _list(request, said=_("Taken out of the list"))


@require_GET
def suggest(request: HttpRequest) -> HttpResponse:
    """Products of the seller's own range for a field."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    search = typed(request.GET.get("q", ""))
    rows = find_products(wanted=Wanted(seller_id=actor.company_id, search=search), limit=8).rows if search else ()
    told = [(row.id, row.code, marked(row.code, search), marked(row.name, search)) for row in rows]
    return render(request, "portal/selling/product_options.html", {"rows": told})


@require_GET
def export(request: HttpRequest) -> FileResponse:
    """The filtered list as a spreadsheet."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    rows = relations_of(
        owner_id=actor.company_id, search=request.GET.get("q", "")[:120], kind=_kind(request.GET.get("kind", ""))
    ).order_by("product__code", "id")[:_MOST_EXPORTED]
    columns = [
        Column(_("Code"), width=16),
        Column(_("Name"), width=60),
        Column(_("Relation"), width=16),
        Column(_("Code of the other"), width=16),
        Column(_("Name of the other"), width=60),
        Column(_("Told by"), width=24),
    ]

    def cells() -> Iterator[list[Value]]:
        for row in relation_values(rows):
            who = _("the accounting system") if row.is_from_erp else _("a person")
            yield [row.code, row.name, relation_word(row.kind), row.other_code, row.other_name, who]

    book = workbook(pgettext("products", "Substitutes"), columns, cells())
    return FileResponse(
        book, as_attachment=True, filename=pgettext("products", "Substitutes") + ".xlsx", content_type=MEDIA_TYPE
    )


def _list(request: HttpRequest, *, said: str = "") -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    text, kind = request.GET.get("q", "")[:120], _kind(request.GET.get("kind", ""))
    page = read_page(
        query=request.GET,
        rows=relations_of(owner_id=actor.company_id, search=text, kind=kind),
        sorts=_SORTS,
        default_sort="name",
        chips=[Chip("", relation_word(kind), replaced(request.GET, kind=None))] if kind else [],
        export_url=reverse("selling:relations-xlsx"),
    )
    told = {
        "page": page,
        "rows": relation_values(page.rows),
        "text": text,
        "kind": kind.value if kind else "",
        "kinds": [(one.value, RELATIONS[one]) for one in RelationKind],
        "said": said,
        "may_change": Right.SALES_DECIDE in actor.rights,
    }
    part = (
        "portal/selling/relations_found.html" if request.headers.get("HX-Request") else "portal/selling/relations.html"
    )
    return render(request, part, told)


def _kind(text: str) -> RelationKind | None:
    return next((one for one in RelationKind if one.value == text), None)


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 15 else None
