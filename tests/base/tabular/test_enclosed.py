"""Tables inside of something: archives, mails, web pages; and dBase files."""

from __future__ import annotations

import datetime
import io
import zipfile
from email.message import EmailMessage
from pathlib import Path

import dbf
import pytest
import xlsxwriter
from tests.base.tabular.making import outlook

from zveno.base.tabular import read_workbook
from zveno.base.tabular.archives import Limits
from zveno.base.tabular.faults import FileBroken, FormatUnknown, NoTableInside, PasswordProtected, ZipTooLarge
from zveno.kit.tables import Span, Workbook

CSV = "Дата;Код;Кол-во\n01.03.2026;А1;5\n02.03.2026;А2;7\n".encode("cp1251")
PAGE = "<html><body><p>Продажи</p><table><tr><th>Код</th><th>Шт</th></tr><tr><td>А1</td><td>5</td></tr></table></body>"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(40)


def xlsx(*names: str) -> bytes:
    held = io.BytesIO()
    book = xlsxwriter.Workbook(held)
    for name in names:
        book.add_worksheet(name).write_row(0, 0, ["Код", "Кол-во"])
    book.close()
    return held.getvalue()


def packed(**files: bytes) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name.replace("__", "."), data)
    return held.getvalue()


def names_of(book: Workbook) -> list[str]:
    return [sheet.name for sheet in book]


def test_a_zip_of_several_tables_is_one_workbook_of_their_sheets():
    book = read_workbook(packed(март__csv=CSV, апрель__xlsx=xlsx("Юг", "Север"), скан__png=PNG), "отчёты.zip")
    assert (book.format, names_of(book)) == ("zip", ["март.csv", "апрель.xlsx / Юг", "апрель.xlsx / Север"])
    assert [row.values for row in book["март.csv"]][1] == ["01.03.2026", "А1", "5"]


def test_the_only_table_of_a_zip_is_read_as_if_it_came_alone():
    book = read_workbook(packed(март__csv=CSV, скан__png=PNG), "отчёты.zip")
    assert (book.format, book.name) == ("csv", "март.csv")


def test_a_zip_within_a_zip_is_opened_and_a_fourth_is_not():
    inner = packed(март__csv=CSV)
    assert read_workbook(packed(a__zip=inner)).name == "март.csv"
    with pytest.raises((FormatUnknown, NoTableInside)):
        read_workbook(packed(a__zip=packed(b__zip=packed(c__zip=inner))))


def test_attachments_of_one_name_stay_apart():
    book = read_workbook(mail(("март.csv", CSV), ("март.csv", CSV)).as_bytes(), "письмо.eml")
    assert names_of(book) == ["март.csv", "март.csv (2)"]


def test_an_archive_within_an_archive_may_not_swell():
    limits = Limits(unpacked=2_000, ratio_from=10_000)
    inner = packed(март__csv=CSV * 10)
    assert read_workbook(inner, limits=limits).name == "март.csv"
    with pytest.raises(ZipTooLarge):
        read_workbook(packed(a__zip=inner), limits=limits)


def test_an_archive_without_a_table_names_what_it_holds():
    with pytest.raises(NoTableInside) as caught:
        read_workbook(packed(скан__png=PNG, акт__pdf=b"%PDF-1.7"), "отчёты.zip")
    assert caught.value.params["files"] == "скан.png, акт.pdf"


def test_one_locked_book_in_an_archive_stops_all_of_it():
    locked = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le")
    with pytest.raises(PasswordProtected):
        read_workbook(packed(март__csv=CSV, апрель__xlsx=locked))


def mail(*attached: tuple[str, bytes], page: str = "") -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "a@example.org", "b@example.org", "Отчёт за март"
    message.set_content("Добрый день, отчёт во вложении.")
    if page:
        message.add_alternative(page, subtype="html", charset="koi8-r")
    for name, data in attached:
        kind = "image" if name.endswith(".png") else "application"
        message.add_attachment(data, maintype=kind, subtype="octet-stream", filename=name)
    return message


