"""What the hub does when orders tell something."""

from __future__ import annotations

from zveno.base import clock
from zveno.exchange.actions.enqueue_order import enqueue_order
from zveno.orders.events import OrderChanged, OrderPlaced


def send_to_erp(event: OrderPlaced | OrderChanged) -> None:
    """Put the order into the seller's outbox, in the transaction of its change."""
    enqueue_order(
        seller_id=event.seller_id,
        buyer_entity_id=event.buyer_entity_id,
        order_id=event.order_id,
        version=event.version,
        now=clock.now(),
    )
