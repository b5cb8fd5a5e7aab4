"""Folding old entries of the ledger: those of one supply, month and kind become one."""

from __future__ import annotations

from datetime import datetime

from django.db import connection

from zveno.base.tx import in_transaction


@in_transaction
def fold_movements(*, before: datetime) -> int:
    """Fold the entries before a moment, of all sellers; returns how many went. The work of the system. One statement.

    Sums stay as they are; orders and documents of single entries are forgotten here, they stand with the orders.
    Running it again changes nothing.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            """
            WITH months AS (
                SELECT seller_id, warehouse_id, product_id, arrival_id, kind, max(at) AS at, sum(quantity) AS quantity,
                    sum(held) AS held, sum(entries) AS entries, array_agg(id) AS ids
                FROM stock_movement WHERE at < %s
                GROUP BY seller_id, warehouse_id, product_id, arrival_id, kind, date_trunc('month', at)
                HAVING count(*) > 1
            ), gone AS (
                DELETE FROM stock_movement AS entry USING months WHERE entry.id = ANY (months.ids)
            ), kept AS (
                INSERT INTO stock_movement (seller_id, warehouse_id, product_id, arrival_id, at, kind, quantity, held,
                    document, actor_name, entries)
                SELECT seller_id, warehouse_id, product_id, arrival_id, at, kind, quantity, held, '', '', entries
                FROM months
            )
            SELECT coalesce(sum(cardinality(ids)) - count(*), 0) FROM months
            """,
            [before],
        )
        return int(cursor.fetchone()[0])
