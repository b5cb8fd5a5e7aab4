"""When a reminder of a payment is due, and when a person wants quiet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time

STATEMENTS = ("never", "weekly", "monthly")


@dataclass(frozen=True, slots=True)
class MailChoice:
    """What is mailed: a statement, reminders before and after a payment is due; quiet hours on the person's clock."""

    is_on: bool = True
    statement: str = "never"
    reminds: bool = True
    days_before: int = 3
    every_days_after: int = 7
    quiet_from: time = time(20)
    quiet_to: time = time(9)
    weekends: bool = False


def is_quiet(moment: time, quiet_from: time, quiet_to: time) -> bool:
    """Whether `moment` (where the person is) lies in the quiet hours, which may span midnight; equal ends: never."""
    if quiet_from <= quiet_to:
        return quiet_from <= moment < quiet_to
    return moment >= quiet_from or moment < quiet_to


def stage_of(due_on: date, today: date, *, days_before: int, every_days_after: int) -> str | None:
    """The reminder that stands for a debt today: `before`, or `after-1`, `after-2` … for each span passed since.

    It is one name for many days, so that a day without mail (a week-end, a fault) loses nothing, and none goes twice.
    `days_before` 0: none before; `every_days_after` 0: one alone, on the day after.
    """
    late = (today - due_on).days
    if late <= 0:
        return "before" if days_before and -late <= days_before else None
    return f"after-{1 + (late - 1) // every_days_after}" if every_days_after else "after-1"


def statement_is_due(statement: str, today: date, last_sent_on: date | None) -> bool:
    """Whether a statement is to be mailed today: weekly from Monday on, monthly from the first on, once each."""
    if statement == "weekly":
        begins_on = date.fromordinal(today.toordinal() - today.weekday())
    elif statement == "monthly":
        begins_on = today.replace(day=1)
    else:
        return False
    return last_sent_on is None or last_sent_on < begins_on
