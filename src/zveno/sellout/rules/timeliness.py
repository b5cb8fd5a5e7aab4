"""Which months a distributor owes a report for, and how late it is: a report is due by the tenth of the next month."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from zveno.kit.period import Period, month_of, next_month

DUE_DAY = 10
_LAST_DAYS = 7

MonthState = Literal["accepted", "partly", "in_work", "due", "late", "ahead", "not_owed"]


@dataclass(frozen=True, slots=True)
class MonthStatus:
    """How a month stands. `days_late` counts from the day after `due_on`, while the month is not accepted."""

    month: date
    state: MonthState
    due_on: date
    days_late: int = 0


def due_on(month: date) -> date:
    """The last day on which the report of `month` is in time."""
    return next_month(month).replace(day=DUE_DAY)


def months_before(today: date, count: int) -> list[date]:
    """First days of the `count` full months before that of `today`, oldest first."""
    months: list[date] = []
    month = today.replace(day=1)
    for _ in range(count):
        month = (month - timedelta(days=1)).replace(day=1)
        months.append(month)
    return months[::-1]


def month_status(
    month: date,
    *,
    today: date,
    accepted: Sequence[Period],
    in_work: Sequence[Period] = (),
    owed_since: date | None = None,
) -> MonthStatus:
    """How `month` (its first day) stands on `today`, by the periods of accepted reports and of those being worked on.

    A month counts as reported when accepted days reach into its last week (a shop may be closed on the 31st), and in
    part when they end earlier. Nothing is owed for months that were over before `owed_since`; None owes nothing.
    """
    whole, due = month_of(month), due_on(month)
    touching = [period for period in accepted if _meet(period, whole)]
    if any(period.ends_on > whole.ends_on - timedelta(days=_LAST_DAYS) for period in touching):
        return MonthStatus(month, "accepted", due)
    if today < whole.ends_on:
        return MonthStatus(month, "ahead", due)
    worked = any(_meet(period, whole) for period in in_work)
    if owed_since is None or whole.ends_on <= owed_since:
        return MonthStatus(month, "in_work" if worked else "partly" if touching else "not_owed", due)
    days_late = max((today - due).days, 0)
    if worked:
        return MonthStatus(month, "in_work", due, days_late)
    if touching:
        return MonthStatus(month, "partly", due, days_late)
    return MonthStatus(month, "late" if days_late else "due", due, days_late)


def _meet(one: Period, other: Period) -> bool:
    return one.starts_on < other.ends_on and other.starts_on < one.ends_on
