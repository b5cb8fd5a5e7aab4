"""Payments as orders and pages show them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Sum

from zveno.base.scope import current
from zveno.finance.models import LedgerDocument
from zveno.finance.rules.documents import Kind

_PAID = (Kind.PAYMENT.value, Kind.ADVANCE.value)


@dataclass(frozen=True, slots=True)
class PaymentValue:
    """Money that came."""

    id: int
    number: str
    paid_on: date
    amount: Decimal
    currency: str


def payments_of_order(*, order_id: int) -> tuple[PaymentValue, ...]:
    """The payments for an order that the current scope may see, the earliest first. One SQL statement."""
    rows = LedgerDocument.objects.visible_to(current()).filter(order_id=order_id, kind__in=_PAID, is_void=False)
    return tuple(
        PaymentValue(row.pk, row.number, row.issued_on, row.amount, row.account.currency)
        for row in rows.select_related("account").order_by("issued_on", "id")
    )


def paid_in_all(*, seller_id: int, entity_id: int, currency: str) -> Decimal:
    """All that an entity has ever paid a seller, less what was given back, as far as the current scope may see it.
    One SQL statement.
    """
    rows = LedgerDocument.objects.visible_to(current()).filter(
        seller_id=seller_id,
        buyer_entity_id=entity_id,
        account__currency=currency,
        kind__in=(*_PAID, Kind.REFUND.value),
        is_void=False,
    )
    return -(rows.aggregate(sum=Sum("change"))["sum"] or Decimal(0))
