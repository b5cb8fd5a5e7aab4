"""Claims as spreadsheets: a list of them, and how often products are claimed."""

from __future__ import annotations

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy

from zveno.base.sheets import Column, Value
from zveno.claims.queries.claim_list import ClaimRow, Figure
from zveno.claims.shown import kind_word, state_word

LIST_COLUMNS = (
    Column(_("Number"), width=16),
    Column(_("State"), width=22),
    Column(_("Late"), width=8),
    Column(_("What is wrong"), width=24),
    Column(_("Seller"), width=28),
    Column(_("Company"), width=28),
    Column(_("Legal entity"), width=34),
    Column(_("Order"), width=18),
    Column(_("Shipment"), width=18),
    Column(_("Shipped on"), "date"),
    Column(_("Lines"), "number"),
    Column(_("Claimed for"), "money"),
    Column(_("Credited"), "money"),
    Column(_("Currency"), width=10),
    Column(pgettext_lazy("claim", "Sent by"), width=22),
    Column(pgettext_lazy("claim", "Sent"), "moment"),
    Column(_("Answer due"), "date"),
    Column(_("Decided"), "moment"),
)
FIGURE_COLUMNS = (
    Column(_("Code"), width=16),
    Column(_("Name"), width=60),
    Column(_("What is wrong"), width=24),
    Column(_("Claims"), "number"),
    Column(_("Quantity"), "number"),
    Column(_("Credited"), "money"),
)


def list_cells(row: ClaimRow, today: date) -> list[Value]:
    """A claim as the cells of LIST_COLUMNS."""
    return [
        row.number,
        state_word(row.state),
        pgettext("claim", "late") if row.is_late(today) else "",
        kind_word(row.kind),
        row.seller,
        row.buyer_company,
        row.buyer_entity,
        row.order_number,
        row.shipment_number,
        row.shipped_on,
        row.line_count,
        row.worth,
        row.credited,
        row.currency,
        row.opened_by,
        timezone.localtime(row.opened_at),
        row.due_on,
        timezone.localtime(row.decided_at) if row.decided_at else None,
    ]


def figure_cells(figure: Figure) -> list[Value]:
    """How often a product is claimed, as the cells of FIGURE_COLUMNS."""
    return [figure.code, figure.name, kind_word(figure.kind), figure.claims, figure.quantity, figure.credited]
