"""Ordering the same again: the lines of an order go into the cart (O9)."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from zveno.base.scope import current
from zveno.base.tx import in_transaction
from zveno.catalog.queries.orderable import products_for_order
from zveno.orders.actions.own_cart import own_cart, put_into
from zveno.orders.errors import OrderNotFound
from zveno.orders.models import Order, OrderLine
from zveno.orders.rules.lines import line_problem
from zveno.partners.queries.actors import Actor


@dataclass(frozen=True, slots=True)
class Repeated:
    """How many lines went into the cart of which seller, and the names of those not offered any more."""

    seller_id: int
    added: int
    left_out: tuple[str, ...]


@in_transaction
def repeat_order(*, actor: Actor, order_id: int) -> Repeated:
    """Add an order's lines to the person's own cart for the current entity, at today's prices.

    Raises OrderNotFound and what `own_cart` raises.
    """
    order = Order.objects.visible_to(current()).filter(pk=order_id).first()
    if order is None:
        raise OrderNotFound()
    cart = own_cart(actor=actor, seller_id=order.seller_id)
    lines = list(OrderLine.objects.visible_to(current()).filter(order=order).order_by("position"))
    ids = {line.product_id for line in lines if line.product_id is not None}
    products = products_for_order(product_ids=ids, seller_id=order.seller_id)
    quantities: defaultdict[int, Decimal] = defaultdict(Decimal)
    left_out = []
    for line in lines:
        product = products.get(line.product_id or 0)
        if product is None or line_problem(
            line.quantity, pack_quantity=product.pack_quantity, is_offered=product.is_offered
        ):
            left_out.append(line.name)
        else:
            quantities[product.id] += line.quantity
    put_into(cart, quantities)
    return Repeated(order.seller_id, len(quantities), tuple(left_out))
