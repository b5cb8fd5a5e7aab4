"""The one recipe by which supply is locked and its counters move, shared by the actions of stock.

Everybody locks the balances first, by product and warehouse, then the open arrivals, by id, once per transaction: so
two of them may wait for one another, but never in a ring.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db import connection

from zveno.base.scope import current
from zveno.stock.models import Arrival, Balance, Reservation
from zveno.stock.queries.supply import supply_value
from zveno.stock.rules.promise import Supply


@dataclass(frozen=True, slots=True)
class LockedSupply:
    """Rows that nobody else changes until the transaction ends."""

    balances: tuple[Balance, ...]
    arrivals: tuple[Arrival, ...]

    def supplies(self, region_id: int | None) -> list[Supply]:
        """The rows of working warehouses as the promise rule takes them."""
        rows: tuple[Balance | Arrival, ...] = (*self.balances, *self.arrivals)
        return [supply_value(row, region_id) for row in rows if row.warehouse.is_active]


def lock_supply(*, seller_id: int, product_ids: Collection[int]) -> LockedSupply:
    """Lock what the seller has and awaits of these products. Two SQL statements."""
    balances = (
        Balance.objects.visible_to(current())
        .filter(seller_id=seller_id, product_id__in=product_ids)
        .select_related("warehouse")
        .select_for_update(of=("self",))
        .order_by("product_id", "warehouse_id")
    )
    arrivals = (
        Arrival.objects.visible_to(current())
        .filter(seller_id=seller_id, product_id__in=product_ids, closed_at=None)
        .select_related("warehouse")
        .select_for_update(of=("self",))
        .order_by("id")
    )
    return LockedSupply(tuple(balances), tuple(arrivals))


def move_reserved(reservations: Iterable[Reservation], *, sign: int) -> None:
    """Add the reservations' quantities (times `sign`) to the counters of their supply. At most two SQL statements."""
    shelves: list[tuple[int, int, Decimal]] = []
    arrivals: list[tuple[int, Decimal]] = []
    for reservation in reservations:
        if reservation.arrival_id is None:
            shelves.append((reservation.product_id, reservation.warehouse_id, sign * reservation.quantity))
        else:
            arrivals.append((reservation.arrival_id, sign * reservation.quantity))
    move_shelves(shelves, on_hand=False)
    _move_arrivals(arrivals)


def move_shelves(moves: Iterable[tuple[int, int, Decimal]], *, on_hand: bool) -> None:
    """Add (product, warehouse, quantity) to what balances have reserved; with `on_hand`, to what lies there too."""
    products, warehouses, quantities = _columns(moves, 3)
    if not products:
        return
    also = ", on_hand = balance.on_hand + moved.quantity" if on_hand else ""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            UPDATE stock_balance AS balance
            SET reserved = balance.reserved + moved.quantity{also}
            FROM (
                SELECT product_id, warehouse_id, sum(quantity) AS quantity
                FROM unnest(%s::bigint[], %s::bigint[], %s::numeric[]) AS given (product_id, warehouse_id, quantity)
                GROUP BY product_id, warehouse_id
            ) AS moved
            WHERE balance.product_id = moved.product_id AND balance.warehouse_id = moved.warehouse_id
            """,  # noqa: S608 - a constant clause
            [products, warehouses, quantities],
        )


def _move_arrivals(moves: Iterable[tuple[int, Decimal]]) -> None:
    ids, quantities = _columns(moves, 2)
    if not ids:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            """
            UPDATE stock_arrival AS arrival
            SET reserved = arrival.reserved + moved.quantity
            FROM (
                SELECT id, sum(quantity) AS quantity
                FROM unnest(%s::bigint[], %s::numeric[]) AS given (id, quantity) GROUP BY id
            ) AS moved
            WHERE arrival.id = moved.id
            """,
            [ids, quantities],
        )


def _columns(rows: Iterable[tuple[object, ...]], width: int) -> list[list[object]]:
    columns = [list(column) for column in zip(*rows, strict=True)]
    return columns or [[] for _ in range(width)]
