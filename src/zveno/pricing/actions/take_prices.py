"""The prices an accounting system or a person tells, taken in bulk; what was before is kept as history."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import connection

from zveno.base.locks import Lock, hold
from zveno.base.tx import in_transaction
from zveno.pricing.actions.timeline import PRICES, Counts


@dataclass(frozen=True, slots=True)
class PriceTold:
    """A price of one base unit in one column, from `min_quantity` up; not below zero, four digits after the point."""

    price_kind_id: int
    product_id: int
    value: Decimal
    min_quantity: Decimal = Decimal(0)


@in_transaction
def take_prices(*, seller_id: int, rows: Iterable[PriceTold], at: datetime, now: datetime | None = None) -> Counts:
    """Let the told prices hold from `at` on, until the next change that is planned. Two statements per 20,000 rows.

    A price that differs closes the one before and opens a new period; the same again is only confirmed. Of a price told
    twice the last counts. Prices that are not mentioned stay: see `close_unconfirmed_prices`. `at` may lie ahead.
    """
    latest = {(row.price_kind_id, row.product_id, row.min_quantity): row.value for row in rows}
    hold(Lock.PRICES_OF_SELLER, seller_id)
    told = ((*key, value) for key, value in latest.items())
    return PRICES.put(told, fixed={"seller_id": seller_id}, at=at, now=now or at)


@in_transaction
def close_unconfirmed_prices(
    *, seller_id: int, price_kind_ids: Collection[int], confirmed_before: datetime, at: datetime
) -> int:
    """Close prices in force of these columns that no word since `confirmed_before` mentioned: a full export has ended.

    What is planned stays planned. Returns how many.
    """
    hold(Lock.PRICES_OF_SELLER, seller_id)
    with connection.cursor() as cursor:
        cursor.execute(
            """
            UPDATE pricing_price SET valid_to = greatest(valid_from, %(at)s), ends_ahead = FALSE
            WHERE seller_id = %(seller)s AND price_kind_id = ANY(%(kinds)s) AND confirmed_at < %(before)s
              AND valid_from <= %(at)s AND (valid_to IS NULL OR ends_ahead AND valid_to > %(at)s)
            """,
            {"at": at, "seller": seller_id, "kinds": list(price_kind_ids), "before": confirmed_before},
        )
        return int(cursor.rowcount)


@in_transaction
def forget_ends(*, now: datetime) -> int:
    """Unmark prices whose planned end has come: they are history now. Returns how many."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE pricing_price SET ends_ahead = FALSE WHERE ends_ahead AND valid_to <= %s", [now])
        return int(cursor.rowcount)
