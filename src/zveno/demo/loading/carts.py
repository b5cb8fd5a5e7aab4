"""Carts that people of the demo dealer left half filled."""

from __future__ import annotations

import uuid
from datetime import timedelta

from zveno.demo.loading.bulk import copy_rows
from zveno.demo.rules.assortment import GOLDEN
from zveno.demo.rules.parties import DISTRIBUTORS, SALES_HOUSE
from zveno.demo.rules.supply import GOLDEN_IN_DAYS
from zveno.demo.world import World

GOLDEN_WANTED = 100


def load(world: World) -> None:
    """The buyer's cart with the golden case, another with the distributor, and those of three heads."""
    people = {person.email: person for person in world.people}
    golden_on = world.today + timedelta(days=GOLDEN_IN_DAYS + 2)
    soon = world.today + timedelta(days=8)
    carts = (
        (1, SALES_HOUSE, people["buyer"], golden_on, 11),
        (2, DISTRIBUTORS[0], people["buyer"], None, 4),
        (3, SALES_HOUSE, people["dealer"], soon, 6),
        (4, SALES_HOUSE, people["distributor"], soon, 24),
        (5, DISTRIBUTORS[1], people["stranger"], None, 5),
    )
    main = {entity.company: entity.id for entity in world.entities if entity.is_default}
    copy_rows(
        "orders.Cart",
        ("id", "seller_id", "buyer_entity_id", "user_id", "wished_on", "placing_key", "updated_at"),
        (
            (at, seller, main[who.company], who.id, wished, _key(world, at), world.now)
            for at, seller, who, wished, _ in carts
        ),
    )
    rows: list[tuple[int, int, int, int, int]] = []
    for at, seller, who, _, count in carts:
        goods = [good for good in world.offered[seller] if good.id != GOLDEN]
        step = max(len(goods) // (count + 1), 1)
        if at == 1:
            rows.append((at, main[who.company], GOLDEN, GOLDEN_WANTED, 1))
        for position, good in enumerate(goods[step::step][:count], 2):
            rows.append((at, main[who.company], good.id, good.family.pack * (1 + position % 3), position))
    copy_rows("orders.CartLine", ("cart_id", "buyer_entity_id", "product_id", "quantity", "position"), rows)


def _key(world: World, at: int) -> uuid.UUID:
    return uuid.uuid5(uuid.NAMESPACE_URL, f"cart/{world.seed}/{at}")
