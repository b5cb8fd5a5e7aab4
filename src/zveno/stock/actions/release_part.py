"""Giving back a part of what an order holds."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from zveno.base.scope import current
from zveno.base.tx import in_transaction
from zveno.stock.actions.ending import end_parts
from zveno.stock.actions.ledger import held_entries, write_entries
from zveno.stock.actions.locked_supply import lock_supply, move_reserved
from zveno.stock.models import Reservation
from zveno.stock.rules.words import MovementKind


@in_transaction
def release_part(*, order_id: int, seller_id: int, quantities: Mapping[int, Decimal], now: datetime) -> None:
    """Release so much of each of the order's active reservations, by reservation id. Eight SQL statements at most."""
    held = Reservation.objects.visible_to(current()).filter(order_id=order_id, state="active", pk__in=quantities)
    products = set(held.values_list("product_id", flat=True))
    if not products:
        return
    lock_supply(seller_id=seller_id, product_ids=products)
    ended = end_parts(held.select_for_update().order_by("id"), quantities, state="released", now=now)
    move_reserved(ended, sign=-1)
    write_entries(held_entries(ended, MovementKind.RELEASED, sign=-1, at=now))
