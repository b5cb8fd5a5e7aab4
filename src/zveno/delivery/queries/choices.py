"""How a cart is to be brought: what was chosen in it, else how the entity had its last order brought."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from zveno.base.scope import current
from zveno.delivery.models import CartDelivery, DeliveryHabit
from zveno.delivery.queries.addresses import AddressValue, addresses_of
from zveno.delivery.rules.segments import Pick, pick_of


@dataclass(frozen=True, slots=True)
class Choice:
    """Where to, how, by whom. `addresses` are those to choose from; `usual` is the pick for warehouses not named."""

    address: AddressValue | None = None
    addresses: tuple[AddressValue, ...] = ()
    in_parts: bool = False
    picks: Mapping[int, Pick] = field(default_factory=dict)
    usual: Pick = Pick()  # noqa: RUF009 - a frozen value


def cart_choice(*, user_id: int, entity_id: int, seller_id: int) -> Choice:
    """The choice of the person's cart. Three SQL statements."""
    addresses = tuple(addresses_of(entity_ids=[entity_id]))
    own = {"buyer_entity_id": entity_id, "seller_id": seller_id}
    habit = DeliveryHabit.objects.visible_to(current()).filter(**own).first()
    cart = CartDelivery.objects.visible_to(current()).filter(user_id=user_id, **own).first()
    picks = {**(habit.picks if habit else {}), **(cart.picks if cart else {})}
    wanted = [cart.address_id if cart else None, habit.address_id if habit else None]
    by_id = {address.id: address for address in addresses}
    chosen = next((by_id[id_] for id_ in wanted if id_ in by_id), addresses[0] if addresses else None)
    told = cart or habit
    return Choice(
        address=chosen,
        addresses=addresses,
        in_parts=told.in_parts if told else False,
        picks=read_picks(picks),
        usual=pick_of(habit.pick) if habit else Pick(),
    )


def read_picks(kept: Mapping[str, str]) -> dict[int, Pick]:
    """Picks as they are kept, by warehouse."""
    return {int(key): pick_of(str(word)) for key, word in kept.items() if key.isdigit()}
