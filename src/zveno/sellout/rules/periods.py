"""Periods as reports write them: «Период: 01.03.2026 - 31.03.2026», «Июнь 2026 г.», «1 кв. 2026», «03.2026»."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from zveno.kit.period import Period, month_of, next_month
from zveno.kit.tables import Cell
from zveno.sellout.rules.values import day, month_of_word

_DATE = r"\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}-\d{2}-\d{2}"
_RANGE = re.compile(rf"({_DATE})\s*(?:г\.?)?\s*(?:[-–—.]{{1,3}}|по|до|to|till|…)\s*({_DATE})")
_SINCE_TILL = re.compile(rf"\b(?:с|from|з)\s+({_DATE})\s*(?:г\.?)?\s*(?:по|до|to|till)\s+({_DATE})", re.IGNORECASE)
_MONTH_YEAR = re.compile(r"([A-Za-zА-Яа-яІіЇїЄє]{3,9})\.?[\s.,'’-]*(\d{4}|\d{2})?(?:\s*(?:г(?:од|ода)?|р(?:оку)?)\.?)?")
_NUMBER_MONTH = re.compile(r"(0?[1-9]|1[0-2])[./-](20\d{2})|(20\d{2})[./-](0?[1-9]|1[0-2])")
_QUARTER = re.compile(
    r"([1-4]|IV|I{1,3})\s*(?:-?й\s*)?(?:кв(?:артал)?\.?|q)\s*,?\s*(20\d{2})?|q([1-4])\s*,?\s*(20\d{2})?", re.IGNORECASE
)
_WEEK = re.compile(r"(?:нед(?:еля)?\.?|week|w)\s*(\d{1,2})\D{0,3}(20\d{2})|(20\d{2})-?w(\d{1,2})", re.IGNORECASE)
_ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4}


@dataclass(frozen=True, slots=True)
class Span:
    """A period found in a heading: its days when the year is told, the month alone when it is not, and the words left
    over («Июнь 2026 кол-во» leaves «кол-во»)."""

    period: Period | None
    month: int | None = None
    rest: str = ""


def period_of(cell: Cell, *, year: int | None = None) -> Span | None:
    """The period a heading names; `year` fills a month told without one. `None` when it names none."""
    if isinstance(cell, datetime):
        cell = cell.date()
    if isinstance(cell, date):
        return Span(month_of(cell) if cell.day == 1 else Period(cell, cell + timedelta(days=1)))
    if not isinstance(cell, str) or len(cell) > 60:
        return None
    told = " ".join(cell.split())
    return (
        _range(told)
        or _quarter(told, year)
        or _week(told)
        or _number_month(told)
        or _single_day(told)
        or _month(told, year)
    )


def _range(told: str) -> Span | None:
    found = _SINCE_TILL.search(told) or _RANGE.search(told)
    if not found:
        return None
    first, last = day(found[1]), day(found[2])
    if not first or not last or last < first:
        return None
    return Span(Period(first, last + timedelta(days=1)), rest=_rest(told, found))


def find_range(told: str) -> Period | None:
    """The range of days somewhere in a line of a preamble."""
    span = _range(told)
    return span.period if span else None


def _rest(told: str, found: re.Match[str]) -> str:
    return (told[: found.start()] + " " + told[found.end() :]).strip(" ,.;:-/|()")


def _quarter(told: str, year: int | None) -> Span | None:
    found = _QUARTER.search(told)
    if not found:
        return None
    name = (found[1] or found[3]).upper()
    quarter = _ROMAN.get(name) or int(name)
    told_year = found[2] or found[4] or year
    if not told_year:
        return None
    first = date(int(told_year), 3 * quarter - 2, 1)
    return Span(Period(first, next_month(next_month(next_month(first)))), rest=_rest(told, found))


def _week(told: str) -> Span | None:
    found = _WEEK.search(told)
    if not found:
        return None
    week, year = int(found[1] or found[4]), int(found[2] or found[3])
    if not 1 <= week <= 52:
        return None
    first = date.fromisocalendar(year, week, 1)
    return Span(Period(first, first + timedelta(days=7)), rest=_rest(told, found))


def _number_month(told: str) -> Span | None:
    found = _NUMBER_MONTH.search(told)
    if not found or (found.start() and told[found.start() - 1] in "0123456789.,/-"):
        return None
    if told[found.end() : found.end() + 1] in tuple("0123456789./-"):
        return None
    first = date(int(found[2] or found[3]), int(found[1] or found[4]), 1)
    return Span(month_of(first), first.month, _rest(told, found))


def _single_day(told: str) -> Span | None:
    value = day(told)
    return Span(Period(value, value + timedelta(days=1))) if value and 2000 <= value.year < 2100 else None


def _month(told: str, year: int | None) -> Span | None:
    for found in _MONTH_YEAR.finditer(told):
        month = month_of_word(found[1])
        if not month:
            continue
        told_year = int(found[2]) if found[2] else year
        if told_year and told_year < 100:
            told_year += 2000
        if told_year and not 2000 <= told_year < 2100:
            told_year = year
        rest = _rest(told, found)
        if len(rest) > 30:
            return None
        return Span(month_of(date(told_year, month, 1)) if told_year else None, month, rest)
    return None
