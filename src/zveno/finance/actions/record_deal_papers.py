"""Papers that come with an order: its shipments and payments enter the ledger by the terms of the deal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from zveno.base.tx import in_transaction
from zveno.finance.actions.accounts import AccountKey
from zveno.finance.actions.apply_documents import ToldDocument, apply_documents
from zveno.finance.rules.documents import Content, Kind
from zveno.partners.queries.agreements import agreement_on


@dataclass(frozen=True, slots=True)
class DealPaper:
    """A shipment or a payment of an order."""

    kind: Kind
    number: str
    issued_on: date
    amount: Decimal
    currency: str
    is_void: bool = False


@in_transaction
def record_deal_papers(
    *,
    seller_id: int,
    buyer_company_id: int,
    buyer_entity_id: int,
    order_id: int,
    papers: Sequence[DealPaper],
    now: datetime,
) -> tuple[bool, ...]:
    """Enter the papers, known by entity, kind, number and year; whether each is news. Contract and due day follow the
    terms of the paper's day. Locks the ledger: to be called after every other lock of the transaction.
    """
    told = []
    for paper in papers:
        agreed = agreement_on(seller_id=seller_id, entity_id=buyer_entity_id, day=paper.issued_on)
        delay = timedelta(days=agreed.delay_days if agreed else 0)
        told.append(
            ToldDocument(
                account=AccountKey(
                    buyer_company_id, buyer_entity_id, agreed.contract if agreed else "", paper.currency
                ),
                external_id="",
                content=Content(
                    kind=paper.kind,
                    number=paper.number,
                    issued_on=paper.issued_on,
                    amount=paper.amount,
                    due_on=paper.issued_on + delay if paper.kind is Kind.SHIPMENT else None,
                    order_id=order_id,
                    is_void=paper.is_void,
                ),
                source_time=now,
            )
        )
    outcomes = apply_documents(seller_id=seller_id, told=told, now=now)
    return tuple(outcome in ("created", "changed") for outcome in outcomes)
