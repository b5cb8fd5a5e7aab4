"""What the API takes and gives. Quantities and money are decimals written as texts; dates are ISO dates."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any

from ninja import Schema
from pydantic import ConfigDict, Field, PlainSerializer

from zveno.kit.quantity import plain

Quantity = Annotated[Decimal, PlainSerializer(lambda value: str(plain(value)), return_type=str)]
Money = Annotated[Decimal, PlainSerializer(str, return_type=str)]


class Given(Schema):
    """What a caller sends: unknown fields are refused, so that a misspelt one is not ignored."""

    model_config = ConfigDict(extra="forbid")


# --- products


class Seller(Schema):
    """A seller that the entity buys from."""

    id: int
    name: str
    currency: str
    has_prices: bool


class Price(Schema):
    """The caller's own price of a unit; `why` are the steps to it, told for a single product."""

    value: Money
    base: Money
    currency: str
    discount_percent: Quantity
    vat_included: bool
    from_quantity: Quantity
    confirmed_at: datetime
    why: list[dict[str, Any]] | None = None
    tiers: list[Price] | None = None


class Arrival(Schema):
    """Free goods on their way. `free` is `null` where the seller tells only the band: `few`, `enough`, `many`.

    `confidence`: `confirmed`, `planned`, `produced`. `promised`: `promise` (counted on), `ask` (an order that needs
    them waits for a person's word), `show` (for information).
    """

    warehouse_id: int
    warehouse: str
    on: date
    free: Quantity | None
    band: str
    confidence: str
    promised: str
    is_served: bool
    confirmed_at: datetime


class Shelf(Schema):
    """Free goods in a warehouse. `is_served`: it ships to you; from the others only the manager can help."""

    warehouse_id: int
    warehouse: str
    city: str
    free: Quantity | None
    band: str
    is_served: bool
    confirmed_at: datetime


class Available(Schema):
    """How much can be promised for the day and later."""

    on: date
    quantity: Quantity | None
    band: str


class Stock(Schema):
    """What can be promised: now, and from each day more arrives. `shelves` and `arrivals` for a single product."""

    free_now: Quantity | None
    band: str
    available: list[Available]
    confirmed_at: datetime | None
    shelves: list[Shelf] | None = None
    arrivals: list[Arrival] | None = None


class Product(Schema):
    """A product with the caller's own price (`null`: on request) and stock."""

    id: int
    code: str
    name: str
    brand: str
    unit: str
    pack_quantity: Quantity
    barcodes: list[str]
    price: Price | None
    stock: Stock


class ProductPage(Schema):
    """A page of products. `is_alike`: nothing held the words, these are spelt alike."""

    items: list[Product]
    page: int
    has_more: bool
    is_alike: bool


class ProductFull(Product):
    """Everything of one product."""

    description: str
    vat_percent: Quantity | None
    weight_g: int | None
    volume_cm3: int | None
    attributes: dict[str, str]


# --- orders


class GivenLine(Given):
    """A product, by `product_id` or by its code or barcode, and how much of it; its own wished day counts first."""

    product_id: int | None = None
    code: Annotated[str, Field(max_length=100)] = ""
    quantity: Annotated[Decimal, Field(max_digits=30)]
    wished_on: date | None = None


class GivenOrder(Given):
    """An order to place. Without `wished_on`: as soon as possible.

    `in_parts` false: all of it leaves at once, from one warehouse. `warehouse`: only from there (see `shelves`).
    """

    lines: Annotated[list[GivenLine], Field(max_length=5000)]
    seller: int | None = None
    entity: int | None = None
    wished_on: date | None = None
    in_parts: bool = True
    warehouse: int | None = None
    comment: Annotated[str, Field(max_length=1000)] = ""


class GivenPromise(Given):
    """Lines to be promised for a moment, without ordering them; in the manner of an order."""

    lines: Annotated[list[GivenLine], Field(max_length=5000)]
    seller: int | None = None
    entity: int | None = None
    wished_on: date | None = None
    in_parts: bool = True
    warehouse: int | None = None