def test_the_attachment_of_a_mail_is_the_report():
    book = read_workbook(mail(("подпись.png", PNG), ("март.csv", CSV)).as_bytes(), "письмо.eml")
    assert (book.name, book.format) == ("март.csv", "csv")


def test_attachments_and_the_table_of_the_text_are_read_together():
    book = read_workbook(mail(("март.csv", CSV), page=PAGE).as_bytes(), "письмо.eml")
    assert names_of(book) == ["март.csv", "2.html / 1"]
    assert [row.values for row in book.sheets[1]] == [["Код", "Шт"], ["А1", "5"]]


def test_the_attachment_of_a_forwarded_mail_is_found():
    outer = mail()
    outer.add_attachment(mail(("март.csv", CSV)))
    assert read_workbook(outer.as_bytes(), "fwd.eml").name == "март.csv"


def test_a_mail_of_words_alone_has_no_table():
    with pytest.raises(NoTableInside):
        read_workbook(mail(("подпись.png", PNG)).as_bytes(), "письмо.eml")


def test_a_book_saved_as_a_web_page_in_one_file_is_read():
    page = (
        'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="b"\n\n--b\n'
        'Content-Location: file:///C:/1/март.htm\nContent-Type: text/html; charset="windows-1251"\n\n'
    ).encode() + PAGE.encode("cp1251")
    book = read_workbook(page + b"\n--b--\n", "март.xls")
    assert [row.values for row in book.sheets[0]] == [["Код", "Шт"], ["А1", "5"]]


def test_an_outlook_mail_gives_its_attachment():
    assert read_workbook(outlook([("подпись.png", PNG), ("март.csv", CSV)]), "письмо.msg").name == "март.csv"
    book = read_workbook(outlook([], PAGE), "письмо.msg")
    assert [row.values for row in book.sheets[0]] == [["Код", "Шт"], ["А1", "5"]]


def test_cells_of_a_web_page_keep_their_places_under_merged_ones():
    page = (
        "<table><tr><td rowspan=2>Код</td><td colspan=2>Март</td></tr><tr><td>Шт</td><td>Руб</td></tr>"
        "<tr><td>А1</td><td>5</td><td>50</td></tr></table>"
    )
    (sheet,) = read_workbook(page.encode(), "март.xls").sheets
    assert [row.values for row in sheet] == [["Код", "Март", None], [None, "Шт", "Руб"], ["А1", "5", "50"]]
    assert sheet.merged == (Span(1, 0, 2, 0), Span(1, 1, 1, 2))


def dbase(tmp_path: Path, page: str, *, declared: bool = True) -> bytes:
    path = tmp_path / "sales.dbf"
    table = dbf.Table(str(path), "data D; kod C(10); naimen C(40); kol N(12,3); opt L", codepage=page)
    table.open(mode=dbf.READ_WRITE)
    for row in [(datetime.date(2026, 3, 1), "А1", "Краска белая", 12.5, True), (None, "А2", "Лак", 2, None)]:
        table.append(row)
    table.append((datetime.date(2026, 3, 3), "А3", "Эмаль жёлтая", 1, False))
    dbf.delete(table[1])
    table.close()
    data = bytearray(path.read_bytes())
    data[29] = data[29] if declared else 0
    return bytes(data)


@pytest.mark.parametrize("page", ["cp866", "cp1251"])
@pytest.mark.parametrize("declared", [True, False])
def test_a_dbf_is_read_in_its_code_page_without_deleted_records(tmp_path, page, declared):
    book = read_workbook(dbase(tmp_path, page, declared=declared), "sales.dbf")
    assert (book.format, book.encoding) == ("dbf", page)
    assert [row.values for row in book.sheets[0]] == [
        ["DATA", "KOD", "NAIMEN", "KOL", "OPT"],
        [datetime.date(2026, 3, 1), "А1", "Краска белая", 12.5, True],
        [datetime.date(2026, 3, 3), "А3", "Эмаль жёлтая", 1.0, False],
    ]


def test_a_dbf_that_was_cut_off_is_broken(tmp_path):
    data = dbase(tmp_path, "cp866")
    with pytest.raises(FileBroken):
        list(read_workbook(data[: len(data) - 90], "sales.dbf").sheets[0])
