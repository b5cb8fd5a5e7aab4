"""All questions whose best candidate is likely enough are answered at once, each recorded as if answered alone."""

from __future__ import annotations

from datetime import datetime

from zveno.base.scope import current
from zveno.base.tx import in_transaction
from zveno.kit.errors import NotFound
from zveno.sellout.actions.answer_question import answer_question
from zveno.sellout.models import Question, Report


@in_transaction
def accept_likely(*, report_id: int, at_least: float, now: datetime) -> int:
    """Take the best candidate of every open question of the report that scores `at_least` (0..1) or more. Returns how
    many were answered. Raises NotFound, ReportClosed."""
    report = Report.objects.visible_to(current()).select_for_update(of=("self",)).filter(pk=report_id).first()
    if report is None:
        raise NotFound(report=report_id)
    questions = Question.objects.visible_to(current()).filter(report=report, answered_at=None).order_by("id")
    answered = 0
    for question_id, candidates in list(questions.values_list("id", "candidates")):
        if candidates and candidates[0]["score"] >= at_least:
            product_id = int(candidates[0]["product_id"])
            answer_question(question_id=question_id, answer="product", product_id=product_id, now=now)
            answered += 1
    return answered
