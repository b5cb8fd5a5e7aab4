"""An order must reach the seller's accounting system: noted in the transaction of its change."""

from __future__ import annotations

from datetime import datetime

from django.db import connection as database

from zveno.base.tx import in_transaction


@in_transaction
def enqueue_order(*, seller_id: int, buyer_entity_id: int, order_id: int, version: int, now: datetime) -> None:
    """Note that `version` of the order waits for the seller's connections. A buyer may write this row, and no other."""
    with database.cursor() as cursor:
        cursor.execute(
            "INSERT INTO exchange_outboxitem"
            " (seller_id, buyer_entity_id, kind, object_id, version, changed_at, is_pending)"
            " VALUES (%s, %s, 'order', %s, %s, %s, true) ON CONFLICT (seller_id, kind, object_id)"
            " DO UPDATE SET version = greatest(exchange_outboxitem.version, excluded.version),"
            " changed_at = excluded.changed_at, is_pending = true",
            [seller_id, buyer_entity_id, order_id, version, now],
        )
