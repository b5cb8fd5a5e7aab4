"""The cost and the dates of one segment by a tariff: bands, minimum, surcharges, working days, what is not known."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zveno.delivery.rules.calendar import Calendar, after_days, next_departure
from zveno.delivery.rules.tariffs import (
    Band,
    Cost,
    Extra,
    Load,
    Ready,
    Surcharge,
    Terms,
    pickup_cost,
    tariff_cost,
    to_be_told,
    told_cost,
)

D = Decimal
CALENDAR = Calendar()
PLAIN = Terms()
FRIDAY = date(2026, 4, 10)
BULKY = Surcharge(Extra.BULKY, percent=D(30), over_kg=D(50))
READY = Ready(on=FRIDAY, today=FRIDAY, hour=10)


def band(over: str = "0", upto: str | None = None, price: str = "500", **more: object) -> Band:
    given = {"per_kg": D(0), "per_km": D(0), "minimum": D(0), "days_min": 2, "days_max": 4, "upto_m3": None, **more}
    return Band(1, D(over), D(upto) if upto else None, price=D(price), **given)  # type: ignore[arg-type]


def load(kg: str = "10", m3: str = "0.01", value: str = "10000", **more: object) -> Load:
    return Load(D(kg) * 1000, D(m3) * 1_000_000, D(value), **more)  # type: ignore[arg-type]


def cost(
    what: Load, *bands: Band, terms: Terms = PLAIN, surcharges: tuple[Surcharge, ...] = (), **more: object
) -> Cost:
    told = {"ready": READY, "order_total": D(10000), "calendar": CALENDAR, **more}
    return tariff_cost(what, terms=terms, bands=bands or (band(),), surcharges=surcharges, **told)  # type: ignore[arg-type]


BANDS = (
    band("0", "5", "300"),
    band("5", "30", "450", per_kg=D("20")),
    band("30", None, "950", per_kg=D("12.5"), minimum=D("1100")),
)


@pytest.mark.parametrize(
    ("case", "kg", "amount"),
    [
        ("the lightest band", "4.9", "300"),
        ("the upper edge belongs to the band below", "5", "300"),
        ("a started kilogram counts whole", "5.1", "470"),
        ("kilograms above the edge", "12.2", "610"),
        ("the last band has no end, but a minimum", "31", "1100"),
        ("far above", "130", "2200.0"),
    ],
)
def test_the_band_of_the_weight_gives_the_price(case: str, kg: str, amount: str) -> None:
    assert cost(load(kg), *BANDS).amount == D(amount)


def test_a_bulky_load_weighs_by_its_volume_and_says_so() -> None:
    found = cost(load("10", "0.2"), *BANDS, terms=Terms(kg_per_m3=D(250)))
    assert found.amount == D("1200.0")
    assert found.trace[0] == {"code": "volumetric", "kg": "50", "m3": "0.2", "factor": "250"}


def test_a_band_of_small_volume_does_not_take_a_large_load() -> None:
    small, large = band("0", "30", "300", upto_m3=D("0.1")), band("0", "30", "700", upto_m3=D("1"))
    assert cost(load("10", "0.1"), small, large).amount == D(300)
    assert cost(load("10", "0.11"), small, large).amount == D(700)
    assert cost(load("10", "1.1"), small, large).problem == "too_heavy"


def test_what_is_beyond_the_tariff_is_refused_with_the_limit() -> None:
    found = cost(load("31"), band("0", "30"))
    assert (found.amount, found.problem, found.params) == (None, "too_heavy", {"limit": "30", "weight": "31"})
    assert not found.is_available
    heavy = cost(load("20", heaviest_g=15000), terms=Terms(heaviest_piece_kg=D(12)))
    assert (heavy.problem, heavy.params) == ("piece_too_heavy", {"limit": "12", "weight": "15"})
    assert (
        tariff_cost(
            load(), terms=Terms(), bands=(), surcharges=(), ready=READY, order_total=D(0), calendar=CALENDAR
        ).problem
        == "no_tariff"
    )


def test_an_unknown_weight_makes_the_cost_a_least_one_and_never_zero() -> None:
    partly = cost(load("6", without_weight=2), *BANDS)
    assert (partly.amount, partly.is_from) == (D(470), True)
    assert {"code": "without_weight", "lines": "2"} in partly.trace
    wholly = cost(load("0", without_weight=3), *BANDS)
    assert (wholly.amount, wholly.is_from) == (D(300), True)


def test_an_unknown_volume_matters_only_where_volume_counts() -> None:
    assert not cost(load("6", "0", without_volume=1), *BANDS).is_from
    assert cost(load("6", "0", without_volume=1), *BANDS, terms=Terms(kg_per_m3=D(200))).is_from
    assert cost(load("6", "0", without_volume=1), band(upto_m3=D(1)), terms=Terms()).is_from


def test_kilometres_of_the_road_are_paid_and_their_lack_is_told() -> None:
    row = band(price="200", per_km=D("30"))
    found = cost(load(), row, distance_km=101)
    assert found.amount == D(200) + 30 * 127
    assert {"code": "per_km", "km": "127", "price": "30", "amount": "3810.00"} in found.trace
    assert cost(load(), row).problem == "distance_unknown"


@pytest.mark.parametrize(
    ("case", "surcharge", "what", "amount"),
    [
        ("bulky by a heavy piece", BULKY, load("60", heaviest_g=51000), "650"),
        ("not bulky at the edge", BULKY, load("60", heaviest_g=50000), "500"),
        ("bulky by a large piece", Surcharge(Extra.BULKY, D(100), over_m3=D("0.5")), load(largest_cm3=600_000), "600"),
        ("fragile", Surcharge(Extra.FRAGILE, percent=D(20)), load(is_fragile=True), "600"),
        ("not fragile", Surcharge(Extra.FRAGILE, percent=D(20)), load(), "500"),
        ("insurance is of the value", Surcharge(Extra.INSURANCE, percent=D("0.5")), load(value="12345.67"), "561.73"),
        ("fuel is on every load", Surcharge(Extra.FUEL, percent=D("7.5")), load(), "537.5"),
        ("handling is a sum", Surcharge(Extra.HANDLING, D("49.90")), load(), "549.90"),
    ],
)  # fmt: skip
def test_surcharges_come_on_top(case: str, surcharge: Surcharge, what: Load, amount: str) -> None:
    assert cost(what, surcharges=(surcharge,)).amount == D(amount)


def test_vat_is_added_where_prices_are_without_it() -> None:
    terms = Terms(vat_percent=D(22), vat_included=False)
    found = cost(load(), terms=terms)
    assert found.amount == D("610.00")
    assert {"code": "vat", "percent": "22", "amount": "110.00"} in found.trace
    assert cost(load(), terms=replace(terms, vat_included=True)).amount == D(500)


def test_from_a_sum_on_delivery_is_free_and_says_what_it_would_have_cost() -> None:
    terms = Terms(free_from=D(50000))
    assert cost(load(), terms=terms, order_total=D("49999.99")).amount == D(500)
    found = cost(load(without_weight=1), terms=terms, order_total=D(50000))
    assert (found.amount, found.is_from) == (D(0), False)
    assert found.trace[-3] == {"code": "free", "from": "50000", "amount": "500.00"}


@pytest.mark.parametrize(
    ("case", "terms", "ready", "leaves", "arrives"),
    [
        ("Friday morning leaves on Friday", Terms(), READY, (10, 4), (14, 4)),
        ("after the cut-off on Monday", Terms(cut_off_hour=12), replace(READY, hour=12), (13, 4), (15, 4)),
        ("ready later: no cut-off", Terms(cut_off_hour=1), replace(READY, on=date(2026, 4, 13)), (13, 4), (15, 4)),
        ("a day to pack", Terms(prepare_days=1), READY, (13, 4), (15, 4)),
        ("leaves on Thursdays", Terms(weekdays=frozenset({3})), READY, (16, 4), (20, 4)),
        ("calendar days on any day", Terms(days_work=False), replace(READY, on=date(2026, 4, 11)), (11, 4), (13, 4)),
        ("over the May holidays", Terms(), replace(READY, on=date(2026, 4, 30)), (30, 4), (5, 5)),
    ],
)  # fmt: skip
def test_dates_count_cut_off_weekdays_and_working_days(
    case: str, terms: Terms, ready: Ready, leaves: tuple[int, int], arrives: tuple[int, int]
) -> None:
    found = cost(load(), terms=terms, ready=ready)
    assert found.leaves_on == date(2026, leaves[1], leaves[0])
    assert found.arrives_from == date(2026, arrives[1], arrives[0])


def test_a_rows_own_days_of_departure_count_before_the_carriers() -> None:
    found = cost(load(), band(weekdays=frozenset({1})), terms=Terms(weekdays=frozenset({0})))
    assert found.leaves_on == date(2026, 4, 14)
    assert cost(load(), terms=Terms(weekdays=frozenset())).problem == "never_leaves"


def test_a_day_moved_by_decree_works_or_rests() -> None:
    moved = Calendar({date(2026, 4, 11): True, date(2026, 4, 13): False})
    assert [moved.works(date(2026, 4, day)) for day in (10, 11, 12, 13, 14)] == [True, True, False, False, True]
    assert after_days(FRIDAY, 2, working=True, calendar=moved) == date(2026, 4, 14)
    assert after_days(FRIDAY, 0, working=True, calendar=moved) == FRIDAY
    assert next_departure(FRIDAY, weekdays=(0,), only_working=True, calendar=moved) == date(2026, 4, 20)


def test_pick_up_is_free_from_the_day_the_goods_are_packed() -> None:
    found = pickup_cost(terms=Terms(prepare_days=1), ready=READY, calendar=CALENDAR)
    assert (found.amount, found.arrives_to, found.is_from) == (D(0), date(2026, 4, 13), False)


def test_what_the_carrier_told_is_dated_from_our_own_departure() -> None:
    found = told_cost(
        load(), terms=Terms(cut_off_hour=9), amount=D("1234.50"), days=(3, 5), ready=READY, order_total=D(1),
        calendar=CALENDAR, asked_on=FRIDAY,
    )  # fmt: skip
    assert (found.amount, found.leaves_on) == (D("1234.50"), date(2026, 4, 13))
    assert (found.arrives_from, found.arrives_to) == (date(2026, 4, 16), date(2026, 4, 20))


def test_a_carrier_that_is_silent_can_be_chosen_without_a_figure() -> None:
    found = to_be_told("carrier_silent", terms=Terms(), ready=READY, calendar=CALENDAR)
    assert (found.amount, found.is_available, found.params) == (None, True, {"reason": "carrier_silent"})


weights = st.decimals("0.001", "5000", places=3)


@given(weights, weights)
def test_more_weight_never_costs_less_under_rising_bands(one: Decimal, other: Decimal) -> None:
    rows = (band("0", "5", "300"), band("5", "30", "300", per_kg=D(10)), band("30", None, "550", per_kg=D(10)))
    lighter, heavier = sorted((one, other))
    found = [cost(load(str(kg)), *rows).amount for kg in (lighter, heavier)]
    assert found[0] is not None
    assert found[1] is not None
    assert found[0] <= found[1]


@given(weights, st.integers(0, 6), st.integers(0, 23), st.integers(0, 30))
def test_the_figures_of_the_trace_come_to_the_amount(kg: Decimal, weekday: int, hour: int, offset: int) -> None:
    day = date(2026, 1, 1 + offset)
    found = cost(
        load(str(kg)),
        *BANDS,
        terms=Terms(vat_percent=D(22), vat_included=False, weekdays=frozenset({weekday}), days_work=False),
        surcharges=(Surcharge(Extra.FUEL, percent=D("3.3")), Surcharge(Extra.INSURANCE, percent=D("0.1"))),
        ready=Ready(on=day, today=date(2026, 1, 5), hour=hour),
    )
    assert found.amount is not None
    told = {step["code"]: D(step["amount"]) for step in found.trace if "amount" in step}
    base = told.pop("minimum", None)
    rest = sum(told.values()) if base is None else base + told["fuel"] + told["insurance"] + told["vat"]
    assert abs(rest - found.amount) <= D("0.02")
    assert found.leaves_on is not None
    assert found.arrives_from is not None
    assert max(day, date(2026, 1, 5)) <= found.leaves_on <= found.arrives_from
