"""The chain page as values: four figures, one chart, one table that says the same, and where each cell leads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from babel.numbers import format_compact_decimal
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from zveno.desk.chain.asking import Asked
from zveno.desk.chain.labels import KEY_OF, SIGNALS, STEP_TITLES, lifting, name_of
from zveno.insight.queries.chain import customers_served, monthly
from zveno.insight.queries.dimensions import Dimensions
from zveno.insight.rules.signals import signal_of
from zveno.insight.rules.tables import OTHERS, Figure, Pair, Row, added_up, change, leading, paired, rows_by_key
from zveno.ui.charts import Chart, Series
from zveno.ui.formats import NBSP, currency_sign, format_number, format_percent, language
from zveno.ui.navigation import Tone, Words
from zveno.ui.pages import replaced

_DRAWN = 6


@dataclass(frozen=True, slots=True)
class Sales:
    """What was read for one view: rows of the cut on both steps, customers served now and before. `to_distributors` is
    primary without the direct clients."""

    primary: list[Row]
    to_distributors: list[Row]
    secondary: list[Row]
    customers: tuple[int, int]


def read_sales(asked: Asked, known: Dimensions) -> Sales:
    """Both steps by the cut. Three statements."""
    key, lifted, narrowing = KEY_OF[asked.cut], lifting(asked.cut, known), asked.narrowing(known)
    bought = monthly(step="primary", key=key, span=asked.span, narrowing=narrowing)
    sold_on = monthly(step="secondary", key=key, span=asked.span, narrowing=narrowing)
    return Sales(
        primary=rows_by_key(bought, lifted=lifted),
        to_distributors=rows_by_key((cell for cell in bought if not cell.is_direct), lifted=lifted),
        secondary=rows_by_key(sold_on, lifted=lifted),
        customers=customers_served(span=asked.span, narrowing=narrowing),
    )


@dataclass(frozen=True, slots=True)
class Shown:
    """A figure that opens: its value and its lines' address; no address where there is nothing."""

    value: Decimal
    url: str


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row of the table: `cells` are its months, or in the view of both steps what was bought and what was sold on."""

    name: str
    url: str
    cells: tuple[Shown, ...]
    total: Shown
    change: Decimal | None
    passed_on: Decimal | None = None
    sold_change: Decimal | None = None
    signal: tuple[Words, Tone] | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """The table of the page; `months` heads the cells where there are such. `whole` is the last row."""

    months: tuple[date, ...]
    rows: tuple[TableRow, ...]
    whole: TableRow


class Drawing:
    """Builds the values of one view."""

    def __init__(self, asked: Asked, known: Dimensions, sales: Sales, query: QueryDict) -> None:
        self.asked, self.known, self.sales, self.query = asked, known, sales, query
        self.months = asked.span.months

    def chart(self) -> Chart:
        """Months by the cut's leading rows stacked; for both steps, their two lines."""
        labels = [f"{month:%m.%Y}" for month in self.months]
        is_money = self.asked.unit == "amount"
        return Chart(
            title=_("Bought by distributors and sold on")
            if self.asked.step == "both"
            else STEP_TITLES[self.asked.step],
            labels=labels,
            series=self._lines() if self.asked.step == "both" else self._stack(),
            stacked=self.asked.step != "both",
            currency=self.asked.currency if is_money else "",
            digits=0,
        )

    def _lines(self) -> list[Series]:
        steps = (
            (pgettext("chart", "Bought"), self.sales.to_distributors, 1),
            (pgettext("chart", "Sold on"), self.sales.secondary, 2),
        )
        return [Series(name, self._values(added_up(rows)), colour) for name, rows, colour in steps]

    def _stack(self) -> list[Series]:
        rows = leading(self.rows(), _DRAWN)
        return [
            Series(name_of(self.asked.cut, row.key, self.known), self._values(row), colour, kind="bar")
            for colour, row in enumerate(rows, 1)
        ]

    def _values(self, row: Row) -> list[Decimal]:
        return [row.months.get(month, Figure()).of(self.asked.unit) for month in self.months]

    def rows(self) -> list[Row]:
        """The rows of the step shown, greatest first by the unit shown."""
        rows = self.sales.primary if self.asked.step == "primary" else self.sales.secondary
        return sorted(rows, key=lambda row: (-row.total.of(self.asked.unit), row.key))

    def table(self) -> Table:
        """The table beside the chart."""
        if self.asked.step == "both":
            return self._both()
        rows = self.rows()
        return Table(tuple(self.months), tuple(self._row(row) for row in rows), self._row(added_up(rows)))

    def _row(self, row: Row) -> TableRow:
        unit, step = self.asked.unit, self.asked.step
        cells = tuple(
            self._shown(row.months.get(month, Figure()), step, row.key, month=f"{month:%Y-%m}") for month in self.months
        )
        total = self._shown(row.total, step, row.key)
        return TableRow(self._name(row.key), self._deeper(row.key), cells, total, row.change(unit))

    def _both(self) -> Table:
        pairs = paired(self.sales.to_distributors, self.sales.secondary)
        bought = added_up(self.sales.to_distributors)
        sold = added_up(self.sales.secondary)
        whole = bought.total.amount + sold.total.amount
        rows = tuple(self._pair(pair, whole) for pair in pairs)
        return Table((), rows, self._pair(Pair(OTHERS, bought, sold), whole, is_whole=True))

    def _pair(self, pair: Pair, whole: Decimal, *, is_whole: bool = False) -> TableRow:
        unit = self.asked.unit
        signal = None if is_whole else signal_of(pair, whole=whole)
        bought = self._shown(pair.bought.total, "primary", pair.key)
        sold = self._shown(pair.sold_on.total, "secondary", pair.key)
        return TableRow(
            name=self._name(pair.key),
            url=self._deeper(pair.key),
            cells=(bought,),
            total=sold,
            change=pair.bought.change(unit),
            passed_on=pair.passed_on,
            sold_change=pair.sold_on.change(unit),
            signal=SIGNALS[signal] if signal else None,
        )

    def _name(self, key: int) -> str:
        return _("Altogether") if key == OTHERS else name_of(self.asked.cut, key, self.known)

    def _shown(self, figure: Figure, step: str, key: int, *, month: str | None = None) -> Shown:
        value = figure.of(self.asked.unit)
        if not figure.lines:
            return Shown(value, "")
        return Shown(value, reverse("desk_chain:lines") + self._narrowed(key, step=step, month=month))

    def _narrowed(self, key: int, **changes: str | None) -> str:
        told: dict[str, object] = dict(changes)
        if self.asked.step == "both" and changes.get("step") == "primary":
            told["indirect"] = 1
        if key != OTHERS:
            told[KEY_OF[self.asked.cut]] = key
        return replaced(self.query, **told)

    def _deeper(self, key: int) -> str:
        """Where a row's name leads: the same view of this row alone, one cut deeper."""
        below = {"distributor": "group", "group": "subgroup", "district": "region"}.get(self.asked.cut)
        return self._narrowed(key, cut=below) if below and key not in (OTHERS,) and key >= 0 else ""


