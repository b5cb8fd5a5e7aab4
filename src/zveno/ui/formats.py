"""Figures, money and dates as the reader's language writes them. Pure: the locale is an argument.

`locale` is a Django language code (`ru`, `en`). Spaces inside a figure never break a line. What is absent is shown as
a dash.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import cache

from babel import Locale
from babel.dates import format_date as babel_date
from babel.dates import format_timedelta
from babel.numbers import NumberPattern, get_currency_symbol, parse_pattern

from zveno.kit.money import minor_units
from zveno.kit.quantity import plain

NOTHING = "—"
NBSP = "\u00a0"
_PLACE = "\ue000"

# The short signs a trader reads at a glance; Babel would write some of them as codes outside their home language.
_SIGNS = {
    "RUB": "₽",
    "USD": "$",
    "EUR": "€",
    "CNY": "¥",
    "GBP": "£",
    "KZT": "₸",
    "BYN": "Br",
    "UZS": "so'm",
    "AMD": "֏",
    "GEL": "₾",
}

_DATES = {
    "ru": {"full": "dd.MM.yyyy", "day": "dd.MM", "month": "LLLL yyyy", "long": "d MMMM yyyy 'г.'"},
    "en": {"full": "d MMM yyyy", "day": "d MMM", "month": "MMMM yyyy", "long": "d MMMM yyyy"},
}


def language(code: str | None) -> str:
    """The language Zveno writes in for a Django language code: `ru` or `en`."""
    return "ru" if (code or "").lower().startswith("ru") else "en"


# The first that is found names it: every browser also claims to be those below it.
_BROWSERS = {
    "YaBrowser": "Яндекс Браузер",
    "Edg": "Edge",
    "OPR": "Opera",
    "Firefox": "Firefox",
    "HeadlessChrome": "Chrome",
    "Chrome": "Chrome",
    "Version": "Safari",
}
_DEVICES = {
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Android": "Android",
    "Windows": "Windows",
    "Mac OS X": "macOS",
    "Linux": "Linux",
}


def format_browser(user_agent: str) -> str:
    """`Chrome 141, Windows` for a browser's long name of itself; what is not known is given as it stands, cut."""
    found = ((name, re.search(rf"{mark}/(\d+)", user_agent)) for mark, name in _BROWSERS.items())
    browser = next((f"{name} {version[1]}" for name, version in found if version), "")
    device = next((name for mark, name in _DEVICES.items() if mark in user_agent), "")
    return ", ".join(part for part in (browser, device) if part) or user_agent[:60] or NOTHING


@cache
def _locale(code: str) -> Locale:
    return Locale.parse(language(code))


@cache
def _pattern(code: str, digits: int, money: bool) -> NumberPattern:
    locale = _locale(code)
    if money:
        # The place of the sign in the language's own pattern, kept as a character no pattern gives a meaning to.
        source: str = locale.currency_formats["standard"].pattern.replace("¤", _PLACE)
    else:
        source = locale.decimal_formats[None].pattern
    pattern = parse_pattern(source)
    pattern.frac_prec = (digits, digits)
    return pattern


@cache
def currency_sign(currency: str, locale: str) -> str:
    """`₽` for RUB, `$` for USD, the code itself when there is no common sign."""
    return _SIGNS.get(currency) or get_currency_symbol(currency, _locale(locale))


def _group(value: Decimal, code: str, digits: int, *, money: bool = False) -> str:
    text: str = _pattern(language(code), digits, money).apply(value, _locale(code), group_separator=True)
    return text.replace("\u202f", NBSP).replace(" ", NBSP)


def _rounded(value: Decimal | int, digits: int) -> Decimal:
    exact = Decimal(value)
    rounded = exact.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)
    return abs(rounded) if rounded == 0 else rounded


def format_money(amount: Decimal | int | None, currency: str, locale: str, *, digits: int | None = None) -> str:
    """`1 234,50 ₽` in Russian, `₽1,234.50` in English; `digits` after the point, by default as the currency keeps."""
    if amount is None:
        return NOTHING
    places = minor_units(currency) if digits is None else digits
    text = _group(_rounded(amount, places), locale, places, money=True)
    sign = currency_sign(currency, language(locale))
    # A sign of letters needs a space before the figure: `UZS 1,200`.
    spaced = sign + NBSP if text.lstrip("-").startswith(_PLACE) and sign[-1].isalpha() else sign
    return text.replace(_PLACE, spaced)


def format_number(value: Decimal | int | None, locale: str, *, digits: int | None = None) -> str:
    """`1 234,5` / `1,234.5`; exactly `digits` after the point, or as many as the value has."""
    if value is None:
        return NOTHING
    if digits is not None:
        return _group(_rounded(value, digits), locale, digits)
    exact = plain(Decimal(value))
    exponent = exact.as_tuple().exponent
    places = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    return _group(exact, locale, places)


def format_quantity(value: Decimal | int | None, locale: str, *, unit: str = "") -> str:
    """`12 шт`, `0,5 м`: no more digits than the quantity has."""
    if value is None:
        return NOTHING
    return format_number(value, locale) + (NBSP + str(unit) if unit else "")


def format_percent(share: Decimal | None, locale: str, *, digits: int = 1, signed: bool = False) -> str:
    """A share (0.125) as `12,5 %` / `12.5%`; `signed` writes the plus of a rise."""
    if share is None:
        return NOTHING
    text = format_number(share * 100, locale, digits=digits)
    plus = "+" if signed and share > 0 else ""
    return f"{plus}{text}{NBSP}%" if language(locale) == "ru" else f"{plus}{text}%"


def format_date(value: date | None, locale: str, style: str = "full") -> str:
    """`17.04.2026` / `17 Apr 2026`; styles `full`, `day` (no year), `month`, `long`."""
    if value is None:
        return NOTHING
    text: str = babel_date(value, _DATES[language(locale)][style], locale=_locale(locale))
    return text.replace(" ", NBSP)


def format_moment(value: datetime | None, locale: str, style: str = "full") -> str:
    """`17.04.2026 14:05`; the moment must already be in the reader's time zone."""
    if value is None:
        return NOTHING
    return f"{format_date(value.date(), locale, style)}{NBSP}{value:%H:%M}"


def format_ago(passed: timedelta, locale: str) -> str:
    """`2 минуты назад` / `2 minutes ago`; a negative span is in the future."""
    if abs(passed) < timedelta(minutes=1):
        return "сейчас" if language(locale) == "ru" else "now"
    text: str = format_timedelta(-passed, granularity="minute", threshold=1, add_direction=True, locale=_locale(locale))
    return text
