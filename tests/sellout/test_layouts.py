"""Layouts as people make them: where the header is, what the columns are, what repeats, what changed."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest

from zveno.kit.period import Period
from zveno.kit.tables import Row, Sheet, Span, sheet_of
from zveno.sellout.rules.applying import apply_mapping
from zveno.sellout.rules.fitting import Change, drift, fit_mapping, propose_mapping
from zveno.sellout.rules.layouts import Layout, find_layout
from zveno.sellout.rules.lines import Problem, RawLine, Skipped
from zveno.sellout.rules.periods import period_of
from zveno.sellout.rules.words import is_total, kinds_of

LINES = [
    ["01.03.2026", "А-100", "Краска белая 2,7 л", 2, "шт", 500, 1000, "ООО Ромашка"],
    ["02.03.2026", "А-101", "Краска белая 0,9 л", 3, "шт", 200, 600, "ООО Ромашка"],
    ["03.03.2026", "А-102", "Эмаль ПФ-115 1,9 кг", 5, "шт", 300, 1500, "ИП Иванов"],
    ["15.03.2026", "А-103", "Грунт 10 л", 4, "шт", 900, 3600, "ИП Петров"],
    ["31.03.2026", "А-104", "Лак 0,75 л", 7, "шт", 250, 1750, "ООО Василёк"],
]
HEADER = ["Дата", "Артикул", "Наименование", "Кол-во", "Ед.", "Цена", "Сумма", "Клиент"]
FIELDS = {
    "sold_on": "A",
    "article": "B",
    "product_name": "C",
    "quantity": "D",
    "unit": "E",
    "price": "F",
    "amount": "G",
    "customer_name": "H",
}


def layout_of(rows, merged=(), name="Лист1", file_name="") -> Layout:
    found = find_layout(sheet_of(name, rows, merged=tuple(merged)), file_name=file_name)
    assert found is not None
    return found


def lines_of(rows, merged=()):
    sheet = sheet_of("Лист1", rows, merged=tuple(merged))
    layout = find_layout(sheet)
    assert layout is not None
    items = list(apply_mapping(sheet, propose_mapping(layout)))
    return [item for item in items if isinstance(item, RawLine)], items


@pytest.mark.parametrize(
    ("case", "header"),
    [
        ("plain", HEADER),
        ("upper case", [name.upper() for name in HEADER]),
        (
            "with marks",
            [
                "Дата док-та",
                "Артикул:",
                "Наименование товара",
                "Кол-во, шт.",
                "Ед. изм.",
                "Цена, руб.",
                "Сумма, руб.",
                "Контрагент",
            ],
        ),
        ("english", ["Sale date", "SKU", "Product name", "Qty", "UoM", "Unit price", "Amount", "Customer"]),
        (
            "camel and snake",
            [
                "saleDate",
                "article_number",
                "productName",
                "quantity",
                "unit",
                "UnitPrice",
                "line_total",
                "customer_name",
            ],
        ),
        ("misspelt", ["Дата продажы", "Артикль", "Наименованеи", "Количесво", "Ед.изм", "Цена", "Сума", "Контрогент"]),
        (
            "1С",
            [
                "Дата отгрузки",
                "Артикул",
                "Номенклатура",
                "Количество",
                "Единица измерения",
                "Цена",
                "Выручка",
                "Покупатель",
            ],
        ),
    ],
)
def test_header_words_name_the_columns(case, header):
    layout = layout_of([header, *LINES])
    assert (layout.header_first, layout.header_last, layout.first_row) == (1, 1, 2)
    assert layout.fields == FIELDS


def test_header_is_found_under_a_preamble_that_tells_period_and_warehouse():
    rows = [
        ["Отчет по продажам"],
        [],
        ["Период: 01.03.2026 - 31.03.2026"],
        ["Организация: ООО Дистрибьютор"],
        ["Склад:", "Основной"],
        [],
        HEADER[1:],
        *[line[1:] for line in LINES],
        ["Итого", None, 21, None, None, 8450],
    ]
    layout = layout_of(rows)
    assert layout.header_first == 7
    assert layout.preamble.period == Period(date(2026, 3, 1), date(2026, 4, 1))
    assert layout.preamble.organisation == "ООО Дистрибьютор"
    mapping = propose_mapping(layout)
    assert mapping.constants == {"sold_on": "2026-03-31", "outlet": "Основной"}
    assert mapping.told == ("sold_on", "outlet")


@pytest.mark.parametrize(
    ("sheet", "file", "period"),
    [
        ("Март 2026", "", Period(date(2026, 3, 1), date(2026, 4, 1))),
        ("Лист1", "Продажи_март_2026.xlsx", Period(date(2026, 3, 1), date(2026, 4, 1))),
        ("Лист1", "sales 2026-03.csv", Period(date(2026, 3, 1), date(2026, 4, 1))),
        ("Лист1", "1 кв 2026.xls", Period(date(2026, 1, 1), date(2026, 4, 1))),
        ("Лист1", "отчет.xls", None),
    ],
)
def test_period_is_taken_from_the_sheet_or_file_name(sheet, file, period):
    assert layout_of([HEADER[1:], *[line[1:] for line in LINES]], name=sheet, file_name=file).preamble.period == period


def test_header_of_two_rows_with_months_becomes_a_line_for_each_month():
    rows = [
        ["Артикул", "Наименование", "Январь 2026", None, "Февраль 2026", None, "Итого", None],
        [None, None, "Кол-во", "Сумма", "Кол-во", "Сумма", "Кол-во", "Сумма"],
        ["А1", "Краска", 1, 10, 2, 20, 3, 30],
        ["А2", "Лак", None, None, 4, 44, 4, 44],
        ["А3", "Эмаль", 5, 55, None, None, 5, 55],
        ["Итого", None, 6, 65, 6, 64, 12, 129],
    ]
    merged = [Span(1, 2, 1, 3), Span(1, 4, 1, 5), Span(1, 6, 1, 7), Span(1, 0, 2, 0), Span(1, 1, 2, 1)]
    for spans in (merged, ()):
        lines, items = lines_of(rows, spans)
        assert [(line.sold_on, line.article, line.quantity, line.amount, str(line.place)) for line in lines] == [
            (date(2026, 1, 31), "А1", Decimal(1), Decimal(10), "Лист1!C3"),
            (date(2026, 2, 28), "А1", Decimal(2), Decimal(20), "Лист1!E3"),
            (date(2026, 2, 28), "А2", Decimal(4), Decimal(44), "Лист1!E4"),
            (date(2026, 1, 31), "А3", Decimal(5), Decimal(55), "Лист1!C5"),
        ]
        assert [item.reason for item in items if isinstance(item, Skipped)] == ["total"]


def test_months_in_one_header_row_are_quantities():
    rows = [
        ["Код товара", "Товар", "янв.26", "фев.26", datetime(2026, 3, 1)],
        ["1", "Краска", 1, 2, 3],
        ["2", "Лак", 4, 5, 6],
    ]
    lines, _ = lines_of(rows)
    assert [(line.product_code, line.sold_on.month, line.quantity) for line in lines] == [
        ("1", 1, 1),
        ("1", 2, 2),
        ("1", 3, 3),
        ("2", 1, 4),
        ("2", 2, 5),
        ("2", 3, 6),
    ]


def test_the_same_columns_under_each_branch_become_its_lines():
    rows = [
        ["Артикул", "Москва", None, "Казань", None, "Всего", None],
        [None, "Кол-во", "Сумма", "Кол-во", "Сумма", "Кол-во", "Сумма"],
        ["А1", 1, 10, 2, 20, 3, 30],
        ["А2", 3, 33, None, None, 3, 33],
    ]
    lines, _ = lines_of(rows)
    assert [(line.outlet, line.article, line.quantity) for line in lines] == [
        ("Москва", "А1", 1),
        ("Казань", "А1", 2),
        ("Москва", "А2", 3),
    ]


def outlined(rows) -> Sheet:
    return Sheet("Лист1", lambda: (Row(n, values, level) for n, (level, values) in enumerate(rows, 1)))


def test_outline_headings_apply_to_the_rows_below_by_level():
    sheet = outlined(
        [
            (0, ["Контрагент", "Количество", "Сумма"]),
            (0, ["Номенклатура", None, None]),
            (0, ["ООО Ромашка", 3, 30]),
            (1, ["Краска белая", 1, 10]),
            (1, ["Лак прозрачный", 2, 20]),
            (0, ["ИП Иванов", 5, 50]),
            (1, ["Краска белая", 5, 50]),
            (0, ["Итого", 8, 80]),
        ]
    )
    layout = find_layout(sheet)
    assert layout.groups.mode == "outline"
    items = list(apply_mapping(sheet, propose_mapping(layout)))
    lines = [item for item in items if isinstance(item, RawLine)]
    assert [(line.customer_name, line.product_name, line.quantity) for line in lines] == [
        ("ООО Ромашка", "Краска белая", 1),
        ("ООО Ромашка", "Лак прозрачный", 2),
        ("ИП Иванов", "Краска белая", 5),
    ]
    assert [(item.reason, item.quantity) for item in items if isinstance(item, Skipped)] == [
        ("group", 3),
        ("group", 5),
        ("total", 8),
    ]


def test_headings_without_an_outline_are_believed_only_when_they_are_the_sums():
    header = ["Номенклатура", "Артикул", "Ед.", "Количество"]
    good = [
        ["Склад Север", None, None, 3],
        ["Краска", "А1", "шт", 1],
        ["Лак", "А2", "шт", 2],
        ["Склад Юг", None, None, 9],
        ["Клей", "А3", "шт", 9],
    ]
    bad = [["Склад Север", None, None, 7], *good[1:3], ["Склад Юг", None, None, 5], good[4]]
    lines, _ = lines_of([header, *good])
    assert [(line.outlet, line.product_name) for line in lines] == [
        ("Склад Север", "Краска"),
        ("Склад Север", "Лак"),
        ("Склад Юг", "Клей"),
    ]
    lines, _ = lines_of([header, *bad])
    assert len(lines) == 5


def test_bare_headings_and_repeated_headers_and_blank_rows_are_no_lines():
    rows = [
        HEADER,
        ["Краски"],
        *LINES[:2],
        [],
        HEADER,
        *LINES[2:],
        ["Итого по отчету", None, None, 21, None, None, 8450],
        [],
        ["Директор ____ Иванов"],
    ]
    lines, items = lines_of(rows)
    assert len(lines) == 5
    reasons = [(item.reason, item.place.row) for item in items if isinstance(item, Skipped)]
    assert reasons == [("group", 2), ("header", 6), ("total", 10), ("group", 12)]
    assert not [item for item in items if isinstance(item, Problem)]


def test_a_sheet_without_a_header_is_read_by_its_values():
    layout = layout_of([[line[0], "4006381333931", line[2], line[3], line[5], line[6], "7707083893"] for line in LINES])
    assert layout.header_first == 0
    assert layout.first_row == 1
    assert layout.fields == {
        "sold_on": "A",
        "barcode": "B",
        "product_name": "C",
        "quantity": "D",
        "price": "E",
        "amount": "F",
        "customer_inn": "G",
    }


def test_unnamed_figures_are_told_apart_by_their_product():
    header = ["Дата", "Артикул", "Наименование", "x1", "Ед.", "x2", "x3", "Клиент"]
    layout = layout_of([header, *LINES])
    assert {name: layout.fields[name] for name in ("quantity", "price", "amount")} == {
        "quantity": "D",
        "price": "F",
        "amount": "G",
    }
    assert layout.column("D").proposals[0].reason == "product"


def test_a_document_told_once_is_carried_down_its_lines():
    rows = [
        ["Дата", "Накладная", "Код", "Кол-во"],
        ["01.03.2026", "РН-1", "A1", 1],
        [None, None, "A2", 2],
        [None, None, "A3", 3],
        ["02.03.2026", "РН-2", "A4", 4],
        [None, None, "A5", 5],
    ]
    lines, _ = lines_of(rows)
    assert [(line.sold_on.day, line.document_number, line.product_code) for line in lines] == [
        (1, "РН-1", "A1"),
        (1, "РН-1", "A2"),
        (1, "РН-1", "A3"),
        (2, "РН-2", "A4"),
        (2, "РН-2", "A5"),
    ]


@pytest.mark.parametrize(
    ("told", "order", "proven"),
    [
        (["01/02/2026", "13/02/2026"], "dmy", True),
        (["01/02/2026", "02/13/2026"], "mdy", True),
        (["03/01/2026", "03/05/2026", "03/12/2026"], "mdy", False),
        (["01.03.2026", "05.03.2026", "12.03.2026"], "dmy", False),
    ],
)
def test_day_or_month_first_is_decided_by_evidence(told, order, proven):
    layout = layout_of([["Дата", "Код", "Кол-во"], *[[value, f"A{n}", n] for n, value in enumerate(told, 1)]])
    assert (layout.date_order, layout.date_order_proven) == (order, proven)


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("Кол-во", "quantity"),
        ("Сумма НДС", "vat"),
        ("Сумма с НДС", "amount"),
        ("Остаток на конец", "stock"),
        ("Цена закупки", "cost"),
        ("Код клиента", "customer_code"),
        ("ИНН/КПП", "customer_inn"),
        ("Штрих-код", "barcode"),
        ("№ п/п", "line_number"),
        ("Номер накладной", "document_number"),
        ("Расход_кол", "quantity"),
        ("Нач_ост_кол", "stock"),
        ("Адрес доставки", "customer_address"),
        ("Ед. изм.", "unit"),
        ("Торговая точка", "customer_name"),
        ("Код товара дистрибьютора", "product_code"),
    ],
)
def test_words_of_headers(told, expected):
    assert kinds_of(told)[0][0] == expected


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("Итого", True),
        ("ИТОГО:", True),
        ("Итого по складу Юг", True),
        ("Всего за март", True),
        ("Grand Total", True),
        ("Total Quartz 9000 5W40", False),
        ("Итоговый лак", False),
        ("Всего", True),
        ("Тотал", False),
        ("", False),
    ],
)
def test_totals_are_told_from_products(told, expected):
    assert is_total(told) is expected


@pytest.mark.parametrize(
    "told", ["Маркет", "Декор", "Майка", "Серия", "Цена", "Верх", "Декабрист и другие товары магазина"]
)
def test_words_that_begin_like_months_are_none(told):
    assert period_of(told) is None


def test_next_month_has_the_same_signature_and_fits_silently():
    def report(month, more=()):
        return [["Артикул", f"{month} 2026", None, *more], [None, "Кол-во", "Сумма"], ["А1", 1, 10], ["А2", 2, 20]]

    merged = [Span(1, 1, 1, 2)]
    march, april = layout_of(report("Март"), merged), layout_of(report("Апрель"), merged)
    remembered = propose_mapping(march)
    assert march.signature == april.signature
    assert drift(remembered, april) == ()
    assert fit_mapping(remembered, april).slices[0].sold_on == date(2026, 4, 30)


@pytest.mark.parametrize(
    ("case", "header", "changes"),
    [
        ("same", HEADER, []),
        ("renamed", [*HEADER[:6], "Стоимость", "Клиент"], [("renamed", "G", "G", "amount")]),
        ("added at the end", [*HEADER, "Комментарий"], [("added", "", "I", "")]),
        ("missing", HEADER[:7], [("missing", "H", "", "customer_name")]),
        (
            "swapped",
            [*HEADER[:5], "Сумма", "Цена", "Клиент"],
            [("moved", "F", "G", "price"), ("moved", "G", "F", "amount")],
        ),
    ],
)
def test_drift_says_what_changed(case, header, changes):
    remembered = propose_mapping(layout_of([HEADER, *LINES]))
    rows = [line[: len(header)] + ["x"] * (len(header) - len(line)) for line in LINES]
    found = drift(remembered, layout_of([header, *rows]))
    assert [(change.kind, change.was_column, change.now_column, change.field) for change in found] == changes


def test_a_column_put_in_front_moves_the_others_and_the_mapping_follows():
    remembered = propose_mapping(layout_of([HEADER, *LINES]))
    moved = layout_of([["№ п/п", *HEADER], *[[n, *line] for n, line in enumerate(LINES, 1)]])
    changes = drift(remembered, moved)
    assert [change.kind for change in changes] == ["moved"] * 8 + ["added"]
    assert changes[0] == Change("moved", "дата", "дата", "A", "B", "sold_on")
    assert fit_mapping(remembered, moved).column_of("customer_name") == "I"
