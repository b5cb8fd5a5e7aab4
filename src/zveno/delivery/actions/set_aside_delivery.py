"""The choice of a cart, or of a program's call, kept for an order that comes later."""

from __future__ import annotations

from zveno.base.scope import current
from zveno.base.tx import in_transaction
from zveno.delivery.actions.take_delivery import DeliveryWish, check_wish, remember
from zveno.delivery.models import CartDelivery
from zveno.delivery.queries.choices import cart_choice


@in_transaction
def set_aside_delivery(
    *, seller_id: int, entity_id: int, user_id: int, wish: DeliveryWish | None = None
) -> DeliveryWish:
    """What `take_delivery` would keep with an order placed now: by `wish`, else by the person's cart, which is emptied.

    Raises AddressNotFound, PickUnknown.
    """
    if wish is not None:
        check_wish(wish, seller_id=seller_id, entity_id=entity_id)
        return wish
    choice = cart_choice(user_id=user_id, entity_id=entity_id, seller_id=seller_id)
    picks = dict(choice.picks)
    usual = picks.pop(0, None) or choice.usual
    remember(seller_id, entity_id, choice.address, choice.in_parts, usual, picks)
    CartDelivery.objects.visible_to(current()).filter(
        user_id=user_id, buyer_entity_id=entity_id, seller_id=seller_id
    ).delete()
    return DeliveryWish(
        address_id=choice.address.id if choice.address else None,
        in_parts=choice.in_parts,
        picks=picks,
        usual=usual,
    )
