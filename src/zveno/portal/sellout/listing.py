"""The first page of sell-out: sending a report, what is due, and all reports sent."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from zveno.base import files
from zveno.base.clock import now, today_at
from zveno.base.downloads import workbook_of
from zveno.kit.errors import Fault
from zveno.partners.rules.roles import Right
from zveno.portal.sellout.doors import actor_of, report_or_404
from zveno.portal.sellout.forms import read_month, read_period, read_upload
from zveno.sellout.actions.upload_report import upload_report
from zveno.sellout.faults import ReportAlreadyUploaded
from zveno.sellout.labels import MONTH_LABELS, MONTH_TONES, STATE_LABELS
from zveno.sellout.queries.lists import narrowed_reports
from zveno.sellout.queries.reports import find_report, reports
from zveno.sellout.queries.timeliness import month_matrix
from zveno.sellout.rules.timeliness import months_before
from zveno.sellout.shown import REPORT_COLUMNS, report_rows, shown_report
from zveno.ui.formats import format_date
from zveno.ui.pages import Chip, read_page, replaced
from zveno.ui.words import explain

_SORTS = {"sent": ["uploaded_at", "id"], "period": ["period_from", "id"], "file": ["file__name", "id"]}
_MONTHS_SHOWN = 6
_MONTHS_OFFERED = 14


@require_GET
def show_reports(request: HttpRequest) -> HttpResponse:
    """Upload area, months owed, reports sent."""
    actor = actor_of(request)
    today = today_at(actor.time_zone)
    own = reports(distributor_id=actor.company_id)
    page = read_page(
        query=request.GET,
        rows=_asked(own, request.GET),
        sorts=_SORTS,
        default_sort="-sent",
        chips=_chips(request),
        export_url=reverse("sellout:export") + replaced(request.GET, page=None),
    )
    months = months_before(today.replace(day=28), _MONTHS_OFFERED)
    context = {
        "page": page,
        "rows": [shown_report(report) for report in page.rows],
        "due": _due(today),
        "states": STATE_LABELS.items(),
        "months": [today.replace(day=1), *reversed(months)],
        "same": _same(request),
        "may_report": Right.SELLOUT_REPORT in actor.rights,
    }
    return render(request, "portal/sellout/reports.html", context)


@require_GET
def export_reports(request: HttpRequest) -> HttpResponseBase:
    """The filtered list as an xlsx."""
    rows = _asked(reports(distributor_id=actor_of(request).company_id), request.GET)
    return workbook_of("sell-out", _("Sell-out reports"), REPORT_COLUMNS, report_rows(rows.iterator(chunk_size=1000)))


@require_POST
def upload(request: HttpRequest) -> HttpResponse:
    """Take a file in and go to its page; what is wrong with it is said on the list, where it can be sent again."""
    try:
        file = read_upload(request)
        period = read_period(request.POST)
        with transaction.atomic():
            report = upload_report(
                distributor_id=actor_of(request).company_id,
                pieces=file.chunks(),
                name=file.name or "report",
                now=now(),
                period_from=period.starts_on,
                period_to=period.ends_on,
            )
    except ReportAlreadyUploaded as fault:
        query = QueryDict(mutable=True)
        query.update({"same": str(fault.params["report_id"]), "name": file.name or ""})
        return redirect(f"{reverse('sellout:reports')}?{query.urlencode()}")
    except Fault as fault:
        messages.error(request, explain(fault))
        return redirect("sellout:reports")
    return redirect("sellout:report", report.pk)


@require_POST
def send_again(request: HttpRequest, report_id: int) -> HttpResponse:
    """Take the same file in once more, knowingly: the bytes are those kept with the first report."""
    first = report_or_404(request, report_id)
    with files.opened(first.file) as source:
        report = upload_report(
            distributor_id=first.distributor_id,
            pieces=iter(lambda: source.read(1 << 20), b""),
            name=request.POST.get("name", "")[:400] or first.file.name,
            now=now(),
            again=True,
        )
    return redirect("sellout:report", report.pk)


def _asked(rows: Any, query: QueryDict) -> Any:
    return narrowed_reports(
        rows, text=query.get("q", ""), state=query.get("state", ""), month=read_month(query.get("month", ""))
    )


def _chips(request: HttpRequest) -> list[Chip]:
    query, chips = request.GET, []
    if query.get("state"):
        state = query.get("state", "")
        label = _("Not finished") if state == "open" else STATE_LABELS.get(state, state)
        chips.append(Chip(_("State"), label, replaced(query, state=None)))
    if month := read_month(query.get("month", "")):
        told = format_date(month, request.LANGUAGE_CODE, "month")
        chips.append(Chip(_("Period"), told, replaced(query, month=None)))
    return chips


def _due(today: date) -> list[dict[str, Any]]:
    """The last months of the acting company; nothing where nothing is owed."""
    rows = month_matrix(today=today, months=_MONTHS_SHOWN)
    cells = rows[0].cells if rows else ()
    return [
        {
            "month": cell.status.month,
            "status": cell.status,
            "report_id": cell.report_id,
            "label": MONTH_LABELS[cell.status.state],
            "tone": "bad" if cell.status.days_late else MONTH_TONES[cell.status.state],
        }
        for cell in reversed(cells)
        if cell.status.state != "not_owed"
    ]


def _same(request: HttpRequest) -> dict[str, Any] | None:
    """The report whose file was just sent again, if it is the company's own."""
    told = request.GET.get("same", "")
    report = find_report(int(told)) if told.isascii() and told.isdigit() and len(told) < 12 else None
    if report is None or report.distributor_id != actor_of(request).company_id:
        return None
    fault = ReportAlreadyUploaded(
        uploaded_at=report.uploaded_at.isoformat(), state=report.state, place=request.GET.get("name", "")
    )
    return {"report": report, "name": request.GET.get("name", ""), "words": explain(fault)}
