"""What lies in the warehouses and what is on its way."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from zveno.demo.rules import seasons
from zveno.demo.rules.assortment import GOLDEN
from zveno.demo.rules.parties import DISTRIBUTORS, SALES_HOUSE
from zveno.demo.rules.products import Good

GOLDEN_SHELF, GOLDEN_ARRIVING, GOLDEN_IN_DAYS = 50, 70, 21


@dataclass(frozen=True, slots=True)
class House:
    """A warehouse: whose, what it is called, in which town (a region's code).

    With `served` districts it ships to their buyers alone; all others see in words how much lies there.
    """

    id: int
    seller: int
    name: str
    town: str
    served: tuple[str, ...] = ()


HOUSES = (
    House(1, SALES_HOUSE, "Центральный склад", "RU-50-01"),
    House(2, SALES_HOUSE, "Склад «Урал»", "RU-66-01", ("RU-VFD", "RU-UFD", "RU-SIB", "RU-FED")),
    House(3, DISTRIBUTORS[0], "Склад «Парнас»", "RU-78"),
    House(4, DISTRIBUTORS[1], "Склад «Волга»", "RU-63-01"),
    House(5, DISTRIBUTORS[2], "Склад «Миасс»", "RU-74-01"),
    House(6, DISTRIBUTORS[3], "Склад «Обь»", "RU-54-01"),
)


@dataclass(frozen=True, slots=True)
class Shelf:
    """A quantity of a product that lies in a warehouse."""

    id: int
    house: House
    good: Good
    on_hand: int


@dataclass(frozen=True, slots=True)
class Coming:
    """A quantity of a product due in a warehouse."""

    id: int
    house: House
    good: Good
    quantity: int
    due_on: date
    number: str
    confidence: str = "confirmed"


def shelves(offered: dict[int, Sequence[Good]], *, seed: int) -> list[Shelf]:
    """What lies on the shelves: most goods, some gone, some stuck; the golden product where its case wants it."""
    found: list[Shelf] = []
    for house in HOUSES:
        chance = random.Random(f"{seed}:shelf:{house.id}")  # noqa: S311 - a made-up world
        for good in offered[house.seller]:
            if good.id == GOLDEN:
                if house.id == 1:
                    found.append(Shelf(len(found) + 1, house, good, GOLDEN_SHELF))
                continue
            on_hand = _on_hand(house, good, chance)
            if on_hand is not None:
                found.append(Shelf(len(found) + 1, house, good, on_hand))
    return found


def _on_hand(house: House, good: Good, chance: random.Random) -> int | None:
    luck = chance.random()
    if house.id == 2 and luck < 0.35:
        return None
    family = good.family
    if house.seller == DISTRIBUTORS[3] and family.code in seasons.DEFICIT_FAMILIES:
        return 0
    usual = {1: 14, 2: 6}.get(house.id, 4) * max(1, round(4000 / float(good.retail + 60)))
    if house.seller == DISTRIBUTORS[2] and family.code in seasons.STUCK_FAMILIES:
        return round(usual * 9 * chance.uniform(0.8, 1.4)) * max(family.pack // 4, 1)
    if luck > 0.93:
        return 0
    quantity = round(usual * chance.lognormvariate(0, 0.7))
    return max(1, round(quantity / family.pack)) * family.pack


_LORRIES = ((4, "confirmed"), (9, "confirmed"), (15, "confirmed"), (24, "planned"), (38, "produced"))


def arrivals(offered: dict[int, Sequence[Good]], *, today: date, seed: int) -> list[Coming]:
    """What is on its way: containers for the sales house, a lorry for each distributor, and the golden arrival."""
    found: list[Coming] = []
    for house in HOUSES:
        chance = random.Random(f"{seed}:arrivals:{house.id}")  # noqa: S311 - a made-up world
        share = 0.22 if house.id == 1 else 0.1
        lorries = [
            (today + timedelta(days=days), number, sureness) for number, (days, sureness) in enumerate(_LORRIES, 1)
        ]
        for good in offered[house.seller]:
            if good.id == GOLDEN or chance.random() > share:
                continue
            due_on, number, sureness = chance.choice(lorries)
            quantity = max(2, round(12_000 / float(good.retail + 90))) * good.family.pack
            paper = f"ПСТ-{house.id}{number:02d}/{due_on:%m}"
            found.append(Coming(len(found) + 1, house, good, min(quantity, 5000), due_on, paper, sureness))
    golden = offered[SALES_HOUSE][GOLDEN - 1]
    due_on = today + timedelta(days=GOLDEN_IN_DAYS)
    found.append(Coming(len(found) + 1, HOUSES[0], golden, GOLDEN_ARRIVING, due_on, f"ПСТ-190/{due_on:%m}"))
    return found
