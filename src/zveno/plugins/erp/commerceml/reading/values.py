"""Texts of elements as values: numbers, dates and flags as exporters really write them."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal

_PLAIN_NUMBER = re.compile(r"-?[0-9]{1,18}(?:\.[0-9]{1,12})?")
_BLANKS = re.compile(r"[\s\u00a0\u202f\u2009'`]+")
_GUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.IGNORECASE)
_EMPTY_REFERENCE = "00000000-0000-0000-0000-000000000000"
_TWICE_ESCAPED = re.compile(r"&(quot|amp|lt|gt|apos|#0?39|nbsp);")
_ENTITIES = {"quot": '"', "amp": "&", "lt": "<", "gt": ">", "apos": "'", "#39": "'", "#039": "'", "nbsp": " "}
_DATE = (
    r"(?:(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})"
    r"|(?P<day2>\d{1,2})\.(?P<month2>\d{1,2})\.(?P<year2>\d{4}))"
)
_TIME = r"(?P<hour>\d{1,2}):(?P<minute>\d{1,2})(?::(?P<second>\d{1,2})(?:[.,]\d+)?)?"
_ZONE = r"(?P<zone>Z|[+-]\d{2}:?\d{2})"
_MOMENT = re.compile(rf"{_DATE}(?:[T\s]+{_TIME})?\s*{_ZONE}?", re.ASCII)
_CLOCK = re.compile(rf"{_TIME}\s*{_ZONE}?", re.ASCII)
_TRUE = frozenset({"true", "1", "да", "истина", "yes", "y"})
_FALSE = frozenset({"false", "0", "нет", "ложь", "no", "n"})


def is_guid(value: str) -> bool:
    """Whether `value` has the form of a 1С reference."""
    return _GUID.fullmatch(value) is not None


def is_empty_reference(value: str) -> bool:
    """Whether `value` is how 1С writes a reference to nothing."""
    return value == _EMPTY_REFERENCE


def unescape_twice_escaped(value: str) -> str:
    """A name whose writer escaped it for HTML before XML (`&quot;` left in the text), as it was meant."""
    if "&" not in value:
        return value
    return _TWICE_ESCAPED.sub(lambda found: _ENTITIES[found[1]], value)


def parse_number(text: str) -> Decimal | None:
    """The number in `text`, `None` if there is none.

    Takes blanks and apostrophes between thousands, comma or point before the fraction; where both stand, the last is
    the fraction's. No exponent, at most 18 digits and 12 of fraction: nothing longer is money or goods.
    """
    if _PLAIN_NUMBER.fullmatch(text):
        return Decimal(text)
    bare = _BLANKS.sub("", text).replace("−", "-").removeprefix("+")
    comma, point = bare.rfind(","), bare.rfind(".")
    if comma >= 0 and point >= 0:
        thousands = "," if comma < point else "."
        bare = bare.replace(thousands, "")
    elif bare.count(",") > 1 or bare.count(".") > 1:
        bare = bare.replace(",", "").replace(".", "")
    bare = bare.replace(",", ".")
    if bare.startswith((".", "-.")):
        bare = bare.replace(".", "0.", 1)
    bare = bare.removesuffix(".")
    return Decimal(bare) if _PLAIN_NUMBER.fullmatch(bare) else None


def parse_flag(text: str) -> bool | None:
    """A yes or a no, `None` for neither."""
    lowered = text.lower()
    if lowered in _TRUE:
        return True
    return False if lowered in _FALSE else None


def parse_moment(text: str) -> datetime | None:
    """Date with or without time, ISO or Russian, one-digit parts allowed (`2014-06-01T0:36:33`); naive without a zone.

    `None` if unreadable or the empty date of 1С (year 1).
    """
    found = _MOMENT.fullmatch(text)
    if not found:
        return None
    year = int(found["year"] or found["year2"])
    if year <= 1:
        return None
    try:
        day = date(year, int(found["month"] or found["month2"]), int(found["day"] or found["day2"]))
        return datetime.combine(day, _clock(found), tzinfo=_zone(found["zone"]))
    except ValueError:
        return None


def parse_day(text: str) -> date | None:
    """The date in `text`, with whatever time behind it; `None` as for `parse_moment`."""
    moment = parse_moment(text)
    return moment.date() if moment else None


def parse_clock(text: str) -> time | None:
    """The time of day in `text`, alone or behind a date; seconds optional."""
    found = _CLOCK.fullmatch(text) or _MOMENT.fullmatch(text)
    if not found or found["hour"] is None:
        return None
    try:
        return _clock(found)
    except ValueError:
        return None


def is_empty_date(text: str) -> bool:
    """Whether `text` is how 1С writes "no date"."""
    return text.startswith(("0001-01-01", "01.01.0001", "0000-00-00")) or text in {"", ". .", "  .  ."}


def _clock(found: re.Match[str]) -> time:
    return time(int(found["hour"] or 0), int(found["minute"] or 0), int(found["second"] or 0))


def _zone(text: str | None) -> timezone | None:
    if not text:
        return None
    if text == "Z":
        return UTC
    sign = -1 if text[0] == "-" else 1
    return timezone(sign * timedelta(hours=int(text[1:3]), minutes=int(text[-2:])))
