"""What the hub does when orders and keys tell something."""

from __future__ import annotations

from zveno.accounts.events import KeyRevoked
from zveno.base import clock
from zveno.exchange.actions.enqueue_order import enqueue_order
from zveno.exchange.jobs import forget_program
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


def expect_nothing_of(event: KeyRevoked) -> None:
    """A program without its key is no connection; whoever revokes it may not see the exchange, so a job does it."""
    forget_program.defer(key_id=event.key_id)
