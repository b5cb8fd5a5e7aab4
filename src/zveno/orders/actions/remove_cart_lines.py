"""Taking lines out of the cart, so that they can be put back."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from zveno.base.scope import current
from zveno.base.tx import in_transaction
from zveno.orders.actions.own_cart import own_cart
from zveno.orders.models import CartLine
from zveno.partners.queries.actors import Actor


@dataclass(frozen=True, slots=True)
class RemovedLine:
    """What was taken out; `restore_cart_lines` puts it back where it was."""

    product_id: int
    quantity: Decimal
    position: int
    wished_on: date | None = None


@in_transaction
def remove_cart_lines(
    *, actor: Actor, seller_id: int, product_ids: Collection[int] | None = None
) -> tuple[RemovedLine, ...]:
    """Remove the lines of these products, or all of them for `None`. Lines that are not there are no error."""
    cart = own_cart(actor=actor, seller_id=seller_id)
    lines = CartLine.objects.visible_to(current()).filter(cart=cart)
    if product_ids is not None:
        lines = lines.filter(product_id__in=product_ids)
    removed = tuple(
        RemovedLine(line.product_id, line.quantity, line.position, line.wished_on)
        for line in lines.order_by("position")
    )
    lines.delete()
    return removed


@in_transaction
def restore_cart_lines(*, actor: Actor, seller_id: int, removed: Sequence[RemovedLine]) -> None:
    """Put removed lines back at their places. A product that was added anew meanwhile stays as it is."""
    cart = own_cart(actor=actor, seller_id=seller_id)
    CartLine.objects.bulk_create(
        [
            CartLine(
                cart=cart,
                buyer_entity_id=cart.buyer_entity_id,
                product_id=line.product_id,
                quantity=line.quantity,
                position=line.position,
                wished_on=line.wished_on,
            )
            for line in removed
        ],
        ignore_conflicts=True,
    )
