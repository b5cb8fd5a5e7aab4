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
from zveno.base.events import publish
from zveno.base.scope import current
from zveno.base.tx import in_transaction
from zveno.stock.actions.hearing import hear_of
from zveno.stock.events import SupplyCame, SupplyShort

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
    *,
    seller_id: int,
    rows: Iterable[ShelfTold],
    at: datetime,
    stock_means: StockMeans = "on_hand",
    document: str = "",
) -> Counts:
    """Set what lies on the shelves to what the ERP says of the moment `at`; rows it does not mention stay.

    With `stock_means="free"` the ERP has taken off what it holds for the orders it knows, so that is added back: active
    shelf reservations it knows of. Of a figure told twice the last counts. Each change is kept in the ledger under
    `document`. Publishes SupplyCame when anything grew, SupplyShort for what was counted below what is promised. Three
    SQL statements per 20,000 rows, and one.
    """
    counts, more, short = Counts(), False, []
    # Sorted by the key of the locks, so that pieces never wait for one another in a ring.
    latest = {(row.product_id, row.warehouse_id): row.quantity for row in rows}
    ordered = iter(sorted(latest.items()))
    grace = hear_of(seller_id=seller_id, at=at)
    while piece := list(islice(ordered, _PIECE)):
        taken, grew, lacking = _take(seller_id, piece, at, stock_means, document)
        counts, more = counts + taken, more or grew
        short += lacking
    if short:
        publish(SupplyShort(seller_id=seller_id, product_ids=tuple(short), after_minutes=grace))
    if more:
        publish(SupplyCame(seller_id=seller_id))
    return counts


_TOLD = """
    told AS (
        SELECT product_id, warehouse_id, quantity + CASE WHEN %(free)s THEN coalesce((
            SELECT sum(held.quantity) FROM stock_reservation AS held
            WHERE held.product_id = given.product_id AND held.warehouse_id = given.warehouse_id
              AND held.state = 'active' AND held.arrival_id IS NULL AND held.erp_known_at IS NOT NULL
        ), 0) ELSE 0 END AS on_hand
        FROM unnest(%(products)s::bigint[], %(warehouses)s::bigint[], %(quantities)s::numeric[])
            AS given (product_id, warehouse_id, quantity)
    )
"""

_MAKE = """
    WITH told AS (
        SELECT product_id, warehouse_id, quantity
        FROM unnest(%(products)s::bigint[], %(warehouses)s::bigint[], %(quantities)s::numeric[])
            AS given (product_id, warehouse_id, quantity)
    ), made AS (
        INSERT INTO stock_balance (seller_id, warehouse_id, product_id, on_hand, reserved, confirmed_at)
        SELECT %(seller)s, warehouse_id, product_id, 0, 0, %(at)s FROM told
        WHERE NOT EXISTS (
            SELECT 1 FROM stock_balance AS known
            WHERE known.product_id = told.product_id AND known.warehouse_id = told.warehouse_id
        )
        ON CONFLICT (product_id, warehouse_id) DO NOTHING
        RETURNING product_id, warehouse_id
    )
    SELECT count(*), count(*) FILTER (WHERE quantity <> 0) FROM made JOIN told USING (product_id, warehouse_id)
"""

_LOCK = f"""
    WITH {_TOLD} SELECT count(*) FROM (
        SELECT 1 FROM stock_balance AS balance JOIN told USING (product_id, warehouse_id)
        ORDER BY balance.product_id, balance.warehouse_id
        FOR UPDATE OF balance
    ) AS locked
"""  # noqa: S608 - constants

# The rows are locked, so what stood before is what the snapshot shows.
_SET = f"""
    WITH {_TOLD}, before AS (
        SELECT balance.id, balance.product_id, balance.warehouse_id, balance.on_hand AS had, balance.reserved,
            told.on_hand AS has
        FROM stock_balance AS balance JOIN told USING (product_id, warehouse_id)
    ), written AS (
        UPDATE stock_balance AS balance
        SET on_hand = before.has, erp_on_hand = before.has, confirmed_at = %(at)s
        FROM before WHERE balance.id = before.id
    ), entered AS (
        INSERT INTO stock_movement (seller_id, warehouse_id, product_id, at, kind, quantity, held, document,
            actor_name, entries)
        SELECT %(seller)s, warehouse_id, product_id, %(at)s, 'count', has - had, 0, %(document)s, %(actor)s, 1
        FROM before WHERE has <> had
    )
    SELECT count(*) FILTER (WHERE has <> had), coalesce(bool_or(has > had), false),
        coalesce(array_agg(DISTINCT product_id) FILTER (WHERE has < had AND has < reserved), '{{}}')
    FROM before
"""  # noqa: S608 - constants


def _take(
    seller_id: int,
    piece: list[tuple[tuple[int, int], Decimal]],
    at: datetime,
    stock_means: StockMeans,
    document: str,
) -> tuple[Counts, bool, list[int]]:
    params: dict[str, Any] = {
        "seller": seller_id,
        "at": at,
        "free": stock_means == "free",
        "products": number_array(key[0] for key, _ in piece),
        "warehouses": number_array(key[1] for key, _ in piece),
        "quantities": number_array(quantity for _, quantity in piece),
        "document": document[:60],
        "actor": current().actor_name or "system",
    }
    with connection.cursor() as cursor:
        cursor.execute(_MAKE, params)
        created, filled = cursor.fetchone()
        cursor.execute(_LOCK, params)
        cursor.execute(_SET, params)
        differing, grew, short = cursor.fetchone()
    changed = differing - filled
    return Counts(created=created, changed=changed, unchanged=len(piece) - created - changed), grew, list(short)
