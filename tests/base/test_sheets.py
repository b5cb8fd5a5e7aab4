"""Workbooks as they are written."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import openpyxl
import pytest

from zveno.base import sheets
from zveno.base.sheets import Column, workbook

COLUMNS = [
    Column("Code"),
    Column("Sum", "money"),
    Column("Quantity", "number"),
    Column("Day", "date"),
    Column("At", "moment"),
]


def read(title: str, rows: list[tuple[Any, ...]], columns: list[Column] = COLUMNS) -> Any:
    with workbook(title, columns, rows) as stream:
        return openpyxl.load_workbook(stream)


def test_numbers_are_numbers_and_dates_are_dates() -> None:
    book = read(
        "Sales", [("0012", Decimal("1234.50"), Decimal("0.125"), date(2026, 4, 15), datetime(2026, 4, 15, 9, 5))]
    )
    sheet = book["Sales"]
    assert [cell.value for cell in sheet[1]] == ["Code", "Sum", "Quantity", "Day", "At"]
    assert [cell.value for cell in sheet[2]] == [
        "0012",
        1234.5,
        0.125,
        datetime(2026, 4, 15),
        datetime(2026, 4, 15, 9, 5),
    ]
    assert sheet.freeze_panes == "A2"


@pytest.mark.parametrize("text", ["=1+1", "+7", "-2", "@SUM(A1)", "http://example.org", '=HYPERLINK("x")', "{=A1}"])
def test_text_never_becomes_a_formula_or_a_link(text: str) -> None:
    cell = read("Sales", [(text,)], [Column("Name")])["Sales"]["A2"]
    assert (cell.value, cell.data_type, cell.hyperlink) == (text, "s", None)


def test_a_title_that_excel_refuses_is_made_to_fit() -> None:
    assert read("Sales: 2026/04 [all] of the whole channel, every region", []).sheetnames == [
        "Sales  2026 04  all  of the who"
    ]
    assert read("[]", []).sheetnames == ["Sheet"]


def test_rows_beyond_one_sheet_go_on_to_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "ROWS_PER_SHEET", 2)
    book = read("Sales", [(str(number),) for number in range(5)], [Column("Code")])
    assert book.sheetnames == ["Sales", "Sales 2", "Sales 3"]
    assert [[cell.value for cell in column] for sheet in book for column in sheet.iter_cols()] == [
        ["Code", "0", "1"],
        ["Code", "2", "3"],
        ["Code", "4"],
    ]


def test_a_list_without_rows_still_has_its_heading() -> None:
    assert read("Nothing", [])["Nothing"]["A1"].value == "Code"
