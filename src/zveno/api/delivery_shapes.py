"""What the API takes and gives of delivery."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

from ninja import Schema
from pydantic import Field

from zveno.api.shapes import Given, GivenLine, Money, Quantity


class GivenDelivery(Given):
    """How an order is to be brought. `carrier` and `carriers` (by warehouse id) are `cheapest`, `fastest` or the id of
    a carrier; what is left out is as usual for the entity.
    """

    address: int | None = None
    in_parts: bool = False
    carrier: Annotated[str, Field(max_length=20)] = ""
    carriers: Annotated[dict[int, Annotated[str, Field(max_length=20)]], Field(max_length=200)] = {}


class GivenOptions(Given):
    """Lines whose delivery is asked for, without ordering them."""

    lines: Annotated[list[GivenLine], Field(max_length=5000)]
    seller: int | None = None
    entity: int | None = None
    wished_on: date | None = None
    delivery: GivenDelivery = GivenDelivery()


class Address(Schema):
    """A delivery address of an entity."""

    id: int
    entity: int
    label: str
    address: str
    city: str
    region: str
    contact: str
    phone: str
    is_default: bool


class Option(Schema):
    """A carrier for a part of the order. `cost` is `null` while it is not told or the carrier is not to be had: then
    `problem` says why. `is_from`: it is at least this much. `why` are the steps to it.
    """

    carrier: int
    name: str
    kind: str
    cost: Money | None
    is_from: bool
    leaves_on: date | None
    arrives_from: date | None
    arrives_to: date | None
    is_available: bool
    problem: str
    why: list[dict[str, str]]


class Leg(Schema):
    """A part of an order that leaves one warehouse. `chosen` is the carrier that the wish finds."""

    warehouse: int
    name: str
    ready_on: date
    weight_g: Quantity
    volume_cm3: Quantity
    without_weight: int
    chosen: int | None
    problem: str
    options: list[Option]


class Options(Schema):
    """The delivery of an order: its parts, and what they come to together by the wish."""

    address: int | None
    currency: str
    cost: Money
    is_from: bool
    untold: int
    arrives_from: date | None
    arrives_to: date | None
    legs: list[Leg]


class ParcelWord(Schema):
    """One thing said of a parcel."""

    at: datetime
    state: str
    text: str
    place: str


class Parcel(Schema):
    """What travels to you."""

    id: int
    number: str
    carrier: str
    state: str
    shipment: str
    sent_on: date | None
    expected_on: date | None
    delivered_at: datetime | None
    words: list[ParcelWord]


class PlannedLeg(Schema):
    """A part of a placed order, as its delivery is planned."""

    warehouse: int
    name: str
    carrier: str
    cost: Money | None
    is_from: bool
    problem: str
    leaves_on: date | None
    arrives_from: date | None
    arrives_to: date | None


class OrderDelivery(Schema):
    """The delivery of a placed order, with the parcels that carry it. `charged` is what the seller charges for it."""

    address: str
    currency: str
    cost: Money | None
    is_from: bool
    arrives_from: date | None
    arrives_to: date | None
    charged: Money | None
    legs: list[PlannedLeg]
    parcels: list[Parcel]
