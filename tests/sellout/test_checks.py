"""What is doubtful about lines, and what a file means."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from zveno.kit.period import Period
from zveno.kit.tables import Place
from zveno.sellout.rules.checks import Expectations, check_lines, usual_prices
from zveno.sellout.rules.lines import Problem, RawLine, Skipped
from zveno.sellout.rules.matching import Asked, Match, Verdict
from zveno.sellout.rules.summary import summarise

MARCH = Period(date(2026, 3, 1), date(2026, 4, 1))
EXPECTED = Expectations(date(2026, 4, 5), MARCH, floors={1: Decimal(100)}, usual_prices={1: Decimal(150)})


def line(row: int = 2, **more: object) -> RawLine:
    given = {
        "sold_on": date(2026, 3, 5),
        "product_code": f"A{row}",
        "quantity": Decimal(2),
        "price": Decimal(150),
        "amount": Decimal(300),
        "unit": "шт",
    }
    return RawLine(Place("S", row), **(given | more))


@pytest.mark.parametrize(
    ("case", "more", "code", "severity"),
    [
        ("fine", {}, None, None),
        ("no day", {"sold_on": None}, "date_missing", "stop"),
        ("before the period", {"sold_on": date(2026, 2, 28)}, "outside_period", "ask"),
        ("after the period", {"sold_on": date(2026, 4, 1)}, "outside_period", "ask"),
        ("tomorrow", {"sold_on": date(2026, 4, 6)}, "future_date", "stop"),
        ("1926", {"sold_on": date(1926, 3, 5)}, "another_century", "stop"),
        ("no quantity", {"quantity": None}, "quantity_missing", "ask"),
        ("zero for money", {"quantity": Decimal(0)}, "quantity_zero", "ask"),
        ("zero for nothing", {"quantity": Decimal(0), "amount": Decimal(0)}, "quantity_zero", "note"),
        ("minus without a mark", {"quantity": Decimal(-2), "amount": Decimal(-300)}, "negative_without_mark", "ask"),
        ("return", {"quantity": Decimal(-2), "amount": Decimal(-300), "is_return": True}, None, None),
        ("signs differ", {"price": None, "amount": Decimal(-300)}, "signs_differ", "ask"),
        ("below the floor", {"price": Decimal("99.99"), "amount": Decimal("199.98")}, "price_below_floor", "ask"),
        ("at the floor", {"price": Decimal(100), "amount": Decimal(200)}, None, None),
        ("ten times the usual", {"price": Decimal(1500), "amount": Decimal(3000)}, "price_outlier", "ask"),
        ("price only in the amount", {"price": None, "amount": Decimal(3000)}, "price_outlier", "ask"),
        ("sum with tax", {"amount": Decimal(360)}, "amount_differs_by_tax", "note"),
        ("sum with discount", {"amount": Decimal(270)}, "amount_with_discount", "note"),
        ("sum of another line", {"amount": Decimal(700)}, "amount_mismatch", "ask"),
        ("kopeks of rounding", {"amount": Decimal("300.01")}, None, None),
        ("unknown unit", {"unit": "поддон"}, "unknown_unit", "ask"),
        ("wrong INN", {"customer_inn": "7707083894"}, "inn_wrong", "note"),
        ("right INN", {"customer_inn": "7707083893"}, None, None),
    ],
)
def test_each_doubt_has_its_code_and_weight(case, more, code, severity):
    found = [(finding.code, finding.severity) for finding in check_lines([(line(**more), 1)], EXPECTED)]
    assert found == ([(code, severity)] if code else [])


def test_a_line_told_twice_points_at_the_first():
    doubled = [(line(2, product_code="A", document_number="7"), 1), (line(9, product_code="A", document_number="7"), 1)]
    (finding,) = check_lines(doubled, EXPECTED)
    assert (finding.code, finding.severity, finding.place.row, finding.params["first"]) == (
        "duplicate_line",
        "ask",
        9,
        "S!2",
    )


def test_the_usual_price_is_the_median_of_enough_sales():
    lines = [(line(n, price=Decimal(n)), 1) for n in (1, 2, 3, 4, 100)] + [(line(price=Decimal(5)), 2)]
    assert usual_prices(lines) == {1: Decimal(3)}


def test_a_summary_says_what_the_file_means():
    items = [
        line(2, customer_name="А"),
        line(3, customer_name="Б", sold_on=date(2026, 4, 1)),
        line(4, quantity=Decimal(-1), amount=Decimal(-150), is_return=True),
        line(5, amount=None),
        Skipped(Place("S", 6), "total", "Итого", Decimal(5), Decimal(750)),
        Problem(Place("S", 7, "C"), "not_a_number", "quantity", "10+"),
    ]
    verdicts = {"A2": Match(Verdict.CERTAIN, 1, 1.0, "article"), "A3": Match(Verdict.LIKELY, 2, 0.7, "name")}
    summary = summarise(items, lambda asked: verdicts.get(asked.product_code))
    assert (summary.total.lines, summary.total.quantity, summary.total.amount) == (4, 5, 750)
    assert (summary.returns.lines, summary.returns.quantity) == (1, -1)
    assert (summary.first_day, summary.last_day) == (date(2026, 3, 5), date(2026, 4, 1))
    assert list(summary.months) == ["2026-03", "2026-04"]
    assert (summary.products, summary.customers) == (4, 2)
    assert summary.verdicts == {"certain": 1, "likely": 1, "unknown": 2}
    assert summary.unmatched == {Asked("A3"): 1, Asked("A4"): 1, Asked("A5"): 1}
    assert (summary.stated, summary.agreeing, summary.disagreement) == (1, 1, None)
    assert summary.problems == {"not_a_number": 1}


def test_a_total_the_lines_do_not_add_up_to_is_pointed_at():
    stated = Skipped(Place("S", 3), "total", "Итого", Decimal(3), Decimal(300))
    assert summarise([line(), stated]).disagreement == Place("S", 3)
    assert summarise([line(), replace(stated, quantity=Decimal(2))]).disagreement is None


def test_subtotals_and_the_grand_total_are_both_understood():
    def total(row: int, quantity: int) -> Skipped:
        return Skipped(Place("S", row), "total", "Итого", Decimal(quantity))

    summary = summarise([line(2), line(3), total(4, 4), line(5), total(6, 2), total(7, 6)])
    assert (summary.stated, summary.agreeing) == (3, 3)
