"""The chain: its figures, what each is made of, both as workbooks. Nothing is changed here."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from zveno.base.clock import today_at
from zveno.base.downloads import workbook_of
from zveno.desk.chain.asking import CUTS, DIRECT, MONTHS, STEPS, UNITS, Asked, asked, asked_period
from zveno.desk.chain.figures import Drawing, read_sales, stats
from zveno.desk.chain.labels import CUT_HEADS, CUT_LABELS, STEP_LABELS, STEP_TITLES, UNIT_LABELS, name_of
from zveno.desk.chain.workbooks import LINE_COLUMNS, line_rows, sheet_of_months, sheet_of_steps
from zveno.insight.queries.dimensions import Dimensions, dimensions
from zveno.insight.queries.lines import SORTS, all_sold_lines, figure_of, sold_lines
from zveno.insight.rules.tables import UNKNOWN
from zveno.kit.period import Period
from zveno.partners.rules.roles import Right
from zveno.ui.formats import format_date, language
from zveno.ui.pages import Chip, ListPage, replaced

_SIZE = 50
MOST_EXPORTED = 50_000


@require_GET
def show_chain(request: HttpRequest) -> HttpResponse:
    """The four figures, the chart of the period and the table that says the same."""
    known, view = _read(request)
    sales = read_sales(view, known)
    drawing = Drawing(view, known, sales, request.GET)
    page: ListPage[None] = ListPage(rows=(), query=request.GET, chips=_chips(request.GET, view, known))
    context = {
        "page": page,
        "asked": view,
        "stats": stats(view, sales),
        "chart": drawing.chart(),
        "table": drawing.table(),
        "has_sales": bool(sales.primary or sales.secondary),
        "head": CUT_HEADS[view.cut],
        "steps": _links(request.GET, "step", STEPS, STEP_LABELS, view.step),
        "units": _links(request.GET, "unit", UNITS, UNIT_LABELS, view.unit),
        "cuts": [(cut, CUT_LABELS[cut]) for cut in CUTS],
        "spans": MONTHS,
        "distributors": [*sorted(known.distributors.items(), key=lambda pair: pair[1]), (DIRECT, _("Direct clients"))],
        "groups": [(node, known.groups.names[node]) for node in known.groups.at_depth(0)],
        "districts": [(node, known.regions.names[node]) for node in known.regions.at_depth(1)],
        "currencies": known.currencies,
        "export_url": reverse("desk_chain:export") + replaced(request.GET),
    }
    return render(request, "desk/chain/overview.html", context)


@require_GET
def export_chain(request: HttpRequest) -> HttpResponseBase:
    """The table as an xlsx."""
    known, view = _read(request)
    table = Drawing(view, known, read_sales(view, known), request.GET).table()
    sheet = sheet_of_steps(table, view) if view.step == "both" else sheet_of_months(table, view)
    return workbook_of("chain", *sheet)


@require_GET
def show_lines(request: HttpRequest) -> HttpResponse:
    """What a figure is made of, line by line."""
    known, view = _read(request)
    step, period = _step(view), asked_period(request.GET, view)
    narrowing = view.narrowing(known)
    whole = figure_of(step=step, period=period, narrowing=narrowing)
    sort = request.GET.get("sort", "")
    sort = sort if sort in SORTS else "-day"
    number = _page_number(request.GET, whole.lines)
    rows = sold_lines(
        step=step, period=period, narrowing=narrowing, sort=sort, limit=_SIZE, offset=(number - 1) * _SIZE
    )
    page = ListPage(
        rows=rows,
        number=number,
        size=_SIZE,
        total=whole.lines,
        sort=sort,
        query=request.GET,
        chips=_chips(request.GET, view, known, period=period),
        export_url=reverse("desk_chain:lines-export") + replaced(request.GET, page=None),
    )
    context = {
        "page": page,
        "asked": view,
        "title": STEP_TITLES[step],
        "whole": whole,
        "period": period,
        "opens_reports": Right.SELLOUT_SEE in request.actor.rights,  # type: ignore[attr-defined]
        "too_many": whole.lines > MOST_EXPORTED,
        "most": MOST_EXPORTED,
        "back": reverse("desk_chain:overview") + _back(request.GET),
    }
    return render(request, "desk/chain/lines.html", context)


@require_GET
def export_lines(request: HttpRequest) -> HttpResponseBase:
    """The lines as an xlsx, as many as a sheet is still handy with; more than that are to be narrowed first."""
    known, view = _read(request)
    step, period, narrowing = _step(view), asked_period(request.GET, view), view.narrowing(known)
    if figure_of(step=step, period=period, narrowing=narrowing).lines > MOST_EXPORTED:
        return show_lines(request)
    rows = line_rows(all_sold_lines(step=step, period=period, narrowing=narrowing))
    return workbook_of("sales", STEP_TITLES[step], LINE_COLUMNS, rows)


def _read(request: HttpRequest) -> tuple[Dimensions, Asked]:
    known = dimensions(language=language(get_language()))
    today = today_at(request.actor.time_zone)  # type: ignore[attr-defined]
    return known, asked(request.GET, known, today=today)


def _step(view: Asked) -> str:
    return "secondary" if view.step == "both" else view.step


def _page_number(query: QueryDict, total: int) -> int:
    told = query.get("page", "1")
    number = int(told) if told.isascii() and told.isdigit() and len(told) < 7 else 1
    return min(max(number, 1), max(1, -(-total // _SIZE)))


def _links(
    query: QueryDict, name: str, choices: tuple[str, ...], labels: Any, chosen: str
) -> list[tuple[Any, str, bool]]:
    return [(labels[choice], replaced(query, **{name: choice}), choice == chosen) for choice in choices]


def _back(query: QueryDict) -> str:
    return replaced(query, month=None, sort=None, page=None, indirect=None, step=query.get("from"))


def _chips(query: QueryDict, view: Asked, known: Dimensions, *, period: Period | None = None) -> list[Chip]:
    chips = []
    if view.distributor is not None:
        label = name_of("distributor", view.distributor, known)
        chips.append(Chip(_("Distributor"), label, replaced(query, distributor=None)))
    if view.group is not None:
        label = _("No group") if view.group == UNKNOWN else known.groups.names[view.group]
        chips.append(Chip(_("Product group"), label, replaced(query, group=None)))
    if view.region is not None:
        label = _("Region not told") if view.region == UNKNOWN else known.regions.names[view.region]
        chips.append(Chip(_("Region"), label, replaced(query, region=None)))
    if view.indirect_only:
        chips.append(Chip(_("Buyers"), _("distributors only"), replaced(query, indirect=None)))
    if period is not None and period != view.span.period:
        month = format_date(period.starts_on, get_language() or "en", "month")
        chips.append(Chip(_("Month"), month, replaced(query, month=None)))
    return chips
