"""What lines would be promised now, without ordering them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from zveno.catalog.queries.orderable import products_for_order
from zveno.orders.rules.wishes import OrderedLine, Wishes
from zveno.stock.queries.supply import supply_of
from zveno.stock.rules.promise import promise
from zveno.stock.rules.values import Manner, Plan, Wanted


def promise_asked(*, seller_id: int, entity_id: int, lines: Sequence[OrderedLine], wishes: Wishes, today: date) -> Plan:
    """The promise that an order of these lines would get, by the same rule; nothing is held. Two SQL statements."""
    ids = {line.product_id for line in lines}
    supply = supply_of(product_ids=ids, sellers=[seller_id], today=today, entity_id=entity_id)
    products = products_for_order(product_ids=ids, seller_id=seller_id)
    wanted = [
        Wanted(
            key=at,
            product_id=line.product_id,
            quantity=line.quantity,
            wished_on=wishes.day_of(line),
            pack=products[line.product_id].pack_quantity if line.product_id in products else Decimal(0),
        )
        for at, line in enumerate(lines)
    ]
    costs = {key: cost for each in supply.values() for key, cost in each.costs.items()}
    here = [one for each in supply.values() for one in each.supplies if wishes.warehouse_id in (None, one.warehouse_id)]
    return promise(wanted, here, today=today, manner=Manner(in_parts=wishes.in_parts, costs=costs))