class Cover(Schema):
    """What covers a part of a line: a warehouse's shelf, or goods that arrive there `on` a day.

    `is_sure` false: a person has to confirm it. `is_late`: it comes after the line's day.
    """

    kind: str
    warehouse: str
    on: date | None
    quantity: Quantity
    is_sure: bool
    is_late: bool


class PromisedLine(Schema):
    """What a line would get now. `earliest_on`: when all of it could be there, if that is known."""

    product_id: int
    quantity: Quantity
    promised_on: date | None
    covered: Quantity
    uncovered: Quantity
    earliest_on: date | None
    covers: list[Cover]


class OrderedLine(Schema):
    """A line of an order. A price of zero is one not named yet."""

    position: int
    product_id: int | None
    code: str
    name: str
    unit: str
    quantity: Quantity
    price: Money
    total: Money
    uncovered: Quantity
    covers: list[Cover]
    is_cancelled: bool


class Reason(Schema):
    """Why the order waits for the seller's manager: a stable code, the line's position, its figures."""

    code: str
    line: int | None
    params: dict[str, str]


class Order(Schema):
    """An order. `state`: `placed` (its promise is being made), `confirmed`, `attention` (a manager decides), …"""

    id: int
    number: str
    state: str
    total: Money
    currency: str
    wished_on: date | None
    promised_on: date | None
    attention: list[Reason]
    lines: list[OrderedLine]


class RequisitionLine(Schema):
    """A line of a requisition, as it was written down; a price of `null` is one not named yet."""

    position: int
    product_id: int
    code: str
    name: str
    unit: str
    quantity: Quantity
    asked_quantity: Quantity
    price: Money | None
    total: Money


class Requisition(Schema):
    """An order that the buyer's own company approves first. `state`: `waiting`, `approved`, `placed` (then `order_id`),
    `returned`, `declined`, `withdrawn`, `expired`, `draft`. `waits_for`: who is asked now; `words`: the last
    that anybody said of it.
    """

    requisition_id: int
    number: int
    state: str
    step: int
    steps: int
    waits_for: list[str]
    rule: str
    order_id: int | None
    total: Money
    currency: str
    wished_on: date | None
    due_at: datetime | None
    words: str
    lines: list[RequisitionLine]


class RequisitionRow(Schema):
    """A requisition in a list."""

    requisition_id: int
    number: int
    state: str
    step: int
    steps: int
    rule: str
    author: str
    entity: str
    seller: str
    sent_at: datetime | None
    order_id: int | None
    total: Money
    currency: str


class RequisitionRows(Schema):
    """A page of requisitions; `count` is of all pages."""

    items: list[RequisitionRow]
    count: int
    page: int


class OrderRow(Schema):
    """An order in a list."""

    id: int
    number: str
    erp_number: str
    state: str
    source: str
    placed_at: datetime
    placed_by: str
    seller_id: int
    seller: str
    entity_id: int
    entity: str
    wished_on: date | None
    promised_on: date | None
    line_count: int
    total: Money
    currency: str
    comment: str


class OrderRows(Schema):
    """A page of orders; `count` is of all pages, it and `pages` are `null` above ten thousand."""

    items: list[OrderRow]
    count: int | None
    page: int
    pages: int | None
    has_more: bool


class Event(Schema):
    """One thing that happened to an order."""

    at: datetime
    who: str
    kind: str
    params: dict[str, Any]


class ShippedLine(Schema):
    """One product that left."""

    product_id: int | None
    name: str
    quantity: Quantity
    total: Money


class Shipment(Schema):
    """Goods that left for the buyer."""

    number: str
    on: date
    total: Money
    lines: list[ShippedLine]


class Payment(Schema):
    """Money that came."""

    number: str
    on: date
    amount: Money
    currency: str


class OrderFull(OrderRow):
    """Everything of one order, its history newest first."""

    attention: list[Reason]
    lines: list[OrderedLine]
    shipments: list[Shipment]
    payments: list[Payment]
    events: list[Event]
