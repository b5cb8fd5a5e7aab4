"""Orders that wait for a program which fetches them by the API."""

from __future__ import annotations

from dataclasses import dataclass

from zveno.base.scope import current
from zveno.exchange.models import Connection
from zveno.exchange.queries.waiting_orders import waiting_items


@dataclass(frozen=True, slots=True)
class WaitingItem:
    """An order to be fetched; `cursor` grows from item to item."""

    cursor: int
    order_id: int


def orders_waiting(*, connection_id: int, after: int, limit: int) -> list[WaitingItem]:
    """The first `limit` orders behind `after` that the connection has not acknowledged as they are now."""
    connection = Connection.objects.visible_to(current()).get(pk=connection_id)
    rows = waiting_items(connection).filter(pk__gt=after).order_by("id")[:limit]
    return [WaitingItem(cursor=row.pk, order_id=row.object_id) for row in rows]
