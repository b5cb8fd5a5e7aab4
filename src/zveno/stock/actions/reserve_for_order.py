"""Pinning supply to the lines of an order."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from zveno.base.tx import in_transaction
from zveno.stock.actions.locked_supply import lock_supply, move_reserved
from zveno.stock.models import Reservation
from zveno.stock.rules.promise import LinePromise, SupplyKind, Wanted, promise


@in_transaction
def reserve_for_order(
    *,
    order_id: int,
    seller_id: int,
    buyer_entity_id: int,
    wanted: Sequence[Wanted],
    today: date,
    now: datetime,
    region_id: int | None = None,
    only_whole: bool = False,
    erp_known_at: datetime | None = None,
) -> tuple[LinePromise, ...]:
    """Promise by the rule and reserve what is promised; `Wanted.key` is the order line's id. Five SQL statements.

    What supply covers is reserved even where it covers a line in part; with `only_whole`, nothing is reserved unless
    everything is covered. Locks the supply of these products until the transaction ends, so two orders never get the
    same goods. Does not look at what the order has reserved before. `today` is the seller's.
    """
    supply = lock_supply(seller_id=seller_id, product_ids={line.product_id for line in wanted})
    promises = promise(wanted, supply.supplies(region_id), today=today)
    if only_whole and not all(line.is_full for line in promises):
        return promises
    reservations = [
        Reservation(
            seller_id=seller_id,
            buyer_entity_id=buyer_entity_id,
            order_id=order_id,
            order_line_id=line.key,
            product_id=line.product_id,
            warehouse_id=pin.warehouse_id,
            arrival_id=pin.supply_id if pin.kind is SupplyKind.ARRIVAL else None,
            quantity=pin.quantity,
            created_at=now,
            erp_known_at=erp_known_at,
        )
        for line in promises
        for pin in line.pins
    ]
    if reservations:
        Reservation.objects.bulk_create(reservations)
        move_reserved(reservations, sign=1)
    return promises
