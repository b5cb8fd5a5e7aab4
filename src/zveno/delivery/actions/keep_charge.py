"""What a manager charged for the delivery of an order, and how it stands in the order (F11)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from zveno.base.scope import current
from zveno.base.tx import in_transaction
from zveno.delivery.models import OrderDelivery


@dataclass(frozen=True, slots=True)
class Charge:
    """`how` is `line`, `spread` or empty; `shares` by order line is what was spread onto it, `line_id` the own line."""

    how: str = ""
    amount: Decimal | None = None
    line_id: int | None = None
    shares: Mapping[int, Decimal] = field(default_factory=dict)


@in_transaction
def charge_before(*, order_id: int, seller_id: int, company_id: int, entity_id: int, currency: str) -> Charge:
    """What is charged until now, its row locked (made where the order came without delivery)."""
    OrderDelivery.objects.bulk_create(
        [
            OrderDelivery(
                order_id=order_id,
                seller_id=seller_id,
                buyer_company_id=company_id,
                buyer_entity_id=entity_id,
                currency=currency,
            )
        ],
        ignore_conflicts=True,
    )
    row = OrderDelivery.objects.visible_to(current()).select_for_update(of=("self",)).get(order_id=order_id)
    shares = {int(key): Decimal(value) for key, value in row.shares.items()}
    return Charge(row.charge, row.charged, row.charge_line_id, shares)


@in_transaction
def keep_charge(*, order_id: int, charge: Charge) -> None:
    """Keep what is charged from now on."""
    OrderDelivery.objects.visible_to(current()).filter(order_id=order_id).update(
        charge=charge.how,
        charged=charge.amount,
        charge_line_id=charge.line_id,
        shares={str(key): str(value) for key, value in charge.shares.items()},
    )
