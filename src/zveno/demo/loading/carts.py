"""Carts that people of the demo dealer left half filled."""

from __future__ import annotations

import uuid
from datetime import timedelta

from zveno.demo.loading.bulk import copy_rows
from zveno.demo.rules.assortment import GOLDEN
from zveno.demo.rules.parties import DISTRIBUTORS, FIRST_DEALER, SALES_HOUSE
from zveno.demo.rules.supply import GOLDEN_IN_DAYS
from zveno.demo.world import World

GOLDEN_WANTED = 100


def load(world: World) -> None:
    """The buyer's cart with the golden case, another with the distributor, and one of the head."""
    entity = next(e.id for e in world.entities if e.company == FIRST_DEALER and e.is_default)
    people = {person.email: person.id for person in world.people}
    wished_on = world.today + timedelta(days=GOLDEN_IN_DAYS + 2)
    carts = (
        (1, SALES_HOUSE, people["buyer"], wished_on, 11),
        (2, DISTRIBUTORS[0], people["buyer"], None, 4),
        (3, SALES_HOUSE, people["dealer"], world.today + timedelta(days=8), 6),
    )
    copy_rows(
        "orders.Cart",
        ("id", "seller_id", "buyer_entity_id", "user_id", "wished_on", "placing_key", "updated_at"),
        (
            (at, seller, entity, user, wished, uuid.uuid5(uuid.NAMESPACE_URL, f"cart/{world.seed}/{at}"), world.now)
            for at, seller, user, wished, _ in carts
        ),
    )
    rows = []
    for at, seller, _, _, count in carts:
        goods = [good for good in world.offered[seller] if good.id != GOLDEN]
        step = max(len(goods) // (count + 1), 1)
        if at == 1:
            rows.append((at, entity, GOLDEN, GOLDEN_WANTED, 1))
        for position, good in enumerate(goods[step::step][:count], 2):
            rows.append((at, entity, good.id, good.family.pack * (1 + position % 3), position))
    copy_rows("orders.CartLine", ("cart_id", "buyer_entity_id", "product_id", "quantity", "position"), rows)
