"""What the distributor's codes mean: searched, corrected, forgotten, each with its history."""

from __future__ import annotations

import json
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from zveno.base.clock import now
from zveno.base.downloads import workbook_of
from zveno.base.sheets import Column
from zveno.partners.rules.roles import Right
from zveno.portal.sellout.doors import actor_of
from zveno.portal.sellout.forms import ChoiceUnknown
from zveno.sellout.actions.change_code import change_code, forget_code, recall_code
from zveno.sellout.labels import CODE_KINDS, Label
from zveno.sellout.queries.codes import code_history, find_code, narrowed_codes, suggest_range
from zveno.sellout.shown import local
from zveno.ui.pages import Chip, read_page, replaced

_SORTS = {"code": ["key", "id"], "product": ["product__code", "id"], "when": ["decided_at", "id"]}


@require_GET
def show_codes(request: HttpRequest) -> HttpResponse:
    """The list of codes."""
    query = request.GET
    chips = []
    if query.get("meaning"):
        told = _("not the manufacturer's") if query["meaning"] == "foreign" else _("a product")
        chips.append(Chip(_("Meaning"), told, replaced(query, meaning=None)))
    page = read_page(
        query=query,
        rows=_asked(request),
        sorts=_SORTS,
        default_sort="-when",
        chips=chips,
        export_url=reverse("sellout:codes-export") + replaced(query, page=None),
    )
    context = {"page": page, "rows": [_row(code) for code in page.rows], "may_report": _may(request)}
    return render(request, "portal/sellout/codes.html", context)


@require_GET
def export_codes(request: HttpRequest) -> HttpResponseBase:
    """The list as an xlsx."""
    columns = (
        Column(_("Code"), width=24),
        Column(_("What the file says"), width=44),
        Column(_("Manufacturer's article"), width=20),
        Column(_("Product"), width=44),
        Column(_("Decided by"), width=24),
        Column(_("Decided"), "moment"),
    )
    rows = (
        (
            code_shown(code)[1],
            code.name,
            code.product.code if code.product else "",
            code.product.name if code.product else _("not the manufacturer's"),
            code.decided_by.shown_name if code.decided_by else "",
            local(code.decided_at),
        )
        for code in _asked(request).iterator(chunk_size=1000)
    )
    return workbook_of("codes", _("Codes"), columns, rows)


@require_GET
def suggest_products(request: HttpRequest) -> HttpResponse:
    """Products of the range by what was typed."""
    found = suggest_range(distributor_id=actor_of(request).company_id, text=request.GET.get("q", "")[:100])
    return render(request, "portal/sellout/_options.html", {"products": found})


@require_GET
def show_code(request: HttpRequest, code_id: int) -> HttpResponse:
    """What a code meant before: a dialog."""
    code = _own(request, code_id)
    decisions = [_row(one) for one in code_history(code)]
    return render(request, "portal/sellout/_code_history.html", {**_row(code), "decisions": decisions})


@require_POST
def change(request: HttpRequest, code_id: int) -> HttpResponse:
    """The code means another product, or nothing of the manufacturer's."""
    _own(request, code_id)
    told = request.POST.get("value", "")
    if told != "foreign" and not (told.isascii() and told.isdigit() and len(told) < 18):
        raise ChoiceUnknown
    changed = change_code(code_id=code_id, product_id=None if told == "foreign" else int(told), now=now())
    return _row_part(request, changed.pk)


@require_POST
def forget(request: HttpRequest, code_id: int) -> HttpResponse:
    """The code is asked about again next time; can be undone."""
    code = _own(request, code_id)
    forget_code(code_id=code_id, now=now())
    answer = HttpResponse("")
    answer.headers["HX-Trigger"] = json.dumps(
        {
            "zveno:undo": {
                "text": _("Code %(code)s forgotten") % {"code": code_shown(code)[1]},
                "undo": reverse("sellout:code-recall", args=[code_id]),
                "target": "#content",
            }
        }
    )
    return answer


@require_POST
def recall(request: HttpRequest, code_id: int) -> HttpResponse:
    """Undo forgetting."""
    _own(request, code_id)
    recall_code(code_id=code_id, now=now())
    return HttpResponse(status=200, headers={"HX-Refresh": "true"})


def code_shown(code: Any) -> tuple[Label, str]:
    """What a decision is about: the kind (own code, article, barcode, name), and the code as it was written."""
    kind, _sep, folded = code.key.partition(":")
    return CODE_KINDS.get(kind, kind), code.told or folded


def _asked(request: HttpRequest) -> Any:
    return narrowed_codes(
        actor_of(request).company_id, text=request.GET.get("q", ""), meaning=request.GET.get("meaning", "")
    )


def _row(code: Any) -> dict[str, Any]:
    kind, told = code_shown(code)
    return {"code": code, "kind": kind, "told": told}


def _row_part(request: HttpRequest, code_id: int) -> HttpResponse:
    code = _own(request, code_id)
    return render(request, "portal/sellout/_code.html", {"row": _row(code), "may_report": True})


def _own(request: HttpRequest, code_id: int) -> Any:
    code = find_code(code_id)
    if code is None or code.distributor_id != actor_of(request).company_id:
        raise Http404
    return code


def _may(request: HttpRequest) -> bool:
    return Right.SELLOUT_REPORT in actor_of(request).rights
