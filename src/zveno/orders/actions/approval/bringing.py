"""How a requisition is to be brought: chosen when it is sent, carried out when it becomes an order."""

from __future__ import annotations

from typing import Any

from zveno.delivery.actions.set_aside_delivery import set_aside_delivery
from zveno.delivery.actions.take_delivery import DeliveryWish
from zveno.delivery.queries.choices import read_picks
from zveno.delivery.rules.segments import pick_of


def set_aside(
    *, source: str, seller_id: int, entity_id: int, user_id: int, wish: DeliveryWish | None
) -> dict[str, Any] | None:
    """The wish as plain values; `None` for a program that says nothing of delivery. Raises what `set_aside_delivery`
    raises.
    """
    if wish is None and source != "portal":
        return None
    kept = set_aside_delivery(seller_id=seller_id, entity_id=entity_id, user_id=user_id, wish=wish)
    return {
        "address_id": kept.address_id,
        "in_parts": kept.in_parts,
        "picks": {str(key): pick.to_text() for key, pick in kept.picks.items()},
        "usual": kept.usual.to_text() if kept.usual else None,
    }


def wish_kept(kept: dict[str, Any] | None) -> DeliveryWish | None:
    """The wish as `set_aside` told it."""
    if kept is None:
        return None
    return DeliveryWish(
        address_id=kept["address_id"],
        in_parts=kept["in_parts"],
        picks=read_picks(kept["picks"]),
        usual=pick_of(kept["usual"]) if kept["usual"] else None,
    )
