"""A buyer makes a claim: chooses the shipment, says what is wrong with which lines, adds photos."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from zveno.base.clock import now
from zveno.claims.actions.open_claim import Claimed, open_claim
from zveno.claims.errors import ClaimProblems
from zveno.claims.queries.claimable import Claimable, claimable_of
from zveno.claims.rules.claiming import OUTCOMES, Kind, Outcome
from zveno.claims.shown import KINDS, outcome_word
from zveno.claims.words import problem_words
from zveno.kit.errors import Fault
from zveno.orders.queries.shipments import latest_shipments
from zveno.partners.queries.names import company_names
from zveno.portal.claims.asking import actor_of, files_of, today_of
from zveno.ui.typed import quantity_of
from zveno.ui.words import explain


@require_GET
def choose(request: HttpRequest) -> HttpResponse:
    """The latest shipments, to be claimed one of."""
    text = request.GET.get("q", "")[:60]
    found = latest_shipments(search=text)
    names = company_names({row.seller_id for row in found})
    told = {"rows": [(row, names.get(row.seller_id, "")) for row in found], "text": text}
    whole = "portal/claims/choose.html"
    return render(request, "portal/claims/chosen.html" if request.headers.get("HX-Request") else whole, told)


@require_http_methods(["GET", "POST"])
def create(request: HttpRequest, shipment_id: int) -> HttpResponse:
    """The form of a claim about a shipment."""
    state = claimable_of(shipment_id=shipment_id)
    if state is None:
        raise Http404
    if request.method == "GET":
        return _form(request, state, _kind(request.GET), None)
    try:
        with transaction.atomic():
            return redirect("claims:claim", _open(request, state))
    except Fault as fault:
        return _form(request, state, _kind(request.POST), fault)


def _open(request: HttpRequest, state: Claimable) -> int:
    actor, moment, kind = actor_of(request), now(), _kind(request.POST)
    claimed = Claimed(
        kind=kind, wish=_wish(request.POST, kind), wanted=_wanted(request, state), words=request.POST.get("words", "")
    )
    claim = open_claim(
        actor=actor,
        shipment_id=state.shipment.id,
        claimed=claimed,
        sent=files_of(request),
        key=_key(request.POST.get("key", "")),
        today=today_of(state.shipment.seller_id, actor, moment),
        now=moment,
    )
    return claim.pk


def _form(request: HttpRequest, state: Claimable, kind: Kind, fault: Fault | None) -> HttpResponse:
    posted: Mapping[str, Any] = request.POST
    problems = {p.key: problem_words(p) for p in fault.problems} if isinstance(fault, ClaimProblems) else {}
    today = today_of(state.shipment.seller_id, actor_of(request), now())
    last = state.terms.last_day(kind, state.shipment.shipped_on)
    told = {
        "shipment": state.shipment,
        "rows": [
            (goods, left, posted.get(f"quantity-{at}", ""), problems.get(goods.key, ""))
            for at, (goods, left) in enumerate(state.left())
        ],
        "kinds": [(value.value, str(word), value is kind) for value, word in KINDS.items()],
        "kind": kind.value,
        "wishes": [(wish.value, outcome_word(wish)) for wish in OUTCOMES[kind]],
        "wish": posted.get("wish", ""),
        "needs_lines": kind is not Kind.PAPERS,
        "limited": kind not in (Kind.SURPLUS, Kind.PAPERS),
        "last": last,
        "is_over": last is None or today > last,
        "words": posted.get("words", ""),
        "key": posted.get("key") or uuid4(),
        "error": problems.get("", "") if problems else explain(fault) if fault else "",
    }
    return render(request, "portal/claims/new.html", told, status=422 if fault else 200)


def _kind(told: Mapping[str, Any]) -> Kind:
    word = told.get("kind", "")
    return Kind(word) if word in set(Kind) else Kind.SHORTAGE


def _wish(told: Mapping[str, Any], kind: Kind) -> Outcome:
    word = told.get("wish", "")
    return Outcome(word) if word in set(Outcome) else OUTCOMES[kind][0]


def _wanted(request: HttpRequest, state: Claimable) -> dict[str, Decimal]:
    found = {}
    for at, goods in enumerate(state.goods):
        quantity = quantity_of(request.POST.get(f"quantity-{at}", ""))
        if quantity:
            found[goods.key] = quantity
    return found


def _key(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as wrong:
        raise Http404 from wrong
