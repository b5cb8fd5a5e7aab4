"""What typed text means to a search of orders: sums, periods, states, and the words that remain."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zveno.kit.period import Period
from zveno.orders.rules.search.periods import period_at
from zveno.orders.rules.search.reading import LONGEST, Understood, read_search
from zveno.orders.rules.search.sums import SumRange, sum_at
from zveno.orders.rules.search.texts import number_key, words_of
from zveno.orders.rules.states import OrderState

D = Decimal
TODAY = date(2026, 4, 17)  # a Friday


def read(text: str) -> Understood:
    return read_search(text, today=TODAY)


@pytest.mark.parametrize(
    ("text", "least", "most"),
    [
        ("12 345,60", "12345.60", "12345.60"),
        ("12345.60", "12345.60", "12345.60"),
        ("12 345", "12345", "12345.99"),
        ("500 ₽", "500", "500.99"),
        ("500р", "500", "500.99"),
        (">100000", "100000.01", None),
        ("> 100 000", "100000.01", None),
        (">= 100 000", "100000", None),
        ("<5000", None, "4999.99"),
        ("от 5 000", "5000", None),
        ("до 5000", None, "5000.99"),
        ("свыше 10 000,50 руб.", "10000.51", None),
        ("от 100 000 до 200 000", "100000", "200000.99"),
        ("100000-200000", "100000", "200000.99"),
        ("1 000 – 2 500,50", "1000", "2500.50"),
        ("between 100 and 200", "100", "200.99"),
    ],
)
def test_sums_are_read_as_they_are_typed(text: str, least: str | None, most: str | None) -> None:
    expected = SumRange(D(least) if least else None, D(most) if most else None)
    assert sum_at(text, 0) == (expected, len(text))
    assert read(text).sums == expected
    assert read(text).words == ()


@pytest.mark.parametrize("text", ["12345", "000123", "12-15", "0001-0002", "12.5", "10x20", "999-100", "5 12"])
def test_what_may_be_a_part_of_a_number_is_no_sum(text: str) -> None:
    assert read(text).sums is None


@pytest.mark.parametrize(
    ("text", "starts", "ends"),
    [
        ("сегодня", (2026, 4, 17), (2026, 4, 18)),
        ("вчера", (2026, 4, 16), (2026, 4, 17)),
        ("yesterday", (2026, 4, 16), (2026, 4, 17)),
        ("позавчера", (2026, 4, 15), (2026, 4, 16)),
        ("last week", (2026, 4, 6), (2026, 4, 13)),
        ("на прошлой неделе", (2026, 4, 6), (2026, 4, 13)),
        ("эта неделя", (2026, 4, 13), (2026, 4, 20)),
        ("прошлый месяц", (2026, 3, 1), (2026, 4, 1)),
        ("this month", (2026, 4, 1), (2026, 5, 1)),
        ("прошлый квартал", (2026, 1, 1), (2026, 4, 1)),
        ("в прошлом году", (2025, 1, 1), (2026, 1, 1)),
        ("за неделю", (2026, 4, 11), (2026, 4, 18)),
        ("last 3 days", (2026, 4, 15), (2026, 4, 18)),
        ("за последние 14 дней", (2026, 4, 4), (2026, 4, 18)),
        ("03.2026", (2026, 3, 1), (2026, 4, 1)),
        ("2026-03", (2026, 3, 1), (2026, 4, 1)),
        ("март", (2026, 3, 1), (2026, 4, 1)),
        ("в мае", (2025, 5, 1), (2025, 6, 1)),
        ("December", (2025, 12, 1), (2026, 1, 1)),
        ("march 2024", (2024, 3, 1), (2024, 4, 1)),
        ("12.04.2026", (2026, 4, 12), (2026, 4, 13)),
        ("12.04.26", (2026, 4, 12), (2026, 4, 13)),
        ("2026-04-12", (2026, 4, 12), (2026, 4, 13)),
        ("12.04", (2026, 4, 12), (2026, 4, 13)),
        ("12.05", (2025, 5, 12), (2025, 5, 13)),
        ("12 апреля", (2026, 4, 12), (2026, 4, 13)),
        ("12 апреля 2024", (2024, 4, 12), (2024, 4, 13)),
        ("01.04-15.04", (2026, 4, 1), (2026, 4, 16)),
        ("с 1.04 по 15.04", (2026, 4, 1), (2026, 4, 16)),
        ("с 20.12 по 10.01", (2025, 12, 20), (2026, 1, 11)),
        ("с 1 апреля", (2026, 4, 1), (9999, 1, 1)),
        ("по 15.04", (2000, 1, 1), (2026, 4, 16)),
        ("1 квартал 2025", (2025, 1, 1), (2025, 4, 1)),
        ("III кв.", (2025, 7, 1), (2025, 10, 1)),
        ("Q2", (2026, 4, 1), (2026, 7, 1)),
        ("2025 год", (2025, 1, 1), (2026, 1, 1)),
    ],
)
def test_periods_are_read_as_they_are_typed(
    text: str, starts: tuple[int, int, int], ends: tuple[int, int, int]
) -> None:
    assert period_at(text, 0, today=TODAY) == (Period(date(*starts), date(*ends)), len(text))
    assert read(text).period == Period(date(*starts), date(*ends))


@pytest.mark.parametrize("text", ["31.02", "2026", "13.2026", "маёвка", "99.99.2026", "январский", "q5"])
def test_what_is_no_day_stays_words(text: str) -> None:
    assert read(text).period is None


def test_a_text_is_taken_apart_and_every_piece_can_be_taken_back() -> None:
    asked = read("вега подтверждён >100 000 март «2026» из 1С 7707083893")
    assert asked.words == ("вега", "2026")
    assert asked.states == (OrderState.CONFIRMED,)
    assert asked.sums == SumRange(least=D("100000.01"))
    assert asked.period == Period(date(2026, 3, 1), date(2026, 4, 1))
    assert asked.sources == ("erp",)
    assert asked.inns == ("7707083893",)
    assert [(piece.kind, piece.text) for piece in asked.pieces] == [
        ("state", "подтверждён"),
        ("sum", ">100 000"),
        ("period", "март"),
        ("source", "из 1С"),
        ("inn", "7707083893"),
    ]
    assert asked.pieces[1].without == "вега подтверждён март «2026» из 1С 7707083893"


def test_two_bounds_join_and_a_second_sum_is_a_word() -> None:
    assert read(">1000 <5000").sums == SumRange(D("1000.01"), D("4999.99"))
    assert read("12,50 13,50").words == ("13,50",)


def test_flags_are_told_in_words() -> None:
    assert read("опаздывают").is_late
    assert read("с потребностью").has_needs
    assert read("with a note").is_noted


def test_ten_digits_without_the_right_control_digit_are_words() -> None:
    assert read("7707083894").words == ("7707083894",)


def test_numbers_and_words_are_kept_folded() -> None:
    assert number_key("ТДО-000123", "цб-00001/2") == "TДO000123 ЦБ000012"
    assert words_of("Позвонить за час, склад А-12!", "Ёлка 10.5") == (
        "позвонить",
        "за",
        "час",
        "склад",
        "а-12",
        "12",
        "елка",
        "10.5",
        "10",
        "5",
    )


@given(st.text(max_size=260))
def test_any_text_is_read_without_fail_and_read_again_without_its_pieces(text: str) -> None:
    asked = read(text)
    assert len(asked.words) <= 6
    for piece in asked.pieces:
        assert piece.text in text[:LONGEST]
        assert len(piece.without) < len(text[:LONGEST]) + 1


@given(st.decimals(min_value=0, max_value=D("9999999.99"), places=2, allow_nan=False))
def test_a_sum_written_in_full_is_found_by_its_own_text(value: Decimal) -> None:
    for text in (f"{value:.2f}", f"{value:,.2f}".replace(",", " ").replace(".", ",")):
        taken = sum_at(text, 0)
        assert taken is not None
        assert taken[0] == SumRange(value, value)
