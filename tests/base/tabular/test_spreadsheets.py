"""Workbooks as Excel writes them, built here with xlsxwriter and xlwt."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime
from decimal import Decimal

import pytest
import xlsxwriter
import xlwt

from zveno.base.tabular import Limits, read_workbook
from zveno.base.tabular.faults import (
    FileBroken,
    FileEmpty,
    FormatUnknown,
    PasswordProtected,
    TooManyColumns,
    ZipTooLarge,
)
from zveno.sellout.rules.values import number


def xlsx(fill, **options) -> bytes:
    held = io.BytesIO()
    with xlsxwriter.Workbook(held, {"in_memory": True, **options}) as book:
        fill(book)
    return held.getvalue()


def test_cells_keep_their_types_and_places():
    def fill(book):
        sheet = book.add_worksheet("Март")
        sheet.write_row(2, 1, ["Дата", "Кол-во", "Есть"])
        sheet.write_datetime(3, 1, datetime(2026, 3, 5), book.add_format({"num_format": "dd.mm.yyyy"}))
        sheet.write_number(3, 2, 0.1)
        sheet.write_boolean(3, 3, True)

    book = read_workbook(xlsx(fill), "продажи.xlsx")
    rows = list(book["Март"])
    assert book.format == "xlsx"
    assert [row.number for row in rows] == [1, 2, 3, 4]
    assert rows[3]["B"] == date(2026, 3, 5)
    assert number(rows[3]["C"]) == Decimal("0.1")
    assert rows[3]["D"] is True
    assert rows[3]["Z"] is None
    assert rows[0].blank


def test_formula_gives_its_cached_value_and_a_formula_like_text_stays_text():
    def fill(book):
        sheet = book.add_worksheet()
        sheet.write_formula(0, 0, "=1+1", None, 2)
        sheet.write_string(0, 1, "=cmd|' /C calc'!A0")

    row = read_workbook(xlsx(fill)).sheets[0].head(1)[0]
    assert list(row.values) == [2.0, "=cmd|' /C calc'!A0"]


def test_error_cell_is_told_not_lost():
    def fill(book):
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["a", "b"])
        sheet.write_formula(1, 1, "=1/0", None, "#DIV/0!")

    assert read_workbook(xlsx(fill)).sheets[0].head(2)[1]["B"] == "#DIV/0!"


def test_outline_levels_and_merged_cells_and_hidden_sheets_are_told():
    def fill(book):
        sheet = book.add_worksheet("a")
        sheet.merge_range(0, 0, 0, 2, "x")
        sheet.write(1, 0, "группа")
        sheet.write(2, 0, "строка")
        sheet.set_row(2, None, None, {"level": 1})
        book.add_worksheet("b").hide()

    book = read_workbook(xlsx(fill))
    assert [row.level for row in book["a"]] == [0, 0, 1]
    assert [(span.top, span.left, span.bottom, span.right) for span in book["a"].merged] == [(1, 0, 1, 2)]
    assert [sheet.hidden for sheet in book.sheets] == [False, True]


def test_a_sheet_is_walked_again_from_the_start():
    sheet = read_workbook(xlsx(lambda book: book.add_worksheet().write(0, 0, "x"))).sheets[0]
    assert list(sheet) == list(sheet)


def test_old_xls_is_read():
    book = xlwt.Workbook()
    sheet = book.add_sheet("Лист1")
    for index, value in enumerate(("Код", "Сумма")):
        sheet.write(0, index, value)
    sheet.write(1, 0, "А-1")
    sheet.write(1, 1, 12.5)
    held = io.BytesIO()
    book.save(held)
    read = read_workbook(held.getvalue(), "old.xls")
    assert read.format == "xls"
    assert [list(row.values) for row in read["Лист1"]] == [["Код", "Сумма"], ["А-1", 12.5]]


def test_the_name_does_not_matter():
    data = xlsx(lambda book: book.add_worksheet().write(0, 0, "x"))
    assert read_workbook(data, "report.csv").format == "xlsx"


def test_a_zip_with_one_file_is_that_file():
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("отчет.csv", "Код;Кол-во\nA1;2\nA2;3\n")
        archive.writestr("__MACOSX/._отчет.csv", "junk")
    assert [list(row.values) for row in read_workbook(held.getvalue()).sheets[0]][1] == ["A1", "2"]


@pytest.mark.parametrize("share", [0.05, 0.5, 0.95])
def test_a_truncated_workbook_is_broken(share):
    data = xlsx(lambda book: book.add_worksheet().write_column(0, 0, [f"строка {n}" for n in range(3000)]))
    with pytest.raises(FileBroken):
        read_workbook(data[: int(len(data) * share)]).sheets[0].head(1)


def test_damaged_sheet_data_is_broken():
    data = bytearray(xlsx(lambda book: book.add_worksheet().write_column(0, 0, list(range(5000)))))
    at = data.find(b"xl/worksheets/sheet1.xml") + 200
    data[at : at + 400] = bytes(400)
    with pytest.raises(FileBroken):
        for sheet in read_workbook(bytes(data)).sheets:
            list(sheet)


def repacked(data: bytes, member: str, content: bytes) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, content if name == member else old.read(name))
    return held.getvalue()


def test_a_workbook_that_unpacks_beyond_belief_is_refused_unopened():
    data = xlsx(lambda book: book.add_worksheet().write(0, 0, "x"))
    bomb = repacked(data, "xl/worksheets/sheet1.xml", b"<worksheet>" + b" " * 20_000_000)
    with pytest.raises(ZipTooLarge):
        read_workbook(bomb)
    with pytest.raises(ZipTooLarge):
        read_workbook(data, limits=Limits(unpacked=1000))


def test_a_cell_in_the_far_corner_does_not_take_the_memory():
    def fill(book):
        sheet = book.add_worksheet()
        sheet.write(0, 0, "x")
        sheet.write(1_048_575, 16_383, "y")

    with pytest.raises(TooManyColumns):
        read_workbook(xlsx(fill))


def test_an_encrypted_workbook_asks_for_a_password():
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(600)
    with pytest.raises(PasswordProtected):
        read_workbook(data)


@pytest.mark.parametrize(
    ("case", "data", "fault"),
    [
        ("no bytes", b"", FileEmpty),
        ("blanks only", b" \r\n \n", FileEmpty),
        ("pdf", b"%PDF-1.7 ...", FormatUnknown),
        ("picture", b"\x89PNG\r\n\x1a\n" + bytes(50), FormatUnknown),
        ("program", b"\x01\x02\x03\x04\x05\x06\x07\x08" * 100, FormatUnknown),
        ("ole rubbish", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000), FileBroken),
        ("zip rubbish", b"PK\x03\x04" + bytes(100), FileBroken),
        ("empty zip", b"PK\x05\x06" + bytes(18), FileEmpty),
        ("parquet rubbish", b"PAR1" + bytes(100), FileBroken),
    ],
)
def test_what_is_no_table_is_named(case, data, fault):
    with pytest.raises(fault):
        read_workbook(data, case)


def ods(rows: str) -> bytes:
    spaces = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    sheet = f'<table:table table:name="S">{rows}</table:table>'
    body = f"<office:body><office:spreadsheet>{sheet}</office:spreadsheet></office:body>"
    manifest = '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", manifest)
        archive.writestr("content.xml", f"<office:document-content{spaces}>{body}</office:document-content>")
    return held.getvalue()


CELL = '<table:table-cell office:value-type="string"{}><text:p>x</text:p></table:table-cell>'
BLANKS = '<table:table-cell table:number-columns-repeated="16000"/>'
MILLION = '<table:table-row table:number-rows-repeated="1000000">{}</table:table-row>'


def test_ods_is_read_and_its_repeated_blanks_cost_nothing():
    row = f"<table:table-row>{CELL.format('')}{BLANKS}</table:table-row>"
    book = read_workbook(ods(row + MILLION.format(BLANKS)))
    assert (book.format, [list(row.values) for row in book["S"]]) == ("ods", [["x"]])


@pytest.mark.parametrize("cells", [CELL.format(' table:number-columns-repeated="16000"'), BLANKS + CELL.format("")])
def test_ods_cells_repeated_beyond_memory_are_refused(cells):
    with pytest.raises(TooManyColumns):
        read_workbook(ods(MILLION.format(cells)))
