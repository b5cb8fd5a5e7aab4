"""Every row of a report's file becomes a line with its place, its product where that is certain, and its findings."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from itertools import islice
from typing import Any

from django.db import connection

from zveno.base import files, tasks
from zveno.base.tabular.reading import read_workbook
from zveno.base.tx import in_transaction
from zveno.kit.errors import Fault
from zveno.kit.money import round_money
from zveno.kit.period import Period, next_month
from zveno.pricing.queries.floors import floor_prices
from zveno.sellout.actions.faulty import fault_as_json
from zveno.sellout.models import Question, Report, ReportLine
from zveno.sellout.queries.known import KnownCodes, known_codes, usual_prices
from zveno.sellout.rules.applying import apply_mapping
from zveno.sellout.rules.checks import Checker, Expectations
from zveno.sellout.rules.currencies import currency_of
from zveno.sellout.rules.lines import Item, RawLine
from zveno.sellout.rules.mapping import Mapping
from zveno.sellout.rules.summary import Summary, summarise

_AT_ONCE = 2000


@in_transaction
def take_lines(*, report_id: int, task_id: int | None, now: datetime) -> None:
    """Read the report's file under its mapping and store its lines, questions and summary.

    Repeatable: what an earlier run stored is replaced. A file that breaks on the way refuses the report with the
    fault kept for the page; nothing is raised and no line is left behind.
    """
    report = Report.objects.unscoped("taking lines serves the system").select_for_update().get(pk=report_id)
    if report.state != "taking":
        return
    _forget_lines(report)
    mapping = Mapping.from_json(report.mapping or {})
    codes = known_codes(distributor_id=report.distributor_id)
    taking = _Taking(report=report, codes=codes, checker=Checker(_expectations(report, codes, now.date())))
    try:
        with files.on_disk(report.file) as path, tasks.reporting(task_id) as say:
            sheet = read_workbook(path, report.file.name)[mapping.sheet]
            summary = taking.store(apply_mapping(sheet, mapping), say)
    except Fault as fault:
        _forget_lines(report)
        report.state, report.error = "refused", fault_as_json(fault)
        report.save(update_fields=["state", "error"])
        return
    taking.ask()
    told = (word for word, _ in taking.currencies.most_common())
    report.currency = currency_of(mapping, told) or report.currency
    _close(report, summary, taking)


def _forget_lines(report: Report) -> None:
    ReportLine.objects.unscoped("taken anew").filter(report=report).delete()
    Question.objects.unscoped("taken anew").filter(report=report).delete()


def _expectations(report: Report, codes: KnownCodes, today: date) -> Expectations:
    told = Period(report.period_from, report.period_to) if report.period_from and report.period_to else None
    return Expectations(
        today=today,
        period=told,
        floors=floor_prices(seller_ids=codes.makers),
        usual_prices=usual_prices(distributor_id=report.distributor_id),
    )


@dataclass(slots=True)
class _Worth:
    """How many lines hang on a question, and how much money."""

    lines: int = 0
    total: Decimal = Decimal(0)


@dataclass(slots=True)
class _Taking:
    """One pass over a file: lines go to the table as they are read, what is not certain is gathered for asking."""

    report: Report
    codes: KnownCodes
    checker: Checker
    findings: Counter[tuple[str, str]] = field(default_factory=Counter)
    worth: dict[str, _Worth] = field(default_factory=dict)
    resolved: Counter[str] = field(default_factory=Counter)
    currencies: Counter[str] = field(default_factory=Counter)

    def store(self, items: Iterable[Item], say: Callable[[int], None]) -> Summary:
        """Copy the lines into the table, in the order of the file; the summary of all items."""
        columns = ", ".join(f'"{name}"' for name in _COLUMNS)
        with connection.cursor() as cursor, cursor.copy(f"COPY sellout_reportline ({columns}) FROM STDIN") as copy:
            return summarise(self._copied(items, copy, say))

    def _copied(self, items: Iterable[Item], copy: Any, say: Callable[[int], None]) -> Iterator[Item]:
        """The items again, once their lines are copied: block by block, for lines are matched many at a time."""
        taken = 0
        rest = iter(items)
        while block := list(islice(rest, _AT_ONCE)):
            lines = [item for item in block if isinstance(item, RawLine)]
            self.codes.resolve_all(lines)
            for line in lines:
                copy.write_row(self._row(line))
            taken += len(block)
            say(taken)
            yield from block

    def _row(self, line: RawLine) -> tuple[Any, ...]:
        amount = line.amount
        if amount is None and line.price is not None and line.quantity is not None:
            amount = round_money(line.price * line.quantity)
        known = self.codes.resolve(line)
        self.resolved[known.how or "asked"] += 1
        if line.currency:
            self.currencies[line.currency] += 1
        if not known.how:
            worth = self.worth.setdefault(known.key, _Worth())
            worth.lines += 1
            worth.total += abs(amount or Decimal(0))
        return (
            self.report.pk,
            self.report.distributor_id,
            line.place.sheet[:200],
            line.place.row,
            line.place.column,
            line.sold_on,
            line.product_code[:200],
            line.article[:200],
            line.barcode[:40],
            line.product_name[:500],
            known.product_id,
            known.key,
            known.how,
            line.quantity,
            line.unit[:40],
            line.price,
            amount,
            line.customer_name[:300],
            line.customer_inn[:12],
            (line.customer_region or line.customer_address)[:200],
            line.outlet[:300],
            line.document_number[:60],
            False,
            self._findings(line, known.product_id),
        )

    def _findings(self, line: RawLine, product_id: int | None) -> str:
        found = self.checker.findings(line, product_id)
        if not found:
            return "[]"
        for finding in found:
            self.findings[finding.code, finding.severity.value] += 1
        return json.dumps(
            [{"code": f.code, "severity": f.severity.value, "field": f.field, "params": f.params} for f in found]
        )

    def ask(self) -> None:
        """Turn what is not certain into questions, one per code or name."""
        Question.objects.bulk_create(
            (
                Question(
                    report=self.report,
                    distributor_id=self.report.distributor_id,
                    asked=key,
                    code=asked.product_code[:200],
                    article=asked.article[:200],
                    barcode=asked.barcode[:40],
                    name=asked.name[:500],
                    lines=self.worth[key].lines,
                    total=self.worth[key].total,
                    verdict=match.verdict.value,
                    candidates=[
                        {"product_id": c.product_id, "score": round(c.score, 3), "reason": c.reason, "params": c.params}
                        for c in match.candidates
                    ],
                )
                for key, asked, match in self.codes.open_questions()
                if key in self.worth
            ),
            batch_size=1000,
        )


def _close(report: Report, summary: Summary, taking: _Taking) -> None:
    """Say what the file means, and where the report stands."""
    if summary.first_day and summary.last_day and not (report.period_from and report.period_to):
        report.period_from = summary.first_day.replace(day=1)
        report.period_to = next_month(summary.last_day)
    open_questions = len(taking.worth)
    report.summary = {
        "lines": summary.total.lines,
        "quantity": str(summary.total.quantity),
        "amount": str(summary.total.amount),
        "returns": summary.returns.lines,
        "returned_amount": str(summary.returns.amount),
        "period": [day.isoformat() for day in (summary.first_day, summary.last_day) if day],
        "products": summary.products,
        "customers": summary.customers,
        "units": dict(summary.units),
        "problems": dict(summary.problems),
        "problem_examples": [_as_json(problem) for problem in summary.problem_examples],
        "skipped": dict(summary.skipped),
        "stated_totals": summary.stated,
        "agreeing_totals": summary.agreeing,
        "disagreement": str(summary.disagreement) if summary.disagreement else "",
        "findings": [{"code": c, "severity": s, "lines": n} for (c, s), n in sorted(taking.findings.items())],
        "resolved": dict(taking.resolved),
        "questions": open_questions,
        "open_questions": open_questions,
        "makers": taking.codes.makers,
    }
    report.state = "asking" if open_questions else "ready"
    report.error = None
    report.save(update_fields=["period_from", "period_to", "currency", "summary", "state", "error"])


def _as_json(problem: Any) -> dict[str, Any]:
    place = problem.place
    return {
        "sheet": place.sheet,
        "row": place.row,
        "column": place.column,
        "code": problem.code,
        "field": problem.field,
        "value": problem.value,
    }


_COLUMNS = (
    "report_id",
    "distributor_id",
    "sheet",
    "row",
    "column",
    "sold_on",
    "code",
    "article",
    "barcode",
    "name",
    "product_id",
    "asked",
    "matched_by",
    "quantity",
    "unit",
    "price",
    "total",
    "customer",
    "customer_inn",
    "region",
    "outlet",
    "document",
    "is_counted",
    "findings",
)
