"""The choice of a cart, or of a program's call, goes with the order; the entity's next cart begins with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from zveno.base.scope import current
from zveno.base.tx import in_transaction
from zveno.delivery.actions.choose_delivery import check_pick
from zveno.delivery.errors import AddressNotFound
from zveno.delivery.models import CartDelivery, DeliveryHabit, OrderDelivery
from zveno.delivery.queries.addresses import AddressValue, address_with, addresses_of
from zveno.delivery.queries.choices import cart_choice
from zveno.delivery.rules.segments import Pick, Way


@dataclass(frozen=True, slots=True)
class DeliveryWish:
    """How a program wants an order brought. What it leaves out is as usual for the entity."""

    address_id: int | None = None
    in_parts: bool | None = None
    picks: Mapping[int, Pick] = field(default_factory=dict)
    usual: Pick | None = None


@in_transaction
def take_delivery(
    *,
    order_id: int,
    seller_id: int,
    company_id: int,
    entity_id: int,
    user_id: int,
    currency: str,
    wish: DeliveryWish | None = None,
) -> None:
    """Keep with the order where and how it is to be brought: by `wish`, else by the person's cart, which is emptied.

    Raises AddressNotFound, PickUnknown.
    """
    choice = cart_choice(user_id=user_id, entity_id=entity_id, seller_id=seller_id)
    address, in_parts, picks, usual = choice.address, choice.in_parts, dict(choice.picks), choice.usual
    if wish is not None:
        address = check_wish(wish, seller_id=seller_id, entity_id=entity_id) or _usual_address(entity_id)
        in_parts = bool(wish.in_parts)
        picks, usual = dict(wish.picks), wish.usual or Pick()
    for_all = picks.pop(0, None)
    usual = for_all or usual
    OrderDelivery.objects.create(
        order_id=order_id,
        seller_id=seller_id,
        buyer_company_id=company_id,
        buyer_entity_id=entity_id,
        address_id=address.id if address else None,
        place_id=address.place.id if address else None,
        address_text=address.text[:700] if address else "",
        contact=address.person[:250] if address else "",
        in_parts=in_parts,
        picks={"0": usual.to_text(), **{str(key): pick.to_text() for key, pick in picks.items()}},
        currency=currency,
    )
    if wish is None:
        remember(seller_id, entity_id, address, in_parts, usual, picks)
        CartDelivery.objects.visible_to(current()).filter(
            user_id=user_id, buyer_entity_id=entity_id, seller_id=seller_id
        ).delete()


@in_transaction
def take_usual_delivery(*, order_id: int, seller_id: int, company_id: int, entity_id: int, currency: str) -> bool:
    """For an order that came without a word of delivery: as usual for its entity; whether the order has it then.

    An entity that has no address yet gets none. The work of the system.
    """
    if OrderDelivery.objects.visible_to(current()).filter(order_id=order_id).exists():
        return True
    choice = cart_choice(user_id=0, entity_id=entity_id, seller_id=seller_id)
    if choice.address is None:
        return False
    told = {"0": choice.usual.to_text(), **{str(key): pick.to_text() for key, pick in choice.picks.items()}}
    OrderDelivery.objects.bulk_create(
        [
            OrderDelivery(
                order_id=order_id,
                seller_id=seller_id,
                buyer_company_id=company_id,
                buyer_entity_id=entity_id,
                address_id=choice.address.id,
                place_id=choice.address.place.id,
                address_text=choice.address.text[:700],
                contact=choice.address.person[:250],
                in_parts=choice.in_parts,
                picks=told,
                currency=currency,
            )
        ],
        ignore_conflicts=True,
    )
    return True


def check_wish(wish: DeliveryWish, *, seller_id: int, entity_id: int) -> AddressValue | None:
    """The address that is wished for, if one is. Raises AddressNotFound, PickUnknown."""
    for pick in (*wish.picks.values(), wish.usual):
        check_pick(seller_id, pick)
    if wish.address_id is None:
        return None
    address = address_with(address_id=wish.address_id)
    if address is None or address.entity_id != entity_id:
        raise AddressNotFound()
    return address


def _usual_address(entity_id: int) -> AddressValue | None:
    return next(iter(addresses_of(entity_ids=[entity_id])), None)


def remember(
    seller_id: int,
    entity_id: int,
    address: AddressValue | None,
    in_parts: bool,
    usual: Pick,
    picks: Mapping[int, Pick],
) -> None:
    """Let the entity's next cart begin so."""
    told = {
        "address_id": address.id if address else None,
        "in_parts": in_parts,
        "pick": usual.to_text(),
        # By name only where nobody was named for all.
        "picks": {} if usual.way is Way.NAMED else {str(key): pick.to_text() for key, pick in picks.items()},
    }
    DeliveryHabit.objects.bulk_create(
        [DeliveryHabit(buyer_entity_id=entity_id, seller_id=seller_id, **told)],
        update_conflicts=True,
        unique_fields=["buyer_entity", "seller"],
        update_fields=["address", "in_parts", "pick", "picks"],
    )
