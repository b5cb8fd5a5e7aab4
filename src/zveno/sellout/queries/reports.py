"""Reports as their pages show them: the list, one report, its lines, its questions, the remembered codes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from zveno.base.models import StoredFile, Task
from zveno.base.scope import current
from zveno.catalog.queries.names import NamedProduct, find_in_range, named_products
from zveno.kit.period import Period
from zveno.sellout.models import CodeMapping, Question, Report, ReportLine
from zveno.sellout.rules.choosing import meanings, missing_fields
from zveno.sellout.rules.mapping import Mapping


def reports(*, distributor_id: int | None = None) -> QuerySet[Report]:
    """The reports the current scope may see, newest first, with their files and distributors."""
    rows = Report.objects.visible_to(current()).select_related("file", "distributor", "uploaded_by")
    if distributor_id is not None:
        rows = rows.filter(distributor_id=distributor_id)
    return rows.order_by("-uploaded_at", "-id")


def find_report(report_id: int) -> Report | None:
    """The report, if the current scope may see it."""
    return reports().filter(pk=report_id).first()


def report_file(report_id: int) -> StoredFile | None:
    """The file of a report as it was uploaded."""
    report = find_report(report_id)
    return report.file if report else None


def running_task(report_id: int) -> Task | None:
    """The work on a report that is under way, or came to its end last."""
    tasks = Task.objects.visible_to(current()).filter(kind="sellout_report", subject_id=report_id)
    return tasks.order_by("-id").first()


def told_period(report: Report) -> Period | None:
    """The days that the sender or the head of the file says; None when neither does. No SQL."""
    if report.period_from and report.period_to:
        return Period(report.period_from, report.period_to)
    return period_from_json((report.proposal or {}).get("period"))


def period_from_json(told: Any) -> Period | None:
    """The period kept in a proposal."""
    return Period(*map(date.fromisoformat, told)) if told else None


@dataclass(frozen=True, slots=True)
class MappedColumn:
    """A column of the file on the mapping page: what it is called, what it means now, what it looked like."""

    letters: str
    header: str
    field: str
    proposed: str


@dataclass(frozen=True, slots=True)
class MappingView:
    """The file as it is, with what its columns mean."""

    columns: tuple[MappedColumn, ...]
    rows: tuple[dict[str, Any], ...]
    sheets: tuple[dict[str, Any], ...]
    sheet: str
    header_rows: range
    missing: Sequence[str]
    date_order: str
    returns: str
    drift: tuple[dict[str, str], ...]
    mapping: Mapping


def mapping_view(report: Report) -> MappingView:
    """The mapping page of a report that has a proposal. No SQL."""
    proposal = report.proposal or {}
    mapping = Mapping.from_json(report.mapping or {})
    meant = meanings(mapping)
    columns = tuple(
        MappedColumn(c["letters"], c["header"], meant.get(c["letters"], ""), c["kind"]) for c in proposal["columns"]
    )
    return MappingView(
        columns=columns,
        rows=tuple(proposal["preview"]),
        sheets=tuple(proposal["sheets"]),
        sheet=proposal["sheet"],
        header_rows=range(proposal["header_first"], proposal["header_last"] + 1),
        missing=missing_fields(mapping),
        date_order=mapping.date_order,
        returns=mapping.returns,
        drift=tuple(proposal.get("drift", ())),
        mapping=mapping,
    )


@dataclass(frozen=True, slots=True)
class ShownCandidate:
    """A product that a question offers."""

    product: NamedProduct
    score: float
    reason: str
    params: dict[str, str]


@dataclass(frozen=True, slots=True)
class ShownQuestion:
    """A question as the page asks it."""

    question: Question
    candidates: tuple[ShownCandidate, ...]
    chosen: NamedProduct | None


def questions_of(report_id: int, *, limit: int, offset: int = 0, open_only: bool = False) -> list[ShownQuestion]:
    """Questions of a report, heaviest first, with their candidates' names; the order does not depend on the answers.
    Two statements."""
    rows = Question.objects.visible_to(current()).filter(report_id=report_id)
    if open_only:
        rows = rows.filter(answered_at=None)
    return _shown(list(rows.order_by("-total", "-lines", "id")[offset : offset + limit]))


def find_question(question_id: int) -> ShownQuestion | None:
    """One question, if the current scope may see it."""
    return next(iter(_shown(list(Question.objects.visible_to(current()).filter(pk=question_id)))), None)


def question_counts(report_id: int) -> tuple[int, int]:
    """How many questions of a report are open, and how many there are."""
    rows = Question.objects.visible_to(current()).filter(report_id=report_id)
    return rows.filter(answered_at=None).count(), rows.count()


def _shown(questions: list[Question]) -> list[ShownQuestion]:
    ids = {c["product_id"] for q in questions for c in q.candidates} | {q.product_id for q in questions if q.product_id}
    products = named_products(ids)
    return [
        ShownQuestion(
            question=q,
            candidates=tuple(
                ShownCandidate(products[c["product_id"]], c["score"], c["reason"], c.get("params") or {})
                for c in q.candidates
                if c["product_id"] in products
            ),
            chosen=products.get(q.product_id) if q.product_id else None,
        )
        for q in questions
    ]


def suggest_products(*, report_id: int, text: str) -> list[NamedProduct]:
    """Products of the manufacturer's range for the search box of a question; empty for a stranger's report."""
    report = find_report(report_id)
    if report is None:
        return []
    return find_in_range(owner_ids=report.summary.get("makers", []), text=text)


def lines_of(report_id: int) -> QuerySet[ReportLine]:
    """Lines of a report in the order of the file, with their products."""
    rows = ReportLine.objects.visible_to(current()).filter(report_id=report_id).select_related("product")
    return rows.order_by("sheet", "row", "column", "id")


def code_mappings(distributor_id: int) -> QuerySet[CodeMapping]:
    """What the distributor's codes mean now, newest decisions first."""
    rows = CodeMapping.objects.visible_to(current()).filter(distributor_id=distributor_id, replaced_at=None)
    return rows.select_related("product", "decided_by").order_by("-decided_at", "-id")
