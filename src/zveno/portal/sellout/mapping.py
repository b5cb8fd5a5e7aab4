"""The person's own file with a menu on each column's head, and beside it what the file means so far."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_GET, require_POST

from zveno.base.clock import now
from zveno.kit.errors import Fault
from zveno.kit.tables import column_index, column_letters
from zveno.portal.sellout.doors import report_or_404
from zveno.portal.sellout.forms import ChoiceUnknown, days_between
from zveno.sellout.actions.choose_mapping import change_mapping, choose_sheet, confirm_mapping
from zveno.sellout.labels import DATE_ORDERS, DECIMAL_MARKS, FIELD_GROUPS, GROUP_OF_FIELD, RETURNS
from zveno.sellout.queries.preview import preview_summary
from zveno.sellout.queries.reports import MappedColumn, mapping_view, told_period
from zveno.sellout.shown import skipped_words
from zveno.sellout.words import change_words, missing_words, problem_words
from zveno.ui.formats import format_date
from zveno.ui.words import explain

_SETTINGS = ("date_order", "returns", "decimal_mark")


@dataclass(frozen=True, slots=True)
class ShownColumn:
    """A column of the file: its letters, its look, and what it may mean where the header names it."""

    index: int
    letters: str
    look: str
    mapped: MappedColumn | None


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """A row of the file as shown: above the header, of the header, or of the body; each cell with its column's look."""

    number: int
    kind: str
    cells: tuple[tuple[str, str], ...]


def mapping_context(report: Any) -> dict[str, Any]:
    """The file as it is, with what its columns mean. No SQL."""
    view = mapping_view(report)
    told = [(int(row["row"]), _cells(row)) for row in view.rows]
    columns = _columns(view.columns, [cells for _, cells in told])
    first_row = view.header_rows.start
    rows = []
    for number, cells in told:
        kind = "head" if number in view.header_rows else "above" if number < first_row else ""
        shown = tuple((column.look, cells[column.index] if column.index < len(cells) else "") for column in columns)
        rows.append(PreviewRow(number, kind, shown))
    return {
        "view": view,
        "columns": columns,
        "rows": rows,
        "field_groups": FIELD_GROUPS,
        "date_orders": DATE_ORDERS,
        "returns": RETURNS,
        "decimal_marks": DECIMAL_MARKS,
        "drift": [change_words(change) for change in view.drift],
        "period": told_period(report),
    }


def _columns(mapped: Sequence[MappedColumn], rows: Sequence[Sequence[str]]) -> list[ShownColumn]:
    """The columns that the header names or that hold anything, in the order of the file."""
    named = {column_index(column.letters): column for column in mapped}
    filled = {at for cells in rows for at, cell in enumerate(cells) if cell}
    columns = []
    for at in sorted(named.keys() | filled):
        column = named.get(at)
        look = f"z-col-{GROUP_OF_FIELD.get(column.field if column else '', 'off')}"
        columns.append(ShownColumn(at, column_letters(at), look, column))
    return columns


def _cells(row: dict[str, Any]) -> list[str]:
    """The texts of a row, true dates as the reader writes them."""
    days = frozenset(row.get("days", ()))
    return [_day(cell) if at in days else cell for at, cell in enumerate(row["cells"])]


def _day(told: str) -> str:
    try:
        return format_date(date.fromisoformat(told[:10]), get_language() or "en")
    except ValueError:
        return told


@require_POST
def choose_columns(request: HttpRequest, report_id: int) -> HttpResponse:
    """A column means another field, or nothing."""
    report = report_or_404(request, report_id)
    letters, field = request.POST.get("letters", ""), request.POST.get("field", "")
    try:
        report = change_mapping(report_id=report.pk, columns={letters: field})
    except ValueError:
        raise ChoiceUnknown from None
    return _file_part(request, report)


@require_POST
def choose_settings(request: HttpRequest, report_id: int) -> HttpResponse:
    """The order of dates, how returns are marked, the decimal mark, the period. An empty period changes nothing."""
    report = report_or_404(request, report_id)
    told = {name: request.POST[name] for name in _SETTINGS if name in request.POST}
    first, last = request.POST.get("from", ""), request.POST.get("to", "")
    period = days_between(first, last) if first and last else None
    pair = (period.starts_on, period.ends_on) if period and period.starts_on and period.ends_on else None
    try:
        report = change_mapping(report_id=report.pk, settings=told, period=pair)
    except ValueError:
        raise ChoiceUnknown from None
    return _file_part(request, report)


@require_POST
def choose_sheet_of(request: HttpRequest, report_id: int) -> HttpResponse:
    """Another sheet of the same file."""
    report = report_or_404(request, report_id)
    report = choose_sheet(report_id=report.pk, sheet=request.POST.get("sheet", ""))
    return _file_part(request, report)


def _file_part(request: HttpRequest, report: Any) -> HttpResponse:
    """The part of the page with the file; the other part hears that it is to be counted anew."""
    answer = render(
        request, "portal/sellout/_file.html", {"report": report, "may_report": True, **mapping_context(report)}
    )
    answer.headers["HX-Trigger"] = "sellout:mapped"
    return answer


@require_GET
def show_meaning(request: HttpRequest, report_id: int) -> HttpResponse:
    """What the file means so far, from its first rows."""
    report = report_or_404(request, report_id)
    context: dict[str, Any] = {"report": report}
    try:
        preview = preview_summary(report)
        context |= {
            "preview": preview,
            "missing": missing_words(list(preview.missing)),
            "problems": [
                (str(p.place), problem_words({"code": p.code, "field": p.field, "value": p.value}))
                for p in preview.summary.problem_examples
            ],
            "problem_count": sum(preview.summary.problems.values()),
            "skipped": skipped_words(preview.summary.skipped),
        }
    except Fault as fault:
        context["reason"] = explain(fault)
    return render(request, "portal/sellout/_meaning.html", context)


@require_POST
def confirm(request: HttpRequest, report_id: int) -> HttpResponse:
    """The columns are right: remember them and take the lines."""
    report = report_or_404(request, report_id)
    confirm_mapping(report_id=report.pk, now=now())
    return redirect("sellout:report", report.pk)


@require_POST
def reopen(request: HttpRequest, report_id: int) -> HttpResponse:
    """Back to the columns from the questions or the summary."""
    report = report_or_404(request, report_id)
    change_mapping(report_id=report.pk)
    return redirect("sellout:report", report.pk)
