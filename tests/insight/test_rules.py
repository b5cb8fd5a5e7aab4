"""Periods, tables and signals of the chain: pure rules."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zveno.insight.rules.signals import Signal, signal_of
from zveno.insight.rules.spans import span_of
from zveno.insight.rules.tables import (
    OTHERS,
    UNKNOWN,
    Cell,
    Figure,
    Pair,
    Row,
    added_up,
    change,
    leading,
    lift,
    paired,
    rows_by_key,
)
from zveno.kit.period import Period

OCTOBER, NOVEMBER = date(2026, 10, 1), date(2026, 11, 1)


@pytest.mark.parametrize(
    ("case", "today", "count", "period", "before"),
    [
        ("a month under way", date(2026, 11, 20), 1, (NOVEMBER, date(2026, 11, 21)), (OCTOBER, date(2026, 10, 21))),
        (
            "a year to this day",
            date(2026, 11, 20),
            12,
            (date(2025, 12, 1), date(2026, 11, 21)),
            (date(2024, 12, 1), date(2025, 11, 21)),
        ),
        (
            "the last day of a short month answers to the last of a long one",
            date(2026, 2, 28),
            1,
            (date(2026, 2, 1), date(2026, 3, 1)),
            (date(2026, 1, 1), date(2026, 2, 1)),
        ),
        (
            "the thirtieth where the month before has no such day",
            date(2026, 3, 30),
            1,
            (date(2026, 3, 1), date(2026, 3, 31)),
            (date(2026, 2, 1), date(2026, 3, 1)),
        ),
    ],
)
def test_a_span_compares_with_the_same_days_before(
    case: str, today: date, count: int, period: tuple[date, date], before: tuple[date, date]
) -> None:
    span = span_of(today=today, count=count)
    assert (span.period, span.before) == (Period(*period), Period(*before)), case
    assert len(span.months) == count


@given(st.dates(min_value=date(2000, 1, 1), max_value=date(2100, 1, 1)), st.integers(1, 36))
def test_a_span_never_overlaps_the_one_before(today: date, count: int) -> None:
    span = span_of(today=today, count=count)
    assert span.before.starts_on < span.before.ends_on <= span.period.starts_on <= today < span.period.ends_on
    assert len(span.months) == len(list(span.before.months())) == count


def figure(amount: int, quantity: int = 1) -> Figure:
    return Figure(Decimal(amount), Decimal(quantity), 1)


def test_rows_gather_months_and_what_was_before() -> None:
    cells = [
        Cell(OCTOBER, 11, figure(100)),
        Cell(OCTOBER, 12, figure(50)),
        Cell(NOVEMBER, 11, figure(30)),
        Cell(None, 12, figure(90)),
        Cell(NOVEMBER, 20, figure(500)),
    ]
    first, second = rows_by_key(cells, lifted=lambda key: key // 10)
    assert (first.key, first.total.amount) == (2, 500)
    assert (second.key, second.total.amount, second.before.amount) == (1, 180, 90)
    assert {month: told.amount for month, told in second.months.items()} == {OCTOBER: 150, NOVEMBER: 30}
    assert second.change("amount") == 1
    assert first.change("amount") is None


def test_what_does_not_fit_into_a_chart_is_added_up() -> None:
    rows = [Row(key, total=figure(100 - key)) for key in range(9)]
    shown = leading(rows, 4)
    assert [row.key for row in shown] == [0, 1, 2, OTHERS]
    assert added_up(shown).total == added_up(rows).total
    assert leading(rows[:4], 4) == rows[:4]


def test_a_node_is_lifted_to_its_ancestor() -> None:
    parents = {1: None, 2: 1, 3: 2, 4: 3, 9: None}
    district = lift(parents, depth=1)
    assert [district(node) for node in (1, 2, 3, 4, 9)] == [1, 2, 2, 2, 9]
    assert district(77) == UNKNOWN


def test_change_needs_something_to_compare_with() -> None:
    assert change(Decimal(120), Decimal(100)) == Decimal("0.2")
    assert change(Decimal(120), Decimal(0)) is None


def row(now: int, before: int) -> Row:
    return Row(
        1, total=Figure(Decimal(now * 10), Decimal(now), 1), before=Figure(Decimal(before * 10), Decimal(before), 1)
    )


@pytest.mark.parametrize(
    ("case", "bought", "sold", "told"),
    [
        ("bought much, sold on little", row(100, 90), row(20, 80), Signal.STUCK),
        ("sold on twice as much", row(100, 90), row(170, 80), Signal.RUSH),
        ("neither bought nor sold any more", row(5, 90), row(4, 80), Signal.DEFICIT),
        ("nothing bought at all", row(0, 90), row(4, 80), Signal.DEFICIT),
        ("as usual", row(100, 90), row(95, 90), None),
        ("new, nothing to compare with", row(100, 0), row(90, 0), None),
        ("nothing anywhere", row(0, 0), row(0, 0), None),
    ],
)
def test_what_stands_out(case: str, bought: Row, sold: Row, told: Signal | None) -> None:
    assert signal_of(Pair(1, bought, sold), whole=Decimal(5000)) is told, case


def test_small_figures_do_not_stand_out() -> None:
    assert signal_of(Pair(1, row(100, 90), row(20, 80)), whole=Decimal(10_000_000)) is None


def test_both_steps_meet_by_key() -> None:
    first, second = paired([row(1, 0)], [Row(2, total=figure(900))])
    assert (first.key, first.passed_on) == (2, None)
    assert (second.key, second.passed_on) == (1, Decimal(0))
