"""Holding goods of one arrival for one line, because a person says so."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from zveno.base.tx import in_transaction
from zveno.stock.actions.ledger import held_entries, write_entries
from zveno.stock.actions.locked_supply import lock_supply, move_reserved
from zveno.stock.actions.reserve_for_order import Holder
from zveno.stock.models import Reservation
from zveno.stock.rules.words import MovementKind


@in_transaction
def hold_of_arrival(
    *, holder: Holder, order_line_id: int, product_id: int, arrival_id: int, quantity: Decimal, now: datetime
) -> Decimal:
    """Reserve up to `quantity` of the open arrival's goods for the line; returns how much: nothing, if none is free.

    Which warehouses serve the buyer is not asked: the seller's manager decides. Five SQL statements.
    """
    supply = lock_supply(seller_id=holder.seller_id, product_ids=[product_id])
    arrival = next((one for one in supply.arrivals if one.pk == arrival_id), None)
    taken = min(quantity, arrival.quantity - arrival.reserved) if arrival else Decimal(0)
    if arrival is None or taken <= 0:
        return Decimal(0)
    reservation = Reservation.objects.create(
        seller_id=holder.seller_id,
        buyer_entity_id=holder.buyer_entity_id,
        order_id=holder.order_id,
        order_line_id=order_line_id,
        product_id=product_id,
        warehouse_id=arrival.warehouse_id,
        arrival_id=arrival.pk,
        quantity=taken,
        due_on=arrival.due_on,
        placed_at=holder.placed_at,
        created_at=now,
        erp_known_at=holder.erp_known_at,
    )
    move_reserved([reservation], sign=1)
    write_entries(held_entries([reservation], MovementKind.RESERVED, sign=1, at=now))
    return taken
