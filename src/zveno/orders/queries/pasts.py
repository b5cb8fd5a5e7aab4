"""What buyers did so far with a seller, as its rules of standing weigh it (O15)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, Sum

from zveno.base.scope import current
from zveno.orders.models import Order, Shipment
from zveno.orders.rules.states import OrderState
from zveno.partners.queries.parties import seller_with
from zveno.pricing.rules.standing import Past

_VOID = (OrderState.REJECTED.value, OrderState.CANCELLED.value)
_DAYS_A_MONTH = Decimal("30.4375")


def pasts_of(*, seller_id: int, entity_ids: Collection[int], months: Collection[int], now: datetime) -> dict[int, Past]:
    """The past of each entity with the seller until `now`. Two statements.

    Orders that stand count; volume is what was shipped in the seller's currency within the last months, by each of
    `months`.
    """
    seller = seller_with(seller_id=seller_id)
    if seller is None:
        return {}
    today = seller.today(now)
    orders = Order.objects.visible_to(current()).filter(seller_id=seller_id, buyer_entity_id__in=entity_ids)
    stand = orders.filter(placed_at__lte=now).exclude(state__in=_VOID).order_by()
    counted = dict(stand.values_list("buyer_entity_id").annotate(n=Count("id")))
    shipments = Shipment.objects.visible_to(current()).filter(
        seller_id=seller_id, buyer_entity_id__in=entity_ids, currency=seller.currency, shipped_on__lte=today
    )
    within = sorted(months)
    sums = {
        f"m{n}": Sum("total", filter=Q(shipped_on__gt=_months_before(today, n)), default=Decimal(0)) for n in within
    }
    rows: Any = shipments.order_by().values_list("buyer_entity_id").annotate(**sums)
    shipped = {entity_id: dict(zip(within, totals, strict=True)) for entity_id, *totals in rows}
    return {one: Past(counted.get(one, 0), shipped.get(one, {})) for one in entity_ids}


def parties_of(*, order_id: int) -> list[tuple[int, int]]:
    """(seller, buyer's entity) of the order, if the current scope may see it. One statement."""
    rows = Order.objects.visible_to(current()).filter(pk=order_id)
    return list(rows.values_list("seller_id", "buyer_entity_id"))


def _months_before(day: date, months: int) -> date:
    return day - timedelta(days=int(_DAYS_A_MONTH * months))
