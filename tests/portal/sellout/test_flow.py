"""A report from the file to the accepted figures, page by page."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.portal.sellout import sending
from tests.portal.sellout.sending import (
    csv,
    good_rows,
    json_text,
    newest,
    sale,
    send,
    sent,
    taken,
    text_of,
    words_of,
    work,
    xls,
    xlsx,
    xml,
)

from zveno.base.models import AuditEntry
from zveno.sellout.models import CodeMapping, Question, Report, ReportLine

pytestmark = pytest.mark.django_db


@pytest.fixture
def chain() -> sending.Chain:
    return sending.chain()


@pytest.fixture
def sender(client: Any, sign_in: Any, chain: sending.Chain) -> Any:
    sign_in(chain.distributor.manager)
    return client


def test_a_file_goes_from_upload_through_columns_and_questions_to_accepted_figures(sender: Any, chain: Any) -> None:
    answer = send(sender, xlsx(good_rows()))
    report = newest()
    assert answer.url == f"/sell-out/{report.pk}/"
    assert "Читаем файл" in text_of(sender.get(answer.url))

    assert work(report).state == "mapping"
    page = text_of(sender.get(f"/sell-out/{report.pk}/"))
    assert "Лампа Аврора A60 10Вт" in page
    assert '<option value="article" selected>' in page

    meaning = words_of(sender.get(f"/sell-out/{report.pk}/meaning/"))
    assert "02.03 – 05.03.2026" in meaning
    assert "11 250,00 ₽" in meaning
    assert "Спросим про1 код" in meaning

    assert sender.post(f"/sell-out/{report.pk}/confirm/").status_code == 302
    assert work(report).state == "asking"
    page = text_of(sender.get(f"/sell-out/{report.pk}/"))
    assert "Выключатель Сириус 1-кл." in page
    assert "SIR-01W" in page

    question = Question.objects.unscoped("a test looks").get(report=report)
    row = sender.post(
        f"/sell-out/{report.pk}/questions/{question.pk}/", {"answer": "product", "product": chain.switch.pk}
    )
    assert "К сводке" in text_of(row)
    assert "/ready" not in text_of(row)

    page = text_of(sender.get(f"/sell-out/{report.pk}/"))
    assert "Принять отчёт" in page
    assert sender.post(f"/sell-out/{report.pk}/accept/").status_code == 302
    report.refresh_from_db()
    assert report.state == "accepted"
    counted = ReportLine.objects.unscoped("a test looks").filter(report=report, is_counted=True)
    assert sum(line.total or 0 for line in counted) == Decimal(11250)
    assert {line.product_id for line in counted} == {chain.lamp.pk, chain.cable.pk, chain.switch.pk}
    page = text_of(sender.get(f"/sell-out/{report.pk}/"))
    assert "Продажи!4" in page
    assert "Отчёт принят" in page


@pytest.mark.parametrize(
    ("name", "build"),
    [
        ("март.csv", csv),
        ("март.xls", xls),
        ("март.xml", xml),
        ("март.json", json_text),
    ],
)
def test_the_same_sales_in_any_format_give_the_same_sum(sender: Any, chain: Any, name: str, build: Any) -> None:
    report = taken(sender, build(good_rows()), name)
    assert report.state == "asking"
    assert report.summary["amount"] in ("11250", "11250.0", "11250.00")
    assert report.summary["lines"] == 4


def test_the_next_file_of_the_same_layout_is_taken_without_asking(sender: Any, chain: Any) -> None:
    first = taken(sender, xlsx(good_rows()))
    question = Question.objects.unscoped("a test looks").get(report=first)
    sender.post(f"/sell-out/{first.pk}/questions/{question.pk}/", {"answer": "product", "product": chain.switch.pk})
    april = [[date(2026, 4, 2), *cells[1:]] for cells in good_rows()]
    second = sent(sender, xlsx(april), "апрель.xlsx")
    assert second.state == "ready"


def test_a_changed_layout_is_told_in_words(sender: Any, chain: Any) -> None:
    taken(sender, xlsx(good_rows()))
    header = ("Дата", "Код товара", "Артикул", "Наименование", "Кол-во", "Цена", "Стоимость", "Контрагент", "ИНН")
    second = sent(sender, xlsx(good_rows(), header=header), "апрель.xlsx")
    assert second.state == "mapping"
    page = text_of(sender.get(f"/sell-out/{second.pk}/"))
    assert "теперь называется «стоимость»" in page


def test_another_kind_of_file_from_the_same_sender_is_read_afresh(sender: Any, chain: Any) -> None:
    taken(sender, xlsx(good_rows()))
    header = ("Номенклатура", "", "Реализовано, шт", "Выручка, руб", "Дата отгрузки")
    rows = [["Лампа Аврора A60 10Вт", "", 10, 1500, date(2026, 4, 2)], ["Кабель Вега", "", 5, 450, date(2026, 4, 3)]]
    report = sent(sender, xlsx(rows, header=header), "другой.xlsx")
    meant = {source["field"]: source["column"] for source in report.mapping["sources"]}
    assert meant == {"product_name": "A", "quantity": "C", "amount": "D", "sold_on": "E"}
    page = text_of(sender.get(f"/sell-out/{report.pk}/"))
    assert "теперь называется" not in page


def test_a_blank_column_shifts_no_cells(sender: Any, chain: Any) -> None:
    header = ("Дата", "", "Наименование", "", "Кол-во", "Сумма")
    rows = [[date(2026, 4, 2), "", "Лампа Аврора A60 10Вт", "", 10, 1500], [date(2026, 4, 3), "", "Кабель", "", 5, 450]]
    report = sent(sender, xlsx(rows, header=header))
    page = " ".join(text_of(sender.get(f"/sell-out/{report.pk}/")).split())
    assert '<td class="z-col-product">Лампа Аврора A60 10Вт</td><td class="z-col-figures">10</td>' in page
    assert '<select id="col-E"' in page


def test_the_same_file_sent_twice_is_named_and_can_be_sent_anyway(sender: Any, chain: Any) -> None:
    first = taken(sender, xlsx(good_rows()))
    answer = sender.post(
        "/sell-out/upload/", {"file": sending.SimpleUploadedFile("copy.xlsx", xlsx_bytes(first))}, follow=True
    )
    page = text_of(answer)
    assert "Этот файл уже присылали" in page
    assert f"/sell-out/{first.pk}/again/" in page
    assert Report.objects.unscoped("a test looks").count() == 1
    again = sender.post(f"/sell-out/{first.pk}/again/", {"name": "copy.xlsx"})
    assert again.status_code == 302
    assert Report.objects.unscoped("a test looks").count() == 2
    assert work(newest()).state == "asking"


def xlsx_bytes(report: Report) -> bytes:
    from zveno.base import files

    with files.opened(report.file) as source:
        return source.read()


def test_accepting_twice_counts_once_and_leaves_one_entry(sender: Any, chain: Any) -> None:
    report = taken(sender, xlsx(good_rows()[:2]))
    assert report.state == "ready"
    sender.post(f"/sell-out/{report.pk}/accept/")
    sender.post(f"/sell-out/{report.pk}/accept/")
    deeds = AuditEntry.objects.unscoped("a test looks").filter(action="report_accepted", object_id=report.pk)
    assert deeds.count() == 1


@pytest.mark.parametrize(("how", "first_state"), [("replace", "withdrawn"), ("beside", "accepted")])
def test_days_counted_already_ask_whether_to_replace_or_to_count_both(
    sender: Any, chain: Any, how: str, first_state: str
) -> None:
    first = taken(sender, xlsx(good_rows()[:2]))
    sender.post(f"/sell-out/{first.pk}/accept/")
    second = taken(sender, xlsx(good_rows()[:1]), "ещё.xlsx")
    answer = sender.post(f"/sell-out/{second.pk}/accept/")
    assert answer.status_code == 409
    assert "Заменить тот отчёт этим" in text_of(answer)
    second.refresh_from_db()
    assert second.state == "ready"
    sender.post(f"/sell-out/{second.pk}/accept/", {"how": how})
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == (first_state, "accepted")


def test_a_withdrawn_report_no_longer_counts_and_stays_readable(sender: Any, chain: Any) -> None:
    report = taken(sender, xlsx(good_rows()[:2]))
    sender.post(f"/sell-out/{report.pk}/accept/")
    sender.post(f"/sell-out/{report.pk}/withdraw/")
    assert not ReportLine.objects.unscoped("a test looks").filter(report=report, is_counted=True).exists()
    assert "Отчёт отозван" in text_of(sender.get(f"/sell-out/{report.pk}/"))


def test_choosing_columns_moves_a_meaning_and_tells_what_is_missing(sender: Any, chain: Any) -> None:
    report = sent(sender, xlsx(good_rows()))
    for letters in ("E", "G"):
        answer = sender.post(f"/sell-out/{report.pk}/columns/", {"letters": letters, "field": ""})
        assert answer.status_code == 200
        assert answer.headers["HX-Trigger"] == "sellout:mapped"
    meaning = text_of(sender.get(f"/sell-out/{report.pk}/meaning/"))
    assert "Укажите, в каком столбце количество или сумма." in meaning
    assert "disabled" in meaning
    refused = sender.post(f"/sell-out/{report.pk}/confirm/", HTTP_HX_REQUEST="true")
    assert refused.status_code == 422
    assert "Укажите, в каком столбце количество или сумма." in text_of(refused)
    sender.post(f"/sell-out/{report.pk}/columns/", {"letters": "E", "field": "quantity"})
    assert sender.post(f"/sell-out/{report.pk}/confirm/").status_code == 302


@pytest.mark.parametrize("posted", [{"letters": "ZZ", "field": "quantity"}, {"letters": "A", "field": "nonsense"}])
def test_a_choice_the_page_does_not_offer_is_refused_in_words(sender: Any, chain: Any, posted: dict[str, str]) -> None:
    report = sent(sender, xlsx(good_rows()))
    answer = sender.post(f"/sell-out/{report.pk}/columns/", posted, HTTP_HX_REQUEST="true")
    assert answer.status_code == 422
    assert "Такого варианта здесь нет" in text_of(answer)


def test_answers_are_remembered_corrected_and_forgotten_with_their_history(sender: Any, chain: Any) -> None:
    report = taken(sender, xlsx(good_rows()))
    question = Question.objects.unscoped("a test looks").get(report=report)
    sender.post(f"/sell-out/{report.pk}/questions/{question.pk}/", {"answer": "foreign"})
    code = CodeMapping.objects.unscoped("a test looks").get()
    assert "N-3" in text_of(sender.get("/sell-out/codes/"))
    sender.post(f"/sell-out/codes/{code.pk}/change/", {"value": str(chain.switch.pk)})
    current = CodeMapping.objects.unscoped("a test looks").get(replaced_at=None)
    assert current.product_id == chain.switch.pk
    history = text_of(sender.get(f"/sell-out/codes/{current.pk}/"))
    assert "SIR-01W" in history
    assert "не производителя" in history
    answer = sender.post(f"/sell-out/codes/{current.pk}/forget/")
    assert "zveno:undo" in answer.headers["HX-Trigger"]
    assert not CodeMapping.objects.unscoped("a test looks").filter(replaced_at=None).exists()
    sender.post(f"/sell-out/codes/{current.pk}/recall/")
    assert CodeMapping.objects.unscoped("a test looks").filter(replaced_at=None).get() == current


def test_all_likely_candidates_are_accepted_at_once_and_each_is_recorded(sender: Any, chain: Any) -> None:
    rows = [
        sale(date(2026, 3, 4), f"N-{at}", "", name, 5, 210)
        for at, name in enumerate(("Выключатель Сириус 1-кл.", "Кабель Вега 3х2,5 чёрный"), 3)
    ]
    report = taken(sender, xlsx(rows))
    asked = report.summary["open_questions"]
    assert asked == 2
    sender.post(f"/sell-out/{report.pk}/questions/likely/", {"at_least": "0.6"})
    answered = Question.objects.unscoped("a test looks").filter(report=report).exclude(answered_at=None).count()
    deeds = AuditEntry.objects.unscoped("a test looks").filter(action="report_question_answered", object_id=report.pk)
    assert answered == deeds.count() > 0


def test_lines_are_found_by_what_they_say_and_exported(sender: Any, chain: Any) -> None:
    report = taken(sender, xlsx(good_rows()[:2]))
    page = text_of(sender.get(f"/sell-out/{report.pk}/?q=Кабель"))
    assert "Кабель Вега" in page
    assert "Лампа Аврора" not in page
    answer = sender.get(f"/sell-out/{report.pk}/lines.xlsx")
    from zveno.base.tabular.reading import read_workbook

    rows = list(read_workbook(b"".join(answer.streaming_content), "lines.xlsx").sheets[0])
    assert len(rows) == 3
    assert "AVR-A60-10" in rows[1].values


def test_the_file_comes_back_as_it_was_sent(sender: Any, chain: Any) -> None:
    data = xlsx(good_rows())
    report = sent(sender, data)
    answer = sender.get(f"/sell-out/{report.pk}/file/")
    assert b"".join(answer.streaming_content) == data
    assert answer.headers["Content-Disposition"].startswith("attachment")


def test_pages_take_the_same_few_statements_however_many_lines(sender: Any, chain: Any) -> None:
    small = taken(sender, xlsx([*good_rows()[:2], good_rows()[2]]))
    many = [sale(date(2026, 3, 1 + at % 28), f"Q-{at}", "", f"Неизвестный товар {at}", 1, 10) for at in range(120)]
    large = taken(sender, xlsx(many), "много.xlsx")
    pages = ("/sell-out/{}/", "/sell-out/{}/questions/", "/sell-out/{}/meaning/")
    for page in pages:
        sender.get(page.format(large.pk))  # the file's rows are kept in memory from here on
        counts = [statements(sender, page.format(report.pk)) for report in (small, large)]
        assert counts[0] == counts[1] <= 6, page
    assert statements(sender, "/sell-out/") <= 4


def statements(client: Any, address: str) -> int:
    """How many statements on the tables of sell-out a page takes."""
    with CaptureQueriesContext(connection) as caught:
        assert client.get(address).status_code == 200
    return sum('"sellout_' in query["sql"] for query in caught.captured_queries)
