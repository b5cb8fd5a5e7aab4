"""Numbers, dates and units as exporters write them."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta, timezone
from decimal import Decimal

import pytest

from zveno.plugins.erp.commerceml.reading.values import (
    parse_clock,
    parse_flag,
    parse_moment,
    parse_number,
    unescape_twice_escaped,
)
from zveno.plugins.erp.commerceml.reading.words import currency_code, unit_code


@pytest.mark.parametrize(
    ("told", "meant"),
    [
        ("1234.50", "1234.50"),
        ("1 234,50", "1234.50"),
        ("1\u00a0234,5", "1234.5"),
        ("1\u202f234", "1234"),
        ("1'234.5", "1234.5"),
        ("1,234.50", "1234.50"),
        ("1.234,50", "1234.50"),
        ("1,234,567", "1234567"),
        ("-0,005", "-0.005"),
        ("−5", "-5"),
        ("+7", "7"),
        (",5", "0.5"),
        ("12.", "12"),
        ("-999 999 999,9", "-999999999.9"),
    ],
)
def test_number_is_read_whatever_stands_between_its_digits(told, meant):
    assert parse_number(told) == Decimal(meant)


@pytest.mark.parametrize(
    "told", ["", "-", "договорная", "1e9", "1E+999999999", "NaN", "Infinity", "0x10", "9" * 40, "1-2", "٣"]
)
def test_what_is_no_plain_number_is_none(told):
    assert parse_number(told) is None


@pytest.mark.parametrize(
    ("told", "meant"),
    [
        ("2014-06-01T0:36:33", datetime(2014, 6, 1, 0, 36, 33)),
        ("2020-08-11", datetime(2020, 8, 11)),
        ("2026-02-24T16:51:51+03:00", datetime(2026, 2, 24, 16, 51, 51, tzinfo=timezone(timedelta(hours=3)))),
        ("2015-08-12+03:00", datetime(2015, 8, 12, tzinfo=timezone(timedelta(hours=3)))),
        ("2026-04-22T18:30:00Z", datetime(2026, 4, 22, 18, 30, tzinfo=UTC)),
        ("09.04.2014 0:46:38", datetime(2014, 4, 9, 0, 46, 38)),
        ("2007-10-16 15:44:47.123", datetime(2007, 10, 16, 15, 44, 47)),
        ("0001-01-01T00:00:00", None),
        ("2026-13-01", None),
        ("2026-01-01T25:00:00", None),
        ("вчера", None),
    ],
)
def test_moment_is_read_in_every_writing(told, meant):
    assert parse_moment(told) == meant


@pytest.mark.parametrize(
    ("told", "meant"),
    [("15:40:40", time(15, 40, 40)), ("9:05", time(9, 5)), ("2007-10-16 15:44:47", time(15, 44, 47)), ("25:00", None)],
)
def test_time_of_day_is_read_alone_or_behind_a_date(told, meant):
    assert parse_clock(told) == meant


@pytest.mark.parametrize(
    ("told", "meant"), [("true", True), ("Да", True), ("0", False), ("ложь", False), ("может", None)]
)
def test_flag_is_read_in_both_languages(told, meant):
    assert parse_flag(told) is meant


@pytest.mark.parametrize(
    ("told", "code"),
    [("шт", "796"), ("шт.", "796"), ("Штука", "796"), ("PCE", "796"), ("796 ", "796"), ("6", "006"), ("кг", "166"),
     ("пог. м", "018"), ("м²", "055"), ("2009", ""), ("мешок", "")],
)  # fmt: skip
def test_unit_word_becomes_the_code_of_the_classifier(told, code):
    assert unit_code(told) == code


@pytest.mark.parametrize(
    ("told", "code"),
    [("руб", "RUB"), ("руб.", "RUB"), ("RUR", "RUB"), ("643", "RUB"), ("грн", "UAH"), ("usd", "USD"),
     ("бел. руб.", "BYN"), ("у.е.", ""), ("фантики", "")],
)  # fmt: skip
def test_currency_word_becomes_iso(told, code):
    assert currency_code(told) == code


def test_name_escaped_twice_is_read_once():
    assert unescape_twice_escaped("Телевизор &quot;JVC&quot; & R&D") == 'Телевизор "JVC" & R&D'
