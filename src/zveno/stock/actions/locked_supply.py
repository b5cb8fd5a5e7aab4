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
from zveno.stock.queries.policies import SupplyRules
from zveno.stock.rules.values import ZERO, Supply, SupplyKind
from zveno.stock.rules.words import Confidence, Promising


@dataclass(frozen=True, slots=True)
class LockedSupply:
    """Rows that nobody else changes until the transaction ends."""

    balances: tuple[Balance, ...]
    arrivals: tuple[Arrival, ...]

    def supplies(self, rules: SupplyRules, *, warehouse_id: int | None = None) -> list[Supply]:
        """What may be promised to the buyer of `rules`, from one warehouse alone if it is named."""
        served = rules.served if warehouse_id is None else rules.served & {warehouse_id}
        shelves = [_shelf(row) for row in self.balances if row.warehouse_id in served]
        ways = {one: rules.policy.promising(one) for one in Confidence}
        promised = (Promising.PROMISE, Promising.ASK)
        return shelves + [
            _arrival(row, ways[Confidence(row.confidence)] is Promising.PROMISE)
            for row in self.arrivals
            if row.warehouse_id in served and ways[Confidence(row.confidence)] in promised
        ]


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


def _shelf(row: Balance) -> Supply:
    free = row.on_hand - row.reserved
    return Supply(SupplyKind.SHELF, row.pk, row.product_id, row.warehouse_id, free, None, row.warehouse.name)


def _arrival(row: Arrival, is_sure: bool) -> Supply:
    free = row.quantity - row.reserved
    place = (row.product_id, row.warehouse_id, free, row.due_on, row.warehouse.name)
    return Supply(SupplyKind.ARRIVAL, row.pk, *place, is_sure=is_sure)


def move_reserved(reservations: Iterable[Reservation], *, sign: int) -> None:
    """Add the reservations' quantities (times `sign`) to what is held of their supply. At most two SQL statements."""
    shelves, arrivals = [], []
    for one in reservations:
        if one.arrival_id is None:
            shelves.append((one.product_id, one.warehouse_id, ZERO, sign * one.quantity))
        else:
            arrivals.append((one.arrival_id, ZERO, sign * one.quantity))
    move_shelves(shelves)
    move_arrivals(arrivals)


def move_shelves(moves: Iterable[tuple[int, int, Decimal, Decimal]]) -> None:
    """Add (product, warehouse, what lies there, what is held of it) to the balances. At most one SQL statement."""
    products, warehouses, lying, held = _columns(moves, 4)
    if not products:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            """
            UPDATE stock_balance AS balance
            SET on_hand = balance.on_hand + moved.lying, reserved = balance.reserved + moved.held
            FROM (
                SELECT product_id, warehouse_id, sum(lying) AS lying, sum(held) AS held
                FROM unnest(%s::bigint[], %s::bigint[], %s::numeric[], %s::numeric[])
                    AS given (product_id, warehouse_id, lying, held)
                GROUP BY product_id, warehouse_id
            ) AS moved
            WHERE balance.product_id = moved.product_id AND balance.warehouse_id = moved.warehouse_id
            """,
            [products, warehouses, lying, held],
        )


def move_arrivals(moves: Iterable[tuple[int, Decimal, Decimal]]) -> None:
    """Add (arrival, what comes, what is held of it) to the arrivals. At most one SQL statement."""
    ids, coming, held = _columns(moves, 3)
    if not ids:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            """
            UPDATE stock_arrival AS arrival
            SET quantity = arrival.quantity + moved.coming, reserved = arrival.reserved + moved.held
            FROM (
                SELECT id, sum(coming) AS coming, sum(held) AS held
                FROM unnest(%s::bigint[], %s::numeric[], %s::numeric[]) AS given (id, coming, held) GROUP BY id
            ) AS moved
            WHERE arrival.id = moved.id
            """,
            [ids, coming, held],
        )


def _columns(rows: Iterable[tuple[object, ...]], width: int) -> list[list[object]]:
    columns = [list(column) for column in zip(*rows, strict=True)]
    return columns or [[] for _ in range(width)]
