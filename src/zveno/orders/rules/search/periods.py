"""Days and periods as people type them, in Russian and English: `вчера`, `last week`, `03.2026`, `с 1.04 по 15.04`.

Years that are not told are the latest in which the period does not lie ahead.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from zveno.kit.period import Period, month_of, next_month

_MONTHS = {
    **{stem: at for at, stem in enumerate(
        ("январ", "феврал", "март", "апрел", "ма", "июн", "июл", "август", "сентябр", "октябр", "ноябр", "декабр"), 1)},
    **{stem: at for at, stem in enumerate(
        ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
         "december"), 1)},
    **{stem: at for at, stem in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1)},
}  # fmt: skip
_MONTH = (
    r"(?:январ[ьяе]|феврал[ьяе]|март[ае]?|апрел[ьяе]|ма[йяе]|июн[ьяе]|июл[ьяе]|август[ае]?|сентябр[ьяе]|октябр[ьяе]"
    r"|ноябр[ьяе]|декабр[ьяе]|january|february|march|april|may|june|july|august|september|october|november|december"
    r"|jan|feb|mar|apr|jun|jul|aug|sep|oct|nov|dec)"
)
_YEAR = r"(?:\s+(20\d\d)(?:\s*г(?:\.|ода?)?)?)?"
_DAY = rf"(?:\d{{4}}-\d{{2}}-\d{{2}}|\d{{1,2}}\.\d{{1,2}}(?:\.(?:20)?\d\d)?|\d{{1,2}}\s+{_MONTH}(?:\s+20\d\d)?)"
_QUARTERS = {"1": 1, "2": 2, "3": 3, "4": 4, "i": 1, "ii": 2, "iii": 3, "iv": 4}

Reader = Callable[[re.Match[str], date], Period | None]


def period_at(text: str, at: int, *, today: date) -> tuple[Period, int] | None:
    """The period that stands in `text` from `at`, and where it ends; `None` when none does."""
    for pattern, read in _READERS:
        found = pattern.match(text, at)
        if found and (found.end() == len(text) or text[found.end()].isspace() or text[found.end()] in ",;"):
            meant = read(found, today)
            if meant is not None:
                return meant, found.end()
    return None


def _range(found: re.Match[str], today: date) -> Period | None:
    first, last = (found[1], found[2]) if found[1] else (found[3], found[4])
    ends = _day_of(last, today)
    starts = _day_of(first, ends or today)
    if starts is None or ends is None or starts > ends:
        return None
    return Period(starts, ends + timedelta(days=1))


def _since(found: re.Match[str], today: date) -> Period | None:
    starts = _day_of(found[1], today)
    return Period(starts, date(9999, 1, 1)) if starts else None


def _until(found: re.Match[str], today: date) -> Period | None:
    ends = _day_of(found[1], today)
    return Period(date(2000, 1, 1), ends + timedelta(days=1)) if ends else None


def _one_day(found: re.Match[str], today: date) -> Period | None:
    day = _day_of(found[0], today)
    return Period(day, day + timedelta(days=1)) if day else None


def _named_day(found: re.Match[str], today: date) -> Period | None:
    word = found[0].lower()
    back = 0 if word in ("сегодня", "today") else 1 if word in ("вчера", "yesterday") else 2
    day = today - timedelta(days=back)
    return Period(day, day + timedelta(days=1))


def _last_days(found: re.Match[str], today: date) -> Period | None:
    count = int(found[1])
    if not 0 < count < 3660:
        return None
    return Period(today - timedelta(days=count - 1), today + timedelta(days=1))


def _this_or_last(found: re.Match[str], today: date) -> Period | None:
    is_last = re.match(r"прошл|last|previous", found["which"], re.IGNORECASE) is not None
    unit = found["unit"].lower()
    if unit.startswith(("недел", "week")):
        monday = today - timedelta(days=today.weekday() + 7 * is_last)
        return Period(monday, monday + timedelta(days=7))
    if unit.startswith(("месяц", "month")):
        return month_of(today.replace(day=1) - timedelta(days=1)) if is_last else month_of(today)
    if unit.startswith(("квартал", "quarter")):
        number, year = (today.month - 1) // 3 + 1, today.year
        if is_last:
            number, year = (number - 1, year) if number > 1 else (4, year - 1)
        return _quarter(number, year)
    year = today.year - is_last
    return Period(date(year, 1, 1), date(year + 1, 1, 1))


def _for_span(found: re.Match[str], today: date) -> Period | None:
    days = {"недел": 7, "week": 7, "месяц": 31, "month": 31, "квартал": 92, "quarter": 92, "год": 365, "year": 365}
    unit = found["unit"].lower()
    count = next(days[stem] for stem in days if unit.startswith(stem))
    return Period(today - timedelta(days=count - 1), today + timedelta(days=1))


def _month_number(found: re.Match[str], today: date) -> Period | None:
    month, year = (found[1], found[2]) if found[1] else (found[4], found[3])
    return month_of(date(int(year), int(month), 1)) if 1 <= int(month) <= 12 else None


def _month_word(found: re.Match[str], today: date) -> Period | None:
    month = _month_of(found[1])
    if found[2]:
        return month_of(date(int(found[2]), month, 1))
    return month_of(date(today.year if month <= today.month else today.year - 1, month, 1))


def _numbered_quarter(found: re.Match[str], today: date) -> Period | None:
    number = _QUARTERS.get((found[1] or found[3]).lower())
    if number is None:
        return None
    told = found[2] or found[4]
    latest = today.year if 3 * (number - 1) < today.month else today.year - 1
    return _quarter(number, int(told) if told else latest)


def _whole_year(found: re.Match[str], today: date) -> Period | None:
    year = int(found[1] or found[2])
    return Period(date(year, 1, 1), date(year + 1, 1, 1))


def _quarter(number: int, year: int) -> Period:
    first = date(year, 3 * number - 2, 1)
    return Period(first, next_month(next_month(next_month(first))))


def _day_of(text: str, today: date) -> date | None:
    """The day told; without a year the latest that is not after `today`."""
    told = text.lower()
    try:
        if "-" in told:
            return date.fromisoformat(told)
        if "." in told:
            parts = [int(part) for part in told.split(".")]
            if len(parts) == 3:
                return date(parts[2] if parts[2] > 99 else 2000 + parts[2], parts[1], parts[0])
            return _latest(parts[1], parts[0], today)
        day, month, *year = told.split()
        if year:
            return date(int(year[0]), _month_of(month), int(day))
        return _latest(_month_of(month), int(day), today)
    except ValueError:
        return None


def _latest(month: int, day: int, today: date) -> date:
    found = date(today.year, month, day)
    return found if found <= today else date(today.year - 1, month, day)


def _month_of(word: str) -> int:
    word = word.lower()
    return _MONTHS[max((stem for stem in _MONTHS if word.startswith(stem)), key=len)]


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_WHICH = r"(?P<which>эт(?:от|а|ой|ом|у)|текущ\w+|прошл\w+|this|current|last|previous)"
_UNIT = r"(?P<unit>недел[яюеи]|месяце?|квартале?|году?|week|month|quarter|year)"
# The longer reading first: what begins a range is also a day.
_READERS: tuple[tuple[re.Pattern[str], Reader], ...] = (
    (_compiled(rf"(?:с|from)\s+({_DAY})\s+(?:по|до|to|until)\s+({_DAY})|({_DAY})\s*[–—-]\s*({_DAY})"), _range),
    (_compiled(rf"(?:с|from|since)\s+({_DAY})"), _since),
    (_compiled(rf"(?:по|до|until|till)\s+({_DAY})"), _until),
    (_compiled(r"(?:за\s+)?(?:последни[ей]\s+|last\s+|past\s+)?(\d{1,4})\s+(?:дн(?:я|ей)|день|days?)"), _last_days),
    (_compiled(rf"(?:[вн]а?\s+|за\s+|in\s+)?{_WHICH}\s+{_UNIT}"), _this_or_last),
    (_compiled(rf"за\s+{_UNIT}"), _for_span),
    (_compiled(r"сегодня|today|вчера|yesterday|позавчера"), _named_day),
    (_compiled(_DAY), _one_day),
    (_compiled(r"(0?[1-9]|1[0-2])[./](20\d\d)|(20\d\d)-(0[1-9]|1[0-2])"), _month_number),
    (_compiled(rf"(?:в\s+|за\s+|in\s+)?({_MONTH}){_YEAR}"), _month_word),
    (_compiled(r"(?:([1-4]|iv|i{1,3})(?:-?й)?\s*(?:кв(?:\.|артал)?|quarter)(?:\s+(20\d\d))?|q([1-4])(?:\s+(20\d\d))?)"),
     _numbered_quarter),
    (_compiled(r"(20\d\d)\s*(?:год[ау]?|г\.?)|(?:year|за|in)\s+(20\d\d)"), _whole_year),
)  # fmt: skip
