"""What delivery tells the packages above it (`zveno.base.events`), in the transaction of the change."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from zveno.delivery.rules.tracking import ParcelState


@dataclass(frozen=True, slots=True)
class ParcelMoved:
    """A parcel of an order is in another state than before."""

    order_id: int
    seller_id: int
    buyer_entity_id: int
    number: str
    carrier: str
    before: ParcelState
    state: ParcelState
    at: datetime


@dataclass(frozen=True, slots=True)
class CarrierAnswered:
    """A carrier's own system has told what the delivery of an order would cost: its plan can be made anew."""

    order_id: int
