"""The promise rule by examples: the golden case, preferences, debts, warehouses, packs, one shipment."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from tests.stock.goods import TODAY, april, coming, line, shelf

from zveno.stock.rules.promise import availability, promise
from zveno.stock.rules.values import Availability, LinePromise, Manner, Plan, Shipment, Supply, Wanted

D = Decimal
PLAIN = Manner()


def one(wanted: Wanted, supply: list[Supply], manner: Manner = PLAIN) -> LinePromise:
    (found,) = promise([wanted], supply, today=TODAY, manner=manner).lines
    return found


def pins(found: LinePromise) -> list[tuple[str, int, str]]:
    return [(pin.kind.value, pin.supply_id, format(pin.quantity, "f")) for pin in found.pins]


def test_golden_case_goods_due_by_the_date_are_used_first_so_the_shelf_stays_free() -> None:
    """N19: 50 on the shelf, 70 arrive on 15 April, 100 are wanted on 17 April."""
    supply = [shelf(50), coming(70, april(15))]
    found = one(line(100, april(17)), supply)
    assert pins(found) == [("arrival", 1, "70"), ("shelf", 1, "30")]
    assert (found.uncovered, found.promised_on, found.earliest_on) == (0, april(17), None)
    assert promise([line(100, april(17))], supply, today=TODAY).shipments == (Shipment(1, april(17)),)
    left = [shelf(20), coming(0, april(15))]
    assert one(line(20, april(16)), left).is_full
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
        ("of two pairs the one that needs less of shelves",
         [shelf(6), shelf(6, id=2, warehouse=2), coming(5, april(12), id=3, warehouse=3)],
         line(10, april(16)), [("arrival", 3, "5"), ("shelf", 1, "5")], 0, april(16), None),
        ("an arrival elsewhere leaves the shelf free where both serve in one shipment",
         [shelf(8), coming(8, april(12), id=2, warehouse=2)],
         line(8, april(16)), [("arrival", 2, "8")], 0, april(16), None),
        ("but no second shipment is made for that", [shelf(8), coming(5, april(12), id=2, warehouse=2)],
         line(8, april(16)), [("shelf", 1, "8")], 0, april(16), None),
        ("what arrives today comes after the shelf when it is wanted at once", [coming(5, TODAY), shelf(5)],
         line(8), [("shelf", 1, "5"), ("arrival", 1, "3")], 0, TODAY, None),
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
    found = one(wanted, supply)
    assert pins(found) == expected, case
    assert (found.uncovered, found.promised_on, found.earliest_on) == (uncovered, promised, earliest), case


def test_two_lines_of_one_product_share_its_supply() -> None:
    first, second = promise([line(6), line(6, key=2)], [shelf(10), coming(9, april(20))], today=TODAY).lines
    assert pins(first) == [("shelf", 1, "6")]
    assert pins(second) == [("shelf", 1, "4"), ("arrival", 1, "2")]


def test_whoever_needs_it_sooner_chooses_first() -> None:
    later, sooner = promise(
        [line(10, april(20)), line(10, april(11), key=2)], [shelf(10), coming(10, april(15))], today=TODAY
    ).lines
    assert pins(sooner) == [("shelf", 1, "10")]
    assert pins(later) == [("arrival", 1, "10")]


def test_a_later_arrival_is_offered_as_the_earliest_day_only_once() -> None:
    wanted = [line(5, april(11)), line(5, april(11), key=2)]
    first, second = promise(wanted, [coming(6, april(15))], today=TODAY).lines
    assert (first.earliest_on, second.earliest_on) == (april(15), None)


def test_two_lines_come_from_one_warehouse_where_it_has_both() -> None:
    supply = [
        shelf(5, id=1, warehouse=2),
        shelf(9, id=2, warehouse=1, product=2),
        shelf(9, id=3, warehouse=2, product=2),
    ]
    _, second = promise([line(5), line(5, key=2, product=2)], supply, today=TODAY).lines
    assert pins(second) == [("shelf", 3, "5")]


def test_availability_grows_with_each_arrival() -> None:
    supply = [shelf(5), shelf(-2, id=2, warehouse=2), coming(4, april(12), warehouse=2), coming(9, april(9), id=2)]
    assert availability(supply, today=TODAY) == (
        Availability(TODAY, D(5)),
        Availability(april(12), D(7)),
    )
    assert availability([], today=TODAY) == (Availability(TODAY, D(0)),)


def test_the_trace_is_plain_values() -> None:
    found = one(line(100, april(17)), [shelf(50), coming(70, april(15))])
    assert found.trace == [
        {"kind": "arrival", "warehouse": "W1", "on": "2026-04-15", "quantity": "70"},
        {"kind": "shelf", "warehouse": "W1", "on": "", "quantity": "30"},
    ]


def test_the_cheaper_warehouse_of_two_that_serve_alone() -> None:
    supply = [shelf(9), shelf(9, id=2, warehouse=2)]
    assert pins(one(line(8), supply, Manner(costs={1: D(1)}))) == [("shelf", 2, "8")]


def test_fewer_shipments_count_more_than_cheap_ones() -> None:
    supply = [shelf(5), shelf(5, id=3, warehouse=3), shelf(8, id=2, warehouse=2)]
    assert pins(one(line(8), supply, Manner(costs={2: D(9)}))) == [("shelf", 2, "8")]


def test_a_warehouse_that_the_order_leaves_from_anyway_costs_nothing_more() -> None:
    supply = [shelf(9), shelf(9, id=2, warehouse=2)]
    manner = Manner(costs={2: D(9)}, leaving=frozenset({Shipment(2, TODAY)}))
    assert pins(one(line(8), supply, manner)) == [("shelf", 2, "8")]


def test_each_wished_day_is_a_shipment_of_its_own() -> None:
    wanted = [line(5, april(12)), line(5, april(16), key=2, product=2)]
    plan = promise(wanted, [shelf(5), shelf(5, id=2, product=2)], today=TODAY)
    assert plan.shipments == (Shipment(1, april(12)), Shipment(1, april(16)))


def test_unsure_supply_is_used_where_sure_supply_ends() -> None:
    planned = replace(coming(50, april(12)), is_sure=False)
    found = one(line(60, april(16)), [planned, shelf(30)])
    assert pins(found) == [("shelf", 1, "30"), ("arrival", 1, "30")]
    assert not found.is_sure
    assert found.trace[1] == {
        "kind": "arrival", "warehouse": "W1", "on": "2026-04-12", "quantity": "30", "unsure": "1"
    }  # fmt: skip
    assert one(line(30, april(16)), [planned, shelf(30)]).is_sure


def test_each_supply_gives_whole_packs() -> None:
    wanted = Wanted(1, 1, D(36), None, pack=D(12))
    found = one(wanted, [shelf(30), shelf(23, id=2, warehouse=2)])
    assert pins(found) == [("shelf", 1, "24"), ("shelf", 2, "12")]
    assert one(wanted, [shelf(30), shelf(11, id=2, warehouse=2)]).uncovered == D(12)


def test_a_quantity_that_is_no_multiple_is_not_held_to_packs() -> None:
    assert pins(one(Wanted(1, 1, D(7), None, pack=D(12)), [shelf(5), coming(9, april(12))])) == [
        ("shelf", 1, "5"),
        ("arrival", 1, "2"),
    ]


def test_what_may_come_later_is_pinned_and_marked_as_late() -> None:
    found = one(line(8, april(12)), [shelf(5), coming(9, april(20))], Manner(accepts_later=True))
    assert [(pin.kind.value, pin.quantity, pin.is_late) for pin in found.pins] == [
        ("shelf", D(5), False),
        ("arrival", D(3), True),
    ]
    assert (found.uncovered, found.promised_on) == (0, april(20))


def whole(*wanted: Wanted, supply: list[Supply], later: bool = False) -> Plan:
    return promise(list(wanted), supply, today=TODAY, manner=Manner(in_parts=False, accepts_later=later))


def test_all_at_once_comes_from_the_one_warehouse_that_has_everything() -> None:
    supply = [shelf(50), shelf(5, id=2, warehouse=2), shelf(5, id=3, warehouse=2, product=2)]
    plan = whole(line(5), line(5, key=2, product=2), supply=supply)
    assert [pins(found) for found in plan.lines] == [[("shelf", 2, "5")], [("shelf", 3, "5")]]
    assert plan.shipments == (Shipment(2, TODAY),)


def test_all_at_once_waits_for_the_last_arrival_and_so_keeps_the_shelf_free() -> None:
    supply = [shelf(5), coming(5, april(14), id=3), coming(9, april(15), id=4, product=2)]
    plan = whole(line(5), line(5, key=2, product=2), supply=supply)
    assert [pins(found) for found in plan.lines] == [[("arrival", 3, "5")], [("arrival", 4, "5")]]
    assert {found.promised_on for found in plan.lines} == {april(15)}


def test_all_at_once_where_no_warehouse_has_all_leaves_the_fewest_lines_lacking() -> None:
    supply = [shelf(5), shelf(3, id=2, warehouse=2, product=2), shelf(5, id=3, warehouse=2, product=3)]
    wanted = [line(5, april(12)), line(3, april(12), key=2, product=2), line(5, april(12), key=3, product=3)]
    plan = whole(*wanted, supply=supply)
    assert [found.uncovered for found in plan.lines] == [D(5), 0, 0]
    assert plan.lines[0].earliest_on is None
    later = whole(*wanted, supply=[*supply, coming(5, april(20), warehouse=2)])
    assert later.lines[0].earliest_on == april(20)
