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
class SupplyHeld:
    """What an order holds of supply has changed: whatever follows from it is made anew."""

    order_id: int


@dataclass(frozen=True, slots=True)
class OrderChanged:
    """An order is not what the accounting system knows any more. Not told of changes that came from there.

    `what`: `confirmed`, `attention`, `reduced`, `rejected`, `cancelled`, `commented`, `delivery`.
    """

    order_id: int
    seller_id: int
    buyer_entity_id: int
    version: int
    what: str
