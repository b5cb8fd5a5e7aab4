"""Delivery by hand: to Vladivostok, partly from Krasnodar and partly from Moscow, and the parcels followed after."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from tests.journeys.conftest import House, check_page

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def put_into_cart(house: House, page: Page) -> None:
    for name, quantity in (("Люстра", "20"), ("Кабель", "5")):
        page.goto(f"{house.url}/buy/?q={name}")
        page.locator("main table a.z-open", has_text=name).first.click()
        page.fill("input[name=quantity]", quantity)
        page.keyboard.press("Enter")
        expect(page.locator("#cart-summary")).to_contain_text(re.compile(r"\d"))


def test_golden_case_the_buyer_sees_cost_and_days_of_each_part_chooses_and_follows(
    house: House, signed_in: Callable[..., Page]
) -> None:
    page = signed_in("far_buyer")
    put_into_cart(house, page)
    page.goto(f"{house.url}/buy/cart/")
    delivery = page.locator("#cart-delivery")
    expect(delivery).to_contain_text("Укажите, куда везти")
    check_page(page)

    delivery.get_by_role("link", name="Адрес доставки").click()
    page.fill("[name=typed]", "Владивасток, ул. Светланская, 33")
    page.locator("main form button.btn-primary").click()
    expect(page.locator("main")).to_contain_text("Какое место имеется в виду")
    check_page(page)
    page.get_by_label(re.compile("Владивосток")).first.check()
    page.locator("main form button.btn-primary").click()

    expect(page.locator("h1")).to_have_text("Корзина")
    legs = page.locator("#cart-delivery details.z-leg")
    expect(legs).to_have_count(2)
    expect(legs.nth(0)).to_contain_text(re.compile(r"Склад Краснодар.*Дальняя дорога.*4\s460,00", re.S))
    expect(legs.nth(1)).to_contain_text(re.compile(r"Склад Москва.*Дальняя дорога.*3\s450,00", re.S))
    expect(page.locator("#cart-delivery-sum")).to_contain_text(re.compile(r"7\s910,00"))
    legs.nth(0).locator("summary.z-leg-head").click()
    expect(legs.nth(0)).to_contain_text("туда не возит")
    check_page(page)
    legs.nth(1).locator("summary.z-leg-head").click()
    legs.nth(1).get_by_label("Авиа").check()
    expect(page.locator("#cart-delivery-sum")).to_contain_text(re.compile(r"26\s660,00"))
    check_page(page)

    page.click("#place")
    expect(page.locator("h1")).to_contain_text("Заказ")
    order = page.locator("#delivery")
    expect(order).to_contain_text(re.compile(r"Склад Краснодар.*Дальняя дорога.*4\s460,00", re.S), timeout=20_000)
    expect(order).to_contain_text(re.compile(r"Склад Москва.*Авиа.*22\s200,00", re.S))
    expect(order).to_contain_text("Владивосток, ул. Светланская, 33")
    address, number = page.url, page.locator("h1").inner_text().split()[-1]
    page.goto(f"{house.url}/buy/orders/")  # the page of an order reloads itself while things happen to it
    page.goto(address)
    check_page(page)

    manager = signed_in("far_manager")
    manager.goto(f"{house.url}/sell/orders/")
    manager.locator("#list a.z-open", has_text=number).click()
    check_page(manager)
    manager.get_by_role("button", name="Начислить доставку").click()
    expect(manager.locator("#charge-amount")).to_have_value(re.compile(r"26\s?660"))
    manager.locator("#charge").get_by_role("button", name="Начислить").click()
    expect(manager.locator("#delivery")).to_contain_text(re.compile(r"26\s660,00"))
    part = manager.locator("#delivery article", has_text="Склад Москва")
    part.get_by_label("Номер накладной").fill("АВ-77001")
    part.get_by_role("button", name="Передано").click()
    expect(manager.locator("#delivery")).to_contain_text("АВ-77001")
    manager.goto(f"{house.url}/sell/shipments/")
    check_page(manager)

    page.goto(address)
    expect(page.locator("main")).to_contain_text("Продавец добавил доставку")
    page.goto(f"{house.url}/buy/delivery/shipments/")
    expect(page.locator("main")).to_contain_text("АВ-77001")
    check_page(page)
    page.locator("main a.z-open", has_text="АВ-77001").click()
    expect(page.locator("main")).to_contain_text("Авиа")
    check_page(page)


def test_the_sellers_pages_of_carriers_hold_at_any_width(house: House, signed_in: Callable[..., Page]) -> None:
    page = signed_in("far_manager")
    page.goto(f"{house.url}/sell/delivery/")
    check_page(page)
    page.locator("main a", has_text="Дальняя дорога").first.click()
    expect(page.locator("h1")).to_contain_text("Дальняя дорога")
    check_page(page)
    carrier = page.url
    for address in (
        f"{carrier}tariff/",
        "/sell/delivery/zones/",
        "/sell/delivery/zones/new/",
        "/sell/delivery/warehouses/",
    ):
        page.goto(address if address.startswith("http") else f"{house.url}{address}")
        check_page(page)


def test_the_operators_shared_tables_hold_at_any_width(house: House, signed_in: Callable[..., Page]) -> None:
    page = signed_in("admin")
    for address in ("places/", "places/load/", "calendar/"):
        page.goto(f"{house.url}/desk/delivery/{address}")
        check_page(page)
    page.goto(f"{house.url}/desk/delivery/places/?q=Владивосток")
    page.locator("main a.z-open").first.click()
    check_page(page)
