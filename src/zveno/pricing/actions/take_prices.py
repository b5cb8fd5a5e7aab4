"""The prices an accounting system tells, taken in bulk; what was before is kept as history."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from itertools import islice
from typing import Any

from django.db import connection

from zveno.base.arrays import number_array
from zveno.base.locks import Lock, hold
from zveno.base.tx import in_transaction

_PIECE = 20_000


@dataclass(frozen=True, slots=True)
class PriceTold:
    """A price of one base unit in one column, from `min_quantity` up; not below zero, four digits after the point."""

    price_kind_id: int
    product_id: int
    value: Decimal
    min_quantity: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class Counts:
    """What taking prices did, in rows."""

    created: int = 0
    changed: int = 0
    unchanged: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(self.created + other.created, self.changed + other.changed, self.unchanged + other.unchanged)


@in_transaction
def take_prices(*, seller_id: int, rows: Iterable[PriceTold], at: datetime) -> Counts:
    """Let the told prices hold from `at` on. Three SQL statements per 20,000 rows.

    A price that differs closes the one before and opens a new period; the same again is only confirmed. Of a price told
    twice the last counts. Prices that are not mentioned stay: see `close_unconfirmed_prices`.
    """
    latest = {(row.product_id, row.price_kind_id, row.min_quantity): row.value for row in rows}
    ordered = iter(latest.items())
    counts = Counts()
    hold(Lock.PRICES_OF_SELLER, seller_id)
    while piece := list(islice(ordered, _PIECE)):
        counts += _take(seller_id, piece, at)
    return counts


@in_transaction
def close_unconfirmed_prices(
    *, seller_id: int, price_kind_ids: Collection[int], confirmed_before: datetime, at: datetime
) -> int:
    """Close open prices of these columns that no word since `confirmed_before` mentioned: a full export has ended.

    Returns how many.
    """
    hold(Lock.PRICES_OF_SELLER, seller_id)
    with connection.cursor() as cursor:
        cursor.execute(
            """
            UPDATE pricing_price SET valid_to = greatest(valid_from, %s)
            WHERE seller_id = %s AND price_kind_id = ANY(%s) AND valid_to IS NULL AND confirmed_at < %s
            """,
            [at, seller_id, list(price_kind_ids), confirmed_before],
        )
        return int(cursor.rowcount)


_TOLD = """
    WITH told AS (
        SELECT * FROM unnest(%(products)s::bigint[], %(kinds)s::bigint[], %(from)s::numeric[], %(values)s::numeric[])
            AS given (product_id, price_kind_id, min_quantity, value)
    )
"""

_CONFIRM_OR_CLOSE = f"""
    {_TOLD}, met AS (
        UPDATE pricing_price AS price
        SET confirmed_at = CASE WHEN price.value = told.value THEN %(at)s ELSE price.confirmed_at END,
            valid_to = CASE WHEN price.value <> told.value THEN greatest(price.valid_from, %(at)s) END
        FROM told
        WHERE price.product_id = told.product_id AND price.price_kind_id = told.price_kind_id
          AND price.min_quantity = told.min_quantity AND price.valid_to IS NULL AND price.seller_id = %(seller)s
        RETURNING price.valid_to
    )
    SELECT count(*), count(valid_to) FROM met
"""  # noqa: S608 - constants

_OPEN = f"""
    {_TOLD}
    INSERT INTO pricing_price
        (seller_id, price_kind_id, product_id, value, min_quantity, valid_from, valid_to, confirmed_at)
    SELECT %(seller)s, price_kind_id, product_id, value, min_quantity, %(at)s, NULL, %(at)s
    FROM told
    WHERE NOT EXISTS (
        SELECT FROM pricing_price AS price
        WHERE price.product_id = told.product_id AND price.price_kind_id = told.price_kind_id
          AND price.min_quantity = told.min_quantity AND price.valid_to IS NULL
    )
"""  # noqa: S608 - constants


def _take(seller_id: int, piece: list[tuple[tuple[int, int, Decimal], Decimal]], at: datetime) -> Counts:
    params: dict[str, Any] = {
        "seller": seller_id,
        "at": at,
        "products": number_array(key[0] for key, _ in piece),
        "kinds": number_array(key[1] for key, _ in piece),
        "from": number_array(key[2] for key, _ in piece),
        "values": number_array(value for _, value in piece),
    }
    with connection.cursor() as cursor:
        cursor.execute(_CONFIRM_OR_CLOSE, params)
        met, changed = cursor.fetchone()
        cursor.execute(_OPEN, params)
    return Counts(created=len(piece) - met, changed=changed, unchanged=met - changed)
