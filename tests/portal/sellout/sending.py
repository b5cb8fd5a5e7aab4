"""A distributor that sends reports, and files as distributors send them."""

from __future__ import annotations

import html
import io
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests import world

from zveno.base.models import Task
from zveno.catalog.models import Product
from zveno.sellout.jobs import read_report, take_report_lines
from zveno.sellout.models import Report

HEADER = ("Дата", "Код товара", "Артикул", "Наименование", "Кол-во", "Цена", "Сумма", "Контрагент", "ИНН")
Cells = Sequence[Any]


@dataclass(frozen=True, slots=True)
class Chain:
    """A maker with its range, a distributor and somebody else's distributor."""

    operator: world.Partner
    house: world.Partner
    distributor: world.Partner
    stranger: world.Partner
    lamp: Product
    cable: Product
    switch: Product


def chain() -> Chain:
    """The world of these tests: three products, two distributors."""
    house = world.seller("Торговый дом «Светлый»")
    return Chain(
        operator=world.operator(),
        house=house,
        distributor=world.seller("Дистрибьютор «Север»", distributor=True),
        stranger=world.seller("Дистрибьютор «Юг»", distributor=True),
        lamp=world.product(house, "Лампа светодиодная Аврора A60 10 Вт", code="AVR-A60-10"),
        cable=world.product(house, "Кабель силовой Вега ВВГнг 3х2,5", code="VEGA-3X25"),
        switch=world.product(house, "Выключатель одноклавишный Сириус белый", code="SIR-01W"),
    )


def sale(day: object, code: str, article: str, name: str, quantity: object, price: object, **told: Any) -> list[Any]:
    """A row under HEADER."""
    total = told.get("total", quantity * price if isinstance(quantity, int) and isinstance(price, int) else "")
    return [
        day,
        code,
        article,
        name,
        quantity,
        price,
        total,
        told.get("customer", "ООО «Ромашка»"),
        told.get("inn", ""),
    ]


def good_rows() -> list[Cells]:
    """Two known products, one that has to be asked about, a return."""
    return [
        sale(date(2026, 3, 2), "N-1", "AVR-A60-10", "Лампа Аврора A60 10Вт", 10, 150),
        sale(date(2026, 3, 3), "N-2", "VEGA-3X25", "Кабель Вега ВВГнг 3х2,5", 100, 90),
        sale(date(2026, 3, 4), "N-3", "", "Выключатель Сириус 1-кл.", 5, 210),
        sale(date(2026, 3, 5), "N-1", "AVR-A60-10", "Лампа Аврора A60 10Вт", -2, 150),
    ]


def xlsx(
    rows: Sequence[Cells], *, header: Cells = HEADER, above: Sequence[Cells] = (), sheet: str = "Продажи"
) -> bytes:
    """A workbook of one sheet; days are written as dates."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    page = book.add_worksheet(sheet)
    dated = book.add_format({"num_format": "dd.mm.yyyy"})
    for at, cells in enumerate([*above, header, *rows]):
        for column, cell in enumerate(cells):
            if isinstance(cell, date):
                page.write_datetime(at, column, cell, dated)
            elif isinstance(cell, str) and cell.startswith("="):
                page.write_formula(at, column, cell, None, 0)
            else:
                page.write(at, column, cell)
    book.close()
    return target.getvalue()


def csv(rows: Sequence[Cells], *, encoding: str = "cp1251", header: Cells = HEADER) -> bytes:
    """A delimited text as Russian spreadsheets save it."""

    def told(cell: Any) -> str:
        return cell.strftime("%d.%m.%Y") if isinstance(cell, date) else str(cell).replace(".", ",")

    return "\r\n".join(";".join(map(told, cells)) for cells in [header, *rows]).encode(encoding)


def xls(rows: Sequence[Cells], *, header: Cells = HEADER) -> bytes:
    """A workbook of the old kind."""
    import xlwt

    book = xlwt.Workbook()
    page = book.add_sheet("Продажи")
    dated = xlwt.easyxf(num_format_str="DD.MM.YYYY")
    for at, cells in enumerate([header, *rows]):
        for column, cell in enumerate(cells):
            page.write(at, column, cell, dated) if isinstance(cell, date) else page.write(at, column, cell)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def xml(rows: Sequence[Cells], *, header: Cells = HEADER) -> bytes:
    """Rows as elements."""
    tags = [f"f{at}" if not name.isidentifier() else name for at, name in enumerate(header)]
    body = "".join(
        "<Продажа>" + "".join(f"<{t}>{c}</{t}>" for t, c in zip(tags, cells, strict=True)) + "</Продажа>"
        for cells in rows
    )
    return f'<?xml version="1.0" encoding="utf-8"?><Продажи>{body}</Продажи>'.encode()


def json_text(rows: Sequence[Cells], *, header: Cells = HEADER) -> bytes:
    """Rows as objects."""
    return json.dumps([dict(zip(header, map(str, cells), strict=True)) for cells in rows], ensure_ascii=False).encode()


def send(client: Client, data: bytes, name: str = "март.xlsx", **form: str) -> Any:
    """Post a file to the upload address."""
    return client.post("/sell-out/upload/", {"file": SimpleUploadedFile(name, data), **form})


def newest() -> Report:
    """The report sent last."""
    report = Report.objects.unscoped("a test looks").order_by("-id").first()
    assert report is not None
    return report


def work(report: Report) -> Report:
    """What the worker would do now, done here."""
    task = (
        Task.objects.unscoped("a test works")
        .filter(subject_id=report.pk, kind="sellout_report")
        .order_by("-id")
        .first()
    )
    report.refresh_from_db()
    {"reading": read_report, "taking": take_report_lines}[report.state](
        report_id=report.pk, task_id=task.pk if task else None
    )
    report.refresh_from_db()
    return report


def sent(client: Client, data: bytes, name: str = "март.xlsx", **form: str) -> Report:
    """A file sent and read."""
    assert send(client, data, name, **form).status_code == 302
    return work(newest())


def taken(client: Client, data: bytes, name: str = "март.xlsx", **form: str) -> Report:
    """A file sent, read, its proposed columns confirmed, its lines taken."""
    report = sent(client, data, name, **form)
    if report.state == "mapping":
        assert client.post(f"/sell-out/{report.pk}/confirm/").status_code == 302
        work(report)
    return report


def text_of(answer: Any) -> str:
    """The page with entities undone and no-break spaces as spaces."""
    return html.unescape(answer.content.decode()).replace("\u00a0", " ").replace("\u202f", " ")


def words_of(answer: Any) -> str:
    """The page as a person reads it: no tags, runs of blanks as one."""
    return " ".join(re.sub(r"<[^>]*>", "", text_of(answer)).split())
