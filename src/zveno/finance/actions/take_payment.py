"""A payment as the seller's accounting system tells it."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from zveno.base.scope import current
from zveno.base.tx import in_transaction
from zveno.finance.models import Payment


@in_transaction
def take_payment(
    *,
    seller_id: int,
    buyer_entity_id: int,
    number: str,
    paid_on: date,
    amount: Decimal,
    currency: str,
    order_id: int | None,
    now: datetime,
) -> bool:
    """Keep the payment, known by seller, buyer, number and year; returns whether anything is new."""
    told = {"paid_on": paid_on, "amount": amount, "currency": currency, "order_id": order_id}
    payment = (
        Payment.objects.visible_to(current())
        .filter(seller_id=seller_id, buyer_entity_id=buyer_entity_id, number=number, paid_on__year=paid_on.year)
        .first()
    )
    if payment is None:
        Payment.objects.create(
            seller_id=seller_id, buyer_entity_id=buyer_entity_id, number=number, recorded_at=now, **told
        )
        return True
    if all(getattr(payment, field) == value for field, value in told.items()):
        return False
    for field, value in told.items():
        setattr(payment, field, value)
    payment.save()
    return True
