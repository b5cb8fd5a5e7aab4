"""Saying how much of a product the cart shall hold, whether it is there already or not."""

from __future__ import annotations

from decimal import Decimal

from zveno.base.scope import current
from zveno.base.tx import in_transaction
from zveno.catalog.queries.orderable import products_for_order
from zveno.orders.actions.own_cart import check_quantity, own_cart, put_into
from zveno.orders.errors import ProductNotOffered
from zveno.orders.models import CartLine
from zveno.partners.queries.actors import Actor


@in_transaction
def put_in_cart(*, actor: Actor, seller_id: int, product_id: int, quantity: Decimal) -> None:
    """Let the person's cart with the seller hold exactly `quantity` of the product; zero takes it out. Repeatable.

    Raises SellerNotFound, NoTerms, RoleOrdersNothing, ProductNotOffered, and the quantity's faults.
    """
    cart = own_cart(actor=actor, seller_id=seller_id)
    line = CartLine.objects.visible_to(current()).filter(cart=cart, product_id=product_id).first()
    if quantity == 0:
        if line is not None:
            line.delete()
        return
    product = products_for_order(product_ids=[product_id], seller_id=seller_id).get(product_id)
    if product is None:
        raise ProductNotOffered(code="", name="")
    check_quantity(product, quantity)
    if line is None:
        put_into(cart, {product_id: quantity})
    else:
        line.quantity = quantity
        line.save(update_fields=["quantity"])
