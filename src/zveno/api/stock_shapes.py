"""What a seller's accounting system tells the API of its stock, and what it is answered, item by item."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Literal

from ninja import Schema
from pydantic import Field

from zveno.api.shapes import Given
from zveno.catalog.rules.relations import RelationKind
from zveno.stock.actions.take_arrivals import ArrivalState
from zveno.stock.rules.words import Confidence

MOST_ITEMS = 1000
Amount = Annotated[Decimal, Field(ge=0, max_digits=13, decimal_places=3)]


class Warehouse(Schema):
    """A warehouse of yours."""

    id: int
    name: str
    city: str
    is_active: bool


class ToldPlace(Given):
    """Which product, by `product_id` or its code or barcode, in which warehouse, by `warehouse_id` or its name."""

    product_id: int | None = None
    code: Annotated[str, Field(max_length=100)] = ""
    warehouse_id: int | None = None
    warehouse: Annotated[str, Field(max_length=200)] = ""


class ToldShelf(ToldPlace):
    """What lies there."""

    quantity: Amount


class ToldStock(Given):
    """Figures of the moment `at`, or of now. `means`: `free`, if what you hold for orders is taken off."""

    items: Annotated[list[ToldShelf], Field(min_length=1, max_length=MOST_ITEMS)]
    at: datetime | None = None
    means: Literal["on_hand", "free"] = "on_hand"
    document: Annotated[str, Field(max_length=60)] = ""


class ToldArrival(ToldPlace):
    """Goods on their way under the paper `number`: what has still to come, and how much of it came so far.

    `state` `received`: `quantity` came now, and nothing more will.
    """

    number: Annotated[str, Field(max_length=60)] = ""
    quantity: Amount
    received: Amount = Decimal(0)
    due_on: date
    confidence: Confidence = Confidence.CONFIRMED
    state: ArrivalState = ArrivalState.OPEN


class ToldArrivals(Given):
    """Arrivals. With `closes_others`, those you do not mention are cancelled: then tell all of them in one call."""

    items: Annotated[list[ToldArrival], Field(max_length=MOST_ITEMS)]
    at: datetime | None = None
    closes_others: bool = False


class ToldRelation(Given):
    """That a product may stand for another (`substitute`, `analogue`), or goes with it (`accessory`)."""

    product_id: int | None = None
    code: Annotated[str, Field(max_length=100)] = ""
    other_id: int | None = None
    other_code: Annotated[str, Field(max_length=100)] = ""
    kind: RelationKind


class ToldRelations(Given):
    """Relations. With `replaces`, of the products mentioned, what you told before and tell no more is withdrawn."""

    items: Annotated[list[ToldRelation], Field(min_length=1, max_length=MOST_ITEMS)]
    replaces: bool = False


class Item(Schema):
    """What came of an item, by its index: `created`, `changed`, `unchanged`, `repeated` (a later one of the same
    counts) or `refused` with a stable `code` and a sentence.
    """

    index: int
    result: str
    code: str = ""
    detail: str = ""


class Items(Schema):
    """An answer for each item, in their order."""

    items: list[Item]
