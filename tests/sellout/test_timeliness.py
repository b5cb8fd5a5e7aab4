"""Which months are owed, and how late they are."""

from __future__ import annotations

from datetime import date

import pytest

from zveno.kit.period import Period
from zveno.sellout.rules.timeliness import MonthStatus, due_on, month_status, months_before

MARCH = date(2026, 3, 1)
WHOLE = Period(date(2026, 3, 1), date(2026, 4, 1))
HALF = Period(date(2026, 3, 1), date(2026, 3, 16))
SHORT = Period(date(2026, 3, 2), date(2026, 3, 29))
LONG_AGO = date(2024, 1, 1)


@pytest.mark.parametrize(
    ("case", "today", "accepted", "in_work", "owed_since", "state", "days_late"),
    [
        ("accepted in time", date(2026, 4, 9), [WHOLE], [], LONG_AGO, "accepted", 0),
        ("accepted, whenever one looks", date(2026, 9, 1), [WHOLE], [], LONG_AGO, "accepted", 0),
        ("accepted though the shop was closed at the end", date(2026, 5, 1), [SHORT], [], LONG_AGO, "accepted", 0),
        ("half a month is a part", date(2026, 4, 20), [HALF], [], LONG_AGO, "partly", 10),
        ("two halves are a month", date(2026, 4, 20), [HALF, Period(date(2026, 3, 16), date(2026, 4, 1))], [], LONG_AGO,
         "accepted", 0),
        ("the month goes on", date(2026, 3, 31), [], [], LONG_AGO, "ahead", 0),
        ("over, not due yet", date(2026, 4, 1), [], [], LONG_AGO, "due", 0),
        ("due today", date(2026, 4, 10), [], [], LONG_AGO, "due", 0),
        ("one day late", date(2026, 4, 11), [], [], LONG_AGO, "late", 1),
        ("late over a year's end", date(2027, 1, 1), [], [], LONG_AGO, "late", 266),
        ("in work in time", date(2026, 4, 5), [], [WHOLE], LONG_AGO, "in_work", 0),
        ("in work and late", date(2026, 4, 15), [], [WHOLE], LONG_AGO, "in_work", 5),
        ("joined after the month", date(2026, 6, 1), [], [], date(2026, 4, 1), "not_owed", 0),
        ("joined on the month's last day", date(2026, 4, 20), [], [], date(2026, 3, 31), "late", 10),
        ("nobody knows since when", date(2026, 6, 1), [], [], None, "not_owed", 0),
        ("a report for another month", date(2026, 4, 12), [Period(date(2026, 2, 1), MARCH)], [], LONG_AGO, "late", 2),
    ],
)  # fmt: skip
def test_month_status(case, today, accepted, in_work, owed_since, state, days_late):
    status = month_status(MARCH, today=today, accepted=accepted, in_work=in_work, owed_since=owed_since)
    assert status == MonthStatus(MARCH, state, date(2026, 4, 10), days_late)


@pytest.mark.parametrize(
    ("month", "due"), [(date(2026, 12, 1), date(2027, 1, 10)), (date(2026, 1, 1), date(2026, 2, 10))]
)
def test_a_month_is_due_by_the_tenth_of_the_next(month, due):
    assert due_on(month) == due


def test_months_before_today_are_full_and_oldest_first():
    assert months_before(date(2026, 2, 14), 3) == [date(2025, 11, 1), date(2025, 12, 1), date(2026, 1, 1)]
