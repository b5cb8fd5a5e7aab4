"""Settlements: every account over a period, and where one stands now (N6, N7)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from zveno.base.downloads import workbook_of
from zveno.finance.queries.balances import Turnover, totals_by_currency, turnovers
from zveno.finance.queries.credit import credits_of
from zveno.finance.queries.differences import Agreed, agreements
from zveno.finance.queries.receivables import aged_accounts, aged_by_currency, due_days
from zveno.finance.rules.ageing import Aged
from zveno.finance.sheets import TURNOVER_COLUMNS, turnover_cells
from zveno.portal.money.asked import AskedMoney, read_money
from zveno.portal.money.sides import Side, names_for, side_of

_WEEK = timedelta(days=6)


@dataclass(frozen=True, slots=True)
class Row:
    """An account as its row shows it; `agreed` is the newest balance that the seller's books state."""

    turnover: Turnover
    seller: str
    entity: str
    agreed: Agreed | None

    @property
    def returned(self) -> Decimal:
        return -self.turnover.changes.returned

    @property
    def paid(self) -> Decimal:
        return -self.turnover.changes.paid

    @property
    def agreed_gap(self) -> Decimal:
        return abs(self.agreed.difference) if self.agreed else Decimal(0)


@dataclass(frozen=True, slots=True)
class Now:
    """Where one stands today in one currency; `left` is None where no limit was agreed."""

    currency: str
    aged: Aged
    due_this_week: Decimal
    left: Decimal | None


@require_GET
def show(request: HttpRequest) -> HttpResponse:
    """The accounts over the asked period."""
    side = side_of(request)
    asked = read_money(request.GET, side)
    rows = _rows(asked)
    told = {
        "side": side,
        "asked": asked,
        "rows": rows,
        "totals": [
            (currency, (opening, changes, closing, -changes.returned, -changes.paid))
            for currency, (opening, changes, closing) in sorted(
                totals_by_currency(row.turnover for row in rows).items()
            )
        ],
        "now": _now(side, asked),
        "export_url": reverse(side.url("settlements-xlsx")),
        "documents_url": reverse(side.url("documents")),
        "receivables_url": reverse(side.url("receivables")),
        "several_entities": len(asked.entities) > 1,
        "several_sellers": len(asked.sellers) > 1,
    }
    return render(request, "portal/money/settlements.html", told)


@require_GET
def export(request: HttpRequest) -> FileResponse:
    """The same as a spreadsheet."""
    side = side_of(request)
    rows = _turnovers(read_money(request.GET, side))
    names = names_for(row.account for row in rows)
    return workbook_of(_("Settlements"), _("Settlements"), TURNOVER_COLUMNS, (turnover_cells(r, names) for r in rows))


def _turnovers(asked: AskedMoney) -> list[Turnover]:
    rows = turnovers(period=asked.period, which=asked.which)
    return [row for row in rows if row.opening or row.closing or row.changes != type(row.changes)()]


def _rows(asked: AskedMoney) -> list[Row]:
    rows = _turnovers(asked)
    names = names_for(row.account for row in rows)
    agreed = {one.account.id: one for one in agreements(asked.which)}
    found = [
        Row(
            row,
            names.companies.get(row.account.seller_id, ""),
            names.entities.get(row.account.buyer_entity_id, ""),
            agreed.get(row.account.id),
        )
        for row in rows
    ]
    return sorted(found, key=lambda row: (row.seller, row.entity, row.turnover.account.contract))


def _now(side: Side, asked: AskedMoney) -> list[Now]:
    """Today's figures by currency; what is left of the credit adds up over the agreements that have a limit."""
    week = due_days(which=asked.which, today=side.today, until=side.today + _WEEK)
    found = []
    for currency, aged in sorted(aged_by_currency(aged_accounts(which=asked.which, today=side.today)).items()):
        due = sum((day.sum for day in week if day.currency == currency and day.day >= side.today), Decimal(0))
        found.append(Now(currency, aged, due, _left(side, asked, currency)))
    return found


def _left(side: Side, asked: AskedMoney, currency: str) -> Decimal | None:
    if not side.is_buyer:
        return None
    sellers = [asked.seller_id] if asked.seller_id else side.actor.scope.sellers
    ids = asked.which.entity_ids if asked.which.entity_ids is not None else side.actor.scope.entities
    lefts = [
        credit.standing.left
        for seller_id in sellers
        for credit in credits_of(seller_id=seller_id, day=side.today, entity_ids=ids)
        if credit.agreement.currency == currency and credit.standing.left is not None
    ]
    return sum(lefts, Decimal(0)) if lefts else None
