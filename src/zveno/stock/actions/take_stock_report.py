"""What an accounting system says lies in the warehouses, taken in bulk."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from itertools import islice
from typing import Any, Literal

from django.db import connection

from zveno.base.arrays import number_array
from zveno.base.tx import in_transaction

_PIECE = 20_000

StockMeans = Literal["on_hand", "free"]
"""What the reported figure is: all that lies there, or what is left beyond what the ERP itself holds for orders."""


@dataclass(frozen=True, slots=True)
class ShelfTold:
    """The figure of one product in one warehouse."""

    warehouse_id: int
    product_id: int
    quantity: Decimal


@dataclass(frozen=True, slots=True)
class Counts:
    """What taking a report did, in rows."""

    created: int = 0
    changed: int = 0
    unchanged: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(self.created + other.created, self.changed + other.changed, self.unchanged + other.unchanged)


@in_transaction
def take_stock_report(
    *, seller_id: int, rows: Iterable[ShelfTold], at: datetime, stock_means: StockMeans = "on_hand"
) -> Counts:
    """Set what lies on the shelves to what the ERP says of the moment `at`; rows it does not mention stay.

    With `stock_means="free"` the ERP has taken off what it holds for the orders it knows, so that is added back: active
    shelf reservations it knows of. Of a figure told twice the last counts. Two SQL statements per 20,000 rows.
    """
    counts = Counts()
    # Sorted by the key of the locks, so that pieces never wait for one another in a ring.
    latest = {(row.product_id, row.warehouse_id): row.quantity for row in rows}
    ordered = iter(sorted(latest.items()))
    while piece := list(islice(ordered, _PIECE)):
        counts += _take(seller_id, piece, at, stock_means)
    return counts


_TOLD = """
    WITH told AS (
        SELECT product_id, warehouse_id, quantity + CASE WHEN %(free)s THEN coalesce((
            SELECT sum(held.quantity) FROM stock_reservation AS held
            WHERE held.product_id = given.product_id AND held.warehouse_id = given.warehouse_id
              AND held.state = 'active' AND held.arrival_id IS NULL AND held.erp_known_at IS NOT NULL
        ), 0) ELSE 0 END AS on_hand
        FROM unnest(%(products)s::bigint[], %(warehouses)s::bigint[], %(quantities)s::numeric[])
            AS given (product_id, warehouse_id, quantity)
    )
"""

_LOCK = f"""
    {_TOLD}, locked AS (
        SELECT balance.on_hand AS before, told.on_hand AS after
        FROM stock_balance AS balance JOIN told USING (product_id, warehouse_id)
        ORDER BY balance.product_id, balance.warehouse_id
        FOR UPDATE OF balance
    )
    SELECT count(*), count(*) FILTER (WHERE before <> after) FROM locked
"""  # noqa: S608 - constants

_SET = f"""
    {_TOLD}
    INSERT INTO stock_balance (seller_id, warehouse_id, product_id, on_hand, reserved, confirmed_at)
    SELECT %(seller)s, warehouse_id, product_id, on_hand, 0, %(at)s FROM told
    ON CONFLICT (product_id, warehouse_id)
    DO UPDATE SET on_hand = excluded.on_hand, confirmed_at = excluded.confirmed_at
"""  # noqa: S608 - constants


def _take(
    seller_id: int, piece: list[tuple[tuple[int, int], Decimal]], at: datetime, stock_means: StockMeans
) -> Counts:
    params: dict[str, Any] = {
        "seller": seller_id,
        "at": at,
        "free": stock_means == "free",
        "products": number_array(key[0] for key, _ in piece),
        "warehouses": number_array(key[1] for key, _ in piece),
        "quantities": number_array(quantity for _, quantity in piece),
    }
    with connection.cursor() as cursor:
        cursor.execute(_LOCK, params)
        known, changed = cursor.fetchone()
        cursor.execute(_SET, params)
    return Counts(created=len(piece) - known, changed=changed, unchanged=known - changed)
