"""Orders that a connection has not confirmed yet, and how far each got."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F, FilteredRelation, Q, QuerySet
from django.db.models.functions import Coalesce

from zveno.base.scope import current
from zveno.exchange.models import Connection, OutboxItem
from zveno.orders.queries.order_labels import OrderLabel, order_labels


@dataclass(frozen=True, slots=True)
class WaitingOrder:
    """An order on its way out. `sent_at`: when it was fetched last; `tries`: how often it was fetched in vain."""

    order: OrderLabel
    since: datetime
    sent_at: datetime | None
    tries: int
    is_change: bool


def waiting_items(connection: Connection) -> QuerySet[OutboxItem]:
    """What the connection lacks, the longest waiting first."""
    delivery = FilteredRelation("deliveries", condition=Q(deliveries__connection_id=connection.pk))
    rows: Any = OutboxItem.objects.visible_to(current()).annotate(delivery=delivery)
    rows = rows.annotate(
        confirmed=Coalesce("delivery__confirmed_version", 0),
        tries=Coalesce("delivery__attempts", 0),
        last_sent_at=F("delivery__sent_at"),
    )
    waiting: QuerySet[OutboxItem] = rows.filter(
        seller_id=connection.seller_id,
        kind="order",
        is_pending=True,
        changed_at__gte=connection.orders_from,
        confirmed__lt=F("version"),
    )
    return waiting.order_by("changed_at", "id")


def waiting_orders(items: Sequence[OutboxItem]) -> list[WaitingOrder]:
    """These items (rows of `waiting_items`) with their orders' numbers and buyers; the invisible left out."""
    labels = order_labels(order_ids=[item.object_id for item in items])
    return [
        WaitingOrder(
            order=labels[item.object_id],
            since=item.changed_at,
            sent_at=item.last_sent_at,  # type: ignore[attr-defined]
            tries=item.tries,  # type: ignore[attr-defined]
            is_change=item.confirmed > 0,  # type: ignore[attr-defined]
        )
        for item in items
        if item.object_id in labels
    ]
