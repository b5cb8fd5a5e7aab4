"""The cart a person works on, locked while it changes: first step of every action on carts."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from decimal import Decimal

from django.db.models import Max

from zveno.base.scope import current
from zveno.catalog.queries.orderable import OrderableProduct
from zveno.kit.quantity import LARGEST
from zveno.orders.errors import NoTerms, ProductNotOffered, RoleOrdersNothing, SellerNotFound, TooManyLines, fault_of
from zveno.orders.models import Cart, CartLine
from zveno.orders.rules.lines import MOST_LINES, quantity_problem
from zveno.partners.queries.actors import Actor, TermsValue
from zveno.partners.rules.roles import Right


def terms_to_order(*, actor: Actor, seller_id: int) -> TermsValue:
    """The terms by which the actor's entity orders from the seller.

    Raises RoleOrdersNothing, SellerNotFound (not a seller of this buyer), NoTerms (none for this entity today).
    """
    if Right.ORDERS_PLACE not in actor.rights:
        raise RoleOrdersNothing()
    terms = actor.terms_with(seller_id)
    if terms is None:
        raise NoTerms() if seller_id in actor.scope.sellers else SellerNotFound()
    return terms


def own_cart(*, actor: Actor, seller_id: int) -> Cart:
    """The person's cart for the current entity with the seller, made when missing, its row locked.

    Raises what `terms_to_order` raises.
    """
    terms = terms_to_order(actor=actor, seller_id=seller_id)
    who = {"user_id": actor.user_id, "buyer_entity_id": terms.buyer_entity_id, "seller_id": seller_id}
    carts = Cart.objects.visible_to(current()).select_for_update().filter(**who)
    found = carts.first()
    if found is None:
        Cart.objects.bulk_create([Cart(placing_key=uuid.uuid4(), **who)], ignore_conflicts=True)
        found = carts.get()
    return found


def check_quantity(product: OrderableProduct, quantity: Decimal, *, place: str = "") -> None:
    """Raise the fault that stops `quantity` of `product` from being ordered, if there is one."""
    if not product.is_offered:
        raise ProductNotOffered(place=place, code=product.code, name=product.name)
    problem = quantity_problem(quantity, product.pack_quantity)
    if problem:
        raise fault_of(problem.code, place=place, product=product.code or product.name, **problem.params)


def put_into(cart: Cart, quantities: Mapping[int, Decimal]) -> None:
    """Add quantities by product id to a locked cart, new products at the end. Three SQL statements.

    Raises TooManyLines, QuantityTooLarge.
    """
    lines = CartLine.objects.visible_to(current()).filter(cart=cart)
    present = {line.product_id: line for line in lines.filter(product_id__in=quantities)}
    last = lines.aggregate(last=Max("position"))["last"] or 0
    new = [key for key in quantities if key not in present]
    if last + len(new) > MOST_LINES:
        raise TooManyLines(most=MOST_LINES)
    rows = [_raised(line, quantities[line.product_id]) for line in present.values()]
    rows += [
        CartLine(
            cart=cart,
            buyer_entity_id=cart.buyer_entity_id,
            product_id=key,
            quantity=quantities[key],
            position=last + offset,
        )
        for offset, key in enumerate(new, 1)
    ]
    CartLine.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["cart", "product"], update_fields=["quantity"]
    )


def _raised(line: CartLine, by: Decimal) -> CartLine:
    line.quantity += by
    if line.quantity > LARGEST:
        raise fault_of("quantity_too_large", largest=str(LARGEST))
    line.pk = None
    return line
