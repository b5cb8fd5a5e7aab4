"""Figures, money and dates as each language writes them."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest

from zveno.ui import formats

NB = formats.NBSP


@pytest.mark.parametrize(
    ("amount", "currency", "russian", "english"),
    [
        ("1234.5", "RUB", "1_234,50_₽", "₽1,234.50"),
        ("184320.50", "RUB", "184_320,50_₽", "₽184,320.50"),
        ("0", "RUB", "0,00_₽", "₽0.00"),
        ("-310.04", "RUB", "-310,04_₽", "-₽310.04"),
        ("-0.001", "RUB", "0,00_₽", "₽0.00"),
        ("0.125", "RUB", "0,13_₽", "₽0.13"),
        ("1204877.12", "USD", "1_204_877,12_$", "$1,204,877.12"),
        ("99999999999999.99", "RUB", "99_999_999_999_999,99_₽", "₽99,999,999,999,999.99"),
        ("12", "JPY", "12_¥", "¥12"),
        ("1200", "BYN", "1_200,00_Br", "Br_1,200.00"),
    ],
)
def test_money_is_written_as_the_language_writes_it(amount: str, currency: str, russian: str, english: str) -> None:
    assert formats.format_money(Decimal(amount), currency, "ru") == russian.replace("_", NB)
    assert formats.format_money(Decimal(amount), currency, "en") == english.replace("_", NB)


def test_a_price_may_have_more_digits_than_its_currency_keeps() -> None:
    assert formats.format_money(Decimal("0.1234"), "RUB", "ru", digits=4) == f"0,1234{NB}₽"


@pytest.mark.parametrize(
    ("value", "unit", "russian", "english"),
    [
        ("0.500", "м", "0,5_м", "0.5_м"),
        ("12.000", "шт", "12_шт", "12_шт"),
        ("100", "", "100", "100"),
        ("1234.567", "", "1_234,567", "1,234.567"),
    ],
)
def test_a_quantity_has_no_more_digits_than_it_needs(value: str, unit: str, russian: str, english: str) -> None:
    assert formats.format_quantity(Decimal(value), "ru", unit=unit) == russian.replace("_", NB)
    assert formats.format_quantity(Decimal(value), "en", unit=unit) == english.replace("_", NB)


def test_a_share_is_a_percent_and_a_rise_has_its_plus() -> None:
    assert formats.format_percent(Decimal("0.125"), "ru", signed=True) == f"+12,5{NB}%"
    assert formats.format_percent(Decimal("-0.04"), "en", signed=True) == "-4.0%"


@pytest.mark.parametrize(
    ("style", "russian", "english"),
    [
        ("full", "17.04.2026", "17_Apr_2026"),
        ("day", "17.04", "17_Apr"),
        ("month", "апрель_2026", "April_2026"),
        ("long", "17_апреля_2026_г.", "17_April_2026"),
    ],
)
def test_a_date_is_written_in_each_style(style: str, russian: str, english: str) -> None:
    day = date(2026, 4, 17)
    assert formats.format_date(day, "ru", style) == russian.replace("_", NB)
    assert formats.format_date(day, "en", style) == english.replace("_", NB)


def test_a_moment_has_hours_and_minutes() -> None:
    assert formats.format_moment(datetime(2026, 4, 17, 9, 5), "ru") == f"17.04.2026{NB}09:05"


@pytest.mark.parametrize(
    ("passed", "russian", "english"),
    [
        (timedelta(seconds=20), "сейчас", "now"),
        (timedelta(minutes=2), "2 минуты назад", "2 minutes ago"),
        (timedelta(hours=-3), "через 3 часа", "in 3 hours"),
    ],
)
def test_time_passed_is_told_in_words(passed: timedelta, russian: str, english: str) -> None:
    assert formats.format_ago(passed, "ru") == russian
    assert formats.format_ago(passed, "en") == english


def test_what_is_absent_is_a_dash() -> None:
    told = {
        formats.format_money(None, "RUB", "ru"),
        formats.format_number(None, "ru"),
        formats.format_quantity(None, "ru", unit="шт"),
        formats.format_percent(None, "ru"),
        formats.format_date(None, "ru"),
        formats.format_moment(None, "ru"),
    }
    assert told == {"—"}


@pytest.mark.parametrize("code", ["ru", "ru-RU", "en", "en-us", "de", "", None])
def test_any_language_code_is_written_as_russian_or_english(code: str | None) -> None:
    assert formats.language(code) in {"ru", "en"}


@pytest.mark.parametrize(
    ("told", "shown"),
    [
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64) Chrome/141.0.0.0 Safari/537.36",
            "Chrome 141, Windows",
        ),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/140.0 YaBrowser/25.8.1 Safari/537.36", "Яндекс Браузер 25, Windows"),
        (
            "Mozilla/5.0 (iPhone; OS 18_0 like Mac OS X) Version/18.0 Mobile Safari/604.1",
            "Safari 18, iPhone",
        ),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0", "Firefox 143, Linux"),
        ("curl/8.5", "curl/8.5"),
        ("", "—"),
    ],
)
def test_a_browser_is_named_as_people_name_it(told: str, shown: str) -> None:
    assert formats.format_browser(told) == shown
