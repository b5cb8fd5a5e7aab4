"""The other three roles by hand: the distributor's file, the operator's chain, and 1С with the dealer behind it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
import xlsxwriter
from playwright.sync_api import Page, expect
from tests.journeys.conftest import House, check_page

from zveno.plugins.erp.commerceml.generate import write_export
from zveno.plugins.erp.commerceml.twin import Twin

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def last_month() -> date:
    return date.today().replace(day=1) - timedelta(days=1)


@pytest.fixture
def sales_file(tmp_path: Path) -> Path:
    """A month's sales in a layout of the distributor's own, with one code nobody knows."""
    path = tmp_path / "Продажи за месяц.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("Отчёт")
    day = book.add_format({"num_format": "dd.mm.yyyy"})
    sheet.write_row(0, 0, ["ООО «Волга-Электро». Реализация за месяц"])
    sheet.write_row(2, 0, ["Дата", "Артикул", "Номенклатура", "Кол-во", "Цена", "Сумма", "Контрагент"])
    for row in range(12):
        code, name = (f"LU-{100 + row}", f"Лампа «Луч» {5 + row} Вт E27") if row else ("ХЗ-77", "Плафон матовый")
        sheet.write_datetime(3 + row, 0, _moment(last_month().replace(day=1 + row)), day)
        sheet.write_row(3 + row, 1, [code, name, 10, 150, 1500, f"ИП Клиент {row % 3}"])
    book.close()
    return path


def _moment(day: date):  # type: ignore[no-untyped-def]
    from datetime import datetime

    return datetime.combine(day, datetime.min.time())


def test_a_distributors_file_becomes_figures_of_the_chain(
    house: House, signed_in: Callable[..., Page], sales_file: Path
) -> None:
    page = signed_in("distributor")
    page.goto(f"{house.url}/sell-out/")
    check_page(page)
    page.set_input_files("#report-file", str(sales_file))
    page.click("form[data-upload] button.btn-primary")
    expect(page.locator("#file-rows")).to_be_visible(timeout=30_000)
    expect(page.locator("#col-B")).to_have_value(re.compile("article|product_code"))
    expect(page.locator("#meaning")).to_contain_text("18", timeout=20_000)
    check_page(page)

    page.click("#meaning form button.btn-primary, main form button.btn-primary >> visible=true")
    expect(page.locator("[data-question]")).to_have_count(1, timeout=30_000)
    expect(page.locator("[data-question]")).to_contain_text("Плафон матовый")
    check_page(page)
    with page.expect_response(lambda response: response.request.method == "POST"):
        page.click("[data-question] [data-say=foreign]")
    page.reload()
    accept = page.get_by_role("button", name="Принять отчёт")
    expect(accept).to_be_visible(timeout=20_000)
    check_page(page)
    accept.click()
    expect(page.locator("main")).to_contain_text(re.compile(r"1[68]\s[05]00,00"))

    desk = signed_in("admin")
    desk.goto(f"{house.url}/desk/chain/")
    expect(desk.locator("main")).to_contain_text(re.compile(r"16\s500"))
    check_page(desk)
    desk.goto(f"{house.url}/desk/sellout/")
    expect(desk.locator("main")).to_contain_text("Продажи за месяц.xlsx")
    check_page(desk)


def test_the_same_file_again_is_noticed(house: House, signed_in: Callable[..., Page], sales_file: Path) -> None:
    page = signed_in("distributor")
    for _ in range(2):
        page.goto(f"{house.url}/sell-out/")
        page.set_input_files("#report-file", str(sales_file))
        page.click("form[data-upload] button.btn-primary")
        page.wait_for_load_state("networkidle")
    expect(page.locator("[role=alert]")).to_be_visible()
    check_page(page)


def test_a_stock_accounting_system_brings_goods_and_fetches_orders(
    house: House, signed_in: Callable[..., Page], tmp_path: Path
) -> None:
    """The whole round: catalog in, an order placed by hand, fetched and confirmed by 1С."""
    export = write_export(tmp_path / "export", products=120, seed=5)
    twin = Twin(f"{house.url}/exchange/1c/house", "exchange", "exchange-pass-1")
    twin.send_catalog({path.name: path for path in export.paths})

    page = signed_in("head")
    page.goto(f"{house.url}/buy/?q=LU-110")
    page.locator("main input[name=quantity]").first.fill("7")
    page.keyboard.press("Enter")
    expect(page.locator("#cart-summary")).to_contain_text("₽")
    page.goto(f"{house.url}/buy/cart/")
    page.click("#place")
    expect(page.locator("main")).to_contain_text("Подтверждён", timeout=20_000)
    number = (page.locator("h1").inner_text()).split()[-1]

    told = twin.query_orders(confirm=True).decode("utf-8")
    assert number in told
    assert number not in twin.query_orders(confirm=True).decode("utf-8")

    seller = signed_in("manager")
    seller.goto(f"{house.url}/sell/exchange/")
    expect(seller.locator("main")).to_contain_text("1С Торговый дом")
    check_page(seller)
    seller.goto(f"{house.url}/sell/orders/")
    expect(seller.locator("main")).to_contain_text(number)
    check_page(seller)
    seller.goto(f"{house.url}/sell/")
    check_page(seller)


@pytest.mark.parametrize(
    ("role", "paths"),
    [
        ("head", ("/company/", "/company/entities/", "/company/history/", "/profile/", "/accounts/2fa/")),
        ("manager", ("/sell/clients/", "/sell/stock/")),
        ("admin", ("/desk/partners/", "/desk/orders/", "/desk/exchange/")),
    ],
)
def test_every_other_page_is_in_order(
    house: House, signed_in: Callable[..., Page], role: str, paths: tuple[str, ...]
) -> None:
    page = signed_in(role)
    for path in paths:
        answer = page.goto(house.url + path)
        assert answer is not None
        assert answer.status == 200, path
        check_page(page)
