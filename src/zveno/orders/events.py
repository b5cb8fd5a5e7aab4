"""What orders tell the packages above them (`zveno.base.events`), in the transaction of the change."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OrderPlaced:
    """A buyer placed an order; the seller's accounting system must hear of it (N12)."""

    order_id: int
    seller_id: int
    buyer_entity_id: int
    version: int


@dataclass(frozen=True, slots=True)
class OrderFollowed:
    """The accounting system told of an order: born over there, shipped, or in another state."""

    order_id: int
    seller_id: int
    buyer_entity_id: int


@dataclass(frozen=True, slots=True)
class RequisitionWaits:
    """A requisition waits at a step; the people of the step want to hear of it."""

    requisition_id: int


@dataclass(frozen=True, slots=True)
class RequisitionApproved:
    """The last word was given; the requisition becomes an order."""

    requisition_id: int


@dataclass(frozen=True, slots=True)
class RequisitionDecided:
    """What became of a requisition, for its author. `what`: `returned`, `declined`, `expired`, `placed`."""

    requisition_id: int
    what: str


@dataclass(frozen=True, slots=True)
class SupplyHeld:
    """What an order holds of supply has changed: whatever follows from it is made anew."""

    order_id: int


@dataclass(frozen=True, slots=True)
class OrderChanged:
    """An order is not what the accounting system knows any more. Not told of changes that came from there.

    `what`: `confirmed`, `attention`, `reduced`, `changed`, `rejected`, `cancelled`, `commented`, `delivery`.
    """

    order_id: int
    seller_id: int
    buyer_entity_id: int
    version: int
    what: str


@dataclass(frozen=True, slots=True)
class NeedChosen:
    """A buyer chose what shall become of a need; the system carries it out."""

    need_id: int
