"""Receivables down to the document, and the calendar of payments (F17 to F20)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from zveno.base.downloads import workbook_of
from zveno.base.sheets import Value
from zveno.finance.labels import age_tone, age_word
from zveno.finance.queries.documents import document_value
from zveno.finance.queries.receivables import DueDay, aged_accounts, aged_by_currency, due_days, open_debts
from zveno.finance.rules.ageing import Age, Aged
from zveno.finance.sheets import DEBT_COLUMNS, debt_cells
from zveno.portal.money.asked import AskedMoney, read_money
from zveno.portal.money.rows import money_rows
from zveno.portal.money.sides import names_for, side_of
from zveno.ui.charts import Chart, Series
from zveno.ui.formats import format_date
from zveno.ui.pages import read_page, replaced

_MOST_EXPORTED = 100_000
_PIECE = 2_000
_AHEAD = timedelta(days=62)
_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class AgeFigure:
    """One age in the row of figures: its sum, and the address that shows it alone."""

    word: str
    sum: Decimal
    currency: str
    tone: str
    url: str
    chosen: bool


@require_GET
def show(request: HttpRequest) -> HttpResponse:
    """Open debts, the oldest first, with sums by age."""
    side = side_of(request)
    asked = read_money(request.GET, side)
    page = read_page(
        query=request.GET,
        rows=_found(asked, side.today),
        sorts={"due": ("due_on", "id"), "rest": ("rest", "id"), "date": ("issued_on", "id")},
        default_sort="due",
        chips=asked.chips,
        export_url=reverse(side.url("receivables-xlsx")),
    )
    sums = aged_by_currency(aged_accounts(which=asked.which, today=side.today))
    told = {
        "side": side,
        "asked": asked,
        "page": page,
        "rows": money_rows([document_value(row) for row in page.rows], side.today),
        "ages": [_ages(asked, currency, aged) for currency, aged in sorted(sums.items())],
        "unused": [(currency, aged.unused) for currency, aged in sorted(sums.items()) if aged.unused],
        "several_entities": len(asked.entities) > 1,
    }
    template = "receivables_found" if request.headers.get("HX-Request") else "receivables"
    return render(request, f"portal/money/{template}.html", told)


@require_GET
def export(request: HttpRequest) -> FileResponse:
    """The same as a spreadsheet."""
    side = side_of(request)
    asked = read_money(request.GET, side)
    return workbook_of(_("Receivables"), _("Receivables"), DEBT_COLUMNS, _cells(asked, side.today))


@require_GET
def show_calendar(request: HttpRequest) -> HttpResponse:
    """What is to be paid by when, for two months ahead."""
    side = side_of(request)
    asked = read_money(request.GET, side)
    days = due_days(which=asked.which, today=side.today, until=side.today + _AHEAD)
    overdue = [day for day in days if day.day < side.today]
    coming = [day for day in days if day.day >= side.today]
    told = {
        "side": side,
        "asked": asked,
        "overdue": overdue,
        "weeks": _weeks(coming),
        "charts": _charts(coming, side.today),
        "receivables_url": reverse(side.url("receivables")),
        "several_entities": len(asked.entities) > 1,
    }
    return render(request, "portal/money/calendar.html", told)


def _found(asked: AskedMoney, today: date) -> QuerySet[Any]:
    rows = open_debts(asked.which, today=today, age=asked.age)
    day = asked.query.get("due", "")
    return rows.filter(due_on=date.fromisoformat(day)) if _is_day(day) else rows


def _is_day(text: str) -> bool:
    try:
        return bool(text) and date.fromisoformat(text) is not None
    except ValueError:
        return False


def _ages(asked: AskedMoney, currency: str, aged: Aged) -> tuple[str, Decimal, Decimal, list[AgeFigure]]:
    figures = [
        AgeFigure(
            age_word(age),
            aged.of(age),
            currency,
            age_tone(age),
            replaced(asked.query, age=None if asked.age is age else age.value),
            asked.age is age,
        )
        for age in Age
    ]
    return currency, aged.debt, aged.overdue, figures


def _cells(asked: AskedMoney, today: date) -> Iterator[list[Value]]:
    rows = open_debts(asked.which, today=today, age=asked.age)
    for start in range(0, _MOST_EXPORTED, _PIECE):
        piece = [document_value(row) for row in rows[start : start + _PIECE]]
        names = names_for((row.account for row in piece), [row.order_id for row in piece if row.order_id])
        yield from (debt_cells(row, today, names) for row in piece)
        if len(piece) < _PIECE:
            return


def _weeks(days: Sequence[DueDay]) -> list[tuple[date, date, list[tuple[str, Decimal]], list[DueDay]]]:
    """Monday, Sunday, sums by currency and the days of each week that has any."""
    by_week: defaultdict[date, list[DueDay]] = defaultdict(list)
    for day in days:
        by_week[day.day - timedelta(days=day.day.weekday())].append(day)
    return [(monday, monday + timedelta(days=6), _sums(found), found) for monday, found in sorted(by_week.items())]


def _sums(days: Sequence[DueDay]) -> list[tuple[str, Decimal]]:
    sums: defaultdict[str, Decimal] = defaultdict(Decimal)
    for day in days:
        sums[day.currency] += day.sum
    return sorted(sums.items())


def _charts(days: Sequence[DueDay], today: date) -> list[tuple[str, Chart]]:
    """A chart by week for each currency."""
    language = translation.get_language() or "en"
    monday = today - timedelta(days=today.weekday())
    weeks = [monday + _WEEK * at for at in range(9)]
    found = []
    for currency in sorted({day.currency for day in days}):
        values = [
            sum((day.sum for day in days if day.currency == currency and week <= day.day < week + _WEEK), Decimal(0))
            for week in weeks
        ]
        labels = [format_date(week, language, "day") for week in weeks]
        series = [Series(_("To be paid"), values, kind="bar")]
        found.append((f"due-{currency}", Chart(_("To be paid by week"), labels, series, currency=currency)))
    return found
