"""Placing an order from given lines, as programs do: in one call, once however often it is repeated."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from datetime import date, datetime

from zveno.base.locks import hold_name
from zveno.base.scope import current
from zveno.base.tx import in_transaction
from zveno.delivery.actions.take_delivery import DeliveryWish
from zveno.orders.actions.own_cart import terms_to_order
from zveno.orders.actions.write_order import OrderedLine, PlacedOrder, write_order
from zveno.orders.errors import KeyUsedForAnotherOrder
from zveno.orders.models import Order
from zveno.orders.rules.states import OrderState
from zveno.partners.queries.actors import Actor


@in_transaction
def place_order(
    *,
    actor: Actor,
    seller_id: int,
    lines: Sequence[OrderedLine],
    idempotency_key: str,
    now: datetime,
    wished_on: date | None = None,
    comment: str = "",
    source: str = "api",
    delivery: DeliveryWish | None = None,
) -> PlacedOrder:
    """Place an order; the promise follows by a job. The same key with the same content gives the order placed before.

    Raises KeyUsedForAnotherOrder, and what `terms_to_order` and `write_order` raise.
    """
    terms = terms_to_order(actor=actor, seller_id=seller_id)
    key = f"{source}:{idempotency_key}"
    digest = _digest(terms.buyer_entity_id, seller_id, lines, wished_on, comment, delivery)
    # The same call at the same time ends first: its order is then the answer to this one.
    hold_name(key, actor.company_id)
    if before := _placed_before(actor.company_id, key, digest):
        return before
    return write_order(
        actor=actor,
        terms=terms,
        lines=lines,
        wished_on=wished_on,
        comment=comment,
        source=source,
        key=key,
        content_digest=digest,
        now=now,
        delivery=delivery,
    )


def _placed_before(company_id: int, key: str, digest: str) -> PlacedOrder | None:
    order = Order.objects.visible_to(current()).filter(buyer_company_id=company_id, idempotency_key=key).first()
    if order is None:
        return None
    if order.content_digest != digest:
        raise KeyUsedForAnotherOrder(number=order.number)
    return PlacedOrder(order.pk, order.number, OrderState(order.state), is_repeat=True)


def _digest(
    entity_id: int,
    seller_id: int,
    lines: Sequence[OrderedLine],
    wished_on: date | None,
    comment: str,
    delivery: DeliveryWish | None,
) -> str:
    content = [
        entity_id,
        seller_id,
        [[line.product_id, str(line.quantity.normalize())] for line in lines],
        wished_on.isoformat() if wished_on else None,
        comment.strip(),
        # Without a wish the digest is that of a call which knows of none.
        *([repr(delivery)] if delivery is not None else []),
    ]
    return hashlib.sha256(json.dumps(content, ensure_ascii=False).encode()).hexdigest()
