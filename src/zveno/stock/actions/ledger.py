"""Writing the ledger: every change of a counter leaves its entry, in the same transaction."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal

from zveno.base.scope import current
from zveno.stock.models import Arrival, Movement, Reservation
from zveno.stock.rules.values import ZERO
from zveno.stock.rules.words import MovementKind


def held_entries(reservations: Iterable[Reservation], kind: MovementKind, *, sign: int, at: datetime) -> list[Movement]:
    """Entries of what is held from now on (`sign` 1) or no longer (−1)."""
    return [entry_of(one, kind, at=at, held=sign * one.quantity) for one in reservations]


def entry_of(
    reservation: Reservation,
    kind: MovementKind,
    *,
    at: datetime,
    held: Decimal = ZERO,
    quantity: Decimal = ZERO,
    document: str = "",
) -> Movement:
    """An entry of the supply that the reservation holds, with its order."""
    return Movement(
        seller_id=reservation.seller_id,
        warehouse_id=reservation.warehouse_id,
        product_id=reservation.product_id,
        arrival_id=reservation.arrival_id,
        at=at,
        kind=kind.value,
        quantity=quantity,
        held=held,
        order_id=reservation.order_id,
        order_line_id=reservation.order_line_id,
        document=document[:60],
    )


def arrival_entry(
    arrival: Arrival, kind: MovementKind, *, at: datetime, quantity: Decimal = ZERO, held: Decimal = ZERO
) -> Movement:
    """An entry of goods on their way, under their paper."""
    return Movement(
        seller_id=arrival.seller_id,
        warehouse_id=arrival.warehouse_id,
        product_id=arrival.product_id,
        arrival_id=arrival.pk,
        at=at,
        kind=kind.value,
        quantity=quantity,
        held=held,
        document=arrival.source_number,
    )


def write_entries(entries: Iterable[Movement]) -> None:
    """Keep the entries that change anything, in the current actor's name. One SQL statement per thousand."""
    told = [entry for entry in entries if entry.quantity or entry.held]
    name = current().actor_name or "system"
    for entry in told:
        entry.actor_name = name
    if told:
        Movement.objects.bulk_create(told, batch_size=1000)
