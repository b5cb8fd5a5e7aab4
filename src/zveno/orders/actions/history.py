"""Keeping what happened to an order, and letting others hear of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from zveno.base.events import publish
from zveno.base.scope import current
from zveno.orders.events import OrderChanged
from zveno.orders.models import Order, OrderEvent
from zveno.orders.rules.states import OrderState


def tell(order: Order, kind: str, *, now: datetime, **params: object) -> None:
    """Add `kind` with its parameters to the order's history, in the current actor's name."""
    tell_all(order, [(kind, params)], now=now)


def tell_all(
    order: Order, told: Sequence[tuple[str, dict[str, object]]], *, now: datetime, actor_name: str = ""
) -> None:
    """Add several things at once. One SQL statement."""
    scope = current()
    OrderEvent.objects.bulk_create(
        OrderEvent(
            order=order,
            seller_id=order.seller_id,
            buyer_entity_id=order.buyer_entity_id,
            at=now,
            actor_name=actor_name or scope.actor_name or "system",
            on_behalf=scope.on_behalf_of is not None,
            kind=kind,
            params=params,
        )
        for kind, params in told
    )


def set_state(order: Order, state: OrderState) -> None:
    """Let a locked order stand in `state` and count its version up; the caller saves and tells."""
    order.state = state.value
    order.version += 1


def announce_change(order: Order, what: str) -> None:
    """Let those who listen hear that the order, saved already, has changed by a deed of this side."""
    publish(
        OrderChanged(
            order_id=order.pk,
            seller_id=order.seller_id,
            buyer_entity_id=order.buyer_entity_id,
            version=order.version,
            what=what,
        )
    )
