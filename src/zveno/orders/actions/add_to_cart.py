"""Adding a product to the cart."""

from __future__ import annotations

from decimal import Decimal

from zveno.base.tx import in_transaction
from zveno.catalog.queries.orderable import products_for_order
from zveno.orders.actions.own_cart import check_quantity, own_cart, put_into
from zveno.orders.errors import ProductNotOffered
from zveno.partners.queries.actors import Actor


@in_transaction
def add_to_cart(*, actor: Actor, seller_id: int, product_id: int, quantity: Decimal) -> None:
    """Add `quantity` of a product to the person's cart with the seller; what is there already is added to.

    Undoing a removal is adding again. Raises SellerNotFound, NoTerms, RoleOrdersNothing, ProductNotOffered, and the
    quantity's faults.
    """
    cart = own_cart(actor=actor, seller_id=seller_id)
    product = products_for_order(product_ids=[product_id], seller_id=seller_id).get(product_id)
    if product is None:
        raise ProductNotOffered(code="", name="")
    check_quantity(product, quantity)
    put_into(cart, {product_id: quantity})
