"""Ending reservations, whole or in part: shipped, or released. What is left of one goes on as it was."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Literal

from zveno.base.scope import current
from zveno.stock.models import Reservation

Ending = Literal["shipped", "released"]


def end_parts(
    reservations: Iterable[Reservation], quantities: Mapping[int, Decimal], *, state: Ending, now: datetime
) -> list[Reservation]:
    """End so much of each reservation (by id); returns what ended. The supply is locked. At most three SQL statements.

    A part that ends becomes a row of its own. Counters and ledger are the caller's.
    """
    ended, shrunk, parts = [], [], []
    for reservation in reservations:
        quantity = quantities.get(reservation.pk, Decimal(0))
        if quantity <= 0:
            continue
        if quantity >= reservation.quantity:
            ended.append(reservation)
        else:
            reservation.quantity -= quantity
            shrunk.append(reservation)
            parts.append(_part(reservation, quantity))
    for one in (*ended, *parts):
        one.state, one.ended_at = state, now
    known = Reservation.objects.visible_to(current())
    if ended:
        known.filter(pk__in=[one.pk for one in ended]).update(state=state, ended_at=now)
    if shrunk:
        known.bulk_update(shrunk, ["quantity"], batch_size=500)
        Reservation.objects.bulk_create(parts)
    return ended + parts


def _part(reservation: Reservation, quantity: Decimal) -> Reservation:
    told = {f.attname: getattr(reservation, f.attname) for f in Reservation._meta.concrete_fields if not f.primary_key}
    return Reservation(**{**told, "quantity": quantity})
