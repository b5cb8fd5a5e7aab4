"""A report as both faces show it: its figures, its findings in words, its history, its lines as a sheet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zveno.base.sheets import Column, Value
from zveno.sellout.labels import AGREEMENTS, CONFLICTS, REASONS, STATE_LABELS, STATE_TONES, Label
from zveno.sellout.queries.lists import finding_samples
from zveno.sellout.words import SKIPPED, finding_details, finding_words, problem_words
from zveno.ui.navigation import Tone

SEVERITY_TONES: dict[str, Tone] = {"stop": "bad", "ask": "warn", "note": "info"}
SEVERITY_LABELS: dict[str, Label] = {"stop": _("stays out"), "ask": _("doubtful"), "note": _("worth knowing")}


@dataclass(frozen=True, slots=True)
class Figures:
    """What a report holds, from its summary; `first_day` and `last_day` are those of its lines."""

    lines: int = 0
    returns: int = 0
    amount: Decimal | None = None
    quantity: Decimal | None = None
    products: int = 0
    customers: int = 0
    problems: int = 0
    foreign: int = 0
    open_questions: int = 0
    questions: int = 0
    returned_amount: Decimal = Decimal(0)
    first_day: date | None = None
    last_day: date | None = None
    stated_totals: int = 0
    agreeing_totals: int = 0
    disagreement: str = ""


_COUNTS = (
    "lines",
    "returns",
    "products",
    "customers",
    "open_questions",
    "questions",
    "stated_totals",
    "agreeing_totals",
)


def figures_of(report: Any) -> Figures:
    """The figures kept with a report; all zero before its lines are taken."""
    told: Mapping[str, Any] = report.summary or {}
    days = [date.fromisoformat(day) for day in told.get("period") or ()]
    return Figures(
        **{name: int(told.get(name) or 0) for name in _COUNTS},
        amount=Decimal(told["amount"]) if "amount" in told else None,
        returned_amount=Decimal(told.get("returned_amount") or 0),
        quantity=Decimal(told["quantity"]) if "quantity" in told else None,
        problems=sum((told.get("problems") or {}).values()),
        foreign=int((told.get("resolved") or {}).get("foreign", 0)),
        first_day=days[0] if days else None,
        last_day=days[-1] if days else None,
        disagreement=str(told.get("disagreement") or ""),
    )


@dataclass(frozen=True, slots=True)
class ShownReport:
    """A report in a list."""

    report: Any
    figures: Figures
    label: Label
    tone: Tone
    last_day: date | None

    @property
    def who(self) -> str:
        person = self.report.uploaded_by
        return person.shown_name if person else ""


def shown_report(report: Any) -> ShownReport:
    """`report` with what a list says about it."""
    ends_on = report.period_to
    return ShownReport(
        report=report,
        figures=figures_of(report),
        label=STATE_LABELS[report.state],
        tone=STATE_TONES[report.state],
        last_day=date.fromordinal(ends_on.toordinal() - 1) if ends_on else None,
    )


@dataclass(frozen=True, slots=True)
class FindingGroup:
    """All findings of one kind: how many lines, how much it matters, the first of them with their places."""

    code: str
    words: str
    severity: Label
    tone: Tone
    count: int
    samples: Sequence[tuple[Any, str]] = field(default_factory=tuple)


_ORDER = {"stop": 0, "ask": 1, "note": 2}


def finding_groups(report: Any) -> list[FindingGroup]:
    """What is doubtful in a report, the gravest first, with sample lines. One statement, none without findings."""
    kinds = _kinds(report.summary or {})
    samples = finding_samples(report.pk, [code for code, _severity, _count in kinds])
    return [
        FindingGroup(
            code=code,
            words=finding_words(code),
            severity=SEVERITY_LABELS.get(severity, ""),
            tone=SEVERITY_TONES.get(severity, ""),
            count=count,
            samples=[(line, detail_of(line, code)) for line in samples.get(code, ())],
        )
        for code, severity, count in kinds
    ]


def finding_choices(report: Any) -> list[tuple[str, str]]:
    """Kinds of findings that the report has, for a filter. No SQL."""
    return [(code, finding_words(code)) for code, _severity, _count in _kinds(report.summary or {})]


def _kinds(summary: Mapping[str, Any]) -> list[tuple[str, str, int]]:
    """(code, gravest severity, lines) of each kind of finding, the gravest and most frequent first."""
    counts: dict[str, int] = {}
    graves: dict[str, str] = {}
    for told in summary.get("findings") or ():
        code, severity = told["code"], told["severity"]
        counts[code] = counts.get(code, 0) + int(told["lines"])
        graves[code] = min(graves.get(code, severity), severity, key=lambda one: _ORDER.get(one, 3))
    return sorted(((c, graves[c], n) for c, n in counts.items()), key=lambda k: (_ORDER.get(k[1], 3), -k[2], k[0]))


def detail_of(line: Any, code: str) -> str:
    """What finding `code` says about `line`."""
    return next((finding_details(finding) for finding in line.findings if finding["code"] == code), "")


@dataclass(frozen=True, slots=True)
class ShownProblem:
    """A row that gave no line, with its place and the reason."""

    place: str
    words: str


def shown_problems(report: Any) -> list[ShownProblem]:
    """The first rows that could not be read."""
    found = (report.summary or {}).get("problem_examples") or ()
    return [ShownProblem(f"{p['sheet']}!{p['column']}{p['row']}", problem_words(p)) for p in found]


def skipped_words(skipped: Mapping[str, int]) -> list[tuple[str, int]]:
    """Rows that are no sales, by reason in words, most frequent first."""
    return [(str(SKIPPED.get(reason, reason)), count) for reason, count in sorted(skipped.items(), key=lambda p: -p[1])]


def reason_words(reason: str, params: Mapping[str, str] | None = None) -> str:
    """By what a candidate was found, what speaks for it and, after «but», what against it."""
    told = [str(REASONS.get(reason, reason)), *_told(AGREEMENTS, params, "agree")]
    against = ", ".join(_told(CONFLICTS, params, "conflicts"))
    found_by = ", ".join(told)
    return str(_("%(found_by)s, but %(against)s")) % {"found_by": found_by, "against": against} if against else found_by


def _told(words: Mapping[str, Label], params: Mapping[str, str] | None, key: str) -> list[str]:
    """Words for the codes that `params` hold under `key`, each once."""
    codes = str((params or {}).get(key, "")).split(",")
    return list(dict.fromkeys(str(words[code]) for code in codes if code in words))


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A line as a table shows it: with its place in the file and its findings in words."""

    line: Any
    place: str
    found_by: str
    findings: Sequence[tuple[str, Tone]]
    css: str


