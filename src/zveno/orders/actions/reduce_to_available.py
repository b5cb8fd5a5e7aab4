"""The manager cuts an order down to what supply covers, and confirms it."""

from __future__ import annotations

from datetime import datetime

from zveno.base.tx import in_transaction
from zveno.catalog.queries.orderable import products_for_order
from zveno.orders.actions.confirm_as_is import confirm_by_manager, order_to_decide
from zveno.orders.actions.cut_lines import cut_lines, in_time
from zveno.orders.actions.history import tell
from zveno.orders.actions.hold_supply import hold_supply, latest_promise, open_lines
from zveno.orders.actions.settle_promise import settle_promise
from zveno.orders.errors import NotEnoughSupply


@in_transaction
def reduce_to_available(*, order_id: int, now: datetime) -> None:
    """Reduce each line to the whole packs that are covered in time; a line of which nothing is covered is cancelled.

    Raises OrderNotFound, OrderTooFarOn, NotEnoughSupply (nothing would be left: reject instead), PriceMissing.
    """
    order = order_to_decide(order_id)
    lines = open_lines(order)
    ids = {line.product_id for line in lines if line.product_id is not None}
    products = products_for_order(product_ids=ids, seller_id=order.seller_id)
    left = in_time(order, lines, {key: one.pack_quantity for key, one in products.items()}, now)
    if not any(left.values()):
        raise NotEnoughSupply(number=order.number, lines=", ".join(line.code or line.name for line in lines))
    told = cut_lines(order, {line: left[line.pk] for line in lines if line.product_id is not None}, now=now)
    tell(order, "reduced", now=now, lines=told, total=str(order.total), currency=order.currency)
    kept = [line for line in lines if line.cancelled_at is None]
    settle_promise(order, kept, hold_supply(order, {}, days={}, now=now), now=now)
    confirm_by_manager(order, kept, promised_on=order.wished_on or latest_promise(kept), now=now, how="reduced")
