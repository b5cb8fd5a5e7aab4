"""The promise rule: the golden case, preferences, debts, and properties against brute force."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zveno.stock.rules.promise import (
    Availability,
    LinePromise,
    Supply,
    SupplyKind,
    Wanted,
    availability,
    promise,
)

TODAY = date(2026, 4, 10)
D = Decimal


def april(day: int) -> date:
    return date(2026, 4, day)


def shelf(free: object, *, id: int = 1, warehouse: int = 1, product: int = 1, rank: int = 0) -> Supply:
    return Supply(SupplyKind.SHELF, id, product, warehouse, D(str(free)), None, f"W{warehouse}", rank)


def coming(free: object, due_on: date, *, id: int = 1, warehouse: int = 1, product: int = 1, rank: int = 0) -> Supply:
    return Supply(SupplyKind.ARRIVAL, id, product, warehouse, D(str(free)), due_on, f"W{warehouse}", rank)


def line(quantity: object, wished_on: date | None = None, *, key: int = 1, product: int = 1) -> Wanted:
    return Wanted(key, product, D(str(quantity)), wished_on)


def pins(found: LinePromise) -> list[tuple[str, int, str]]:
    return [(pin.kind.value, pin.supply_id, format(pin.quantity, "f")) for pin in found.pins]


def test_golden_case_goods_due_by_the_date_are_used_first_so_the_shelf_stays_free() -> None:
    """N19: 50 on the shelf, 70 arrive on 15 April, 100 are wanted on 17 April."""
    supply = [shelf(50), coming(70, april(15))]
    (found,) = promise([line(100, april(17))], supply, today=TODAY)
    assert pins(found) == [("arrival", 1, "70"), ("shelf", 1, "30")]
    assert (found.uncovered, found.promised_on, found.earliest_on) == (0, april(17), None)
    left = [shelf(20), coming(0, april(15))]
    (next_one,) = promise([line(20, april(16))], left, today=TODAY)
    assert next_one.is_full
    assert availability(left, today=TODAY) == (Availability(TODAY, D(20)),)


@pytest.mark.parametrize(
    ("case", "supply", "wanted", "expected", "uncovered", "promised", "earliest"),
    [
        ("the latest fitting arrival first", [coming(5, april(12)), coming(5, april(15), id=2), shelf(5)],
         line(8, april(16)), [("arrival", 2, "5"), ("arrival", 1, "3")], 0, april(16), None),
        ("an arrival on the wished day fits", [coming(5, april(16))],
         line(5, april(16)), [("arrival", 1, "5")], 0, april(16), None),
        ("an arrival a day late does not", [coming(5, april(17))],
         line(5, april(16)), [], 5, None, april(17)),
        ("what is missing says when it could be", [shelf(30), coming(50, april(20)), coming(50, april(25), id=2)],
         line(100, april(17)), [("shelf", 1, "30")], 70, april(17), april(25)),
        ("and says so when no supply is known", [shelf(30), coming(50, april(20))],
         line(100, april(17)), [("shelf", 1, "30")], 70, april(17), None),
        ("without a wish the shelf comes first", [coming(5, april(12)), shelf(5)],
         line(8), [("shelf", 1, "5"), ("arrival", 1, "3")], 0, april(12), None),
        ("and then the arrivals as they come", [coming(5, april(15)), coming(5, april(12), id=2)],
         line(7), [("arrival", 2, "5"), ("arrival", 1, "2")], 0, april(15), None),
        ("all from the shelf is there today", [shelf(5)], line(5), [("shelf", 1, "5")], 0, TODAY, None),
        ("an overdue arrival is promised to nobody", [coming(5, april(9))], line(5), [], 5, None, None),
        ("one due today is", [coming(5, TODAY)], line(5), [("arrival", 1, "5")], 0, TODAY, None),
        ("a debt of the shelf is paid by the next arrival",
         [shelf(-20), coming(50, april(12)), coming(9, april(14), id=2)],
         line(60, april(16)), [("arrival", 2, "9"), ("arrival", 1, "30")], 21, april(16), None),
        ("but not by another warehouse", [shelf(-20), coming(50, april(12), warehouse=2)],
         line(50, april(16)), [("arrival", 1, "50")], 0, april(16), None),
        ("one warehouse that covers all beats a fuller pair",
         [shelf(6), shelf(8, id=2, warehouse=2), shelf(7, id=3, warehouse=3)],
         line(8), [("shelf", 2, "8")], 0, TODAY, None),
        ("of several that cover all the lowest id", [shelf(9, id=2, warehouse=2), shelf(8)],
         line(8), [("shelf", 1, "8")], 0, TODAY, None),
        ("else the fullest first, then one that covers the rest",
         [shelf(6), shelf(9, id=2, warehouse=2), shelf(7, id=3, warehouse=3)],
         line(15), [("shelf", 2, "9"), ("shelf", 1, "6")], 0, TODAY, None),
        ("a warehouse of lower rank before a fuller one", [shelf(90, id=2, warehouse=2, rank=1), shelf(5)],
         line(8), [("shelf", 1, "5"), ("shelf", 2, "3")], 0, TODAY, None),
        ("thousandths are exact", [shelf("0.1"), coming("0.201", april(12))],
         line("0.3", april(16)), [("arrival", 1, "0.201"), ("shelf", 1, "0.099")], 0, april(16), None),
    ],
)  # fmt: skip
def test_one_line(
    case: str,
    supply: list[Supply],
    wanted: Wanted,
    expected: list[tuple[str, int, str]],
    uncovered: int,
    promised: date | None,
    earliest: date | None,
) -> None:
    (found,) = promise([wanted], supply, today=TODAY)
    assert pins(found) == expected, case
    assert (found.uncovered, found.promised_on, found.earliest_on) == (uncovered, promised, earliest), case


def test_two_lines_of_one_product_share_its_supply() -> None:
    first, second = promise([line(6), line(6, key=2)], [shelf(10), coming(9, april(20))], today=TODAY)
    assert pins(first) == [("shelf", 1, "6")]
    assert pins(second) == [("shelf", 1, "4"), ("arrival", 1, "2")]


def test_whoever_needs_it_sooner_chooses_first() -> None:
    later, sooner = promise(
        [line(10, april(20)), line(10, april(11), key=2)], [shelf(10), coming(10, april(15))], today=TODAY
    )
    assert pins(sooner) == [("shelf", 1, "10")]
    assert pins(later) == [("arrival", 1, "10")]


def test_a_later_arrival_is_offered_as_the_earliest_day_only_once() -> None:
    wanted = [line(5, april(11)), line(5, april(11), key=2)]
    first, second = promise(wanted, [coming(6, april(15))], today=TODAY)
    assert (first.earliest_on, second.earliest_on) == (april(15), None)


def test_the_next_line_rather_uses_the_warehouse_that_serves_the_order_already() -> None:
    supply = [
        shelf(5, id=1, warehouse=2),
        shelf(9, id=2, warehouse=1, product=2),
        shelf(9, id=3, warehouse=2, product=2),
    ]
    _, second = promise([line(5), line(5, key=2, product=2)], supply, today=TODAY)
    assert pins(second) == [("shelf", 3, "5")]


def test_availability_grows_with_each_arrival() -> None:
    supply = [shelf(5), shelf(-2, id=2, warehouse=2), coming(4, april(12), warehouse=2), coming(9, april(9), id=2)]
    assert availability(supply, today=TODAY) == (
        Availability(TODAY, D(5)),
        Availability(april(12), D(7)),
    )
    assert availability([], today=TODAY) == (Availability(TODAY, D(0)),)


def test_the_trace_is_plain_values() -> None:
    (found,) = promise([line(100, april(17))], [shelf(50), coming(70, april(15))], today=TODAY)
    assert found.trace == [
        {"kind": "arrival", "warehouse": "W1", "on": "2026-04-15", "quantity": "70"},
        {"kind": "shelf", "warehouse": "W1", "on": "", "quantity": "30"},
    ]


days = st.integers(-2, 6).map(lambda n: TODAY + timedelta(days=n))
small = st.integers(0, 6).map(D)


@st.composite
def supplies(draw: st.DrawFn) -> list[Supply]:
    shelves = [
        shelf(draw(st.integers(-3, 6)), id=n, warehouse=n % 3, product=n // 3 % 2, rank=draw(st.integers(0, 1)))
        for n in range(draw(st.integers(0, 5)))
    ]
    return shelves + [
        coming(draw(small), draw(days), id=n, warehouse=draw(st.integers(0, 2)), product=draw(st.integers(0, 1)))
        for n in range(draw(st.integers(0, 4)))
    ]


lines = st.lists(
    st.builds(
        lambda product, quantity, wished: (product, D(quantity), wished),
        st.integers(0, 1),
        st.integers(1, 8),
        st.none() | days.filter(lambda day: day >= TODAY),
    ),
    max_size=4,
).map(lambda found: [Wanted(key, *fields) for key, fields in enumerate(found)])


@given(supplies(), lines)
def test_no_supply_is_promised_beyond_what_is_free(supply: list[Supply], wanted: list[Wanted]) -> None:
    used: defaultdict[tuple[SupplyKind, int], Decimal] = defaultdict(Decimal)
    found = promise(wanted, supply, today=TODAY)
    for entry, asked in zip(found, wanted, strict=True):
        assert sum((pin.quantity for pin in entry.pins), D(0)) + entry.uncovered == asked.quantity
        assert entry.uncovered >= 0
        for pin in entry.pins:
            used[pin.kind, pin.supply_id] += pin.quantity
            assert pin.quantity > 0
            assert pin.due_on is None or TODAY <= pin.due_on <= (asked.wished_on or date.max)
    for one in supply:
        assert used[one.kind, one.id] <= max(one.free, D(0))


@given(supplies(), lines)
def test_nothing_stays_uncovered_that_any_choice_could_cover(supply: list[Supply], wanted: list[Wanted]) -> None:
    found = promise(wanted, supply, today=TODAY)
    covered = sum((entry.covered for entry in found), D(0))
    assert covered == _most_that_can_be_covered(supply, wanted)


@given(supplies(), lines)
def test_an_earliest_day_lies_after_the_wish_and_its_absence_means_too_little(
    supply: list[Supply], wanted: list[Wanted]
) -> None:
    for entry, asked in zip(promise(wanted, supply, today=TODAY), wanted, strict=True):
        if entry.earliest_on is not None:
            assert entry.uncovered
            assert asked.wished_on is not None
            assert entry.earliest_on > asked.wished_on


@given(supplies(), st.integers(0, 1))
def test_availability_is_what_a_single_line_could_get(supply: list[Supply], product: int) -> None:
    of_product = [one for one in supply if one.product_id == product]
    for entry in availability(of_product, today=TODAY):
        (found,) = promise([line(1000, entry.on, product=product)], supply, today=TODAY)
        assert found.covered == entry.quantity


def _most_that_can_be_covered(supply: Sequence[Supply], wanted: Sequence[Wanted]) -> Decimal:
    """By Hall's theorem for nested sets: per product, the tightest day bounds what can be covered."""
    total = D(0)
    for product in {asked.product_id for asked in wanted}:
        free = {entry.on: entry.quantity for entry in availability(
            [one for one in supply if one.product_id == product], today=TODAY)}  # fmt: skip
        asked = sorted(
            ((w.wished_on or date.max, w.quantity) for w in wanted if w.product_id == product), key=lambda pair: pair[0]
        )
        covered = D(0)
        for day, quantity in asked:
            by_day = max((amount for on, amount in free.items() if on <= day), default=D(0))
            covered = min(covered + quantity, max(by_day, covered))
        total += covered
    return total
