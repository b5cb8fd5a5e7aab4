"""What open orders will cost: the credit they reserve until they are shipped."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from decimal import Decimal

from django.db.models import F, Sum

from zveno.base.scope import current
from zveno.kit.money import round_money
from zveno.orders.models import OrderLine
from zveno.orders.rules.states import HOLDS_RESERVATION


def reserved_credit(
    *, seller_id: int, entity_ids: Collection[int], currency: str, but_not: int | None = None
) -> Mapping[int, Decimal]:
    """Entity → the price of what its open orders hold and that has not left, the order `but_not` left out. One
    statement. Serves `finance.ports.OpenOrders`.
    """
    left = F("total") * (F("quantity") - F("shipped_quantity")) / F("quantity")
    rows = (
        OrderLine.objects.visible_to(current())
        .filter(
            seller_id=seller_id,
            buyer_entity_id__in=entity_ids,
            order__buyer_entity_id__in=entity_ids,
            cancelled_at=None,
            quantity__gt=F("shipped_quantity"),
            order__state__in=sorted(state.value for state in HOLDS_RESERVATION),
            order__currency=currency,
        )
        .exclude(order_id=but_not or 0)
        .values("buyer_entity_id")
        .annotate(sum=Sum(left))
    )
    return {row["buyer_entity_id"]: round_money(row["sum"], currency) for row in rows}
