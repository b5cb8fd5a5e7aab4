"""Working days: weekends and fixed holidays rest, and single days differ by decree (article 112 of the Labour Code)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

EVERY_DAY = frozenset(range(7))
WEEKDAYS = frozenset(range(5))
_SATURDAY = 5
# (month, day) that rest in Russia every year.
_FIXED = frozenset({(1, day) for day in range(1, 9)} | {(2, 23), (3, 8), (5, 1), (5, 9), (6, 12), (11, 4)})
_FARTHEST = 366


@dataclass(frozen=True, slots=True)
class Calendar:
    """`differing` says of single days whether one works, against what weekday and holidays say."""

    differing: Mapping[date, bool] = field(default_factory=dict)

    def works(self, day: date) -> bool:
        """Whether `day` is a working day."""
        told = self.differing.get(day)
        if told is not None:
            return told
        return day.weekday() < _SATURDAY and (day.month, day.day) not in _FIXED


def next_departure(day: date, *, weekdays: Collection[int], only_working: bool, calendar: Calendar) -> date | None:
    """The first day from `day` on that falls on one of `weekdays` (Monday is 0) and, if asked, works.

    `None` when there is none within a year: nothing ever leaves.
    """
    for offset in range(_FARTHEST):
        found = day + timedelta(days=offset)
        if found.weekday() in weekdays and (not only_working or calendar.works(found)):
            return found
    return None


def after_days(day: date, count: int, *, working: bool, calendar: Calendar) -> date:
    """`day` and `count` days more: calendar days, or with `working` those that work alone."""
    if not working:
        return day + timedelta(days=count)
    while count > 0:
        day += timedelta(days=1)
        if calendar.works(day):
            count -= 1
    return day
