"""An order split by warehouses, a carrier chosen for each part, the whole; parcels followed by what is said of them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from zveno.delivery.rules.segments import Goods, Option, Part, Pick, Way, choose, combine, pick_of, segments_of
from zveno.delivery.rules.tariffs import Cost
from zveno.delivery.rules.tracking import ParcelState, Said, best_segment, is_late, next_look, state_of

D = Decimal
TODAY, LATER = date(2026, 4, 10), date(2026, 4, 20)
KRASNODAR, MOSCOW = 1, 2


def part(product: int, warehouse: int, quantity: str, *, on: date = TODAY, value: str = "100") -> Part:
    name = {KRASNODAR: "Краснодар", MOSCOW: "Москва"}[warehouse]
    return Part(product, warehouse, name, on, D(quantity), D(value))


GOODS = {1: Goods(2000, 10_000), 2: Goods(500, None, is_fragile=True)}


def test_each_warehouse_is_a_segment_that_waits_for_its_last_goods() -> None:
    found = segments_of(
        [part(1, KRASNODAR, "3"), part(1, MOSCOW, "2"), part(2, MOSCOW, "4", on=LATER), part(3, MOSCOW, "1")], GOODS
    )
    assert [(s.warehouse, s.ready_on, s.lines) for s in found] == [("Краснодар", TODAY, 1), ("Москва", LATER, 3)]
    moscow = found[1].load
    assert (moscow.weight_g, moscow.volume_cm3, moscow.value) == (D(6000), D(20000), D(300))
    assert (moscow.without_weight, moscow.without_volume, moscow.is_fragile) == (1, 2, True)
    assert (moscow.heaviest_g, moscow.largest_cm3) == (2000, 10_000)


def test_in_parts_what_is_ready_sooner_leaves_sooner() -> None:
    parts = [part(1, MOSCOW, "2"), part(2, MOSCOW, "4", on=LATER), part(1, KRASNODAR, "1")]
    found = segments_of(parts, GOODS, in_parts=True)
    assert [(s.warehouse, s.ready_on) for s in found] == [("Краснодар", TODAY), ("Москва", TODAY), ("Москва", LATER)]


def option(id_: int, amount: str | None, days: int, *, kind: str = "tariff", problem: str = "") -> Option:
    arrives = TODAY + timedelta(days=days)
    cost = Cost(D(amount) if amount is not None else None, arrives_from=arrives, arrives_to=arrives, problem=problem)
    return Option(id_, f"Carrier {id_}", kind, cost)


OPTIONS = (
    option(1, "900", 2),
    option(2, "400", 9),
    option(3, "100", 1, problem="too_heavy"),
    option(4, "0", 0, kind="pickup"),
    option(5, None, 1, problem="to_be_told"),
)


def test_the_pick_finds_the_cheapest_the_fastest_or_the_named_carrier() -> None:
    def picked(pick: Pick) -> int | None:
        found = choose(OPTIONS, pick)
        return found.carrier_id if found else None

    assert picked(Pick()) == 2
    assert picked(Pick(Way.FASTEST)) == 5
    assert picked(Pick(Way.NAMED, 1)) == 1
    assert picked(Pick(Way.NAMED, 4)) == 4
    assert picked(Pick(Way.NAMED, 3)) == 2
    assert choose(OPTIONS[2:3], Pick()) is None


def test_without_any_carrier_pick_up_is_what_is_left() -> None:
    found = choose(OPTIONS[2:4], Pick())
    assert found is not None
    assert found.carrier_id == 4


def test_a_pick_is_kept_as_a_word() -> None:
    for pick in (Pick(), Pick(Way.FASTEST), Pick(Way.NAMED, 12)):
        assert pick_of(pick.to_text()) == pick
    assert pick_of("nonsense") == Pick()


def test_the_whole_is_the_sum_and_the_last_arrival() -> None:
    whole = combine([OPTIONS[0].cost, OPTIONS[1].cost])
    assert (whole.cost, whole.is_from, whole.untold) == (D(1300), False, 0)
    assert whole.arrives_to == TODAY + timedelta(days=9)
    partly = combine([OPTIONS[0].cost, OPTIONS[4].cost])
    assert (partly.cost, partly.is_from, partly.untold) == (D(900), True, 1)
    nobody = combine([OPTIONS[0].cost, None])
    assert (nobody.cost, nobody.untold, nobody.arrives_to) == (D(900), 1, None)


@given(
    st.lists(
        st.tuples(st.integers(1, 6), st.sampled_from((KRASNODAR, MOSCOW)), st.integers(1, 50), st.integers(0, 3)),
        max_size=30,
    ),
    st.booleans(),
)
def test_no_goods_are_lost_or_doubled_by_splitting(rows: list[tuple[int, int, int, int]], in_parts: bool) -> None:
    parts = [part(p, w, str(q), on=TODAY + timedelta(days=d)) for p, w, q, d in rows]
    found = segments_of(parts, GOODS, in_parts=in_parts)
    assert sum(q for s in found for _, q in s.contents) == sum(p.quantity for p in parts)
    assert sum((s.load.value for s in found), D(0)) == sum((p.value for p in parts), D(0))
    assert all(p.ready_on <= max(s.ready_on for s in found if s.warehouse_id == p.warehouse_id) for p in parts)
    if not in_parts:
        assert len({s.warehouse_id for s in found}) == len(found)


NOON = datetime(2026, 4, 10, 12, tzinfo=UTC)


def said(hours: int, state: ParcelState) -> Said:
    return Said(NOON + timedelta(hours=hours), state)


WAY = (
    said(0, ParcelState.BOOKED), said(5, ParcelState.ACCEPTED), said(9, ParcelState.UNDER_WAY),
    said(80, ParcelState.ARRIVED), said(90, ParcelState.WITH_COURIER), said(95, ParcelState.DELIVERED),
)  # fmt: skip


@given(st.lists(st.sampled_from(WAY), max_size=12))
def test_the_state_is_that_of_the_latest_word_in_any_order_and_number(words: list[Said]) -> None:
    latest = max(words, key=lambda word: word.at, default=None)
    assert state_of(words, otherwise=ParcelState.BOOKING) is (latest.state if latest else ParcelState.BOOKING)


def test_a_parcel_that_is_over_stays_so() -> None:
    late_word = said(120, ParcelState.UNDER_WAY)
    assert state_of([*WAY, late_word], otherwise=ParcelState.BOOKING) is ParcelState.DELIVERED


def test_late_is_what_should_have_been_there() -> None:
    assert is_late(expected_on=TODAY, state=ParcelState.UNDER_WAY, today=TODAY + timedelta(days=1))
    assert not is_late(expected_on=TODAY, state=ParcelState.UNDER_WAY, today=TODAY)
    assert not is_late(expected_on=TODAY, state=ParcelState.DELIVERED, today=LATER)
    assert not is_late(expected_on=None, state=ParcelState.UNDER_WAY, today=LATER)


def test_the_carrier_is_asked_less_often_the_longer_it_fails() -> None:
    looks = [next_look(now=NOON, failures=n, state=ParcelState.UNDER_WAY) for n in (0, 1, 4, 50)]
    assert [look - NOON for look in looks if look] == [
        timedelta(minutes=30), timedelta(hours=1), timedelta(hours=8), timedelta(hours=12)
    ]  # fmt: skip
    assert next_look(now=NOON, failures=0, state=ParcelState.DELIVERED) is None


def test_a_shipment_belongs_to_the_segment_that_holds_most_of_it() -> None:
    segments = [(7, {1: D(3)}), (8, {1: D(2), 2: D(10)})]
    assert best_segment({1: D(2), 2: D(5)}, segments) == 8
    assert best_segment({1: D(3)}, segments) == 7
    assert best_segment({9: D(3)}, segments) is None
