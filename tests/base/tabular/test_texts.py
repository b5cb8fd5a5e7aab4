"""Delimited text, XML and JSON in the shapes people send."""

from __future__ import annotations

import io
import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zveno.base.tabular import read_workbook
from zveno.base.tabular.delimited import delimiter_of, encoding_of
from zveno.base.tabular.faults import EncodingUnknown, FileBroken, FileEmpty, TooManyColumns, XmlEntityForbidden
from zveno.kit.errors import Invalid

RUSSIAN = "Дата;Артикул;Наименование товара;Кол-во\n01.03.2026;А-1;Краска фасадная «Белый дом», 2,7 л;1,5\n"


def rows_of(data: bytes, name: str = "f") -> list[list[object]]:
    return [list(row.values) for row in read_workbook(data, name).sheets[0]]


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (RUSSIAN.encode("utf-8"), "utf-8"),
        (RUSSIAN.encode("utf-8-sig"), "utf-8-sig"),
        (RUSSIAN.encode("cp1251"), "cp1251"),
        (RUSSIAN.replace("«", '"').replace("»", '"').encode("cp866"), "cp866"),
        (RUSSIAN.replace("«", "").replace("»", "").encode("koi8-r"), "koi8-r"),
        (RUSSIAN.encode("utf-16"), "utf-16"),
        (RUSSIAN.encode("utf-16-le"), "utf-16-le"),
        (RUSSIAN.encode("utf-16-be"), "utf-16-be"),
        ("Ware;Stück\nKühlgerät groß;2\nTür für Öfen;1\n".encode("cp1252"), "cp1252"),
        (b"code,qty\nA1,2\n", "utf-8"),
    ],
)
def test_encoding_is_told_by_the_bytes(data, encoding):
    assert encoding_of(data) == encoding
    assert len(rows_of(data)[0]) > 1


def test_bytes_in_no_encoding_are_refused():
    with pytest.raises(EncodingUnknown):
        encoding_of(bytes(range(128, 256)) * 10)


@pytest.mark.parametrize(
    ("case", "text", "delimiter"),
    [
        ("semicolons, decimal commas", "a;b\n1,5;2,5\n3,5;4,5\n", ";"),
        ("commas", "a,b,c\n1,2,3\n", ","),
        ("tabs", "a\tb\n1\t2\n", "\t"),
        ("pipes", "a|b\n1|2\n", "|"),
        ("commas with semicolons inside", 'a,b\n"x;y;z",2\nq,3\n', ","),
        ("preamble of one cell", "Отчет за март\n\nКод;Кол-во;Сумма\nA;1;2\nB;1;2\nC;3;4\n", ";"),
        ("a single column", "код\nА1\nА2\n", ""),
        ("quoted line breaks", 'a;b\n"x\ny";1\n"z";2\n', ";"),
    ],
)
def test_delimiter_is_the_one_that_splits_evenly(case, text, delimiter):
    assert delimiter_of(text) == delimiter


def test_excel_says_its_separator_in_the_first_line():
    book = read_workbook(b"sep=|\na|b;c\n1|2;3\n")
    assert [(row.number, list(row.values)) for row in book.sheets[0]] == [(2, ["a", "b;c"]), (3, ["1", "2;3"])]


def test_a_quoted_line_break_is_one_row():
    assert rows_of(b'a;b\n"x\ny";1\nz;2\n')[1] == ["x\ny", "1"]


def test_a_million_columns_are_refused():
    with pytest.raises(TooManyColumns):
        rows_of(b"a;b\n" + b";" * 1_000_000)


def test_xml_records_take_attributes_children_nested_and_surrounding_values():
    data = """<?xml version="1.0" encoding="windows-1251"?>
    <Отчет Период="2026-03"><Документ Номер="7"><Клиент><Имя>ООО Ромашка</Имя><ИНН>7707083893</ИНН></Клиент>
    <Строка Код="A1"><Кол>2</Кол><Сумма>10.50</Сумма></Строка><Строка Код="A2"><Кол>1</Кол></Строка>
    <Дата>01.03.2026</Дата>
    </Документ><Документ Номер="8"><Строка Код="A3"><Кол>5</Кол></Строка><Дата>02.03.2026</Дата></Документ></Отчет>
    """.encode("cp1251")
    book = read_workbook(data, "x.xml")
    rows = [list(row.values) for row in book.sheets[0]]
    assert book.sheets[0].name == "Документ/Строка"
    header = rows[0]
    lines = [dict(zip(header, row, strict=True)) for row in rows[1:]]
    assert [line["Код"] for line in lines] == ["A1", "A2", "A3"]
    assert lines[0] | {} == {
        "Период": "2026-03",
        "Документ.Номер": "7",
        "Документ.Клиент.Имя": "ООО Ромашка",
        "Документ.Клиент.ИНН": "7707083893",
        "Документ.Дата": "01.03.2026",
        "Код": "A1",
        "Кол": "2",
        "Сумма": "10.50",
    }
    assert lines[2]["Документ.Дата"] == "02.03.2026"
    assert lines[2]["Документ.Клиент.Имя"] is None


