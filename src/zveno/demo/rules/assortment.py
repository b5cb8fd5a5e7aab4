"""What each seller offers: the sales house everything, a distributor its part."""

from __future__ import annotations

import random
from collections.abc import Sequence

from zveno.demo.rules.parties import DISTRIBUTORS, SALES_HOUSE
from zveno.demo.rules.products import Good

# The product of the golden case: 50 on the shelf, 70 arriving, in one warehouse only.
GOLDEN = 1


def offered(goods: Sequence[Good], *, seed: int) -> dict[int, Sequence[Good]]:
    """Seller → the products it lists, by id."""
    found: dict[int, Sequence[Good]] = {SALES_HOUSE: goods}
    for distributor in DISTRIBUTORS:
        chance = random.Random(f"{seed}:assortment:{distributor}")  # noqa: S311 - a made-up world
        found[distributor] = [good for good in goods if chance.random() < 0.35 + min(good.popularity, 4) / 6]
    return found
