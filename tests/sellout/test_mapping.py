"""Mappings: kept as JSON, applied to rows, signs and units made one."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zveno.kit.tables import column_letters, sheet_of
from zveno.sellout.rules.applying import apply_mapping
from zveno.sellout.rules.lines import FIELDS, Problem, RawLine, Skipped
from zveno.sellout.rules.mapping import Groups, Mapping, Slice, Source, UnitFactor
from zveno.sellout.rules.values import day, number, text

LETTERS = st.integers(0, 200).map(column_letters)
SOURCES = st.builds(Source, st.sampled_from(FIELDS), LETTERS, st.text(max_size=10))
MAPPINGS = st.builds(
    Mapping,
    signature=st.text(max_size=8),
    header=st.lists(st.tuples(LETTERS, st.text(max_size=8)), max_size=4).map(tuple),
    first_row=st.integers(1, 99),
    sources=st.lists(SOURCES, max_size=5).map(tuple),
    slices=st.lists(
        st.builds(Slice, st.text(), st.lists(SOURCES, max_size=2).map(tuple), st.none() | st.dates(), st.text()),
        max_size=2,
    ).map(tuple),
    groups=st.builds(
        Groups,
        st.sampled_from(["none", "outline", "blank"]),
        LETTERS,
        st.lists(st.sampled_from(FIELDS)).map(tuple),
        st.lists(LETTERS).map(tuple),
    ),
    constants=st.dictionaries(st.sampled_from(FIELDS), st.text(max_size=5)),
    units=st.dictionaries(
        st.text(max_size=5), st.builds(UnitFactor, st.text(max_size=3), st.decimals(0, 1000, places=3))
    ),
    values=st.dictionaries(st.sampled_from(FIELDS), st.dictionaries(st.text(max_size=3), st.text(max_size=3))),
    returns=st.sampled_from(["negative", "inverted", "operation", "all"]),
)


@given(MAPPINGS)
def test_a_mapping_comes_back_from_json_equal(mapping):
    assert Mapping.from_json(json.loads(json.dumps(mapping.to_json()))) == mapping


def test_a_mapping_of_another_version_is_refused():
    data = mapping_of("A").to_json() | {"version": 99}
    with pytest.raises(ValueError, match="99"):
        Mapping.from_json(data)


def mapping_of(*fields: str, **more) -> Mapping:
    sources = tuple(Source(name, column_letters(i), "") for i, name in enumerate(fields) if name)
    return Mapping("s", (), 1, sources, sheet="Лист1", **more)


def items_of(mapping: Mapping, *rows):
    return list(apply_mapping(sheet_of("Лист1", rows), mapping))


BASIC = ("sold_on", "product_code", "quantity", "amount", "operation", "unit", "price")


def line_of(mapping: Mapping, *row) -> RawLine:
    (item,) = items_of(mapping, row)
    assert isinstance(item, RawLine), item
    return item


def test_a_line_knows_its_place_and_its_row_as_read():
    line = line_of(mapping_of(*BASIC), "01.03.2026", 1234.0, "1 000,5", "2 001,00")
    assert (line.sold_on, line.product_code, line.quantity, line.amount) == (
        date(2026, 3, 1),
        "1234",
        Decimal("1000.5"),
        Decimal("2001.00"),
    )
    assert str(line.place) == "Лист1!1"
    assert line.raw[2] == "1 000,5"


@pytest.mark.parametrize(
    ("case", "returns", "row", "quantity", "amount", "is_return"),
    [
        ("minus means return", "negative", (-2, -20, ""), -2, -20, True),
        ("minus in quantity alone", "negative", (-2, 20, ""), -2, -20, True),
        ("sale", "negative", (2, 20, ""), 2, 20, False),
        ("sales below zero", "inverted", (-2, -20, ""), 2, 20, False),
        ("return among sales below zero", "inverted", (2, 20, ""), -2, -20, True),
        ("word", "operation", (2, 20, "Возврат от покупателя"), -2, -20, True),
        ("another word", "operation", (2, 20, "Продажа"), 2, 20, False),
        ("minus without the word", "operation", (-2, -20, "Продажа"), -2, -20, False),
        ("a file of returns", "all", (2, 20, ""), -2, -20, True),
    ],
)
def test_returns_have_one_sign_whatever_the_sender_writes(case, returns, row, quantity, amount, is_return):
    line = line_of(mapping_of(*BASIC, returns=returns), "01.03.2026", "A", *row)
    assert (line.quantity, line.amount, line.is_return) == (quantity, amount, is_return)


def test_units_are_turned_into_ours():
    mapping = mapping_of(*BASIC, units={"Кор.": UnitFactor("шт", Decimal(12))})
    line = line_of(mapping, "01.03.2026", "A", 2, 240, "", "кор", 120)
    assert (line.unit, line.quantity, line.price, line.amount) == ("шт", 24, 10, 240)


def test_constants_and_value_maps_fill_and_replace():
    mapping = mapping_of(
        "",
        "product_code",
        "quantity",
        constants={"sold_on": "2026-03-31", "currency": "RUB"},
        values={"product_code": {"старый": "новый"}},
    )
    line = line_of(mapping, None, "старый", 1)
    assert (line.sold_on, line.currency, line.product_code) == (date(2026, 3, 31), "RUB", "новый")


@pytest.mark.parametrize(
    ("case", "row", "column", "code", "field", "value"),
    [
        ("text in quantity", ("01.03.2026", "A", "10+", 5), "C", "not_a_number", "quantity", "10+"),
        ("error cell", ("01.03.2026", "A", "#N/A", 5), "C", "error_cell", "quantity", "#N/A"),
        ("no such day", ("31.02.2026", "A", 1, 5), "A", "not_a_date", "sold_on", "31.02.2026"),
        ("no day", ("", "A", 1, 5), "A", "missing", "sold_on", ""),
        ("no figures", ("01.03.2026", "A", "", "-"), "C", "missing", "quantity", ""),
    ],
)
def test_a_cell_that_cannot_be_read_is_told_with_its_place(case, row, column, code, field, value):
    assert items_of(mapping_of(*BASIC), row) == [
        Problem(items_of(mapping_of(*BASIC), row)[0].place, code, field, value)
    ]
    assert items_of(mapping_of(*BASIC), row)[0].place.column == column


def test_nothing_between_first_row_and_end_is_left_out():
    rows = [("junk",), ("01.03.2026", "A", 1, 5), (), ("Итого", "", 1, 5), ("01.03.2026", "B", "x", 5)]
    items = items_of(replace(mapping_of(*BASIC), first_row=2), *rows)
    assert [type(item) for item in items] == [RawLine, Skipped, Problem]
    assert [item.place.row for item in items] == [2, 4, 5]


@pytest.mark.parametrize(
    ("cell", "mark", "expected"),
    [
        ("1 234,50", "auto", "1234.50"),
        ("1,234.50", "auto", "1234.50"),
        ("1.234,50", "auto", "1234.50"),
        ("12,5", "auto", "12.5"),
        ("1,500", "auto", "1.500"),
        ("1,500", ".", "1500"),
        ("1.500", ",", "1500"),
        ("1,234,567", "auto", "1234567"),
        ("(12,50)", "auto", "-12.50"),
        ("12-", "auto", "-12"),
        ("−7,25", "auto", "-7.25"),
        ("1 200 руб.", "auto", "1200"),
        ("1\u00a0234", "auto", "1234"),
        (0.1, "auto", "0.1"),
        (1e22, "auto", "1E+22"),
        (3, "auto", "3"),
        (0.0, "auto", "0"),
    ],
)
def test_numbers_as_people_type_them(cell, mark, expected):
    assert number(cell, mark) == Decimal(expected)


@pytest.mark.parametrize(
    "cell", ["", "10+", "нет", "1.2.3", "12.03.2026", True, None, float("nan"), float("inf"), "5%", "1-2", "٣"]
)
def test_what_is_no_number(cell):
    assert number(cell) is None


@given(st.decimals(-(10**9), 10**9, places=2))
def test_any_amount_is_read_back_in_russian_and_english_writing(value):
    assert number(f"{value:,}".replace(",", "\u00a0").replace(".", ",")) == value
    assert number(f"{value:,}", ".") == value


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_any_day_is_read_back(value):
    assert day(f"{value:%d.%m.%Y}") == value
    assert day(f"{value:%m/%d/%Y}", "mdy") == value
    assert day(value.isoformat()) == value
    assert day(f"{value:%d.%m.%Y} г.") == value
    assert day(f"{value:%d.%m.%Y} 10:15:00") == value


def test_a_whole_number_is_a_code_without_its_point():
    assert [text(cell) for cell in (7724601304.0, 12, 0.5, None, " a\n b ")] == ["7724601304", "12", "0.5", "", "a b"]