@pytest.mark.parametrize(
    "data",
    [
        b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><x><r>&b;</r><r>1</r></x>',
        b'<!DOCTYPE x SYSTEM "file:///etc/passwd"><x/>',
        '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'.encode("utf-16"),
    ],
)
def test_xml_entities_are_forbidden(data):
    with pytest.raises(XmlEntityForbidden):
        read_workbook(data)


@pytest.mark.parametrize(
    ("case", "data"),
    [
        ("cut xml", b"<a><r x='1'/><r x='2'/><r x="),
        ("deep xml", b"<a>" * 500 + b"</a>" * 500),
        ("cut json", b'[{"a": 1}, {"a":'),
        ("deep json", b"[" * 200_000),
        ("cut ndjson", b'{"a": 1}\n{"a": 2}\n{"a":\n'),
    ],
)
def test_broken_markup_is_named(case, data):
    with pytest.raises(FileBroken):
        list(read_workbook(data).sheets[0])


def test_json_array_is_found_wherever_it_is_and_numbers_stay_exact():
    data = {
        "ok": True,
        "data": {"sales": [{"sku": "A1", "qty": 0.1, "client": {"inn": "77"}}, {"sku": "A2", "qty": 3}]},
    }
    rows = rows_of(json.dumps(data).encode())
    assert rows == [["ok", "sku", "qty", "client.inn"], [True, "A1", Decimal("0.1"), "77"], [True, "A2", 3, None]]


def test_json_lines_of_documents_carry_the_document():
    data = [
        {
            "number": "1",
            "date": "2026-03-01",
            "lines": [{"sku": "A", "qty": 1}, {"sku": "B", "qty": 2}],
        },
        {"number": "2", "date": "2026-03-02", "lines": [{"sku": "C", "qty": 3}]},
    ]
    book = read_workbook(json.dumps(data).encode())
    rows = [list(row.values) for row in book.sheets[0]]
    assert rows[0] == ["number", "date", "sku", "qty"]
    assert [row[-2] for row in rows[1:]] == ["A", "B", "C"]
    assert rows[3][0] == "2"


def test_ndjson_is_read():
    assert rows_of(b'{"a": 1, "b": "x"}\n{"a": 2, "b": "y"}\n') == [["a", "b"], [1, "x"], [2, "y"]]


def test_html_that_calls_itself_xls_is_read():
    head = "<html><meta charset='windows-1251'><table><tr><th colspan=2>Отчет</th></tr>"
    page = head + "<tr><td>Код</td><td>Кол-во</td></tr></table></html>"
    assert rows_of(page.encode("cp1251"), "отчет.xls") == [["Отчет", None], ["Код", "Кол-во"]]


def test_excel_2003_xml_keeps_skipped_rows_and_cells():
    data = b"""<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"
    xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="S"><Table>
    <Row><Cell><Data ss:Type="String">a</Data></Cell></Row>
    <Row ss:Index="4"><Cell ss:Index="3"><Data ss:Type="Number">5</Data></Cell></Row></Table></Worksheet></Workbook>"""
    rows = list(read_workbook(data)["S"])
    assert [(row.number, len(row.values)) for row in rows] == [(1, 1), (4, 3)]
    assert rows[1]["C"] == "5"


@pytest.mark.parametrize("data", [b"<a/>", b"{}", b"[]", b'{"a": 1}'])
def test_nothing_to_read_is_said(data):
    with pytest.raises(FileEmpty):
        read_workbook(data)


@given(st.binary(max_size=300))
def test_any_bytes_give_a_table_or_a_named_fault(data):
    try:
        for sheet in read_workbook(data).sheets:
            list(sheet)
    except Invalid:
        pass


TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\r\n\x00\ufeff"), max_size=12)


@given(st.lists(st.lists(TEXTS, min_size=3, max_size=3), min_size=3, max_size=6))
def test_written_csv_is_read_back(table):
    import csv

    held = io.StringIO()
    csv.writer(held, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\n").writerows([["a", "b", "c"], *table])
    rows = rows_of(held.getvalue().encode("utf-8-sig"))
    assert rows[0] == ["a", "b", "c"]
    assert rows[1:] == table
