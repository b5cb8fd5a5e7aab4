"""Who gives way when a supply shrinks."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zveno.stock.rules.giving_way import Held, losses

D = Decimal
DAY, PLACED = date(2026, 4, 17), datetime(2026, 4, 10, 9)


def held(id: int, quantity: int, *, days: int = 0, minutes: int = 0, pack: int = 0) -> Held:
    return Held(id, D(quantity), DAY + timedelta(days=days), PLACED + timedelta(minutes=minutes), D(pack))


@pytest.mark.parametrize(
    ("case", "known", "available", "expected"),
    [
        ("everything fits", [held(1, 5), held(2, 5)], 10, {}),
        ("who needs it later loses", [held(1, 5, days=1), held(2, 5)], 7, {1: D(3)}),
        ("of one day, who ordered later", [held(1, 5, minutes=9), held(2, 5)], 7, {1: D(3)}),
        ("of one moment, the later row", [held(1, 5), held(2, 5)], 7, {2: D(3)}),
        ("the next one when the first is not enough", [held(1, 5, days=1), held(2, 5)], 3, {1: D(5), 2: D(2)}),
        ("nothing is left", [held(1, 5), held(2, 5)], 0, {1: D(5), 2: D(5)}),
        ("less than nothing is left", [held(1, 5)], -3, {1: D(5)}),
        ("whole packs", [held(1, 12, days=1, pack=6), held(2, 5)], 16, {1: D(6)}),
        ("pieces, where it held no whole packs", [held(1, 10, pack=6)], 9, {1: D(1)}),
        ("no more than it has", [held(1, 6, days=1, pack=6), held(2, 5)], 4, {1: D(6), 2: D(1)}),
    ],
)
def test_who_loses_how_much(case: str, known: list[Held], available: int, expected: dict[int, Decimal]) -> None:
    assert losses(known, D(available)) == expected, case


@given(
    st.lists(st.tuples(st.integers(1, 9), st.integers(0, 3), st.integers(0, 3), st.integers(0, 3)), max_size=6),
    st.integers(-2, 30),
)
def test_the_rest_fits_and_only_the_last_in_line_lose(rows: list[tuple[int, int, int, int]], available: int) -> None:
    known = [held(n, q, days=d, minutes=m, pack=p) for n, (q, d, m, p) in enumerate(rows)]
    lost = losses(known, D(available))
    assert sum((one.quantity - lost.get(one.id, D(0)) for one in known), D(0)) <= max(available, 0)
    in_line = sorted(known, key=lambda one: (one.due_on, one.placed_at, one.id))
    losing = [one.id in lost for one in in_line]
    assert losing == sorted(losing)
