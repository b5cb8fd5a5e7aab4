"""The manager cuts an order down to what supply covers, and confirms it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from zveno.base.scope import current
from zveno.base.tx import in_transaction
from zveno.catalog.queries.orderable import products_for_order
from zveno.orders.actions.confirm_as_is import confirm_by_manager, order_to_decide
from zveno.orders.actions.history import tell
from zveno.orders.actions.hold_supply import hold_supply, open_lines
from zveno.orders.errors import NotEnoughSupply
from zveno.orders.models import Order, OrderLine
from zveno.orders.rules.lines import line_total, order_total
from zveno.stock.actions.release_reservations import release_reservations


@in_transaction
def reduce_to_available(*, order_id: int, now: datetime) -> None:
    """Reduce each line to the whole packs that are covered; a line of which nothing is covered is cancelled.

    Raises OrderNotFound, OrderTooFarOn, NotEnoughSupply (nothing would be left: reject instead), PriceMissing.
    """
    order = order_to_decide(order_id)
    lines = open_lines(order)
    left = _covered_packs(order, lines)
    if not any(left.values()):
        raise NotEnoughSupply(number=order.number, lines=", ".join(line.code or line.name for line in lines))
    cut = [line for line in lines if left[line.pk] < line.quantity]
    told = [
        {"code": line.code, "name": line.name, "from": str(line.quantity), "to": str(left[line.pk])} for line in cut
    ]
    _cut(order, cut, left, now)
    kept = [line for line in lines if line.cancelled_at is None]
    order.total, order.line_count = order_total(line.total for line in kept), len(kept)
    tell(order, "reduced", now=now, lines=told, total=str(order.total), currency=order.currency)
    confirm_by_manager(order, kept, promised_on=order.wished_on, now=now, how="reduced")


def _covered_packs(order: Order, lines: Sequence[OrderLine]) -> dict[int, Decimal]:
    ids = {line.product_id for line in lines if line.product_id is not None}
    products = products_for_order(product_ids=ids, seller_id=order.seller_id)
    found = {}
    for line in lines:
        covered = line.quantity - line.uncovered
        product = products.get(line.product_id or 0)
        pack = product.pack_quantity if product else Decimal(0)
        found[line.pk] = covered // pack * pack if pack > 0 and line.uncovered else covered
    return found


def _cut(order: Order, cut: Sequence[OrderLine], left: dict[int, Decimal], now: datetime) -> None:
    """Give back what the cut lines hold and hold what is left of them; under the same locks they get the same goods."""
    release_reservations(order_id=order.pk, seller_id=order.seller_id, now=now, line_ids=[line.pk for line in cut])
    for line in cut:
        line.promise = []
        if left[line.pk]:
            line.quantity = line.uncovered = left[line.pk]
            line.total = line_total(line.price, line.quantity, order.currency)
        else:
            line.cancelled_at, line.uncovered = now, Decimal(0)
    OrderLine.objects.visible_to(current()).bulk_update(
        cut, ["quantity", "total", "cancelled_at", "promise", "uncovered"], batch_size=500
    )
    hold_supply(order, [line for line in cut if line.cancelled_at is None], wished_on=order.wished_on, now=now)
