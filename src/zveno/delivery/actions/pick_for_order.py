"""Another carrier, or another address, for an order that was placed already."""

from __future__ import annotations

from zveno.base.scope import current
from zveno.base.tx import in_transaction
from zveno.delivery.actions.choose_delivery import check_pick
from zveno.delivery.errors import SegmentNotFound
from zveno.delivery.models import OrderDelivery
from zveno.delivery.rules.segments import Pick


@in_transaction
def pick_for_order(*, order_id: int, warehouse_id: int, pick: Pick) -> None:
    """Keep another pick for what leaves a warehouse; the plan follows by the caller.

    That the asker may change the order, the caller has seen. Raises SegmentNotFound, PickUnknown.
    """
    rows = OrderDelivery.objects.visible_to(current()).select_for_update(of=("self",))
    row = rows.filter(order_id=order_id).first()
    if row is None:
        raise SegmentNotFound()
    check_pick(row.seller_id, pick)
    row.picks = {**row.picks, str(warehouse_id): pick.to_text()}
    row.save(update_fields=["picks"])
