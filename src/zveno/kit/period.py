"""Periods of days: half-open, `from` included, `to` excluded."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """Days from `starts_on` up to but not including `ends_on`."""

    starts_on: date
    ends_on: date

    def __contains__(self, day: date) -> bool:
        return self.starts_on <= day < self.ends_on

    @property
    def last_day(self) -> date:
        return self.ends_on - timedelta(days=1)

    def months(self) -> Iterator[date]:
        """The first day of each month that the period touches."""
        month = self.starts_on.replace(day=1)
        while month < self.ends_on:
            yield month
            month = next_month(month)


def next_month(day: date) -> date:
    """The first day of the month after that of `day`."""
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1)


def month_of(day: date) -> Period:
    """The calendar month that holds `day`."""
    first = day.replace(day=1)
    return Period(first, next_month(first))
