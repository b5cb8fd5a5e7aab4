"""Operations of a seller's key about money: documents, balances, and what does not agree."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Router

from zveno.api import money_shapes as shapes
from zveno.api.door import opened
from zveno.api.erp import connection_of
from zveno.api.money import shown_account
from zveno.base.scope import Section
from zveno.exchange.actions.take_settlements import take_settlements
from zveno.exchange.rules.messages import BalanceDocument, BalanceMessage, CounterpartyMessage, SettlementMessage
from zveno.exchange.words import sentence
from zveno.finance.queries.balances import Which
from zveno.finance.queries.differences import Difference, differences
from zveno.partners.rules.roles import Right

router = Router(tags=["Accounting system"])
# How an entity of ours comes back as the id of a counterparty.
_OWN_ID = "zveno-"


@router.post("/erp/settlements", response=shapes.SettlementsApplied, summary="Documents and balances of settlements")
def tell_settlements(request: HttpRequest, told: shapes.ToldSettlements) -> shapes.SettlementsApplied:
    """Tell documents that make or settle debts, and balances as your books have them.

    Each is applied or refused alone. Repeats, delays and any order of calls come to the same ledger: of each document
    the version with the latest `source_time` counts.
    """
    with opened(request, Section.SELLING, Right.SALES_DECIDE) as caller:
        taken = take_settlements(
            seller_id=caller.actor.company_id,
            connection_id=connection_of(caller),
            documents=[_document(one) for one in told.documents],
            balances=[_balance(one) for one in told.balances],
            name=caller.key.key_name,
            now=caller.now,
        )
        refused = [
            shapes.Refused(external_id=one.external_id, code=one.code, message=sentence(one.code, one.params))
            for one in taken.refused
        ]
        return shapes.SettlementsApplied(
            created=taken.created, changed=taken.changed, unchanged=taken.unchanged, refused=refused
        )


@router.get("/erp/settlements/differences", response=shapes.Differences, summary="Accounts that do not agree")
def list_differences(request: HttpRequest) -> shapes.Differences:
    """What your books state and the ledger here does not have, account by account: send the documents that are
    `missing_here`, take back those that are `unknown_there`, and state the balance with its documents where a
    difference is `unexplained`.
    """
    with opened(request, Section.SELLING, Right.SALES_SEE) as caller:
        found = differences(Which(seller_id=caller.actor.company_id))
        return shapes.Differences(items=[_difference(one) for one in found])


def _buyer(told: shapes.ToldBuyer) -> CounterpartyMessage:
    own = f"{_OWN_ID}{told.entity_id}" if told.entity_id is not None else ""
    return CounterpartyMessage(external_id=own or told.external_id, inn=told.inn, kpp=told.kpp, name=told.name)


def _document(told: shapes.ToldSettlement) -> SettlementMessage:
    return SettlementMessage(
        external_id=told.external_id,
        kind=told.kind,
        buyer=_buyer(told.buyer),
        number=told.number,
        issued_on=told.issued_on,
        amount=told.amount,
        currency=told.currency,
        contract=told.contract,
        due_on=told.due_on,
        order_external_id=told.order_number,
        settles=tuple((one.external_id, one.amount) for one in told.settles),
        comment=told.comment,
        deleted=told.deleted,
        source_time=told.source_time,
    )


def _balance(told: shapes.ToldBalance) -> BalanceMessage:
    documents = told.documents
    return BalanceMessage(
        buyer=_buyer(told.buyer),
        as_of=told.as_of,
        balance=told.balance,
        currency=told.currency,
        contract=told.contract,
        documents=None
        if documents is None
        else tuple(BalanceDocument(one.external_id, one.number, one.issued_on, one.change) for one in documents),
        source_time=told.source_time,
    )


def _difference(found: Difference) -> shapes.Difference:
    agreed = found.agreed
    return shapes.Difference(
        account=shown_account(agreed.account),
        as_of=agreed.as_of,
        here=agreed.ours,
        stated=agreed.stated,
        difference=agreed.difference,
        parts=[
            shapes.DifferencePart(
                cause=part.cause.value,
                effect=part.effect,
                external_id=part.document.external_id if part.document else "",
                number=part.document.number if part.document else "",
                issued_on=part.document.issued_on if part.document else None,
            )
            for part in found.parts
        ],
    )
