"""Operations of a buyer's key about money: balances, documents, receivables."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated

from django.http import HttpRequest
from ninja import Query, Router
from pydantic import Field

from zveno.api import money_shapes as shapes
from zveno.api.door import Caller, opened
from zveno.api.errors import NothingHere
from zveno.base.clock import today_at
from zveno.base.scope import Section
from zveno.finance.queries.balances import AccountValue, Turnover, Which, accounts, turnovers
from zveno.finance.queries.documents import DocumentFilter, DocumentValue, document_value, documents
from zveno.finance.queries.receivables import AccountAged, aged_accounts
from zveno.kit.period import Period
from zveno.partners.rules.roles import Right

router = Router(tags=["Money"])
_FIRST_DAY = date(2000, 1, 1)

Day = Annotated[date | None, Query()]


@router.get("/money/balances", response=shapes.Balances, summary="Balances of a period")
def list_balances(
    request: HttpRequest,
    since: Day = None,
    until: Day = None,
    seller: int | None = None,
    entity: int | None = None,
) -> shapes.Balances:
    """Opening balance, changes and closing balance of each account, from `since` to the end of `until`.

    Without `since` from the first day, without `until` to today.
    """
    with opened(request, Section.BUYING, Right.MONEY_SEE) as caller:
        period = _period(caller, since, until)
        rows = turnovers(period=period, which=_which(caller, seller, entity))
        return shapes.Balances(items=[_balance(row) for row in rows])


@router.get("/money/documents", response=shapes.Documents, summary="Documents of settlements")
def list_money_documents(
    request: HttpRequest,
    since: Day = None,
    until: Day = None,
    seller: int | None = None,
    entity: int | None = None,
    only_open: bool = False,
    page: Annotated[int, Field(ge=1, le=100_000)] = 1,
    per_page: Annotated[int, Field(ge=1, le=500)] = 100,
) -> shapes.Documents:
    """The documents in force of the period, the newest first."""
    with opened(request, Section.BUYING, Right.MONEY_SEE) as caller:
        period = _period(caller, since, until)
        wanted = DocumentFilter(which=_which(caller, seller, entity), period=period, only_open=only_open)
        start = (page - 1) * per_page
        found = [document_value(row) for row in documents(wanted)[start : start + per_page + 1]]
        more = len(found) > per_page
        items = [_document(row) for row in found[:per_page]]
        return shapes.Documents(items=items, page=page, next=page + 1 if more else None)


@router.get("/money/receivables", response=shapes.Receivables, summary="Open debts by age")
def list_receivables(request: HttpRequest, seller: int | None = None, entity: int | None = None) -> shapes.Receivables:
    """What is owed today, by account and age."""
    with opened(request, Section.BUYING, Right.MONEY_SEE) as caller:
        today = today_at(caller.actor.time_zone)
        rows = aged_accounts(which=_which(caller, seller, entity), today=today)
        return shapes.Receivables(as_of=today, items=[_aged(row) for row in rows])


def shown_account(account: AccountValue) -> shapes.Account:
    """The account as the API gives it."""
    return shapes.Account(
        id=account.id,
        seller_id=account.seller_id,
        entity_id=account.buyer_entity_id,
        contract=account.contract,
        currency=account.currency,
    )


def _which(caller: Caller, seller: int | None, entity: int | None) -> Which:
    """The accounts asked for. Another's entity, and a seller with whom there was never anything, are nothing here."""
    if entity is not None and entity not in caller.scope.entities:
        raise NothingHere
    if seller is not None and seller not in caller.scope.sellers and not accounts(Which(seller_id=seller)):
        raise NothingHere
    return Which(seller_id=seller, entity_ids=[entity] if entity is not None else None)


def _period(caller: Caller, since: date | None, until: date | None) -> Period:
    first = since or _FIRST_DAY
    last = min(until or today_at(caller.actor.time_zone), date.max - timedelta(days=1))
    return Period(first, max(first, last + timedelta(days=1)))


def _balance(row: Turnover) -> shapes.Balance:
    return shapes.Balance(
        account=shown_account(row.account),
        opening=row.opening,
        shipped=row.changes.shipped,
        returned=row.changes.returned,
        paid=row.changes.paid,
        other=row.changes.other,
        closing=row.closing,
    )


def _document(row: DocumentValue) -> shapes.Document:
    return shapes.Document(
        id=row.id,
        account=shown_account(row.account),
        kind=row.kind.value,
        number=row.number,
        issued_on=row.issued_on,
        due_on=row.due_on if row.is_debt else None,
        change=row.change,
        rest=row.rest,
        order_id=row.order_id,
        note=row.note,
    )


def _aged(row: AccountAged) -> shapes.Aged:
    aged = row.aged
    return shapes.Aged(
        account=shown_account(row.account),
        not_due=aged.not_due,
        days_1_30=aged.days_30,
        days_31_60=aged.days_60,
        days_61_90=aged.days_90,
        over_90=aged.older,
        unused=aged.unused,
        overdue=aged.overdue,
        balance=aged.balance,
    )
