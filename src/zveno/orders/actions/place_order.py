"""Placing an order from given lines, as programs do: in one call, once however often it is repeated."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from datetime import datetime

from zveno.base.locks import hold_name
from zveno.base.tx import in_transaction
from zveno.delivery.actions.take_delivery import DeliveryWish
from zveno.orders.actions.approval.ask_first import ask_first
from zveno.orders.actions.approval.write_requisition import Beside, SentForApproval
from zveno.orders.actions.own_cart import terms_to_order
from zveno.orders.actions.write_order import PlacedOrder, write_order
from zveno.orders.errors import KeyUsedForAnotherOrder
from zveno.orders.queries.approval.door import Used, at_the_door
from zveno.orders.rules.approval.states import RequisitionState
from zveno.orders.rules.states import OrderState
from zveno.orders.rules.wishes import OrderedLine, Wishes
from zveno.partners.queries.actors import Actor

_PLAIN = Wishes()


@in_transaction
def place_order(
    *,
    actor: Actor,
    seller_id: int,
    lines: Sequence[OrderedLine],
    idempotency_key: str,
    now: datetime,
    wishes: Wishes = _PLAIN,
    comment: str = "",
    source: str = "api",
    key_id: int | None = None,
    delivery: DeliveryWish | None = None,
) -> PlacedOrder | SentForApproval:
    """Place an order; the promise follows by a job. The same key with the same content gives the order placed before.

    What the company's rules hold back is sent for approval instead; `key_id` is the key of the program that calls.
    Raises KeyUsedForAnotherOrder, and what `terms_to_order` and `write_order` raise.
    """
    terms = terms_to_order(actor=actor, seller_id=seller_id)
    key = f"{source}:{idempotency_key}"
    digest = _digest(terms.buyer_entity_id, seller_id, lines, wishes, comment, delivery)
    # The same call at the same time ends first: its order is then the answer to this one.
    hold_name(key, actor.company_id)
    door = at_the_door(company_id=actor.company_id, key=key)
    if door.used is not None:
        return _before(door.used, digest)
    beside = Beside(wishes, comment, source, key, digest, on_behalf=actor.is_acting, delivery=delivery)
    sent: SentForApproval | None = None
    if door.has_rules:
        sent = ask_first(actor=actor, terms=terms, lines=lines, beside=beside, now=now, key_id=key_id)
    return sent or write_order(
        actor=actor,
        terms=terms,
        lines=lines,
        wishes=wishes,
        comment=comment,
        source=source,
        key=key,
        content_digest=digest,
        now=now,
        delivery=delivery,
    )


def _before(used: Used, digest: str) -> PlacedOrder | SentForApproval:
    if used.content_digest != digest:
        raise KeyUsedForAnotherOrder(number=used.number)
    if not used.is_requisition:
        return PlacedOrder(used.id, used.number, OrderState(used.state), is_repeat=True)
    state = RequisitionState(used.state)
    return SentForApproval(used.id, int(used.number), state, is_repeat=True, order_id=used.order_id)


def _digest(
    entity_id: int,
    seller_id: int,
    lines: Sequence[OrderedLine],
    wishes: Wishes,
    comment: str,
    delivery: DeliveryWish | None,
) -> str:
    content: list[object] = [
        entity_id,
        seller_id,
        [_content(line) for line in lines],
        wishes.wished_on.isoformat() if wishes.wished_on else None,
        comment.strip(),
        # Without a wish the digest is that of a call which knows of none.
        *([repr(delivery)] if delivery is not None else []),
    ]
    # Orders of the time before these wishes keep their digest.
    if not wishes.in_parts or wishes.warehouse_id is not None:
        content += [wishes.in_parts, wishes.warehouse_id]
    return hashlib.sha256(json.dumps(content, ensure_ascii=False).encode()).hexdigest()


def _content(line: OrderedLine) -> list[object]:
    told: list[object] = [line.product_id, str(line.quantity.normalize())]
    return [*told, line.wished_on.isoformat()] if line.wished_on else told
