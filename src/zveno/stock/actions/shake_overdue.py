"""Arrivals whose day has passed without a word from the accounting system."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import groupby

from zveno.base.events import publish
from zveno.base.scope import current
from zveno.base.tx import in_transaction
from zveno.stock.events import PromiseShaken, Shaken
from zveno.stock.models import Arrival, Reservation

# A day has passed everywhere on Earth when it has passed twelve hours west of Greenwich.
_EVERYWHERE = timedelta(hours=12)


@in_transaction
def shake_overdue(*, now: datetime) -> int:
    """Publish PromiseShaken for the orders that hold something of arrivals overdue since the last look; how many
    arrivals. The work of the system. Three SQL statements. Running it again changes nothing until a day is told anew.
    """
    overdue = Arrival.objects.visible_to(current()).filter(
        closed_at=None, overdue_at=None, reserved__gt=0, due_on__lt=(now - _EVERYWHERE).date()
    )
    arrivals = {one.pk: one for one in overdue.select_for_update().order_by("id")}
    if not arrivals:
        return 0
    held = Reservation.objects.visible_to(current()).filter(arrival_id__in=arrivals, state="active")
    in_order = sorted(held, key=lambda one: (one.seller_id, one.due_on, one.placed_at, one.order_id))
    for seller_id, rows in groupby(in_order, key=lambda one: one.seller_id):
        shaken = tuple(_shaken(one, arrivals[one.arrival_id or 0]) for one in rows)
        publish(PromiseShaken(seller_id=seller_id, shaken=shaken))
    Arrival.objects.visible_to(current()).filter(pk__in=arrivals).update(overdue_at=now)
    return len(arrivals)


def _shaken(one: Reservation, arrival: Arrival) -> Shaken:
    return Shaken(one.order_id, one.product_id, "overdue", arrival.source_number, arrival.due_on)
