"""What becomes of an order's parcels, told in its history."""

from __future__ import annotations

from datetime import datetime

from zveno.base.scope import current
from zveno.base.tx import in_transaction
from zveno.delivery.rules.tracking import ParcelState
from zveno.orders.actions.history import tell
from zveno.orders.models import Order

# The steps of a parcel that its buyer wants to hear of; the way between two cities stands on the parcel itself.
_TOLD = frozenset(
    {
        ParcelState.BOOKED,
        ParcelState.ACCEPTED,
        ParcelState.READY,
        ParcelState.WITH_COURIER,
        ParcelState.DELIVERED,
        ParcelState.RETURNED,
        ParcelState.PROBLEM,
    }
)


@in_transaction
def tell_parcel(*, order_id: int, number: str, carrier: str, state: ParcelState, now: datetime) -> None:
    """Add the parcel's new state to the order's history, if it is one that matters. An unknown order hears nothing."""
    order = Order.objects.visible_to(current()).filter(pk=order_id).first()
    if order is not None and state in _TOLD:
        tell(order, "parcel_moved", now=now, number=number, carrier=carrier, state=state.value)
