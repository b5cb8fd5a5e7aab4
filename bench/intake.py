"""A sell-out workbook of 200,000 rows taken in, against merely reading it with calamine and copying the rows."""

from __future__ import annotations

import random
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from bench._ground import Watch, fresh_house, peak_megabytes, tell

ROWS = 200_000
PRODUCTS = 3_000


def main() -> None:
    """Print the seconds of each part and the ratio of the whole to the bare reading and copying."""
    with fresh_house() as home:
        path = home / "sales.xlsx"
        distributor = _world()
        _write(path)
        watch = Watch()
        _bare(path)
        bare = watch.seconds
        watch = Watch()
        report = _intake(path, distributor)
        whole = watch.seconds
        tell(
            [
                ("rows", f"{ROWS}"),
                ("read with calamine, then COPY", f"{bare:.1f} s"),
                ("layout, mapping, matching, storing", f"{whole:.1f} s"),
                ("ratio", f"{whole / bare:.2f}"),
                ("lines stored", str(report.summary["lines"])),
                ("questions", str(report.summary["questions"])),
                ("peak memory", f"{peak_megabytes():.0f} MB"),
            ]
        )


def _world() -> int:
    from django.utils import timezone

    from zveno.catalog.models import Product
    from zveno.partners.models import Company

    maker = Company.objects.create(name="Maker", code="maker", is_operator=True)
    distributor = Company.objects.create(name="Distributor", code="distr", is_seller=True, is_distributor=True)
    now = timezone.now()
    Product.objects.bulk_create(
        Product(
            owner=maker,
            code=f"AB-{n:05d}",
            code_folded=f"AB{n:05d}",
            name=f"Светильник LED {n % 90 + 5} Вт серия {n:05d}",
            updated_at=now,
        )
        for n in range(PRODUCTS)
    )
    return distributor.pk


def _write(path: Path) -> None:
    import xlsxwriter

    chance = random.Random(7)
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True, "default_date_format": "dd.mm.yyyy"})
    sheet = book.add_worksheet("Продажи")
    head = (
        "Дата",
        "Код",
        "Наименование",
        "Кол-во",
        "Ед.",
        "Цена",
        "Сумма",
        "Клиент",
        "ИНН",
        "Город",
        "Склад",
        "Накладная",
    )
    sheet.write_row(0, 0, head)
    for row in range(1, ROWS + 1):
        n, quantity, price = chance.randrange(PRODUCTS), chance.randrange(1, 50), chance.randrange(50, 5000)
        sheet.write_datetime(row, 0, _moment(chance))
        sheet.write_row(row, 1, (f"AB-{n:05d}", f"Светильник LED {n % 90 + 5} Вт серия {n:05d}", quantity, "шт", price))
        sheet.write_row(
            row, 6, (quantity * price, f"ООО «Клиент {n % 400}»", "7707083893", "Казань", "Склад 1", f"{row}")
        )
    book.close()


def _moment(chance: random.Random):
    from datetime import datetime

    return datetime.combine(date(2026, 3, 1) + timedelta(days=chance.randrange(31)), datetime.min.time())


def _bare(path: Path) -> None:
    from django.db import connection
    from python_calamine import CalamineWorkbook

    sheet = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0)
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE bare (" + ", ".join(f"c{n} text" for n in range(12)) + ")")
        with cursor.copy("COPY bare FROM STDIN") as copy:
            for row in sheet.iter_rows():
                copy.write_row([str(cell) for cell in row])


def _intake(path: Path, distributor_id: int):
    from django.db import transaction
    from django.utils import timezone

    from zveno.base.scope import entered, system_scope
    from zveno.sellout.actions.read_layout import read_layout
    from zveno.sellout.actions.take_lines import take_lines
    from zveno.sellout.actions.upload_report import upload_report
    from zveno.sellout.models import Report

    with transaction.atomic(), entered(system_scope("bench")), path.open("rb") as file:
        report = upload_report(
            distributor_id=distributor_id,
            pieces=iter(lambda: file.read(1 << 20), b""),
            name=path.name,
            now=timezone.now(),
        )
        read_layout(report_id=report.pk, now=timezone.now())
        Report.objects.unscoped("bench").filter(pk=report.pk).update(state="taking")
        take_lines(report_id=report.pk, task_id=None, now=timezone.now())
    found = Report.objects.unscoped("bench").get(pk=report.pk)
    assert found.state in ("ready", "asking"), (found.state, found.error)
    assert Decimal(found.summary["amount"]) > 0
    return found
