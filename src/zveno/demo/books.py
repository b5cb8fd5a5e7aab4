"""The distributors' files: each in a layout of its own, as its own system would write it."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import xlsxwriter

from zveno.demo.rules.parties import DISTRIBUTORS
from zveno.demo.rules.sellout import Month, Sold

_FIRST, _SECOND, _THIRD, _FOURTH = DISTRIBUTORS
MONTHS = [
    "январь",
    "февраль",
    "март",
    "апрель",
    "май",
    "июнь",
    "июль",
    "август",
    "сентябрь",
    "октябрь",
    "ноябрь",
    "декабрь",
]

_HEADS: dict[int, tuple[str, ...]] = {
    _FIRST: ("Дата", "Документ", "Контрагент", "ИНН", "Город", "Код", "Номенклатура", "Ед.", "Количество", "Цена",
             "Сумма"),
    _SECOND: ("Дата отгрузки", "Накладная", "Артикул", "Наименование товара", "Кол-во", "Цена с НДС", "Сумма с НДС",
              "Покупатель", "ИНН покупателя", "Город"),
    _THIRD: ("Дата", "Штрихкод", "Товар", "Количество", "Цена", "Сумма", "Клиент", "ИНН", "Документ"),
    _FOURTH: ("Дата продажи", "Код товара", "Наименование", "Количество", "Цена", "Сумма", "Клиент", "ИНН клиента",
              "Регион", "Накладная"),
}  # fmt: skip

COLUMNS: dict[int, dict[str, str]] = {
    _FIRST: {"sold_on": "A", "document_number": "B", "customer_name": "C", "customer_inn": "D", "customer_region": "E",
             "product_code": "F", "product_name": "G", "unit": "H", "quantity": "I", "price": "J", "amount": "K"},
    _SECOND: {"sold_on": "A", "document_number": "B", "article": "C", "product_name": "D", "quantity": "E",
              "price": "F", "amount": "G", "customer_name": "H", "customer_inn": "I", "customer_region": "J"},
    _THIRD: {"sold_on": "A", "barcode": "B", "product_name": "C", "quantity": "D", "price": "E", "amount": "F",
             "customer_name": "G", "customer_inn": "H", "document_number": "I"},
    _FOURTH: {"sold_on": "A", "product_code": "B", "product_name": "C", "quantity": "D", "price": "E", "amount": "F",
              "customer_name": "G", "customer_inn": "H", "customer_region": "I", "document_number": "J"},
}  # fmt: skip


def file_name(month: Month) -> str:
    """What the distributor calls the file."""
    stamp = f"{month.starts_on:%Y-%m}"
    return {
        _FIRST: f"Отчёт о продажах {stamp}.xlsx",
        _SECOND: f"prodazhi_{stamp}.csv",
        _THIRD: f"sellout-{stamp}.json",
        _FOURTH: f"Продажи {stamp}.txt",
    }[month.distributor]


def sheet_name(month: Month) -> str:
    """The sheet as the readers name it: a delimited text is called by its file."""
    return {_FIRST: "Продажи", _THIRD: "1"}.get(month.distributor) or file_name(month)


def first_row(month: Month) -> int:
    """The row of the first line: under the heading, in the first distributor's file under a title too."""
    return {_FIRST: 5}.get(month.distributor, 2)


def write_book(month: Month) -> bytes:
    """The distributor's file of a month."""
    if month.distributor == _FIRST:
        return _xlsx(month)
    if month.distributor == _THIRD:
        return _json(month)
    encoding, mark, delimiter = ("cp1251", "", ";") if month.distributor == _SECOND else ("utf-8", "\ufeff", "\t")
    target = io.StringIO(newline="")
    writer = csv.writer(target, delimiter=delimiter, lineterminator="\r\n")
    writer.writerow(_HEADS[month.distributor])
    writer.writerows(_texts(month))
    return (mark + target.getvalue()).encode(encoding, errors="replace")


def _rows(month: Month) -> Iterable[tuple[Any, ...]]:
    for line in month.lines:
        yield _row(month.distributor, line)


def _row(who: int, x: Sold) -> tuple[Any, ...]:
    unit, good = (x.good.family.unit, x.good) if x.good else ("шт", None)
    tail = (x.quantity, x.price, x.total)
    if who == _FIRST:
        return (x.sold_on, x.document, x.customer, x.inn, x.place.name, x.code, x.name, unit, *tail)
    if who == _SECOND:
        code = good.code if good else x.code
        return (x.sold_on, x.document, code, x.name, *tail, x.customer, x.inn, x.place.name)
    if who == _THIRD:
        code = good.barcode if good else x.code
        return (x.sold_on, code, x.name, *tail, x.customer, x.inn, x.document)
    return (x.sold_on, x.code, x.name, *tail, x.customer, x.inn, x.place.name, x.document)


def _texts(month: Month) -> Iterable[Sequence[str]]:
    for row in _rows(month):
        yield [_text(value) for value in row]


def _text(value: object) -> str:
    if isinstance(value, date):
        return f"{value:%d.%m.%Y}"
    return str(value).replace(".", ",") if isinstance(value, Decimal) else str(value)


def _json(month: Month) -> bytes:
    head = _HEADS[_THIRD]
    rows = [
        dict(zip(head, (float(v) if isinstance(v, Decimal) else str(v) if isinstance(v, date) else v for v in row),
                 strict=True))
        for row in _rows(month)
    ]  # fmt: skip
    return json.dumps(rows, ensure_ascii=False, indent=0).encode()


def _xlsx(month: Month) -> bytes:
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"constant_memory": True, "strings_to_formulas": False})
    sheet = book.add_worksheet("Продажи")
    bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "dd.mm.yyyy"})
    title = f"Отчёт о продажах за {MONTHS[month.starts_on.month - 1]} {month.starts_on.year} г."
    sheet.write_string(0, 0, title, bold)
    sheet.write_string(1, 0, "Организация: ООО «Северлюм»")
    for at, head in enumerate(_HEADS[_FIRST]):
        sheet.write_string(3, at, head, bold)
    for number, row in enumerate(_rows(month), 4):
        sheet.write_datetime(number, 0, row[0], day)
        for at, value in enumerate(row[1:8], 1):
            sheet.write_string(number, at, value)
        for at, value in enumerate(row[8:], 8):
            sheet.write_number(number, at, value)
    book.close()
    return target.getvalue()
