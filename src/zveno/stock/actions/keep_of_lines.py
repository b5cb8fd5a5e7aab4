"""Letting lines of an order hold less: what goes beyond is given back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from django.db.models import F

from zveno.base.scope import current
from zveno.base.tx import in_transaction
from zveno.stock.actions.release_part import release_part
from zveno.stock.models import Reservation


@in_transaction
def keep_of_lines(*, order_id: int, seller_id: int, keep: Mapping[int, Decimal], now: datetime) -> None:
    """Release what each line (order line id → how much it may hold) holds beyond, what comes latest first.

    Nine SQL statements at most. Repeating it changes nothing.
    """
    held = Reservation.objects.visible_to(current()).filter(
        order_id=order_id, state="active", order_line_id__in=list(keep)
    )
    left = dict(keep)
    released: dict[int, Decimal] = {}
    # The shelf first, then arrivals as they come: these are kept.
    for one in held.order_by(F("arrival__due_on").asc(nulls_first=True), "id"):
        kept = min(one.quantity, max(left[one.order_line_id], Decimal(0)))
        left[one.order_line_id] -= kept
        if kept < one.quantity:
            released[one.pk] = one.quantity - kept
    if released:
        release_part(order_id=order_id, seller_id=seller_id, quantities=released, now=now)
