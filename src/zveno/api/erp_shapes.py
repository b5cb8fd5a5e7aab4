"""What a seller's accounting system is given by the API, and what it tells."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated

from ninja import Schema
from pydantic import AwareDatetime, Field

from zveno.api.shapes import Given, Money, Quantity
from zveno.delivery.rules.tracking import ParcelState
from zveno.orders.rules.states import OrderState


class Buyer(Schema):
    """The legal entity that bought."""

    entity_id: int
    name: str
    full_name: str
    inn: str
    kpp: str
    ogrn: str
    legal_address: str
    delivery_address: str


class ErpOrderLine(Schema):
    """A line that stands; `price` is after the discount."""

    product_id: int | None
    code: str
    name: str
    unit: str
    quantity: Quantity
    price: Money
    discount_percent: Quantity
    total: Money
    vat_percent: Quantity | None


class ErpOrder(Schema):
    """An order as the accounting system takes it; acknowledge it with its `version`."""

    id: int
    version: int
    number: str
    erp_number: str
    state: str
    buyer: Buyer | None
    placed_at: datetime
    wished_on: date | None
    promised_on: date | None
    currency: str
    vat_included: bool
    total: Money
    comment: str
    lines: list[ErpOrderLine]


class ErpOrders(Schema):
    """Orders not acknowledged yet; `next` goes into `after` for those behind them, `null`: there are none now."""

    items: list[ErpOrder]
    next: int | None


class Acknowledged(Given):
    """An order that the accounting system has taken over in this version."""

    id: int
    version: Annotated[int, Field(ge=1, le=2**31 - 1)]


class Acknowledgement(Given):
    """Orders taken over."""

    orders: Annotated[list[Acknowledged], Field(min_length=1, max_length=500)]


class AcknowledgedCount(Schema):
    """How many of them were news."""

    acknowledged: int


class ToldLine(Given):
    """A line as the accounting system has it, in base units; `total` is after the discount."""

    product_id: int | None = None
    name: Annotated[str, Field(max_length=500)] = ""
    unit: Annotated[str, Field(max_length=40)] = ""
    quantity: Annotated[Decimal, Field(gt=0, max_digits=13, decimal_places=3)]
    price: Annotated[Decimal, Field(ge=0, max_digits=16, decimal_places=4)]
    total: Annotated[Decimal, Field(ge=0, max_digits=16, decimal_places=2)]


class ToldShipment(Given):
    """Goods that left. `is_void`: the paper was cancelled. `carrier` and `tracking` are how they go: both sides can
    follow them then.
    """

    number: Annotated[str, Field(min_length=1, max_length=60)]
    shipped_at: datetime
    lines: Annotated[list[ToldLine], Field(max_length=5000)] = []
    is_void: bool = False
    carrier: Annotated[str, Field(max_length=120)] = ""
    tracking: Annotated[str, Field(max_length=60)] = ""


class ToldPayment(Given):
    """Money that came."""

    number: Annotated[str, Field(min_length=1, max_length=60)]
    paid_on: date
    amount: Annotated[Decimal, Field(max_digits=16, decimal_places=2)]


class News(Given):
    """What the accounting system says of an order. What is left out stands as it is; `lines` is the whole list."""

    erp_number: Annotated[str, Field(max_length=60)] = ""
    state: OrderState | None = None
    word: Annotated[str, Field(max_length=100)] = ""
    promised_on: date | None = None
    total: Annotated[Decimal | None, Field(max_digits=16, decimal_places=2)] = None
    lines: Annotated[list[ToldLine] | None, Field(min_length=1, max_length=5000)] = None
    shipments: Annotated[list[ToldShipment], Field(max_length=100)] = []
    payments: Annotated[list[ToldPayment], Field(max_length=100)] = []


class Applied(Schema):
    """What changed by the news; nothing when it was known already."""

    changes: list[str]


class ToldWord(Given):
    """One thing that happened to a parcel."""

    at: AwareDatetime
    state: ParcelState
    text: Annotated[str, Field(max_length=300)] = ""
    place: Annotated[str, Field(max_length=120)] = ""


class ToldParcel(Given):
    """How a shipment goes: by whom, under which number, when it left, what happened to it so far."""

    carrier: Annotated[str, Field(max_length=120)] = ""
    number: Annotated[str, Field(max_length=60)] = ""
    sent_on: date
    expected_on: date | None = None
    words: Annotated[list[ToldWord], Field(max_length=200)] = []


class ParcelNow(Schema):
    """Where the parcel stands now."""

    id: int
    state: str
    expected_on: date | None
