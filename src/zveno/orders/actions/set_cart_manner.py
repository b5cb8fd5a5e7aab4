"""How a cart shall come: in parts or all at once, from any warehouse or from one; a line's own day."""

from __future__ import annotations

from datetime import date

from zveno.base.scope import current
from zveno.base.tx import in_transaction
from zveno.orders.actions.own_cart import own_cart
from zveno.orders.errors import CartLineNotFound, WarehouseNotServed, fault_of
from zveno.orders.models import CartLine
from zveno.orders.rules.lines import wished_date_problem
from zveno.partners.queries.actors import Actor
from zveno.stock.queries.policies import supply_rules


@in_transaction
def set_cart_manner(*, actor: Actor, seller_id: int, in_parts: bool, warehouse_id: int | None) -> None:
    """Set whether the order may leave in parts, and from which warehouse alone (`None`: from any).

    Raises WarehouseNotServed and what `own_cart` raises.
    """
    cart = own_cart(actor=actor, seller_id=seller_id)
    if warehouse_id is not None and warehouse_id != cart.warehouse_id:
        rules = supply_rules(seller_id=seller_id, entity_id=cart.buyer_entity_id)
        if warehouse_id not in rules.served:
            raise WarehouseNotServed()
    cart.in_parts, cart.warehouse_id = in_parts, warehouse_id
    cart.save(update_fields=["in_parts", "warehouse_id", "updated_at"])


@in_transaction
def set_line_wish(*, actor: Actor, seller_id: int, product_id: int, wished_on: date | None, today: date) -> None:
    """Set the day by which one line is wished (`None`: the cart's day). `today` is the seller's.

    Raises CartLineNotFound, WishedDatePassed, WishedDateTooFar and what `own_cart` raises.
    """
    problem = wished_date_problem(wished_on, today=today)
    if problem:
        raise fault_of(problem.code, **problem.params)
    cart = own_cart(actor=actor, seller_id=seller_id)
    changed = CartLine.objects.visible_to(current()).filter(cart=cart, product_id=product_id)
    if not changed.update(wished_on=wished_on):
        raise CartLineNotFound()
