"""That the seller's accounting system has taken over an order, and counts its goods as spoken for."""

from __future__ import annotations

from datetime import datetime

from zveno.base.scope import current
from zveno.base.tx import in_transaction
from zveno.stock.models import Reservation


@in_transaction
def mark_known_to_erp(*, order_id: int, at: datetime) -> int:
    """Note on the order's reservations that the ERP knows them since `at`; returns how many were not known before."""
    unknown = Reservation.objects.visible_to(current()).filter(order_id=order_id, state="active", erp_known_at=None)
    return unknown.update(erp_known_at=at)
