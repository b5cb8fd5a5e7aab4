"""What either side does to a claim on its page. A fault shows the page again with what was typed."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from zveno.base.clock import now
from zveno.claims.actions.ask_on_claim import ask_on_claim
from zveno.claims.actions.decide_claim import decide_claim
from zveno.claims.actions.dispute_claim import dispute_claim
from zveno.claims.actions.finish_claim import finish_claim
from zveno.claims.actions.say_on_claim import say_on_claim
from zveno.claims.actions.take_claim import take_claim
from zveno.claims.actions.withdraw_claim import withdraw_claim
from zveno.claims.errors import ClaimNotFound
from zveno.claims.queries.claim_page import ClaimPage, claim_page
from zveno.claims.rules.claiming import Outcome
from zveno.claims.rules.deciding import Verdict
from zveno.kit.errors import Fault, NotFound
from zveno.portal.claims.asking import actor_of, files_of, space_of, today_of
from zveno.portal.claims.pages import shown
from zveno.ui.typed import quantity_of


@require_POST
def say(request: HttpRequest, claim_id: int) -> HttpResponse:
    """Say something, with files or without."""
    words, company = request.POST.get("words", ""), actor_of(request).company_id
    return _do(
        request,
        claim_id,
        lambda: say_on_claim(claim_id=claim_id, words=words, sent=files_of(request), company_id=company, now=now()),
    )


@require_POST
def withdraw(request: HttpRequest, claim_id: int) -> HttpResponse:
    """Take the claim back."""
    return _do(request, claim_id, lambda: withdraw_claim(claim_id=claim_id, now=now()))


@require_POST
def dispute(request: HttpRequest, claim_id: int) -> HttpResponse:
    """Not agree with the decision."""
    page, moment = _page(claim_id), now()
    today = today_of(page.claim.seller_id, actor_of(request), moment)
    words = request.POST.get("words", "")
    return _do(request, claim_id, lambda: dispute_claim(claim_id=claim_id, words=words, today=today, now=moment))


@require_POST
def take(request: HttpRequest, claim_id: int) -> HttpResponse:
    """Take the claim into work."""
    return _do(request, claim_id, lambda: take_claim(claim_id=claim_id, now=now()))


@require_POST
def ask(request: HttpRequest, claim_id: int) -> HttpResponse:
    """Ask the buyer."""
    words = request.POST.get("words", "")
    return _do(request, claim_id, lambda: ask_on_claim(claim_id=claim_id, words=words, now=now()))


@require_POST
def decide(request: HttpRequest, claim_id: int) -> HttpResponse:
    """Decide the claim line by line."""
    page, words = _page(claim_id), request.POST.get("words", "")
    return _do(
        request,
        claim_id,
        lambda: decide_claim(claim_id=claim_id, verdicts=_verdicts(request, page), words=words, now=now()),
    )


@require_POST
def finish(request: HttpRequest, claim_id: int) -> HttpResponse:
    """Say that what was decided is done."""
    words = request.POST.get("words", "")
    return _do(request, claim_id, lambda: finish_claim(claim_id=claim_id, words=words, now=now()))


def _do(request: HttpRequest, claim_id: int, deed: Callable[[], object]) -> HttpResponse:
    try:
        with transaction.atomic():
            deed()
    except NotFound:
        raise
    except Fault as fault:
        return shown(request, claim_id, fault)
    return redirect(f"{space_of(request)}:claim", claim_id)


def _page(claim_id: int) -> ClaimPage:
    page = claim_page(claim_id=claim_id)
    if page is None:
        raise ClaimNotFound()
    return page


def _verdicts(request: HttpRequest, page: ClaimPage) -> dict[int, Verdict]:
    """The posted verdicts; a quantity left empty grants all that is claimed."""
    found, known = {}, set(Outcome)
    for line in page.lines:
        outcome = request.POST.get(f"outcome-{line.id}", "")
        if outcome not in known:
            continue
        quantity = request.POST.get(f"granted-{line.id}", "").strip()
        amount = request.POST.get(f"amount-{line.id}", "").strip()
        found[line.id] = Verdict(
            outcome=Outcome(outcome),
            quantity=quantity_of(quantity) if quantity else line.quantity,
            amount=_sum(amount) if amount else None,
            words=request.POST.get(f"words-{line.id}", ""),
        )
    return found


def _sum(text: str) -> Decimal:
    return round(quantity_of(text), 2)
