"""The period a page shows and the equal one before it, month by month."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

from zveno.kit.period import Period, month_of


@dataclass(frozen=True, slots=True)
class Span:
    """`count` calendar months, the last of which may be under way: it ends with `today` then.

    `before` is the same number of months back, and ends with the same day of the month, so the two compare.
    """

    period: Period
    before: Period
    is_last_open: bool

    @property
    def months(self) -> list[date]:
        return list(self.period.months())


def span_of(*, today: date, count: int) -> Span:
    """The last `count` months up to and with `today`. `count` is at least one."""
    first = _months_back(today.replace(day=1), count - 1)
    period = Period(first, today + timedelta(days=1))
    before = Period(_months_back(first, count), _months_back(today, count) + timedelta(days=1))
    return Span(period, before, is_last_open=period.ends_on < month_of(today).ends_on)


def _months_back(day: date, count: int) -> date:
    """The same day `count` months earlier; the month's last day where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 - count, 12)
    longest = calendar.monthrange(year, month + 1)[1]
    # The last day of a month answers to the last day of the other.
    is_last = day == month_of(day).last_day
    return date(year, month + 1, longest if is_last else min(day.day, longest))
