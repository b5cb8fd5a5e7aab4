"""What clients ordered, in sums."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import Count, Max, Q, Sum

from zveno.base.scope import current
from zveno.orders.models import Order
from zveno.orders.rules.states import OPEN, OrderState

_VOID = (OrderState.REJECTED.value, OrderState.CANCELLED.value)


@dataclass(frozen=True, slots=True)
class Turnover:
    """Orders of one entity: the sum and number since a moment, how many are open now, when the last was placed."""

    total: Decimal
    orders: int
    open_orders: int
    last_placed_at: datetime | None


NONE = Turnover(Decimal(0), 0, 0, None)


def turnover_by_entity(*, seller_id: int, since: datetime) -> dict[int, Turnover]:
    """The seller's orders since a moment by buyer's entity, rejected and cancelled ones left out. One statement."""
    rows = (
        Order.objects.visible_to(current())
        .filter(seller_id=seller_id, placed_at__gte=since)
        .exclude(state__in=_VOID)
        .values("buyer_entity_id")
        .annotate(
            total=Sum("total"),
            orders=Count("id"),
            open_orders=Count("id", filter=Q(state__in=[state.value for state in OPEN - {OrderState.SHIPPED}])),
            last=Max("placed_at"),
        )
        .order_by()
    )
    return {
        row["buyer_entity_id"]: Turnover(row["total"], row["orders"], row["open_orders"], row["last"]) for row in rows
    }
