"""Giving back what an order holds."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from decimal import Decimal

from zveno.base.scope import current
from zveno.base.tx import in_transaction
from zveno.stock.actions.ledger import held_entries, write_entries
from zveno.stock.actions.locked_supply import lock_supply, move_reserved
from zveno.stock.models import Reservation
from zveno.stock.rules.words import MovementKind


@in_transaction
def release_reservations(
    *,
    order_id: int,
    seller_id: int,
    now: datetime,
    line_ids: Collection[int] | None = None,
    only: Collection[int] | None = None,
) -> Decimal:
    """Release what the order (or these lines of it, or `only` these reservations) still holds; returns how much.

    Repeating it changes nothing.
    """
    held = Reservation.objects.visible_to(current()).filter(order_id=order_id, state="active")
    if line_ids is not None:
        held = held.filter(order_line_id__in=line_ids)
    if only is not None:
        held = held.filter(pk__in=only)
    products = set(held.values_list("product_id", flat=True))
    if not products:
        return Decimal(0)
    lock_supply(seller_id=seller_id, product_ids=products)
    reservations = list(held.select_for_update().order_by("id"))
    held.filter(pk__in=[r.pk for r in reservations]).update(state="released", ended_at=now)
    move_reserved(reservations, sign=-1)
    write_entries(held_entries(reservations, MovementKind.RELEASED, sign=-1, at=now))
    return sum((r.quantity for r in reservations), Decimal(0))