@dataclass(frozen=True, slots=True)
class Stat:
    """One of the four figures as it is written, and its change as a share."""

    text: str
    change: Decimal | None


def stats(asked: Asked, sales: Sales) -> dict[str, Stat]:
    """Primary, secondary, the share passed on, customers served: now, and against the period before."""
    primary, secondary = added_up(sales.primary), added_up(sales.secondary)
    now, before = sales.customers
    return {
        "primary": Stat(_short(primary.total.of(asked.unit), asked), primary.change(asked.unit)),
        "secondary": Stat(_short(secondary.total.of(asked.unit), asked), secondary.change(asked.unit)),
        "passed_on": _passed_on(sales.to_distributors, sales.secondary),
        "customers": Stat(format_number(now, _lang()), change(Decimal(now), Decimal(before))),
    }


def _passed_on(bought_rows: Sequence[Row], sold_rows: Sequence[Row]) -> Stat:
    bought, sold = added_up(bought_rows), added_up(sold_rows)
    now = sold.total.quantity / bought.total.quantity if bought.total.quantity > 0 else None
    before = sold.before.quantity / bought.before.quantity if bought.before.quantity > 0 else None
    told = format_percent(now, _lang(), digits=0)
    return Stat(told, now - before if now is not None and before is not None else None)


def _short(value: Decimal, asked: Asked) -> str:
    """A figure to be grasped at once, `920,2 млн ₽`; the table below has it whole."""
    text = format_compact_decimal(value, format_type="short", locale=language(_lang()), fraction_digits=1)
    text = text.replace(" ", NBSP)
    if asked.unit == "quantity":
        return text
    sign = currency_sign(asked.currency, _lang())
    return f"{text}{NBSP}{sign}" if language(_lang()) == "ru" else f"{sign}{text}"


def _lang() -> str:
    return get_language() or "en"
