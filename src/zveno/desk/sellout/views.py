"""All distributors' reports: who is late, what came, each down to the row of its file. Nothing is changed here."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from zveno.base.clock import today_at
from zveno.base.downloads import download_of, workbook_of
from zveno.sellout.history import report_history
from zveno.sellout.labels import MONTH_LABELS, MONTH_TONES, STATE_LABELS
from zveno.sellout.queries.lists import customers_of, narrowed_lines, narrowed_reports
from zveno.sellout.queries.reports import find_report, reports
from zveno.sellout.queries.timeliness import DistributorMonths, month_matrix
from zveno.sellout.rules.timeliness import months_before
from zveno.sellout.shown import (
    LINE_COLUMNS,
    REPORT_COLUMNS,
    finding_choices,
    finding_groups,
    line_rows,
    report_rows,
    shown_line,
    shown_problems,
    shown_report,
    skipped_words,
)
from zveno.sellout.words import refusal
from zveno.ui.pages import Chip, read_page, replaced

_MONTHS = 8
_SORTS = {
    "sent": ["uploaded_at", "id"],
    "period": ["period_from", "id"],
    "file": ["file__name", "id"],
    "distributor": ["distributor__name", "-uploaded_at", "id"],
}
_LINE_SORTS = {
    "row": ["sheet", "row", "column", "id"],
    "day": ["sold_on", "id"],
    "quantity": ["quantity", "id"],
    "sum": ["total", "id"],
}


@require_GET
def show_reports(request: HttpRequest) -> HttpResponse:
    """The months of all distributors, the late ones first, and the list of reports."""
    today = today_at(request.actor.time_zone)  # type: ignore[attr-defined]
    matrix = month_matrix(today=today, months=_MONTHS)
    page = read_page(
        query=request.GET,
        rows=_asked(request.GET),
        sorts=_SORTS,
        default_sort="-sent",
        chips=_chips(request.GET, matrix),
        export_url=reverse("desk_sellout:export") + replaced(request.GET, page=None),
    )
    context = {
        "months": list(reversed(months_before(today, _MONTHS))),
        "matrix": [_matrix_row(row) for row in matrix],
        "late_count": sum(bool(row.days_late) for row in matrix),
        "page": page,
        "rows": [shown_report(report) for report in page.rows],
        "states": STATE_LABELS.items(),
        "distributors": sorted(((row.id, row.name) for row in matrix), key=lambda pair: pair[1]),
    }
    return render(request, "desk/sellout/reports.html", context)


@require_GET
def export_reports(request: HttpRequest) -> HttpResponseBase:
    """The filtered list as an xlsx."""
    rows = report_rows(_asked(request.GET).iterator(chunk_size=1000))
    return workbook_of("sell-out", _("Sell-out reports"), REPORT_COLUMNS, rows)


@require_GET
def show_report(request: HttpRequest, report_id: int) -> HttpResponse:
    """One report, as its distributor sees it, without the buttons."""
    report = _report_or_404(report_id)
    page = read_page(
        query=request.GET,
        rows=_asked_lines(report.pk, request.GET),
        sorts=_LINE_SORTS,
        default_sort="row",
        export_url=reverse("desk_sellout:lines", args=[report.pk]) + replaced(request.GET, page=None),
    )
    context = {
        "report": report,
        "shown": shown_report(report),
        "reason": refusal(report.error) if report.state == "refused" and report.error else "",
        "page": page,
        "lines": [shown_line(line) for line in page.rows],
        "groups": finding_groups(report),
        "finding_choices": finding_choices(report),
        "problems": shown_problems(report),
        "skipped": skipped_words((report.summary or {}).get("skipped") or {}),
        "customers": customers_of(report.pk),
        "history": report_history(report),
    }
    return render(request, "desk/sellout/report.html", context)


@require_GET
def export_lines(request: HttpRequest, report_id: int) -> HttpResponseBase:
    """The lines of a report as an xlsx."""
    report = _report_or_404(report_id)
    rows = line_rows(_asked_lines(report.pk, request.GET).iterator(chunk_size=2000))
    return workbook_of(report.file.name.rsplit(".", 1)[0] or "report", _("Lines"), LINE_COLUMNS, rows)


@require_GET
def download_file(request: HttpRequest, report_id: int) -> HttpResponseBase:
    """The file as the distributor sent it."""
    return download_of(_report_or_404(report_id).file)


def _report_or_404(report_id: int) -> Any:
    report = find_report(report_id)
    if report is None:
        raise Http404
    return report


def _asked(query: QueryDict) -> Any:
    told = query.get("distributor", "")
    return narrowed_reports(
        reports(),
        text=query.get("q", ""),
        state=query.get("state", ""),
        distributor_id=int(told) if told.isascii() and told.isdigit() and len(told) < 12 else 0,
    )


def _asked_lines(report_id: int, query: QueryDict) -> Any:
    return narrowed_lines(
        report_id, text=query.get("q", ""), finding=query.get("finding", ""), product=query.get("product", "")
    )


def _chips(query: QueryDict, matrix: list[DistributorMonths]) -> list[Chip]:
    chips = []
    if query.get("state"):
        state = query.get("state", "")
        label = _("Not finished") if state == "open" else STATE_LABELS.get(state, state)
        chips.append(Chip(_("State"), label, replaced(query, state=None)))
    if name := next((row.name for row in matrix if str(row.id) == query.get("distributor")), ""):
        chips.append(Chip(_("Distributor"), name, replaced(query, distributor=None)))
    return chips


def _matrix_row(row: DistributorMonths) -> dict[str, Any]:
    cells = [
        {
            "month": cell.status.month,
            "label": MONTH_LABELS[cell.status.state],
            "tone": "bad" if cell.status.days_late else MONTH_TONES[cell.status.state],
            "state": cell.status.state,
            "days_late": cell.status.days_late,
            "report_id": cell.report_id,
        }
        for cell in reversed(row.cells)
    ]
    return {"row": row, "cells": cells}
