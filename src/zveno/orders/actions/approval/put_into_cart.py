"""The lines of a requisition that came to nothing go into the cart again."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal

from zveno.base.scope import current
from zveno.base.tx import in_transaction
from zveno.catalog.queries.orderable import products_for_order
from zveno.orders.actions.approval.moving import lines_of
from zveno.orders.actions.own_cart import own_cart, put_into
from zveno.orders.actions.repeat_order import Repeated
from zveno.orders.errors import RequisitionNotFound
from zveno.orders.models import Requisition
from zveno.orders.rules.lines import line_problem
from zveno.partners.queries.actors import Actor


@in_transaction
def put_into_cart(*, actor: Actor, requisition_id: int) -> Repeated:
    """Add its lines, as they were asked for, to the person's own cart for the current entity, at today's prices.

    Raises RequisitionNotFound and what `own_cart` raises.
    """
    requisition = Requisition.objects.visible_to(current()).filter(pk=requisition_id).first()
    if requisition is None:
        raise RequisitionNotFound()
    cart = own_cart(actor=actor, seller_id=requisition.seller_id)
    lines = lines_of(requisition)
    products = products_for_order(product_ids={line.product_id for line in lines}, seller_id=requisition.seller_id)
    quantities: defaultdict[int, Decimal] = defaultdict(Decimal)
    left_out = []
    for line in lines:
        product = products.get(line.product_id)
        if product is None or line_problem(
            line.asked_quantity, pack_quantity=product.pack_quantity, is_offered=product.is_offered
        ):
            left_out.append(line.name)
        else:
            quantities[product.id] += line.asked_quantity
    put_into(cart, quantities)
    return Repeated(requisition.seller_id, len(quantities), tuple(left_out))
