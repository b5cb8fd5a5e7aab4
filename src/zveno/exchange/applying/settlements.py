"""Documents and balances of settlements as the accounting system has them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from zveno.exchange.applying.counterparties import find_buyer
from zveno.exchange.applying.course import Course
from zveno.exchange.applying.refs import LONGEST_ID
from zveno.exchange.rules.messages import BalanceMessage, CounterpartyMessage, SettlementKind, SettlementMessage
from zveno.finance.actions import apply_balances as keep_balances
from zveno.finance.actions import apply_documents as keep_documents
from zveno.finance.actions.accounts import AccountKey
from zveno.finance.rules.differences import Side
from zveno.finance.rules.documents import Content, Kind, Settles
from zveno.kit.money import round_money
from zveno.orders.queries.for_erp import order_id_by_number
from zveno.partners.queries.agreements import Agreement, agreement_on
from zveno.partners.queries.counterparties import CounterpartyValue
from zveno.partners.queries.parties import seller_with

_LARGEST = 10**15
_LONGEST_NUMBER = 60


def apply_settlements(course: Course, messages: Sequence[SettlementMessage]) -> None:
    """Take the documents of a batch; one of an unknown buyer or with an impossible sum is refused alone."""
    parties = _Parties(course)
    told = [one for message in messages if (one := _document(course, parties, message)) is not None]
    outcomes = keep_documents.apply_documents(seller_id=course.seller_id, told=told, now=course.at)
    for outcome in outcomes:
        course.count("settlement", "unchanged" if outcome == "outdated" else outcome)


def apply_balances(course: Course, messages: Sequence[BalanceMessage]) -> None:
    """Take the stated balances of a batch."""
    parties = _Parties(course)
    told = [one for message in messages if (one := _balance(course, parties, message)) is not None]
    outcomes = keep_balances.apply_balances(seller_id=course.seller_id, told=told, now=course.at)
    for outcome in outcomes:
        course.count("balance", "unchanged" if outcome == "outdated" else outcome)


def order_id_told(course: Course, external_id: str, number: str) -> int | None:
    """Our order: by the id it came under before, or by our number coming back as id or number."""
    known = course.refs.find("order", [external_id]).get(external_id) if external_id else None
    if known is not None:
        return known.object_id
    by_id = order_id_by_number(seller_id=course.seller_id, number=external_id)
    # A number alone may be the other side's own: it means our order only where no id speaks against it.
    return by_id if by_id is not None or external_id else order_id_by_number(seller_id=course.seller_id, number=number)


class _Parties:
    """Buyers and agreements of one batch, each looked up once."""

    def __init__(self, course: Course) -> None:
        self._course = course
        self._buyers: dict[tuple[str, str, str], CounterpartyValue | None] = {}
        self._agreed: dict[tuple[int, date], Agreement | None] = {}
        self._zone: ZoneInfo | None = None

    def buyer(self, told: CounterpartyMessage) -> CounterpartyValue | None:
        key = (told.external_id, told.inn, told.kpp)
        if key not in self._buyers:
            self._buyers[key] = find_buyer(self._course, told)
        return self._buyers[key]

    def agreed(self, buyer: CounterpartyValue, day: date) -> Agreement | None:
        key = (buyer.entity_id, day)
        if key not in self._agreed:
            self._agreed[key] = agreement_on(seller_id=self._course.seller_id, entity_id=buyer.entity_id, day=day)
        return self._agreed[key]

    def moment(self, told: datetime | None) -> datetime:
        """A moment without a zone is on the seller's clock."""
        if told is None or told.tzinfo is not None:
            return told or self._course.at
        if self._zone is None:
            seller = seller_with(seller_id=self._course.seller_id)
            self._zone = ZoneInfo(seller.time_zone if seller else "Europe/Moscow")
        return told.replace(tzinfo=self._zone)


def _document(course: Course, parties: _Parties, message: SettlementMessage) -> keep_documents.ToldDocument | None:
    if not message.external_id or len(message.external_id) > LONGEST_ID:
        code = "external_id_too_long" if message.external_id else "id_missing"
        course.refuse("settlement", code, message.external_id, name=message.number)
        return None
    if not abs(message.amount) < _LARGEST:
        course.refuse("settlement", "settlement_sum_wrong", message.external_id, value=str(message.amount))
        return None
    buyer = parties.buyer(message.buyer)
    if buyer is None:
        course.refuse(
            "settlement", "settlement_buyer_unknown", message.external_id, **_who(message.buyer, message.number)
        )
        return None
    agreed = parties.agreed(buyer, message.issued_on)
    due_on = message.due_on
    if due_on is None and message.kind is SettlementKind.SHIPMENT:
        due_on = message.issued_on + timedelta(days=agreed.delay_days if agreed else 0)
    order_id = order_id_told(course, message.order_external_id, "") if message.order_external_id else None
    return keep_documents.ToldDocument(
        account=_account(buyer, agreed, message.contract, message.currency),
        external_id=message.external_id,
        content=Content(
            kind=Kind(message.kind.value),
            number=message.number[:_LONGEST_NUMBER] or message.external_id[:_LONGEST_NUMBER],
            issued_on=message.issued_on,
            amount=message.amount,
            due_on=due_on,
            order_id=order_id,
            settles=tuple(Settles(external_id, amount) for external_id, amount in message.settles),
            note=message.comment,
            is_void=message.deleted,
        ),
        source_time=parties.moment(message.source_time),
    )


def _balance(course: Course, parties: _Parties, message: BalanceMessage) -> keep_balances.ToldBalance | None:
    buyer = parties.buyer(message.buyer)
    if buyer is None:
        course.refuse("balance", "settlement_buyer_unknown", "", **_who(message.buyer, str(message.as_of)))
        return None
    if not abs(message.balance) < _LARGEST:
        course.refuse("balance", "settlement_sum_wrong", "", value=str(message.balance))
        return None
    key = _account(buyer, parties.agreed(buyer, message.as_of), message.contract, message.currency)
    documents = message.documents
    return keep_balances.ToldBalance(
        account=key,
        as_of=message.as_of,
        balance=round_money(message.balance, key.currency),
        source_time=parties.moment(message.source_time),
        documents=None
        if documents is None
        else tuple(
            Side(one.external_id, one.number, one.issued_on, round_money(one.change, key.currency)) for one in documents
        ),
    )


def _account(buyer: CounterpartyValue, agreed: Agreement | None, contract: str, currency: str) -> AccountKey:
    return AccountKey(
        buyer_company_id=buyer.company_id,
        buyer_entity_id=buyer.entity_id,
        contract=(contract or (agreed.contract if agreed else ""))[:60],
        currency=currency or (agreed.currency if agreed else "RUB"),
    )


def _who(told: CounterpartyMessage, number: str) -> dict[str, str]:
    return {"number": number, "name": told.name or told.full_name or told.external_id or "—", "inn": told.inn or "—"}
