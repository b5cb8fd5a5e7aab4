"""That an order's lines count on their goods by another day from now on."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db.models import F, Q

from zveno.base.scope import current
from zveno.base.tx import in_transaction
from zveno.stock.models import Reservation


@in_transaction
def count_on_day(*, order_id: int, days: Mapping[int, date], only_late: bool) -> None:
    """Let what is held for each line (order line id → day) be counted on for its day; `only_late`: just the part that
    comes later than it is counted on now. One SQL statement for each day.
    """
    held = Reservation.objects.visible_to(current()).filter(order_id=order_id, state="active")
    if only_late:
        held = held.filter(Q(arrival__due_on__gt=F("due_on")))
    by_day: dict[date, list[int]] = {}
    for line_id, day in days.items():
        by_day.setdefault(day, []).append(line_id)
    for day, lines in by_day.items():
        ids = list(held.filter(order_line_id__in=lines).values_list("pk", flat=True))
        Reservation.objects.visible_to(current()).filter(pk__in=ids).update(due_on=day)
