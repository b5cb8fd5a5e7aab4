"""Narrowing and sampling of reports and lines, as their lists ask for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, Q, QuerySet, Sum

from zveno.base.scope import current
from zveno.kit.period import month_of
from zveno.sellout.models import Report, ReportLine
from zveno.sellout.queries.reports import lines_of

OPEN_STATES = ("reading", "mapping", "taking", "asking", "ready")


def narrowed_reports(
    rows: QuerySet[Report], *, text: str = "", state: str = "", month: date | None = None, distributor_id: int = 0
) -> QuerySet[Report]:
    """`rows` whose file name holds `text`, in `state` (`open`: not finished yet), about `month`, of one distributor."""
    if text:
        rows = rows.filter(file__name__icontains=text)
    if state:
        rows = rows.filter(state__in=OPEN_STATES if state == "open" else (state,))
    if month:
        whole = month_of(month)
        rows = rows.filter(period_from__lt=whole.ends_on, period_to__gt=whole.starts_on)
    if distributor_id:
        rows = rows.filter(distributor_id=distributor_id)
    return rows


def narrowed_lines(report_id: int, *, text: str = "", finding: str = "", product: str = "") -> QuerySet[ReportLine]:
    """Lines of a report with `finding`, whose product is `known`, `unknown` or `foreign`, that tell `text` anywhere."""
    rows = lines_of(report_id)
    if finding:
        rows = rows.filter(findings__contains=[{"code": finding}])
    if product == "known":
        rows = rows.exclude(product=None)
    elif product == "unknown":
        rows = rows.filter(product=None).exclude(matched_by="foreign")
    elif product == "foreign":
        rows = rows.filter(matched_by="foreign")
    elif product == "return":
        rows = rows.filter(Q(quantity__lt=0) | Q(quantity=None, total__lt=0))
    for word in text.split():
        rows = rows.filter(
            Q(code__icontains=word)
            | Q(article__icontains=word)
            | Q(barcode__icontains=word)
            | Q(name__icontains=word)
            | Q(customer__icontains=word)
            | Q(document__icontains=word)
        )
    return rows


def finding_samples(report_id: int, codes: Sequence[str], *, each: int = 3) -> dict[str, list[ReportLine]]:
    """The first lines of a report under each finding. One statement."""
    if not codes:
        return {}
    rows = ReportLine.objects.visible_to(current()).filter(report_id=report_id)
    parts = [
        rows.filter(findings__contains=[{"code": code}]).order_by("sheet", "row", "column")[:each] for code in codes
    ]
    found = {line.pk: line for line in (parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0])}
    told: dict[str, list[ReportLine]] = {code: [] for code in codes}
    for line in sorted(found.values(), key=lambda line: (line.sheet, line.row, line.column)):
        for code in {finding["code"] for finding in line.findings} & told.keys():
            told[code].append(line)
    return {code: lines[:each] for code, lines in told.items()}


@dataclass(frozen=True, slots=True)
class CustomerShare:
    """What one customer bought in a report."""

    name: str
    inn: str
    lines: int
    total: Decimal


def customers_of(report_id: int, *, limit: int = 20) -> list[CustomerShare]:
    """The customers of a report who bought most, by sum."""
    rows = ReportLine.objects.visible_to(current()).filter(report_id=report_id).exclude(customer="", customer_inn="")
    told = rows.values("customer", "customer_inn").annotate(lines=Count("id"), sum=Sum("total")).order_by("-sum")
    return [
        CustomerShare(name=row["customer"], inn=row["customer_inn"], lines=row["lines"], total=row["sum"] or Decimal(0))
        for row in told[:limit]
    ]
