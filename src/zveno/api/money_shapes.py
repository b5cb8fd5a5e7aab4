"""Money as the API takes and gives it. `change` above zero raises the buyer's debt."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated

from ninja import Schema
from pydantic import Field

from zveno.api.shapes import Given, Money
from zveno.exchange.rules.messages import SettlementKind

Sum = Annotated[Decimal, Field(max_digits=17, decimal_places=2)]
Text = Annotated[str, Field(max_length=120)]
Currency = Annotated[str, Field(pattern="^([A-Z]{3})?$")]


class Account(Schema):
    """A seller, a legal entity, a contract, a currency."""

    id: int
    seller_id: int
    entity_id: int
    contract: str
    currency: str


class Balance(Schema):
    """An account over a period; the last day counts. `closing` is what is owed at its end."""

    account: Account
    opening: Money
    shipped: Money
    returned: Money
    paid: Money
    other: Money
    closing: Money


class Balances(Schema):
    """Every account with anything in it."""

    items: list[Balance]


class Document(Schema):
    """A document of settlements; `rest` is what of `change` is not settled."""

    id: int
    account: Account
    kind: str
    number: str
    issued_on: date
    due_on: date | None
    change: Money
    rest: Money
    order_id: int | None
    note: str


class Documents(Schema):
    """A page of documents; `next` is the page after it, `null` on the last."""

    items: list[Document]
    page: int
    next: int | None


class Aged(Schema):
    """The open debts of an account by days past the due day; `unused` is paid and settles nothing yet."""

    account: Account
    not_due: Money
    days_1_30: Money
    days_31_60: Money
    days_61_90: Money
    over_90: Money
    unused: Money
    overdue: Money
    balance: Money


class Receivables(Schema):
    """Accounts with anything open, as of a day."""

    as_of: date
    items: list[Aged]


class ToldBuyer(Given):
    """Whom a document is about: our entity, or the sender's own id with INN and KPP."""

    entity_id: int | None = None
    external_id: Text = ""
    inn: Annotated[str, Field(max_length=12)] = ""
    kpp: Annotated[str, Field(max_length=9)] = ""
    name: Annotated[str, Field(max_length=300)] = ""


class ToldSettles(Given):
    """Another document that this one settles, or is settled by; no amount: as far as it reaches."""

    external_id: Annotated[str, Field(min_length=1, max_length=120)]
    amount: Annotated[Decimal | None, Field(gt=0, max_digits=17, decimal_places=2)] = None


class ToldSettlement(Given):
    """A document of settlements, whole. Of two versions that of the later `source_time` counts."""

    external_id: Annotated[str, Field(min_length=1, max_length=120)]
    kind: SettlementKind
    buyer: ToldBuyer
    number: Annotated[str, Field(min_length=1, max_length=60)]
    issued_on: date
    amount: Sum
    currency: Currency = ""
    contract: Annotated[str, Field(max_length=60)] = ""
    due_on: date | None = None
    order_number: Text = ""
    settles: Annotated[list[ToldSettles], Field(max_length=500)] = []
    comment: Annotated[str, Field(max_length=500)] = ""
    deleted: bool = False
    source_time: datetime | None = None


class ToldCounted(Given):
    """A document that a stated balance counts."""

    external_id: Text = ""
    number: Annotated[str, Field(max_length=60)]
    issued_on: date
    change: Sum


class ToldBalance(Given):
    """What a buyer owes at the end of `as_of`, above zero. `documents`: everything counted from the first day on."""

    buyer: ToldBuyer
    as_of: date
    balance: Sum
    currency: Currency = ""
    contract: Annotated[str, Field(max_length=60)] = ""
    documents: Annotated[list[ToldCounted] | None, Field(max_length=20_000)] = None
    source_time: datetime | None = None


class ToldSettlements(Given):
    """Documents and balances, each applied or refused alone."""

    documents: Annotated[list[ToldSettlement], Field(max_length=2000)] = []
    balances: Annotated[list[ToldBalance], Field(max_length=500)] = []


class Refused(Schema):
    """What was not taken, and why: a stable code, and a sentence."""

    external_id: str
    code: str
    message: str


class SettlementsApplied(Schema):
    """How many were new, changed or known; what was refused. The same call again changes nothing."""

    created: int
    changed: int
    unchanged: int
    refused: list[Refused]


class DifferencePart(Schema):
    """One reason of a difference: `missing_here` asks for that document."""

    cause: str
    effect: Money
    external_id: str
    number: str
    issued_on: date | None


class Difference(Schema):
    """An account that does not agree with what was stated: what the accounting system is asked for."""

    account: Account
    as_of: date
    here: Money
    stated: Money
    difference: Money
    parts: list[DifferencePart]


class Differences(Schema):
    """Every account that does not agree, the greatest difference first."""

    items: list[Difference]
