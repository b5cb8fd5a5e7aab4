"""Files that are no reports, and doubtful lines in those that are: each gives a clear sentence, in either language."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from typing import Any

import pytest
from tests.portal.sellout import sending
from tests.portal.sellout.sending import csv, good_rows, sale, send, sent, taken, text_of, words_of, xlsx

from zveno.sellout.models import Report, ReportLine

pytestmark = pytest.mark.django_db


@pytest.fixture
def chain() -> sending.Chain:
    return sending.chain()


@pytest.fixture
def sender(client: Any, sign_in: Any, chain: sending.Chain) -> Any:
    sign_in(chain.distributor.manager)
    return client


def _bomb() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("отчёт.csv", b"0;" * 10_000_000)
    return target.getvalue()


def _locked() -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600 + "EncryptedPackage".encode("utf-16-le") + b"\x00" * 600


_ENTITY = b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "aaaa">]><r><s><code>&a;</code><qty>1</qty></s></r>'
_FILES = [
    ("broken", "март.xlsx", lambda: xlsx(good_rows())[:2500], "Файл повреждён", "The file is damaged"),
    ("empty", "март.xlsx", lambda: b"", "Файл пустой", "The file is empty"),
    ("blank sheet", "март.xlsx", lambda: xlsx([], header=()), "нет строк", "No sheet of the file holds rows"),
    ("password", "март.xlsx", _locked, "Файл закрыт паролем", "The file asks for a password"),
    ("encoding", "март.csv", lambda: bytes(range(128, 256)) * 10, "Не удаётся понять, в какой", "cannot be told"),
    ("zip bomb", "март.zip", _bomb, "В распакованном виде файл больше", "Unpacked, the file would be larger"),
    ("million columns", "март.csv", lambda: b"a;" * 1_000_000, "Лист шире, чем бывает", "wider than a report"),
    ("entities", "март.xml", lambda: _ENTITY, "В XML объявлены", "The XML declares entities"),
    ("a picture", "март.png", lambda: b"\x89PNG\r\n\x1a\n" + b"\x00" * 99, "Это не таблица", "This is not a table"),
]


@pytest.mark.parametrize(("case", "name", "build", "russian", "english"), _FILES, ids=[row[0] for row in _FILES])
def test_a_file_that_is_no_report_is_refused_in_words_and_kept(
    sender: Any, chain: Any, case: str, name: str, build: Any, russian: str, english: str
) -> None:
    data = build()
    report = sent(sender, data, name)
    assert report.state == "refused"
    assert russian in text_of(sender.get(f"/sell-out/{report.pk}/"))
    chain.distributor.manager.language = "en"
    chain.distributor.manager.save(update_fields=["language"])
    assert english in text_of(sender.get(f"/sell-out/{report.pk}/"))
    kept = sender.get(f"/sell-out/{report.pk}/file/")
    assert b"".join(kept.streaming_content) == data
    assert not ReportLine.objects.unscoped("a test looks").exists()


def test_without_a_file_nothing_is_made_and_the_page_says_so(sender: Any, chain: Any) -> None:
    answer = sender.post("/sell-out/upload/", {}, follow=True)
    assert "Файл не выбран" in text_of(answer)
    assert not Report.objects.unscoped("a test looks").exists()


@pytest.mark.parametrize(
    "form",
    [
        {"period": "days", "from": "2026-03-31", "to": "2026-03-01"},
        {"period": "days", "from": "2026-03-31", "to": ""},
        {"period": "2026-99"},
    ],
)
def test_a_period_that_ends_before_it_begins_is_refused(sender: Any, chain: Any, form: dict[str, str]) -> None:
    send(sender, xlsx(good_rows()), **form)
    assert "Период кончается раньше, чем начинается" in text_of(sender.get("/sell-out/"))
    assert not Report.objects.unscoped("a test looks").exists()


def test_a_path_in_the_name_is_no_path(sender: Any, chain: Any) -> None:
    report = sent(sender, xlsx(good_rows()), "../../etc/март.xlsx")
    answer = sender.get(f"/sell-out/{report.pk}/file/")
    assert ".." not in answer.headers["Content-Disposition"]


_LINES = [
    (
        "another century",
        sale(date(1926, 3, 4), "N-1", "AVR-A60-10", "Лампа Аврора A60 10Вт", 1, 150),
        "04.03.1926: таких продаж не бывает",
        "4 Mar 1926: no sale is that old",
    ),
    (
        "quantity zero",
        sale(date(2026, 3, 4), "N-1", "AVR-A60-10", "Лампа Аврора A60 10Вт", 0, 150, total=150),
        "количество 0, сумма 150",
        "quantity 0, sum 150",
    ),
    (
        "sum is not price by quantity",
        sale(date(2026, 3, 4), "N-1", "AVR-A60-10", "Лампа Аврора A60 10Вт", 2, 150, total=900),
        "цена × количество 300, сумма 900",
        "price × quantity is 300, the sum 900",
    ),
    (
        "wrong INN",
        sale(date(2026, 3, 4), "N-1", "AVR-A60-10", "Лампа Аврора A60 10Вт", 2, 150, inn="7707083894"),
        "ИНН 7707083894",
        "INN 7707083894",
    ),
]


@pytest.mark.parametrize(("case", "row", "russian", "english"), _LINES, ids=[row[0] for row in _LINES])
def test_a_doubtful_line_is_told_with_its_figures(
    sender: Any, chain: Any, case: str, row: list[Any], russian: str, english: str
) -> None:
    report = taken(sender, csv([*good_rows()[:2], row]), "март.csv", period="2026-03")
    assert russian in words_of(sender.get(f"/sell-out/{report.pk}/"))
    chain.distributor.manager.language = "en"
    chain.distributor.manager.save(update_fields=["language"])
    assert english in words_of(sender.get(f"/sell-out/{report.pk}/"))


def test_a_line_of_another_century_stays_out_and_the_rest_counts(sender: Any, chain: Any) -> None:
    report = taken(sender, csv([*good_rows()[:2], _LINES[0][1]]), "март.csv", period="2026-03")
    sender.post(f"/sell-out/{report.pk}/accept/")
    lines = ReportLine.objects.unscoped("a test looks").filter(report=report)
    assert (lines.count(), lines.filter(is_counted=True).count()) == (3, 2)


def test_words_where_a_number_should_be_are_told_with_their_cell(sender: Any, chain: Any) -> None:
    rows = [
        *good_rows()[:2],
        sale(date(2026, 3, 4), "N-1", "AVR-A60-10", "Лампа Аврора A60 10Вт", "три", 150, total=450),
    ]
    report = sent(sender, xlsx(rows))
    assert "Продажи!E4" in words_of(sender.get(f"/sell-out/{report.pk}/meaning/"))
    sender.post(f"/sell-out/{report.pk}/confirm/")
    sending.work(report)
    assert "Продажи!E4 Количество: «три» — не число" in words_of(sender.get(f"/sell-out/{report.pk}/"))


def test_formulas_give_their_values_and_never_run(sender: Any, chain: Any) -> None:
    rows = [*good_rows()[:2], sale(date(2026, 3, 4), "=1+1", "AVR-A60-10", '=HYPERLINK("http://x","Лампа")', 1, 150)]
    report = taken(sender, xlsx(rows))
    assert report.summary["lines"] == 3
    page = text_of(sender.get(f"/sell-out/{report.pk}/"))
    assert "HYPERLINK" not in page
