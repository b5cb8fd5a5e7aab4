"""Taking from orders what a supply no longer has, shared by the actions that shrink one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal

from zveno.stock.actions.ending import end_parts
from zveno.stock.actions.ledger import held_entries, write_entries
from zveno.stock.actions.locked_supply import move_reserved
from zveno.stock.models import Reservation
from zveno.stock.rules.giving_way import Held, losses
from zveno.stock.rules.words import MovementKind


def give_way(supplies: Iterable[tuple[Sequence[Reservation], Decimal]], *, now: datetime) -> list[Reservation]:
    """Let reservations of each supply (their products loaded, the supply locked) give way to what it has left.

    Returns what they lost, as ended rows.
    """
    known: list[Reservation] = []
    quantities: dict[int, Decimal] = {}
    for reservations, available in supplies:
        known += reservations
        quantities |= losses((_held(one) for one in reservations), available)
    lost = end_parts(known, quantities, state="released", now=now)
    move_reserved(lost, sign=-1)
    write_entries(held_entries(lost, MovementKind.RELEASED, sign=-1, at=now))
    return lost


def _held(one: Reservation) -> Held:
    return Held(one.pk, one.quantity, one.due_on, one.placed_at, one.product.pack_quantity)
