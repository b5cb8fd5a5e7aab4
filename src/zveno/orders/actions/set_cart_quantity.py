"""Setting the quantity of a cart line."""

from __future__ import annotations

from decimal import Decimal

from zveno.base.scope import current
from zveno.base.tx import in_transaction
from zveno.catalog.queries.orderable import products_for_order
from zveno.orders.actions.own_cart import check_quantity, own_cart
from zveno.orders.errors import CartLineNotFound
from zveno.orders.models import CartLine
from zveno.partners.queries.actors import Actor


@in_transaction
def set_cart_quantity(*, actor: Actor, seller_id: int, product_id: int, quantity: Decimal) -> None:
    """Set a line's quantity; zero is refused: remove the line instead.

    Raises CartLineNotFound, ProductNotOffered, and the quantity's faults.
    """
    cart = own_cart(actor=actor, seller_id=seller_id)
    line = CartLine.objects.visible_to(current()).filter(cart=cart, product_id=product_id).first()
    product = products_for_order(product_ids=[product_id], seller_id=seller_id).get(product_id)
    if line is None or product is None:
        raise CartLineNotFound()
    check_quantity(product, quantity)
    line.quantity = quantity
    line.save(update_fields=["quantity"])
