"""Keeping that a seller's accounting system has told of its supply: figures are as fresh as its last word."""

from __future__ import annotations

from datetime import datetime

from django.db import connection

from zveno.stock.rules.policy import Policy


def hear_of(*, seller_id: int, at: datetime) -> int:
    """Note that the seller's system was heard of at the moment `at`; returns the minutes of grace for short counts.

    One SQL statement. An earlier moment than is known changes nothing.
    """
    plain = Policy()
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO stock_supplypolicy AS policy (seller_id, confirmed_as, planned_as, produced_as, few_below,
                many_from, stale_after_hours, shortage_grace_minutes, heard_at)
            VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)
            ON CONFLICT (seller_id) DO UPDATE SET heard_at = greatest(policy.heard_at, excluded.heard_at)
            RETURNING shortage_grace_minutes
            """,
            [
                seller_id,
                plain.confirmed_as.value,
                plain.planned_as.value,
                plain.produced_as.value,
                plain.few_below,
                plain.many_from,
                plain.stale_after_hours,
                plain.shortage_grace_minutes,
                at,
            ],
        )
        return int(cursor.fetchone()[0])
