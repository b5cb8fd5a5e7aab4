"""Where counters, reservations, ledger and the ERP's figures say different things."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from django.db import connection

from zveno.base.scope import Section, current
from zveno.stock.models import Reservation
from zveno.stock.ports import orders_that_hold


class DifferenceKind(StrEnum):
    """What differs, in the order in which it is mended.

    STRAY: goods held for an order that is over. HELD: a counter is not the sum of the reservations. LEDGER: nor the sum
    of its entries. ERP: what lies there is not what the ERP counted last, with what has moved since. OVER: more is held
    than there is.
    """

    STRAY = "stray"
    HELD = "held"
    LEDGER = "ledger"
    ERP = "erp"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference at one supply: what stands, and what should. `of_held`: it is about what is held there."""

    kind: DifferenceKind
    product_id: int
    warehouse_id: int
    arrival_id: int | None
    stands: Decimal
    should: Decimal
    of_held: bool = True
    order_id: int | None = None
    reservation_id: int | None = None


def differences(*, seller_id: int) -> dict[DifferenceKind, tuple[Difference, ...]]:
    """All differences of a seller, by kind; kinds without any are empty. Six SQL statements over its whole stock.

    What one kind's mending makes right may show in another until then.
    """
    return {kind: found_of(kind, seller_id=seller_id) for kind in DifferenceKind}


def found_of(kind: DifferenceKind, *, seller_id: int) -> tuple[Difference, ...]:
    """The differences of one kind, by product and warehouse. One SQL statement, two for STRAY."""
    if not _may_see(seller_id):
        return ()
    if kind is DifferenceKind.STRAY:
        return _stray(seller_id)
    return tuple(Difference(kind, *row) for row in _rows(_QUERIES[kind], seller_id))


# Every supply under one key: `supply` is the arrival's id, 0 for the shelf. What is closed has nothing.
_SUPPLIES = """
    supplies AS (
        SELECT product_id, warehouse_id, 0::bigint AS supply, on_hand AS quantity, reserved
        FROM stock_balance WHERE seller_id = %(seller)s
        UNION ALL
        SELECT product_id, warehouse_id, id, CASE WHEN closed_at IS NULL THEN quantity ELSE 0 END, reserved
        FROM stock_arrival WHERE seller_id = %(seller)s
    )
"""
_HELD = f"""
    WITH {_SUPPLIES}, held AS (
        SELECT product_id, warehouse_id, coalesce(arrival_id, 0) AS supply, sum(quantity) AS quantity
        FROM stock_reservation WHERE seller_id = %(seller)s AND state = 'active' GROUP BY 1, 2, 3
    )
    SELECT product_id, warehouse_id, nullif(supply, 0), reserved, coalesce(held.quantity, 0), true
    FROM supplies LEFT JOIN held USING (product_id, warehouse_id, supply)
    WHERE reserved <> coalesce(held.quantity, 0) ORDER BY 1, 2, 3
"""  # noqa: S608 - constants
_LEDGER = f"""
    WITH {_SUPPLIES}, told AS (
        SELECT product_id, warehouse_id, coalesce(arrival_id, 0) AS supply, sum(quantity) AS lies, sum(held) AS held
        FROM stock_movement WHERE seller_id = %(seller)s GROUP BY 1, 2, 3
    ), compared AS (
        SELECT product_id, warehouse_id, nullif(supply, 0) AS arrival_id, quantity, reserved,
            coalesce(lies, 0) AS lies, coalesce(held, 0) AS held
        FROM supplies LEFT JOIN told USING (product_id, warehouse_id, supply)
    )
    SELECT product_id, warehouse_id, arrival_id, lies, quantity, false FROM compared WHERE lies <> quantity
    UNION ALL
    SELECT product_id, warehouse_id, arrival_id, held, reserved, true FROM compared WHERE held <> reserved
    ORDER BY 1, 2, 3
"""  # noqa: S608 - constants
_ERP = """
    WITH since AS (
        SELECT balance.id, balance.product_id, balance.warehouse_id, balance.on_hand, balance.erp_on_hand + coalesce((
            SELECT sum(entry.quantity) FROM stock_movement AS entry
            WHERE entry.product_id = balance.product_id AND entry.warehouse_id = balance.warehouse_id
                AND entry.arrival_id IS NULL AND entry.at > balance.confirmed_at
                AND entry.kind NOT IN ('count', 'corrected')
        ), 0) AS should
        FROM stock_balance AS balance WHERE balance.seller_id = %(seller)s AND balance.erp_on_hand IS NOT NULL
    )
    SELECT product_id, warehouse_id, NULL::bigint, on_hand, should, false FROM since WHERE on_hand <> should
    ORDER BY 1, 2
"""
_OVER = f"""
    WITH {_SUPPLIES}
    SELECT product_id, warehouse_id, nullif(supply, 0), reserved, greatest(quantity, 0), true FROM supplies
    WHERE reserved > greatest(quantity, 0) ORDER BY 1, 2, 3
"""  # noqa: S608 - constants
_QUERIES = {
    DifferenceKind.HELD: _HELD,
    DifferenceKind.LEDGER: _LEDGER,
    DifferenceKind.ERP: _ERP,
    DifferenceKind.OVER: _OVER,
}


def _stray(seller_id: int) -> tuple[Difference, ...]:
    held = Reservation.objects.visible_to(current()).filter(seller_id=seller_id, state="active")
    rows = list(held.order_by("product_id", "warehouse_id", "id"))
    good = orders_that_hold(order_ids=_orders(rows))
    return tuple(
        Difference(
            kind=DifferenceKind.STRAY,
            product_id=row.product_id,
            warehouse_id=row.warehouse_id,
            arrival_id=row.arrival_id,
            stands=row.quantity,
            should=Decimal(0),
            order_id=row.order_id,
            reservation_id=row.pk,
        )
        for row in rows
        if row.order_id not in good
    )


def _orders(rows: Iterable[Reservation]) -> Collection[int]:
    return {row.order_id for row in rows}


def _may_see(seller_id: int) -> bool:
    """The first wall: these statements name the seller themselves."""
    scope = current()
    if scope.section in (Section.SYSTEM, Section.DESK):
        return True
    return scope.section is Section.SELLING and seller_id in scope.sellers


def _rows(sql: str, seller_id: int) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, {"seller": seller_id})
        return list(cursor.fetchall())
