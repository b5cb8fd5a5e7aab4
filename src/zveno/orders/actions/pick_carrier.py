"""Another carrier for a part of an order that was placed already: by its buyer, or by the seller's manager."""

from __future__ import annotations

from datetime import datetime

from zveno.base.audit import record
from zveno.base.events import publish
from zveno.base.tx import in_transaction
from zveno.delivery.actions.pick_for_order import pick_for_order
from zveno.delivery.rules.segments import Pick
from zveno.orders.actions.history import tell
from zveno.orders.actions.locked_order import locked_order, locked_own_order
from zveno.orders.errors import OrderTooFarOn
from zveno.orders.events import SupplyHeld
from zveno.orders.rules.editing import CANCELLABLE
from zveno.orders.rules.states import OrderState
from zveno.partners.queries.actors import Actor

_AS_SELLER = CANCELLABLE | {OrderState.IN_WORK}


@in_transaction
def pick_carrier(*, actor: Actor, order_id: int, warehouse_id: int, pick: Pick, as_seller: bool, now: datetime) -> None:
    """Keep the pick and let the delivery be planned anew.

    Raises OrderNotFound, NotYourOrder, OrderTooFarOn, SegmentNotFound, PickUnknown.
    """
    order = locked_order(order_id) if as_seller else locked_own_order(actor=actor, order_id=order_id)
    if OrderState(order.state) not in (_AS_SELLER if as_seller else CANCELLABLE):
        raise OrderTooFarOn(number=order.number, state=order.state)
    pick_for_order(order_id=order_id, warehouse_id=warehouse_id, pick=pick)
    tell(order, "carrier_picked", now=now)
    record(
        action="carrier_picked",
        subject=order,
        now=now,
        company_id=order.buyer_company_id,
        seller_id=order.seller_id,
        number=order.number,
        pick=pick.to_text(),
    )
    publish(SupplyHeld(order_id=order.pk))
