"""Choosing in the cart: where to, all together or in parts, and who carries from each warehouse (O25)."""

from __future__ import annotations

from zveno.base.scope import current
from zveno.base.tx import in_transaction
from zveno.delivery.errors import AddressNotFound, PickUnknown
from zveno.delivery.models import Carrier, CartDelivery
from zveno.delivery.queries.addresses import address_with
from zveno.delivery.queries.choices import cart_choice
from zveno.delivery.rules.segments import Pick, Way


@in_transaction
def choose_delivery(
    *,
    user_id: int,
    entity_id: int,
    seller_id: int,
    address_id: int | None = None,
    in_parts: bool | None = None,
    warehouse_id: int | None = None,
    pick: Pick | None = None,
) -> None:
    """Keep what is told of the person's cart; what is `None` stays. A pick without a warehouse is for all of them.

    Raises AddressNotFound (none of this entity), PickUnknown (no carrier of this seller).
    """
    check_pick(seller_id, pick)
    if address_id is not None:
        address = address_with(address_id=address_id)
        if address is None or address.entity_id != entity_id:
            raise AddressNotFound()
    row = _locked(user_id, entity_id, seller_id)
    if address_id is not None:
        row.address_id = address_id
    if in_parts is not None:
        row.in_parts = in_parts
    if pick is not None:
        known = row.picks if warehouse_id is not None else {}
        row.picks = {**known, str(warehouse_id or 0): pick.to_text()}
    row.save()


def check_pick(seller_id: int, pick: Pick | None) -> None:
    """Raise PickUnknown for a carrier that is not the seller's, or not in use."""
    if pick is None or pick.way is not Way.NAMED:
        return
    carriers = Carrier.objects.visible_to(current()).filter(
        pk=pick.carrier_id or 0, seller_id=seller_id, is_active=True
    )
    if not carriers.exists():
        raise PickUnknown(pick=str(pick.carrier_id))


def _locked(user_id: int, entity_id: int, seller_id: int) -> CartDelivery:
    who = {"user_id": user_id, "buyer_entity_id": entity_id, "seller_id": seller_id}
    rows = CartDelivery.objects.visible_to(current()).select_for_update().filter(**who)
    found = rows.first()
    if found is None:
        # It begins as the cart was shown: by the entity's habit.
        choice = cart_choice(user_id=user_id, entity_id=entity_id, seller_id=seller_id)
        CartDelivery.objects.bulk_create([CartDelivery(in_parts=choice.in_parts, **who)], ignore_conflicts=True)
        found = rows.get()
    return found
