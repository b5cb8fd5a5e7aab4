"""How old a debt is: not due, then by days past the due day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

_ZERO = Decimal(0)


class Age(StrEnum):
    """An age: `DAYS_30` is 1 to 30 days past the due day."""

    NOT_DUE = "not_due"
    DAYS_30 = "days_30"
    DAYS_60 = "days_60"
    DAYS_90 = "days_90"
    OLDER = "older"


OVERDUE = (Age.DAYS_30, Age.DAYS_60, Age.DAYS_90, Age.OLDER)
_UP_TO = ((0, Age.NOT_DUE), (30, Age.DAYS_30), (60, Age.DAYS_60), (90, Age.DAYS_90))


def age_of(due_on: date, today: date) -> Age:
    """The age on `today` of what was due on `due_on`; on the due day itself it is not overdue."""
    days = (today - due_on).days
    return next((age for most, age in _UP_TO if days <= most), Age.OLDER)


def due_between(age: Age, today: date) -> tuple[date, date]:
    """The due days (first, last) that have `age` on `today`; the outer ones reach as far as dates do."""
    days = {found: most for most, found in _UP_TO}
    youngest = {
        Age.DAYS_30: today - timedelta(days=1),
        Age.DAYS_60: today - timedelta(days=31),
        Age.DAYS_90: today - timedelta(days=61),
        Age.OLDER: today - timedelta(days=91),
    }
    last = youngest.get(age, date.max)
    first = today - timedelta(days=days[age]) if age in days else date.min
    return first, last


@dataclass(frozen=True, slots=True)
class Aged:
    """Sums of open debts by age; `unused` is paid and not used yet, above zero."""

    not_due: Decimal = _ZERO
    days_30: Decimal = _ZERO
    days_60: Decimal = _ZERO
    days_90: Decimal = _ZERO
    older: Decimal = _ZERO
    unused: Decimal = _ZERO

    @property
    def overdue(self) -> Decimal:
        return self.days_30 + self.days_60 + self.days_90 + self.older

    @property
    def debt(self) -> Decimal:
        """What is owed, before what is paid and not used."""
        return self.not_due + self.overdue

    @property
    def balance(self) -> Decimal:
        return self.debt - self.unused

    def of(self, age: Age) -> Decimal:
        value = getattr(self, age.value)
        assert isinstance(value, Decimal)
        return value

    def __add__(self, other: Aged) -> Aged:
        return Aged(*(getattr(self, name) + getattr(other, name) for name in _NAMES))


_NAMES = ("not_due", "days_30", "days_60", "days_90", "older", "unused")


def aged(rests: Iterable[tuple[date, Decimal]], today: date) -> Aged:
    """Sums of (due day, rest) by age; rests below zero are unused."""
    sums = dict.fromkeys(_NAMES, _ZERO)
    for due_on, rest in rests:
        if rest > 0:
            sums[age_of(due_on, today).value] += rest
        else:
            sums["unused"] -= rest
    return Aged(**sums)
