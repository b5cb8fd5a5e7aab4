"""The lowest price of the seller, chosen on a connection's page."""

from __future__ import annotations

from datetime import datetime

from zveno.base.audit import record
from zveno.base.tx import in_transaction
from zveno.exchange.actions.locked_connection import locked_connection
from zveno.pricing.actions.set_floor import set_floor


@in_transaction
def set_price_floor(*, connection_id: int, price_kind_id: int | None, now: datetime) -> None:
    """Let one price column of the connection's seller be the floor, or none. Raises as `set_floor`."""
    connection = locked_connection(connection_id)
    name, changed = set_floor(seller_id=connection.seller_id, price_kind_id=price_kind_id)
    if changed:
        action = "price_floor_set" if name else "price_floor_lifted"
        record(action=action, subject=connection, now=now, seller_id=connection.seller_id, name=name)
