"""The promise rule against all assignments there are: nothing better exists, and nothing is promised twice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import product as every

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.stock.goods import TODAY, coming, line, shelf

from zveno.stock.rules.promise import availability, promise
from zveno.stock.rules.values import LinePromise, Manner, Plan, Shipment, Supply, SupplyKind, Wanted

D = Decimal
# What a line gets: (line, supply, quantity, the day it leaves).
Assigned = list[tuple[int, Supply, int, date]]

days = st.integers(-1, 4).map(lambda n: TODAY + timedelta(days=n))
wishes = st.none() | st.integers(0, 3).map(lambda n: TODAY + timedelta(days=n))


@st.composite
def supplies(draw: st.DrawFn, *, most: int = 4, least_free: int = 0) -> list[Supply]:
    found = []
    for number in range(draw(st.integers(0, most))):
        told = {
            "id": number,
            "warehouse": draw(st.integers(1, 3)),
            "product": draw(st.integers(1, 2)),
            "is_sure": draw(st.sampled_from([True, True, True, False])),
        }
        due_on = draw(st.none() | days)
        free = draw(st.integers(least_free if due_on is None else 0, 4))
        found.append(shelf(free, **told) if due_on is None else coming(free, due_on, **told))
    return found


@st.composite
def lines(draw: st.DrawFn, *, most: int = 3) -> list[Wanted]:
    packs = {1: draw(st.sampled_from([0, 1, 2])), 2: 1}
    found = []
    for key in range(draw(st.integers(1, most))):
        product = draw(st.integers(1, 2))
        found.append(line(draw(st.integers(1, 4)), draw(wishes), key=key, product=product, pack=packs[product]))
    return found


manners = st.builds(
    lambda later, costs, leaving: Manner(accepts_later=later, costs=costs, leaving=leaving),
    st.booleans(),
    st.dictionaries(st.integers(1, 3), st.integers(0, 2).map(D), max_size=3),
    st.frozensets(
        st.builds(Shipment, st.integers(1, 3), st.integers(0, 3).map(lambda n: TODAY + timedelta(days=n))), max_size=1
    ),
)


@settings(max_examples=400, deadline=None)
@given(supplies(), lines(), manners)
def test_no_assignment_in_parts_is_better(supply: list[Supply], wanted: list[Wanted], manner: Manner) -> None:
    plan = promise(wanted, supply, today=TODAY, manner=manner)
    assert plan.is_exact
    assert worth(wanted, assigned(plan, supply), manner) == min(
        worth(wanted, one, manner) for one in in_parts(wanted, supply, manner)
    )


@settings(max_examples=400, deadline=None)
@given(supplies(), lines(), manners.map(lambda manner: replace(manner, in_parts=False, leaving=frozenset())))
def test_no_single_shipment_is_better(supply: list[Supply], wanted: list[Wanted], manner: Manner) -> None:
    plan = promise(wanted, supply, today=TODAY, manner=manner)
    assert len(plan.shipments) <= 1
    whole = [*as_a_whole(wanted, supply, manner), []]
    assert whole_worth(wanted, assigned(plan, supply), manner) == min(whole_worth(wanted, one, manner) for one in whole)


@settings(max_examples=300, deadline=None)
@given(supplies(most=8, least_free=-3), lines(most=5), manners, st.booleans())
def test_no_supply_is_promised_beyond_what_is_free(
    supply: list[Supply], wanted: list[Wanted], manner: Manner, in_parts: bool
) -> None:
    used: defaultdict[tuple[SupplyKind, int], Decimal] = defaultdict(Decimal)
    plan = promise(wanted, supply, today=TODAY, manner=replace(manner, in_parts=in_parts))
    for entry, asked in zip(plan.lines, wanted, strict=True):
        assert sum((pin.quantity for pin in entry.pins), D(0)) + entry.uncovered == asked.quantity
        assert entry.uncovered >= 0
        for pin in entry.pins:
            used[pin.kind, pin.supply_id] += pin.quantity
            assert pin.quantity > 0
            assert not held_to_packs(wanted)[asked.product_id] or pin.quantity % asked.pack == 0
            assert pin.due_on is None or TODAY <= pin.due_on <= pin.ships_on
            assert pin.is_late == (asked.wished_on is not None and pin.ships_on > asked.wished_on)
            assert manner.accepts_later or not pin.is_late
    for one in supply:
        assert used[one.kind, one.id] <= max(one.free, D(0))


@given(supplies(most=6, least_free=-3), lines())
def test_an_earliest_day_lies_after_the_wish(supply: list[Supply], wanted: list[Wanted]) -> None:
    for entry, asked in zip(promise(wanted, supply, today=TODAY).lines, wanted, strict=True):
        if entry.earliest_on is not None:
            assert entry.uncovered
            assert asked.wished_on is not None
            assert entry.earliest_on > asked.wished_on


@given(supplies(most=6, least_free=-3), st.integers(1, 2))
def test_availability_is_what_a_single_line_could_get(supply: list[Supply], product: int) -> None:
    of_product = [one for one in supply if one.product_id == product]
    for entry in availability(of_product, today=TODAY):
        (found,) = promise([line(1000, entry.on, product=product)], supply, today=TODAY).lines
        assert found.covered == entry.quantity


@given(supplies(most=6), st.integers(1, 6), days.filter(lambda day: day >= TODAY))
def test_within_its_warehouses_a_line_takes_the_latest_arrivals_and_the_shelf_last(
    supply: list[Supply], quantity: int, wished_on: date
) -> None:
    """N18."""
    (found,) = promise([line(quantity, wished_on)], supply, today=TODAY).lines
    chosen = {pin.warehouse_id for pin in found.pins}
    used = {(pin.kind, pin.supply_id): pin.quantity for pin in found.pins}
    here = [
        one
        for one in supply
        if one.product_id == 1 and one.warehouse_id in chosen and one.is_sure and fits(one, wished_on)
    ]
    for first, second in every(here, here):
        if (first.due_on or date.min) > (second.due_on or date.min) and used.get((second.kind, second.id)):
            assert used.get((first.kind, first.id)) == first.free


def fits(one: Supply, wished_on: date) -> bool:
    return one.free > 0 and (one.due_on is None or TODAY <= one.due_on <= wished_on)


def assigned(plan: Plan, supply: Sequence[Supply]) -> Assigned:
    by_id = {(one.kind, one.id): one for one in supply}
    return [
        (at, by_id[pin.kind, pin.supply_id], int(pin.quantity), pin.ships_on)
        for at, entry in enumerate(plan.lines)
        for pin in entry.pins
    ]


def waits(asked: Wanted, one: Supply) -> int:
    if asked.wished_on is None:
        return 0 if one.due_on is None else (one.due_on - TODAY).days + 1
    return max(0, ((one.due_on or TODAY) - asked.wished_on).days)


def worth(wanted: Sequence[Wanted], found: Assigned, manner: Manner) -> tuple[object, ...]:
    """What counts, in its order, computed from nothing but the assignment."""
    covered = sum(quantity for _, _, quantity, _ in found)
    shipments = {Shipment(one.warehouse_id, on) for _, one, _, on in found} - manner.leaving
    return (
        -covered,
        sum(quantity for _, one, quantity, _ in found if not one.is_sure),
        sum(quantity * waits(wanted[at], one) for at, one, quantity, _ in found),
        len(shipments),
        sum((manner.costs.get(one.warehouse_id, D(0)) for one in shipments), D(0)),
        sum(quantity for _, one, quantity, _ in found if one.due_on is None),
    )


def in_parts(wanted: Sequence[Wanted], supply: Sequence[Supply], manner: Manner) -> Iterator[Assigned]:
    """Every assignment of whole packs."""
    arcs = []
    for at, asked in enumerate(wanted):
        for one in supply:
            overdue = one.due_on is not None and one.due_on < TODAY
            late = asked.wished_on is not None and waits(asked, one) > 0
            if one.product_id == asked.product_id and not overdue and (manner.accepts_later or not late):
                leaves = max(one.due_on or TODAY, asked.wished_on or TODAY)
                arcs.append((at, one, leaves))
    yield from assignments(wanted, arcs)


def assignments(wanted: Sequence[Wanted], arcs: Sequence[tuple[int, Supply, date]]) -> Iterator[Assigned]:
    whole_packs = held_to_packs(wanted)

    def choose(number: int, lack: list[int], left: dict[tuple[SupplyKind, int], int]) -> Iterator[Assigned]:
        if number == len(arcs):
            yield []
            return
        at, one, leaves = arcs[number]
        step = int(wanted[at].pack) if whole_packs[one.product_id] else 1
        key = (one.kind, one.id)
        for quantity in range(0, min(lack[at], left[key]) + 1, step):
            lack[at] -= quantity
            left[key] -= quantity
            for rest in choose(number + 1, lack, left):
                yield [(at, one, quantity, leaves), *rest] if quantity else rest
            lack[at] += quantity
            left[key] += quantity

    needs = [int(asked.quantity) for asked in wanted]
    yield from choose(0, needs, {(one.kind, one.id): int(one.free) for _, one, _ in arcs})


def held_to_packs(wanted: Sequence[Wanted]) -> dict[int, bool]:
    found: dict[int, bool] = {}
    for asked in wanted:
        in_packs = asked.pack > 0 and asked.quantity % asked.pack == 0
        found[asked.product_id] = found.get(asked.product_id, True) and in_packs
    return found


def whole_worth(wanted: Sequence[Wanted], found: Assigned, manner: Manner) -> tuple[object, ...]:
    base = base_of(wanted)
    got: defaultdict[int, int] = defaultdict(int)
    for at, _, quantity, _ in found:
        got[at] += quantity
    leaves = {(one.warehouse_id, on) for _, one, _, on in found}
    return (
        sum(1 for at, asked in enumerate(wanted) if got[at] < asked.quantity),
        -sum(got.values()),
        sum(quantity for _, one, quantity, _ in found if not one.is_sure),
        sum((on - base).days for _, on in leaves),
        sum((manner.costs.get(warehouse, D(0)) for warehouse, _ in leaves), D(0)),
        sum(quantity for _, one, quantity, _ in found if one.due_on is None),
    )


def base_of(wanted: Sequence[Wanted]) -> date:
    return min(asked.wished_on or TODAY for asked in wanted)


def as_a_whole(wanted: Sequence[Wanted], supply: Sequence[Supply], manner: Manner) -> Iterator[Assigned]:
    """Every assignment out of one warehouse on one day."""
    base = base_of(wanted)
    dated = [asked.wished_on for asked in wanted if asked.wished_on]
    latest = date.max if manner.accepts_later or not dated else min(dated)
    candidates = {base} | {one.due_on for one in supply if one.due_on and base < one.due_on <= latest}
    for warehouse, day in every({one.warehouse_id for one in supply}, candidates):
        arcs = [
            (at, one, day)
            for at, asked in enumerate(wanted)
            for one in supply
            if one.product_id == asked.product_id
            and one.warehouse_id == warehouse
            and (one.due_on is None or TODAY <= one.due_on <= day)
        ]
        yield from assignments(wanted, arcs)


def test_many_wishes_for_one_product_share_it_by_the_day() -> None:
    wanted = [line(4, TODAY + timedelta(days=n), key=n) for n in range(6)]
    supply = [coming(4, TODAY + timedelta(days=n), id=n, warehouse=n % 2 + 1) for n in range(6)]
    found: tuple[LinePromise, ...] = promise(wanted, supply, today=TODAY).lines
    assert all(entry.is_full for entry in found)
