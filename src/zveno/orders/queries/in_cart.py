"""What lies in a person's carts, in a figure or two: for the top of each page and for lists of products."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal

from zveno.base.scope import current
from zveno.orders.models import CartLine


def quantities_in_carts(*, user_id: int, entity_id: int) -> dict[int, dict[int, Decimal]]:
    """Seller → product → quantity of what the person gathers for the entity. One statement."""
    found: defaultdict[int, dict[int, Decimal]] = defaultdict(dict)
    lines = CartLine.objects.visible_to(current()).filter(cart__user_id=user_id, buyer_entity_id=entity_id)
    for seller_id, product_id, quantity in lines.values_list("cart__seller_id", "product_id", "quantity"):
        found[seller_id][product_id] = quantity
    return dict(found)
