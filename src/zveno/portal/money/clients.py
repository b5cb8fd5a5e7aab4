"""A seller's clients by what they owe: age, limit, what is left; one client in full."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from zveno.base.downloads import workbook_of
from zveno.base.sheets import Column
from zveno.finance.labels import age_word
from zveno.finance.queries.balances import Which
from zveno.finance.queries.credit import EntityCredit, credits_of, group_standing, limit_history
from zveno.finance.queries.documents import document_value
from zveno.finance.queries.receivables import aged_accounts, open_debts
from zveno.finance.rules.ageing import OVERDUE, Aged
from zveno.kit.codes import fold_text
from zveno.partners.queries.clients import ClientValue, clients_of
from zveno.partners.queries.names import entity_names
from zveno.partners.rules.roles import Right
from zveno.portal.money.forms import LimitForm
from zveno.portal.money.rows import money_rows
from zveno.portal.money.sides import Side, side_of
from zveno.ui.pages import read_page

_SHOWN_DEBTS = 20


@dataclass(frozen=True, slots=True)
class Debtor:
    """A client's entity in one currency, with its debts by age and its credit."""

    client: ClientValue
    currency: str
    aged: Aged
    credit: EntityCredit | None

    @property
    def limit(self) -> Decimal | None:
        return self.credit.standing.limit if self.credit else None

    @property
    def left(self) -> Decimal | None:
        return self.credit.standing.left if self.credit else None

    @property
    def reserved(self) -> Decimal:
        return self.credit.standing.reserved if self.credit else Decimal(0)


_LEAST = -(Decimal(10) ** 18)
_SORTS = {
    "company": lambda row: (fold_text(row.client.company_name), fold_text(row.client.entity_name)),
    "debt": lambda row: row.aged.balance,
    "overdue": lambda row: row.aged.overdue,
    "old": lambda row: row.aged.older,
    "left": lambda row: row.left if row.left is not None else -_LEAST,
}


@require_GET
def show_list(request: HttpRequest) -> HttpResponse:
    """Every client with terms today, the greatest overdue debt first."""
    side = side_of(request)
    rows = _debtors(side)
    found = _narrowed(rows, request)
    page = read_page(
        query=request.GET,
        rows=found,
        sorts=dict.fromkeys(_SORTS, ""),
        default_sort="-overdue",
        export_url=reverse("client_money:clients-xlsx"),
    )
    told = {
        "side": side,
        "page": page,
        "text": request.GET.get("q", ""),
        "overdue": request.GET.get("overdue") == "1",
        "over": request.GET.get("over") == "1",
        "totals": _totals(rows),
    }
    template = "clients_found" if request.headers.get("HX-Request") else "clients"
    return render(request, f"portal/money/{template}.html", told)


@require_GET
def export(request: HttpRequest) -> FileResponse:
    """The same as a spreadsheet."""
    columns = [
        Column(_("Company"), width=28),
        Column(_("Legal entity"), width=32),
        Column(_("INN"), width=14),
        Column(_("Manager"), width=22),
        Column(_("Credit limit"), "money"),
        Column(_("Open orders"), "money"),
        Column(_("Left"), "money"),
        Column(_("Debt"), "money"),
        Column(age_word("not_due"), "money"),
        *(Column(age_word(age), "money") for age in OVERDUE),
        Column(_("Paid, not used"), "money"),
        Column(_("Currency"), width=8),
    ]
    rows = (
        [
            row.client.company_name,
            row.client.entity_name,
            row.client.inn,
            row.client.manager_name,
            row.limit,
            row.reserved,
            row.left,
            row.aged.balance,
            row.aged.not_due,
            *(row.aged.of(age) for age in OVERDUE),
            row.aged.unused,
            row.currency,
        ]
        for row in _narrowed(_debtors(side_of(request)), request)
    )
    return workbook_of(_("Clients' debts"), _("Clients' debts"), columns, rows)


@require_GET
def show(request: HttpRequest, entity_id: int) -> HttpResponse:
    """One client's entity: credit with its history, what is open."""
    told = client_told(side_of(request), entity_id)
    return render(request, "portal/money/client.html", told)


def client_told(side: Side, entity_id: int, form: LimitForm | None = None) -> dict[str, object]:
    """What the page of a client shows. Raises Http404 for an entity that is no client."""
    rows = [row for row in _debtors(side) if row.client.entity_id == entity_id]
    if not rows:
        raise Http404
    client, seller_id = rows[0].client, side.actor.company_id
    debts = open_debts(Which(seller_id=seller_id, entity_ids=[entity_id]), today=side.today)
    shown = [document_value(row) for row in debts[: _SHOWN_DEBTS + 1]]
    history = limit_history(seller_id=seller_id, company_id=client.company_id)
    names = entity_names({one.entity_id for one in history if one.entity_id is not None})
    return {
        "side": side,
        "client": client,
        "rows_by_currency": rows,
        "group": group_standing(seller_id=seller_id, company_id=client.company_id, currency=rows[0].currency),
        "debts": money_rows(shown[:_SHOWN_DEBTS], side.today),
        "more": len(shown) > _SHOWN_DEBTS,
        "history": [(one, names.get(one.entity_id or 0, "")) for one in history],
        "form": form or LimitForm(),
        "may_decide": Right.SALES_DECIDE in side.actor.rights,
        "currency": rows[0].currency,
    }


def _debtors(side: Side) -> list[Debtor]:
    seller_id = side.actor.company_id
    aged: dict[tuple[int, str], Aged] = {}
    for row in aged_accounts(which=Which(seller_id=seller_id), today=side.today):
        key = (row.account.buyer_entity_id, row.account.currency)
        aged[key] = aged.get(key, Aged()) + row.aged
    credits = {
        (one.agreement.buyer_entity_id, one.agreement.currency): one
        for one in credits_of(seller_id=seller_id, day=side.today)
    }
    keys = sorted(aged.keys() | credits.keys())
    by_entity: dict[int, list[str]] = {}
    for entity_id, currency in keys:
        by_entity.setdefault(entity_id, []).append(currency)
    return [
        Debtor(
            client, currency, aged.get((client.entity_id, currency), Aged()), credits.get((client.entity_id, currency))
        )
        for client in clients_of(seller_id=seller_id, time_zone=side.actor.time_zone)
        for currency in by_entity.get(client.entity_id, ())
    ]


def _narrowed(rows: Iterable[Debtor], request: HttpRequest) -> list[Debtor]:
    text = fold_text(request.GET.get("q", ""))[:100]
    overdue, over = request.GET.get("overdue") == "1", request.GET.get("over") == "1"
    found = [
        row
        for row in rows
        if (text in fold_text(f"{row.client.company_name} {row.client.entity_name}") or row.client.inn.startswith(text))
        and (not overdue or row.aged.overdue > 0)
        and (not over or (row.left is not None and row.left < 0))
    ]
    sort = request.GET.get("sort", "-overdue")
    key = sort.removeprefix("-")
    if key in _SORTS:
        found.sort(key=_SORTS[key], reverse=sort.startswith("-"))
    return found


def _totals(rows: Iterable[Debtor]) -> list[tuple[str, Aged]]:
    sums: dict[str, Aged] = {}
    for row in rows:
        sums[row.currency] = sums.get(row.currency, Aged()) + row.aged
    return sorted((currency, aged) for currency, aged in sums.items() if aged != Aged())
