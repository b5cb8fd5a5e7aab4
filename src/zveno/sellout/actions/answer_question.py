"""The distributor says which product a code or a name means: asked once, remembered, and used on every line."""

from __future__ import annotations

from datetime import datetime

from zveno.base.audit import record
from zveno.base.scope import current
from zveno.base.tx import in_transaction
from zveno.catalog.queries.names import product_exists
from zveno.kit.errors import NotFound
from zveno.sellout.faults import ReportClosed
from zveno.sellout.models import CodeMapping, Question, Report, ReportLine

_ANSWERABLE = ("asking", "ready")


@in_transaction
def answer_question(*, question_id: int, answer: str, product_id: int | None, now: datetime) -> Question:
    """Answer one question: `product` (with `product_id`), `foreign` (not the manufacturer's: its lines do not count) or
    `later` (counted without a product). The first two are remembered for the distributor's next reports.

    Raises NotFound for a question or product that is not there, ReportClosed when the report cannot change any more.
    """
    question = Question.objects.visible_to(current()).select_for_update().filter(pk=question_id).first()
    if question is None or (answer == "product" and not (product_id and product_exists(product_id))):
        raise NotFound(question=question_id)
    report = Report.objects.visible_to(current()).select_for_update().get(pk=question.report_id)
    if report.state not in _ANSWERABLE:
        raise ReportClosed(state=report.state)
    chosen = product_id if answer == "product" else None
    question.answer, question.product_id, question.answered_at = answer, chosen, now
    question.save(update_fields=["answer", "product_id", "answered_at"])
    if answer != "later":
        _remember(question, chosen, now)
    lines = ReportLine.objects.visible_to(current()).filter(report=report, asked=question.asked)
    lines.update(product=chosen, matched_by="answer" if answer == "product" else answer)
    _settle(report)
    record(
        action="report_question_answered",
        subject=report,
        now=now,
        company_id=report.distributor_id,
        seller_id=report.distributor_id,
        asked=question.code or question.name,
        answer=answer,
    )
    return question


def _remember(question: Question, product_id: int | None, now: datetime) -> None:
    current_one = CodeMapping.objects.visible_to(current()).filter(
        distributor_id=question.distributor_id, key=question.asked, replaced_at=None
    )
    if current_one.filter(product=product_id).exists():
        return
    current_one.update(replaced_at=now)
    CodeMapping.objects.create(
        distributor_id=question.distributor_id,
        key=question.asked,
        told=question.code or question.article or question.barcode,
        name=question.name,
        product_id=product_id,
        decided_by_id=current().user_id,
        how="answer",
        decided_at=now,
    )


def _settle(report: Report) -> None:
    """Count what is still open; a report without open questions is ready."""
    open_questions = report.questions.filter(answered_at=None).count()
    report.summary = {**report.summary, "open_questions": open_questions}
    report.state = "ready" if open_questions == 0 else "asking"
    report.save(update_fields=["summary", "state"])
