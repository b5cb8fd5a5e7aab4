"""Which products a report's unknown codes mean: one question a row, answered from the keyboard."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from zveno.base.clock import now
from zveno.catalog.queries.names import NamedProduct
from zveno.partners.rules.roles import Right
from zveno.portal.sellout.doors import actor_of, report_or_404
from zveno.portal.sellout.forms import ChoiceUnknown
from zveno.sellout.actions.accept_likely import accept_likely
from zveno.sellout.actions.answer_question import answer_question
from zveno.sellout.queries.questions import likely_counts
from zveno.sellout.queries.reports import (
    ShownQuestion,
    find_question,
    question_counts,
    questions_of,
    suggest_products,
)
from zveno.sellout.shown import reason_words, shown_report
from zveno.ui.formats import format_percent

_SIZE = 50
_ANSWERS = ("product", "foreign", "later")
_THRESHOLDS = (0.9, 0.8, 0.7, 0.6)


@dataclass(frozen=True, slots=True)
class Offer:
    """A product that may be meant, with the words beside it."""

    product: NamedProduct
    score: str
    why: str


@dataclass(frozen=True, slots=True)
class Row:
    """A question with what it offers; `chosen` stands in the field."""

    question: Any
    offers: tuple[Offer, ...]
    chosen: NamedProduct | None
    why: str
    answered: bool


def questions_context(request: HttpRequest, report: Any, *, open_only: bool = True) -> dict[str, Any]:
    """A page of questions and how far one is. Four statements, whatever the number of questions."""
    number = request.GET.get("page", "1") if not open_only else "1"
    page = max(int(number), 1) if number.isascii() and number.isdigit() and len(number) < 6 else 1
    asked = questions_of(report.pk, limit=_SIZE + 1, offset=(page - 1) * _SIZE, open_only=open_only)
    return {
        "questions": [_row(request, question) for question in asked[:_SIZE]],
        "open_only": open_only,
        "page_number": page,
        "more": len(asked) > _SIZE,
        "size": _SIZE,
        **_progress(request, report),
    }


def _progress(request: HttpRequest, report: Any) -> dict[str, Any]:
    open_count, whole = question_counts(report.pk)
    counts = likely_counts(report.pk, _THRESHOLDS)
    return {
        "open_count": open_count,
        "whole": whole,
        "answered_count": whole - open_count,
        "likely": [
            (f"{threshold:g}", _percent(threshold, request), count)
            for threshold, count in zip(_THRESHOLDS, counts, strict=True)
            if count
        ],
    }


def _row(request: HttpRequest, shown: ShownQuestion) -> Row:
    offers = tuple(
        Offer(candidate.product, _percent(candidate.score, request), reason_words(candidate.reason, candidate.params))
        for candidate in shown.candidates
    )
    answered = shown.question.answered_at is not None
    chosen = shown.chosen if answered else (offers[0].product if offers else None)
    why = next((f"{o.score} · {o.why}" for o in offers if chosen and o.product.id == chosen.id), "")
    return Row(question=shown.question, offers=offers, chosen=chosen, why=why, answered=answered)


def _percent(score: float, request: HttpRequest) -> str:
    return format_percent(Decimal(str(score)), request.LANGUAGE_CODE, digits=0)


@require_GET
def show_questions(request: HttpRequest, report_id: int) -> HttpResponse:
    """All questions of a report, the answered ones too, so that an answer can be corrected."""
    report = report_or_404(request, report_id)
    context = {
        "report": report,
        "shown": shown_report(report),
        "may_report": Right.SELLOUT_REPORT in actor_of(request).rights and report.state in ("asking", "ready"),
        **questions_context(request, report, open_only=False),
    }
    return render(request, "portal/sellout/questions.html", context)


@require_POST
def answer(request: HttpRequest, report_id: int, question_id: int) -> HttpResponse:
    """Keep one answer; gives the row back with how far one is."""
    report = report_or_404(request, report_id)
    said, told = request.POST.get("answer", ""), request.POST.get("product", "")
    if said not in _ANSWERS or (told and not (told.isascii() and told.isdigit() and len(told) < 18)):
        raise ChoiceUnknown
    asked = find_question(question_id)
    if asked is None or asked.question.report_id != report.pk:
        raise Http404
    answer_question(question_id=question_id, answer=said, product_id=int(told) if told else None, now=now())
    report.refresh_from_db(fields=["state", "summary"])
    kept = find_question(question_id)
    context = {
        "report": report,
        "row": _row(request, kept) if kept else None,
        "may_report": True,
        "with_progress": True,
        **_progress(request, report),
    }
    return render(request, "portal/sellout/_question.html", context)


@require_POST
def take_likely(request: HttpRequest, report_id: int) -> HttpResponse:
    """Answer all questions whose best candidate is likely enough."""
    report = report_or_404(request, report_id)
    told = request.POST.get("at_least", "")
    if told not in {f"{threshold:g}" for threshold in _THRESHOLDS}:
        raise ChoiceUnknown
    accept_likely(report_id=report.pk, at_least=float(told), now=now())
    return redirect(reverse("sellout:report", args=[report.pk]))


@require_GET
def suggest(request: HttpRequest, report_id: int) -> HttpResponse:
    """Products of the range by what was typed."""
    report = report_or_404(request, report_id)
    found = suggest_products(report_id=report.pk, text=request.GET.get("q", "")[:100])
    return render(request, "portal/sellout/_options.html", {"products": found})
