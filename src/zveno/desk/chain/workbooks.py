"""The chain's tables and lines as sheets of a workbook."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from django.utils.translation import get_language, gettext_lazy, pgettext, pgettext_lazy
from django.utils.translation import gettext as _

from zveno.base.sheets import Column, Kind, Value
from zveno.desk.chain.asking import Asked
from zveno.desk.chain.figures import Table
from zveno.desk.chain.labels import CUT_HEADS, STEP_TITLES
from zveno.insight.queries.lines import SoldLine
from zveno.ui.formats import format_date

Sheet = tuple[object, Sequence[Column], Sequence[Sequence[Value]]]

LINE_COLUMNS = (
    Column(gettext_lazy("Day"), "date"),
    Column(pgettext_lazy("money", "Sum"), "money"),
    Column(gettext_lazy("Quantity"), "number"),
    Column(gettext_lazy("Distributor"), width=26),
    Column(gettext_lazy("Code"), width=14),
    Column(gettext_lazy("Product"), width=48),
    Column(gettext_lazy("Customer"), width=34),
    Column(gettext_lazy("Region"), width=24),
    Column(gettext_lazy("File"), width=34),
    Column(gettext_lazy("Sheet"), width=16),
    Column(gettext_lazy("Row"), "number", 8),
    Column(gettext_lazy("Shipment"), width=16),
    Column(gettext_lazy("Order"), width=14),
)


def line_rows(lines: Iterable[SoldLine]) -> Iterator[tuple[Value, ...]]:
    """The rows under `LINE_COLUMNS`."""
    direct = _("Direct clients")
    for x in lines:
        yield (
            x.day, x.amount, x.quantity, x.company or direct, x.code, x.name, x.customer, x.region, x.file, x.sheet,
            x.row, x.shipment, x.order,
        )  # fmt: skip


def sheet_of_steps(table: Table, view: Asked) -> Sheet:
    """What was bought beside what was sold on: title, columns, rows."""
    columns = (
        Column(CUT_HEADS[view.cut], width=34),
        Column(_("Bought by distributors"), _kind(view), 18),
        Column(pgettext("figure", "Change"), "percent"),
        Column(_("Sold on"), _kind(view), 18),
        Column(pgettext("figure", "Change"), "percent"),
        Column(_("Of what was bought"), "percent", 14),
        Column(_("Stands out"), width=14),
    )
    rows = [
        (row.name, row.cells[0].value, row.change, row.total.value, row.sold_change, row.passed_on,
         str(row.signal[0]) if row.signal else "")
        for row in (*table.rows, table.whole)
    ]  # fmt: skip
    return _("Chain"), columns, rows


def sheet_of_months(table: Table, view: Asked) -> Sheet:
    """One step month by month: title, columns, rows."""
    months = [Column(format_date(month, get_language() or "en", "month"), _kind(view)) for month in table.months]
    columns = (
        Column(CUT_HEADS[view.cut], width=34),
        *months,
        Column(_("Altogether"), _kind(view), 18),
        Column(pgettext("figure", "Change"), "percent"),
    )
    rows = [
        (row.name, *(cell.value for cell in row.cells), row.total.value, row.change)
        for row in (*table.rows, table.whole)
    ]
    return STEP_TITLES[view.step], columns, rows


def _kind(view: Asked) -> Kind:
    return "money" if view.unit == "amount" else "number"
