"""Lists of money as spreadsheets: columns and cells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zveno.base.sheets import Column, Value
from zveno.finance.labels import kind_word
from zveno.finance.queries.balances import Turnover
from zveno.finance.queries.documents import DocumentValue


@dataclass(frozen=True, slots=True)
class Names:
    """Names beside rows: of sellers, of buyers' entities, numbers of orders."""

    companies: Mapping[int, str]
    entities: Mapping[int, str]
    orders: Mapping[int, str] = field(default_factory=dict)


DOCUMENT_COLUMNS = (
    Column(_("Date"), "date"),
    Column(_("Document"), width=20),
    Column(_("Number"), width=18),
    Column(_("Seller"), width=28),
    Column(_("Legal entity"), width=32),
    Column(_("Contract"), width=16),
    Column(_("Order"), width=16),
    Column(pgettext_lazy("payment", "Due"), "date"),
    Column(_("Raises the debt"), "money"),
    Column(_("Lowers the debt"), "money"),
    Column(_("Open"), "money"),
    Column(_("Currency"), width=8),
    Column(_("Note"), width=40),
)

TURNOVER_COLUMNS = (
    Column(_("Seller"), width=28),
    Column(_("Legal entity"), width=32),
    Column(_("Contract"), width=16),
    Column(_("Owed at the beginning"), "money"),
    Column(pgettext_lazy("changes of the debt", "Shipped"), "money"),
    Column(_("Returned"), "money"),
    Column(_("Paid"), "money"),
    Column(_("Other"), "money"),
    Column(_("Owed at the end"), "money"),
    Column(_("Currency"), width=8),
)

DEBT_COLUMNS = (
    Column(pgettext_lazy("payment", "Due"), "date"),
    Column(_("Days overdue"), "number"),
    Column(_("Document"), width=20),
    Column(_("Number"), width=18),
    Column(_("Date"), "date"),
    Column(_("Seller"), width=28),
    Column(_("Legal entity"), width=32),
    Column(_("Contract"), width=16),
    Column(_("Order"), width=16),
    Column(_("Sum"), "money"),
    Column(_("Paid"), "money"),
    Column(_("Open"), "money"),
    Column(_("Currency"), width=8),
)


def document_cells(row: DocumentValue, names: Names) -> list[Value]:
    """The cells of a document under DOCUMENT_COLUMNS."""
    account = row.account
    return [
        row.issued_on,
        kind_word(row.kind),
        row.number,
        names.companies.get(account.seller_id, ""),
        names.entities.get(account.buyer_entity_id, ""),
        account.contract,
        names.orders.get(row.order_id or 0, ""),
        row.due_on if row.is_debt else None,
        row.change if row.change > 0 else None,
        -row.change if row.change < 0 else None,
        row.rest,
        account.currency,
        row.note,
    ]


def turnover_cells(row: Turnover, names: Names) -> list[Value]:
    """The cells of an account under TURNOVER_COLUMNS; returned and paid without their sign."""
    return [
        names.companies.get(row.account.seller_id, ""),
        names.entities.get(row.account.buyer_entity_id, ""),
        row.account.contract,
        row.opening,
        row.changes.shipped,
        -row.changes.returned,
        -row.changes.paid,
        row.changes.other,
        row.closing,
        row.account.currency,
    ]


def debt_cells(row: DocumentValue, today: date, names: Names) -> list[Value]:
    """The cells of an open debt under DEBT_COLUMNS."""
    return [
        row.due_on,
        max((today - row.due_on).days, 0),
        kind_word(row.kind),
        row.number,
        row.issued_on,
        names.companies.get(row.account.seller_id, ""),
        names.entities.get(row.account.buyer_entity_id, ""),
        row.account.contract,
        names.orders.get(row.order_id or 0, ""),
        row.change,
        row.change - row.rest,
        row.rest,
        row.account.currency,
    ]