def shown_line(line: Any) -> ShownLine:
    """`line` in words."""
    graves = {finding.get("severity") for finding in line.findings}
    return ShownLine(
        line=line,
        place=place_of(line),
        found_by=reason_words(line.matched_by) if line.matched_by else "",
        findings=[(finding_details(f), SEVERITY_TONES.get(str(f.get("severity")), "")) for f in line.findings],
        css="z-fault" if "stop" in graves else "z-doubt" if "ask" in graves else "",
    )


def place_of(line: Any) -> str:
    """«Лист1!12»: where in the file the line stands."""
    return f"{line.sheet}!{line.column}{line.row}"


LINE_COLUMNS = (
    Column(_("Sheet"), width=16),
    Column(_("Row"), "number", 8),
    Column(_("Date of sale"), "date"),
    Column(_("Document"), width=16),
    Column(_("Own code of the product"), width=18),
    Column(_("Product name"), width=40),
    Column(_("Manufacturer's article"), width=18),
    Column(_("Manufacturer's product"), width=40),
    Column(_("Found by"), width=18),
    Column(_("Quantity"), "number"),
    Column(_("Unit"), width=8),
    Column(_("Price"), "money"),
    Column(pgettext_lazy("money", "Sum"), "money"),
    Column(_("Customer"), width=30),
    Column(_("Customer INN"), width=14),
    Column(_("Region or city"), width=20),
    Column(_("Warehouse or branch"), width=20),
    Column(_("Counted"), width=10),
    Column(_("Findings"), width=40),
)
"""The give-back pack: the report's lines cleaned, with the manufacturer's codes."""


def line_rows(lines: Iterable[Any]) -> Iterator[Sequence[Value]]:
    """Lines as rows under LINE_COLUMNS."""
    counted, out = str(_("yes")), str(_("no"))
    for line in lines:
        product = line.product
        yield (
            line.sheet,
            line.row,
            line.sold_on,
            line.document,
            line.code or line.article or line.barcode,
            line.name,
            product.code if product else "",
            product.name if product else "",
            reason_words(line.matched_by) if line.matched_by else "",
            line.quantity,
            line.unit,
            line.price,
            line.total,
            line.customer,
            line.customer_inn,
            line.region,
            line.outlet,
            counted if line.is_counted else out,
            "; ".join(finding_details(finding) for finding in line.findings),
        )


REPORT_COLUMNS = (
    Column(_("Distributor"), width=30),
    Column(_("File"), width=36),
    Column(_("State"), width=18),
    Column(_("From"), "date"),
    Column(_("To"), "date"),
    Column(_("Lines"), "number"),
    Column(_("Returns"), "number"),
    Column(pgettext_lazy("money", "Sum"), "money"),
    Column(_("Open questions"), "number"),
    Column(_("Sent by"), width=24),
    Column(_("Sent"), "moment"),
)


def report_rows(reports: Iterable[Any]) -> Iterator[Sequence[Value]]:
    """Reports as rows under REPORT_COLUMNS, moments on the reader's clock."""
    for report in reports:
        shown = shown_report(report)
        yield (
            report.distributor.name,
            report.file.name,
            str(shown.label),
            report.period_from,
            shown.last_day,
            shown.figures.lines,
            shown.figures.returns,
            shown.figures.amount,
            shown.figures.open_questions,
            shown.who,
            local(report.uploaded_at),
        )


def local(moment: datetime) -> datetime:
    """`moment` on the reader's clock."""
    return timezone.localtime(moment)
