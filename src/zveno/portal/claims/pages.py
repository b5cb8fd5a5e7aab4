"""A claim's page on either side, and its files."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET

from zveno.base.clock import today_at
from zveno.base.downloads import download_of
from zveno.base.files import derived
from zveno.claims.errors import ClaimProblems
from zveno.claims.queries.claim_page import LineValue, claim_file, claim_page
from zveno.claims.rules.claiming import Outcome
from zveno.claims.rules.states import Deed, Side
from zveno.claims.words import problem_words
from zveno.kit.errors import Fault
from zveno.partners.rules.roles import Right
from zveno.portal.buying.media import EDGES, fitted
from zveno.portal.claims.asking import actor_of, sells, space_of
from zveno.ui.words import explain


@require_GET
def show(request: HttpRequest, claim_id: int) -> HttpResponse:
    """The claim with its lines, files and conversation."""
    return shown(request, claim_id)


def shown(request: HttpRequest, claim_id: int, fault: Fault | None = None) -> HttpResponse:
    """The page; with the fault of what was just tried, it keeps what was typed and says what is wrong."""
    page = claim_page(claim_id=claim_id)
    if page is None:
        raise Http404
    actor, selling, space = actor_of(request), sells(request), space_of(request)
    side = Side.SELLER if selling else Side.BUYER
    acts = (Right.SALES_DECIDE if selling else Right.ORDERS_PLACE) in actor.rights
    by_line = {p.key: problem_words(p) for p in fault.problems} if isinstance(fault, ClaimProblems) else {}
    told: dict[str, Any] = {
        "page": page,
        "claim": page.claim,
        "today": today_at(actor.time_zone),
        "selling": selling,
        "list_url": f"{space}:list",
        "file_url": f"{space}:file",
        "say_url": f"{space}:say",
        "order_url": "selling:order" if selling else "buying:order",
        "may": {deed.value: acts and page.may(deed, side) for deed in Deed},
        "may_say": acts,
        "deed": request.resolver_match.url_name if fault and request.resolver_match else "",
        "typed": request.POST.get("words", "") if fault else "",
        "error": explain(fault) if fault else "",
        "rows": [_decidable(line, page.wish, request.POST if fault else {}, by_line) for line in page.lines],
        "outcomes": page.outcomes,
    }
    return render(request, "portal/claims/claim.html", told, status=422 if fault else 200)


@require_GET
def serve(request: HttpRequest, claim_id: int, file_id: int) -> HttpResponseBase:
    """A file of a claim as a download; `?edge=` a picture made small, which is ours and may be shown in the page."""
    found = claim_file(claim_id=claim_id, file_id=file_id)
    if found is None:
        raise Http404
    content, is_picture = found
    edge = next((edge for edge in EDGES if str(edge) == request.GET.get("edge")), 0)
    if edge and is_picture:
        small = derived(content, f"{edge}.webp", lambda whole: fitted(whole, edge))
        if small is not None:
            answer = HttpResponse(small, content_type="image/webp")
            answer.headers["Cache-Control"] = "private, max-age=86400"
            return answer
    return download_of(content)


def _decidable(
    line: LineValue, wish: Outcome, posted: Mapping[str, Any], problems: Mapping[str, str]
) -> dict[str, Any]:
    """A line as the form of the decision shows it: what was typed, else what the buyer wishes."""
    return {
        "line": line,
        "outcome": posted.get(f"outcome-{line.id}", wish.value),
        "quantity": posted.get(f"granted-{line.id}", ""),
        "amount": posted.get(f"amount-{line.id}", ""),
        "words": posted.get(f"words-{line.id}", ""),
        "problem": problems.get(str(line.id), ""),
    }
