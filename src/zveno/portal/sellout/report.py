"""One report, from the file being read to its lines counting: the page follows the state."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from zveno.base.clock import now
from zveno.base.downloads import download_of, workbook_of
from zveno.partners.rules.roles import Right
from zveno.portal.sellout.doors import actor_of, report_or_404
from zveno.portal.sellout.mapping import mapping_context
from zveno.portal.sellout.questions import questions_context
from zveno.sellout.actions.accept_report import accept_report, withdraw_report
from zveno.sellout.faults import PeriodCovered
from zveno.sellout.history import report_history
from zveno.sellout.queries.lists import customers_of, narrowed_lines
from zveno.sellout.queries.reports import find_report, running_task
from zveno.sellout.shown import (
    LINE_COLUMNS,
    finding_choices,
    finding_groups,
    line_rows,
    shown_line,
    shown_problems,
    shown_report,
    skipped_words,
)
from zveno.sellout.words import refusal
from zveno.ui.pages import read_page, replaced
from zveno.ui.words import explain

_RUNNING = ("reading", "taking")
_SLOW_SECONDS = 90
_SORTS = {
    "row": ["sheet", "row", "column", "id"],
    "day": ["sold_on", "id"],
    "quantity": ["quantity", "id"],
    "sum": ["total", "id"],
}
_TEMPLATES = {
    "reading": "progress",
    "taking": "progress",
    "refused": "refused",
    "mapping": "mapping",
    "asking": "questions",
    "ready": "taken",
    "accepted": "taken",
    "withdrawn": "taken",
}


@require_GET
def show_report(request: HttpRequest, report_id: int) -> HttpResponse:
    """The report as its state asks for."""
    report = report_or_404(request, report_id)
    return _page(request, report)


def _page(request: HttpRequest, report: Any, **told: Any) -> HttpResponse:
    """The page of `report`; a fault of what was tried, if any, is said on it with status 409."""
    context: dict[str, Any] = {
        **shown(request, report),
        "history": report_history(report),
        **told,
    }
    if report.state in _RUNNING:
        context |= _progress(report)
    elif report.state == "refused":
        context["reason"] = refusal(report.error or {})
    elif report.state == "mapping":
        context |= mapping_context(report)
    elif report.state == "asking":
        context |= questions_context(request, report)
    else:
        context |= _taken(request, report)
    status = 409 if "covered" in told else 200
    return render(request, f"portal/sellout/{_TEMPLATES[report.state]}.html", context, status=status)


def shown(request: HttpRequest, report: Any) -> dict[str, Any]:
    """What every page of a report says at its head."""
    return {
        "report": report,
        "shown": shown_report(report),
        "may_report": Right.SELLOUT_REPORT in actor_of(request).rights,
    }


def _progress(report: Any) -> dict[str, Any]:
    task = running_task(report.pk)
    waiting = task is not None and task.state == "waiting"
    age = (now() - task.created_at).total_seconds() if task else 0
    return {
        "task": task,
        "done": task.done if task and task.total else None,
        "total": task.total if task and task.total else 1,
        "slow": waiting and age > _SLOW_SECONDS,
        "failed": task is not None and task.state == "failed",
    }


def _taken(request: HttpRequest, report: Any) -> dict[str, Any]:
    query = request.GET
    page = read_page(
        query=query,
        rows=asked_lines(report.pk, query),
        sorts=_SORTS,
        default_sort="row",
        export_url=reverse("sellout:lines", args=[report.pk]) + replaced(query, page=None),
    )
    return {
        "page": page,
        "lines": [shown_line(line) for line in page.rows],
        "groups": finding_groups(report),
        "finding_choices": finding_choices(report),
        "problems": shown_problems(report),
        "skipped": skipped_words((report.summary or {}).get("skipped") or {}),
        "customers": customers_of(report.pk),
    }


def asked_lines(report_id: int, query: QueryDict) -> Any:
    """The lines that the filters of the address let through."""
    return narrowed_lines(
        report_id, text=query.get("q", ""), finding=query.get("finding", ""), product=query.get("product", "")
    )


@require_GET
def show_progress(request: HttpRequest, report_id: int) -> HttpResponse:
    """How far the reading is; when it is over, the page is opened anew."""
    report = report_or_404(request, report_id)
    if report.state not in _RUNNING:
        return HttpResponse(status=200, headers={"HX-Redirect": reverse("sellout:report", args=[report.pk])})
    return render(request, "portal/sellout/_progress.html", {**shown(request, report), **_progress(report)})


@require_GET
def download_file(request: HttpRequest, report_id: int) -> HttpResponseBase:
    """The file as it was sent."""
    return download_of(report_or_404(request, report_id).file)


@require_GET
def export_lines(request: HttpRequest, report_id: int) -> HttpResponseBase:
    """The give-back pack: the report's lines cleaned, as an xlsx."""
    report = report_or_404(request, report_id)
    rows = asked_lines(report.pk, request.GET).iterator(chunk_size=2000)
    name = report.file.name.rsplit(".", 1)[0] or "report"
    return workbook_of(f"{name} - zveno", _("Lines"), LINE_COLUMNS, line_rows(rows))


@require_POST
def accept(request: HttpRequest, report_id: int) -> HttpResponse:
    """Count the report; where its days are counted already, ask whether to replace or to stand beside."""
    report = report_or_404(request, report_id)
    how = request.POST.get("how", "")
    try:
        with transaction.atomic():
            accept_report(report_id=report.pk, now=now(), replace=how == "replace", beside=how == "beside")
    except PeriodCovered as fault:
        first = find_report(int(str(fault.params["report_id"])))
        return _page(request, report, covered={"words": explain(fault), "report": first})
    return redirect("sellout:report", report.pk)


@require_POST
def withdraw(request: HttpRequest, report_id: int) -> HttpResponse:
    """Take the report back; its lines stay readable."""
    report = report_or_404(request, report_id)
    withdraw_report(report_id=report.pk, now=now())
    return redirect("sellout:report", report.pk)
