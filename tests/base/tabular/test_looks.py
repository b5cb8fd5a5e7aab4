"""What stands beside the values of a sheet: outline, hidden rows, errors, indents, bold; alike in every format."""

from __future__ import annotations

import io
import zipfile

import pytest
import xlsxwriter
import xlwt
from tests.base.tabular.making import xlsb

from zveno.base.tabular import read_workbook

ROWS = [["Склад", "Код", "Кол-во"], ["Юг", None, 12], ["А1", "К1", 5], ["А2", "К2", 7]]


def seen(data: bytes, name: str) -> list[tuple[int, int, bool, object]]:
    """(number, level, hidden, the third cell) of each row."""
    return [(row.number, row.level, row.hidden, row.values[2]) for row in read_workbook(data, name).sheets[0]]


def as_xlsx() -> bytes:
    held = io.BytesIO()
    book = xlsxwriter.Workbook(held)
    sheet = book.add_worksheet()
    bold, indented = book.add_format({"bold": True}), book.add_format({"indent": 2})
    for at, cells in enumerate(ROWS):
        sheet.write_row(at, 0, cells, bold if at == 1 else indented if at > 1 else None)
    sheet.write_formula(3, 2, "=A9/0", None, "#DIV/0!")
    sheet.set_row(2, None, None, {"level": 1, "hidden": True})
    sheet.set_row(3, None, None, {"level": 1})
    book.close()
    return held.getvalue()


def as_xls() -> bytes:
    book = xlwt.Workbook()
    sheet = book.add_sheet("Лист1")
    plain, bold, indented = xlwt.easyxf(), xlwt.easyxf("font: bold on"), xlwt.easyxf("alignment: indent 2")
    for at, cells in enumerate(ROWS):
        for column, cell in enumerate(cells):
            if (at, column) != (3, 2):
                sheet.write(at, column, cell, bold if at == 1 else indented if at > 1 else plain)
    sheet.row(2).level, sheet.row(2).hidden, sheet.row(3).level = 1, True, 1
    sheet.row(3).set_cell_error(2, "#DIV/0!")
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def as_xlsb() -> bytes:
    levels = [(0, False), (0, False), (1, True), (1, False)]
    rows = [(at, level, hidden, list(ROWS[at - 1])) for at, (level, hidden) in enumerate(levels, 1)]
    rows[3][3][2] = b"\x07"
    return xlsb(rows)


def as_ods() -> bytes:
    def cell(value: object) -> str:
        if value is None:
            return "<table:table-cell/>"
        kind = "string" if isinstance(value, str) else "float"
        told = "" if kind == "string" else f' office:value="{value}"'
        return f'<table:table-cell office:value-type="{kind}"{told}><text:p>{value}</text:p></table:table-cell>'

    error = (
        '<table:table-cell office:value-type="string" office:string-value="" calcext:value-type="error">'
        "<text:p>#DIV/0!</text:p></table:table-cell>"
    )
    rows = ["".join(map(cell, cells)) for cells in ROWS]
    rows[3] = cell("А2") + cell("К2") + error
    body = "".join(f"<table:table-row>{told}</table:table-row>" for told in rows[:2])
    body += f'<table:table-row-group><table:table-row table:visibility="filter">{rows[2]}</table:table-row>'
    body += f"<table:table-row>{rows[3]}</table:table-row></table:table-row-group>"
    space = "urn:oasis:names:tc:opendocument:xmlns"
    content = (
        f'<office:document-content xmlns:office="{space}:office:1.0" xmlns:table="{space}:table:1.0" '
        f'xmlns:text="{space}:text:1.0" '
        'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0">'
        f'<office:body><office:spreadsheet><table:table table:name="Лист1">{body}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        archive.writestr("content.xml", content)
    return held.getvalue()


@pytest.mark.parametrize(
    ("name", "build"), [("a.xlsx", as_xlsx), ("a.xls", as_xls), ("a.xlsb", as_xlsb), ("a.ods", as_ods)]
)
def test_levels_hidden_rows_and_errors_are_seen_in_every_format(name, build):
    assert seen(build(), name) == [
        (1, 0, False, "Кол-во"),
        (2, 0, False, 12),
        (3, 1, True, 5),
        (4, 1, False, "#DIV/0!"),
    ]


@pytest.mark.parametrize(("name", "build"), [("a.xlsx", as_xlsx), ("a.xls", as_xls)])
def test_bold_and_indented_rows_are_seen_where_the_format_is_read_for_it(name, build):
    rows = list(read_workbook(build(), name).sheets[0])
    assert [(row.indent, row.bold) for row in rows] == [(0, False), (0, True), (2, False), (2, False)]
