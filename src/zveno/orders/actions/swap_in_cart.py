"""Something else in the cart, in the place of what a line lacks."""

from __future__ import annotations

from decimal import Decimal

from zveno.base.scope import current
from zveno.base.tx import in_transaction
from zveno.catalog.queries.orderable import products_for_order
from zveno.catalog.queries.relations import is_instead_of
from zveno.kit.quantity import plain, up_to_multiple
from zveno.orders.actions.own_cart import check_quantity, own_cart, put_into
from zveno.orders.errors import CartLineNotFound, ProductNotOffered
from zveno.orders.models import CartLine
from zveno.partners.queries.actors import Actor


@in_transaction
def swap_in_cart(*, actor: Actor, seller_id: int, product_id: int, other_id: int, quantity: Decimal) -> None:
    """Take `quantity` off the line (all of it: the line goes), and put as much of the other product in, in whole packs.

    Raises CartLineNotFound, ProductNotOffered (it is no substitute of this one here), the quantity's faults.
    """
    cart = own_cart(actor=actor, seller_id=seller_id)
    line = CartLine.objects.visible_to(current()).filter(cart=cart, product_id=product_id).first()
    if line is None:
        raise CartLineNotFound()
    other = products_for_order(product_ids=[other_id], seller_id=seller_id).get(other_id)
    if other is None or not is_instead_of(product_id=product_id, other_id=other_id, seller_id=seller_id):
        raise ProductNotOffered(code="", name="")
    taken = min(quantity, line.quantity)
    added = plain(up_to_multiple(taken, other.pack_quantity))
    check_quantity(other, added)
    put_into(cart, {other_id: added})
    CartLine.objects.visible_to(current()).filter(cart=cart, product_id=other_id).update(wished_on=line.wished_on)
    if taken == line.quantity:
        line.delete()
    else:
        line.quantity -= taken
        line.save(update_fields=["quantity"])
