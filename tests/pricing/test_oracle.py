"""The price that is decided equals one worked out slowly and obviously, in random worlds."""

from __future__ import annotations

import random
from decimal import Decimal
from fractions import Fraction

import pytest
from tests.pricing import oracle, worlds

from zveno.pricing.rules.deciding import decide, decide_order

QUANTITIES = (1, 4, 5, 9, 10, 12, 49, 50, 99, 100, 250)


def compare(seed: int) -> None:
    dice = random.Random(seed)
    made = worlds.world(dice, products=dice.choice((1, 1, 1, 4)))
    book = worlds.book_of(made)
    lines = [(number, dice.choice(QUANTITIES)) for number in range(len(made["products"]))]
    goods = [(worlds.goods_of(made, number), Decimal(quantity)) for number, quantity in lines]
    ought = oracle.price_of_order(made, [(made["products"][number], quantity) for number, quantity in lines])
    found = [(Fraction(q.price), q.currency) if q else None for q in decide_order(book, goods)]
    assert found == ought, seed
    number, quantity = lines[0]
    alone = decide(book, goods[0][0], Decimal(quantity))
    expected = oracle.price_of(made, made["products"][number], quantity)
    assert ((Fraction(alone.price), alone.currency) if alone else None) == expected, seed


def test_two_thousand_random_cases_equal_the_oracle() -> None:
    for seed in range(2_000):
        compare(seed)


@pytest.mark.slow
@pytest.mark.parametrize("part", range(10))
def test_a_hundred_thousand_random_cases_equal_the_oracle(part: int) -> None:
    first = 1_000_000 + part * 10_000
    for seed in range(first, first + 10_000):
        compare(seed)
