"""Every row of a report's file becomes a line with its place, its product where that is certain, and its findings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import connection

from zveno.base import files, tasks
from zveno.base.tabular.reading import read_workbook
from zveno.base.tx import in_transaction
from zveno.catalog.queries.names import range_of
from zveno.kit.errors import Fault
from zveno.kit.period import next_month
from zveno.partners.queries.makers import maker_company_ids
from zveno.sellout.actions.read_layout import fault_as_json
from zveno.sellout.models import CodeMapping, Question, Report, ReportLine
from zveno.sellout.rules.applying import apply_mapping
from zveno.sellout.rules.lines import Item, Problem, RawLine, Skipped
from zveno.sellout.rules.mapping import Mapping
from zveno.sellout.rules.matching import Asked, Match, Product, ProductIndex, Verdict, asked_of, own_key

_EXAMPLES = 20


@in_transaction
def take_lines(*, report_id: int, task_id: int | None, now: datetime) -> None:
    """Read the report's file under its mapping and store its lines, questions and summary.

    Repeatable: what an earlier run stored is replaced. A file that breaks on the way refuses the report with the
    fault kept for the page; nothing is raised and no line is left behind.
    """
    report = Report.objects.unscoped("taking lines serves the system").select_for_update().get(pk=report_id)
    if report.state != "taking":
        return
    ReportLine.objects.unscoped("taken anew").filter(report=report).delete()
    Question.objects.unscoped("taken anew").filter(report=report).delete()
    mapping = Mapping.from_json(report.mapping or {})
    taking = _Taking(report=report, matcher=_Matcher.for_distributor(report.distributor_id))
    try:
        with files.on_disk(report.file) as path, tasks.reporting(task_id) as say:
            sheet = read_workbook(path, report.file.name)[mapping.sheet]
            taking.store(apply_mapping(sheet, mapping), say)
    except Fault as fault:
        ReportLine.objects.unscoped("half a file is none").filter(report=report).delete()
        report.state, report.error = "refused", fault_as_json(fault)
        report.save(update_fields=["state", "error"])
        return
    taking.ask()
    taking.close()


@dataclass(slots=True)
class _Matcher:
    """Asks once per code or name, remembers the verdict, counts what each is worth."""

    index: ProductIndex
    own: dict[str, int]
    foreign: frozenset[str]
    makers: list[int]
    verdicts: dict[str, tuple[Asked, Match]] = field(default_factory=dict)

    @classmethod
    def for_distributor(cls, distributor_id: int) -> _Matcher:
        makers = maker_company_ids()
        products = (Product(p.id, p.code, p.name, p.barcodes, p.brand) for p in range_of(makers))
        remembered = CodeMapping.objects.unscoped("matching serves the system").filter(
            distributor_id=distributor_id, replaced_at=None
        )
        decided: dict[str, int | None] = dict(remembered.values_list("key", "product_id"))
        return cls(
            index=ProductIndex(products),
            own={key: product_id for key, product_id in decided.items() if product_id is not None},
            foreign=frozenset(key for key, product_id in decided.items() if product_id is None),
            makers=makers,
        )

    def resolve(self, line: RawLine) -> tuple[str, int | None, str]:
        """Key, product and how it was found; no product where somebody has to say."""
        asked = asked_of(line)
        key = own_key(asked)[:300]
        if key in self.foreign:
            return key, None, "foreign"
        if key not in self.verdicts:
            self.verdicts[key] = (asked, self.index.resolve(asked, self.own))
        match = self.verdicts[key][1]
        certain = match.verdict is Verdict.CERTAIN
        return key, match.product_id if certain else None, match.reason if certain else ""


@dataclass(slots=True)
class _Taking:
    """One pass over a file: lines go to the table as they come, the rest is counted."""

    report: Report
    matcher: _Matcher
    counts: Counter[str] = field(default_factory=Counter)
    sums: dict[str, Decimal] = field(default_factory=lambda: {"quantity": Decimal(0), "amount": Decimal(0)})
    days: list[date] = field(default_factory=list)
    customers: set[str] = field(default_factory=set)
    products: set[int] = field(default_factory=set)
    examples: list[dict[str, Any]] = field(default_factory=list)
    worth: dict[str, tuple[int, Decimal]] = field(default_factory=dict)

    def store(self, items: Iterator[Item], say: Any) -> None:
        """Copy the lines into the table, in the order of the file."""
        columns = ", ".join(f'"{name}"' for name in _COLUMNS)
        with connection.cursor() as cursor, cursor.copy(f"COPY sellout_reportline ({columns}) FROM STDIN") as copy:
            for item in items:
                if isinstance(item, RawLine):
                    copy.write_row(self._row(item))
                    self.counts["lines"] += 1
                    if self.counts["lines"] % 1000 == 0:
                        say(self.counts["lines"])
                elif isinstance(item, Problem):
                    self._problem(item)
                else:
                    self._skipped(item)

    def _row(self, line: RawLine) -> tuple[Any, ...]:
        key, product_id, how = self.matcher.resolve(line)
        self._count(line, key, product_id, how)
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
            product_id,
            key,
            how,
            line.quantity,
            line.unit[:40],
            line.price,
            line.amount,
            line.customer_name[:300],
            line.customer_inn[:12],
            (line.customer_region or line.customer_address)[:200],
            line.outlet[:300],
            line.document_number[:60],
            False,
            "[]",
        )

    def _count(self, line: RawLine, key: str, product_id: int | None, how: str) -> None:
        self.counts[how or "asked"] += 1
        self.counts["returns"] += line.is_return
        self.sums["quantity"] += line.quantity or 0
        self.sums["amount"] += line.amount or 0
        if line.sold_on:
            self.days = [min([*self.days[:1], line.sold_on]), max([*self.days[-1:], line.sold_on])]
        if line.customer_name or line.customer_inn:
            self.customers.add(line.customer_inn or line.customer_name)
        if product_id:
            self.products.add(product_id)
        if not how:
            lines, total = self.worth.get(key, (0, Decimal(0)))
            self.worth[key] = (lines + 1, total + abs(line.amount or Decimal(0)))

    def _problem(self, problem: Problem) -> None:
        self.counts["problems"] += 1
        if len(self.examples) < _EXAMPLES:
            place = problem.place
            self.examples.append(
                {
                    "place": str(place),
                    "row": place.row,
                    "column": place.column,
                    "code": problem.code,
                    "field": problem.field,
                    "value": problem.value,
                }
            )

    def _skipped(self, skipped: Skipped) -> None:
        self.counts[f"skipped_{skipped.reason}"] += 1

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
                    lines=self.worth[key][0],
                    total=self.worth[key][1],
                    verdict=match.verdict.value,
                    candidates=[
                        {"product_id": c.product_id, "score": round(c.score, 3), "reason": c.reason, "params": c.params}
                        for c in match.candidates
                    ],
                )
                for key, (asked, match) in self.matcher.verdicts.items()
                if key in self.worth
            ),
            batch_size=1000,
        )

    def close(self) -> None:
        """Say what the file means, and where the report stands."""
        report = self.report
        if self.days and not report.period_from:
            report.period_from, report.period_to = self.days[0].replace(day=1), next_month(self.days[-1])
        elif self.days and report.period_to is None:
            report.period_to = next_month(self.days[-1])
        open_questions = len(self.worth)
        report.summary = {
            **{name: self.counts[name] for name in ("lines", "returns", "problems", "asked", "foreign")},
            "skipped": {k.removeprefix("skipped_"): n for k, n in self.counts.items() if k.startswith("skipped_")},
            "quantity": str(self.sums["quantity"]),
            "amount": str(self.sums["amount"]),
            "period": [day.isoformat() for day in self.days],
            "products": len(self.products),
            "customers": len(self.customers),
            "examples": self.examples,
            "open_questions": open_questions,
            "questions": open_questions,
            "makers": self.matcher.makers,
        }
        report.state = "asking" if open_questions else "ready"
        report.error = None
        report.save(update_fields=["period_from", "period_to", "summary", "state", "error"])


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
