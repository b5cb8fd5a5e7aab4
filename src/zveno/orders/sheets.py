"""Orders as spreadsheets: the columns and cells of a list of orders and of the lines of one."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zveno.base.sheets import Column, Value
from zveno.orders.need_labels import answer_words, need_word, why_needed
from zveno.orders.queries.need_list import NeedValue
from zveno.orders.queries.order_list import OrderFilter, OrderRow, each_order
from zveno.orders.queries.order_page import LineValue
from zveno.orders.shown import source_word, state_word, when_covered

LIST_COLUMNS = (
    Column(_("Number"), width=18),
    Column(_("Placed"), "moment"),
    Column(_("State"), width=20),
    Column(_("Source"), width=18),
    Column(_("Seller"), width=28),
    Column(_("Company"), width=28),
    Column(_("Legal entity"), width=34),
    Column(_("Placed by"), width=22),
    Column(_("Wished for"), "date"),
    Column(_("Promised for"), "date"),
    Column(_("Lines"), "number"),
    Column(_("Sum"), "money"),
    Column(_("Currency"), width=10),
    Column(_("Number in the accounting system"), width=20),
    Column(_("Comment"), width=40),
    Column(_("My note"), width=40),
)

LINE_COLUMNS = (
    Column("№", "number", 6),
    Column(_("Code"), width=16),
    Column(_("Name"), width=60),
    Column(_("Quantity"), "number"),
    Column(pgettext_lazy("short", "Unit"), width=8),
    Column(_("Price"), "money"),
    Column(_("Discount, %"), "number"),
    Column(_("Sum"), "money"),
    Column(_("When"), width=32),
    Column(_("Shipped"), "number"),
)


NEED_COLUMNS = (
    Column(_("Since"), "moment"),
    Column(_("Order"), width=18),
    Column(_("Legal entity"), width=34),
    Column(_("Code"), width=16),
    Column(_("Name"), width=60),
    Column(_("Needed"), "number"),
    Column(_("Lacking"), "number"),
    Column(_("Late"), "number"),
    Column(pgettext_lazy("short", "Unit"), width=8),
    Column(_("Wished for"), "date"),
    Column(_("Comes on"), "date"),
    Column(_("State"), width=24),
    Column(_("Why"), width=44),
    Column(_("Answer"), width=24),
    Column(_("Settled"), "moment"),
)


def need_cells(need: NeedValue) -> list[Value]:
    """A need as the cells of NEED_COLUMNS."""
    return [
        timezone.localtime(need.opened_at),
        need.order_number,
        need.buyer_entity,
        need.code,
        need.name,
        need.quantity,
        need.lacking,
        need.late,
        need.unit,
        need.wished_on,
        need.dated_on or need.planned_on or need.late_on,
        need_word(need.state),
        why_needed(need),
        answer_words(need),
        timezone.localtime(need.settled_at) if need.settled_at else None,
    ]


MOST_EXPORTED = 100_000


def list_rows(wanted: OrderFilter, sort: str) -> Iterator[list[Value]]:
    """The orders of a list as rows of LIST_COLUMNS, up to MOST_EXPORTED; read in pieces while they are written."""
    return (list_cells(row) for row in each_order(wanted=wanted, sort=sort, most=MOST_EXPORTED))


def list_cells(row: OrderRow) -> list[Value]:
    """An order as the cells of LIST_COLUMNS."""
    return [
        row.number,
        timezone.localtime(row.placed_at),
        state_word(row.state),
        source_word(row.source),
        row.seller,
        row.buyer_company,
        row.buyer_entity,
        row.placed_by,
        row.wished_on,
        row.promised_on,
        row.line_count,
        row.total,
        row.currency,
        row.erp_number,
        row.comment,
        row.note,
    ]


def line_cells(line: LineValue) -> list[Value]:
    """A line of an order as the cells of LINE_COLUMNS."""
    return [
        line.position,
        line.code,
        line.name,
        line.quantity,
        line.unit,
        line.price if line.has_price else None,
        line.discount_percent,
        line.total,
        when_covered(line.promise, line.uncovered).text if line.promise or line.uncovered else "",
        line.shipped_quantity,
    ]
