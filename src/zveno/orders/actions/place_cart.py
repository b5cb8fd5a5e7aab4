"""Placing what a cart holds."""

from __future__ import annotations

import uuid
from datetime import datetime

from zveno.base.scope import current
from zveno.base.tx import in_transaction
from zveno.orders.actions.approval.ask_first import ask_first, sent_before
from zveno.orders.actions.approval.write_requisition import Beside, SentForApproval
from zveno.orders.actions.own_cart import own_cart, terms_to_order
from zveno.orders.actions.write_order import PlacedOrder, write_order
from zveno.orders.errors import CartMovedOn
from zveno.orders.models import CartLine, Order
from zveno.orders.rules.states import OrderState
from zveno.orders.rules.wishes import OrderedLine, Wishes
from zveno.partners.queries.actors import Actor


@in_transaction
def place_cart(*, actor: Actor, seller_id: int, placing_key: uuid.UUID, now: datetime) -> PlacedOrder | SentForApproval:
    """Place the person's cart with the seller and empty it; the promise follows by a job. What the company's rules
    hold back is sent for approval instead.

    `placing_key` is what the page showed: a second click on the same page gives the order of the first. Raises
    CartMovedOn when the key is neither the cart's nor a placed order's, and what `write_order` raises.
    """
    terms = terms_to_order(actor=actor, seller_id=seller_id)
    cart = own_cart(actor=actor, seller_id=seller_id)
    key = f"cart:{placing_key}"
    if cart.placing_key != placing_key:
        placed = Order.objects.visible_to(current()).filter(buyer_company_id=actor.company_id, idempotency_key=key)
        if (order := placed.first()) is not None:
            return PlacedOrder(order.pk, order.number, OrderState(order.state), is_repeat=True)
        if (sent := sent_before(company_id=actor.company_id, key=key)) is not None:
            return sent
        raise CartMovedOn()
    lines = CartLine.objects.visible_to(current()).filter(cart=cart)
    ordered = [OrderedLine(line.product_id, line.quantity, line.wished_on) for line in lines.order_by("position", "id")]
    wishes = Wishes(cart.wished_on, cart.in_parts, cart.warehouse_id)
    beside = Beside(wishes, cart.comment, "portal", key, "", on_behalf=actor.is_acting)
    placed_order = ask_first(actor=actor, terms=terms, lines=ordered, beside=beside, now=now) or write_order(
        actor=actor,
        terms=terms,
        lines=ordered,
        wishes=wishes,
        comment=cart.comment,
        source="portal",
        key=key,
        content_digest="",
        now=now,
    )
    lines.delete()
    cart.placing_key, cart.wished_on, cart.comment = uuid.uuid4(), None, ""
    cart.in_parts, cart.warehouse_id = True, None
    cart.save()
    return placed_order
