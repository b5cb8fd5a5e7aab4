"""A claim by hand: from the shipment with a photo, through question and answer, to the decision and its closing."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from PIL import Image
from playwright.sync_api import Page, expect
from tests.journeys.conftest import House, check_page

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def photo() -> dict[str, object]:
    target = io.BytesIO()
    Image.new("RGB", (640, 480), (120, 80, 60)).save(target, "JPEG")
    return {"name": "упаковка.jpg", "mimeType": "image/jpeg", "buffer": target.getvalue()}


def test_a_buyer_claims_with_a_photo_the_seller_asks_decides_and_closes(
    house: House, signed_in: Callable[..., Page]
) -> None:
    buyer = signed_in("buyer")
    buyer.goto(f"{house.url}/buy/claims/")
    check_page(buyer)
    buyer.get_by_role("link", name="Новая рекламация").first.click()
    check_page(buyer)
    buyer.get_by_role("link", name=house.world["shipment"]).click()
    buyer.select_option("#kind", "damage")
    expect(buyer.locator("#wish option").first).to_have_text("Заменить")
    cell = buyer.locator("input[data-cell=quantity]")
    cell.fill("13")
    buyer.fill("#words", "Разбито при перевозке")
    buyer.get_by_role("button", name="Отправить рекламацию").click()
    expect(buyer.locator(".z-fault")).to_contain_text("Не больше 12")
    expect(buyer.locator("#words")).to_have_value("Разбито при перевозке")
    check_page(buyer)
    cell.fill("3")
    buyer.set_input_files("#files", photo())  # type: ignore[arg-type]
    buyer.get_by_role("button", name="Отправить рекламацию").click()
    expect(buyer.locator("h1")).to_contain_text("Рекламация")
    expect(buyer.locator(".z-claim-files img")).to_have_js_property("naturalWidth", 320)
    check_page(buyer)
    address = buyer.url

    seller = signed_in("manager")
    seller.goto(f"{house.url}/sell/claims/")
    check_page(seller)
    seller.locator("main table a.z-open").first.click()
    seller.fill("#say", "Целы ли пломбы?")
    seller.get_by_role("button", name="Отправить как вопрос").click()
    expect(seller.locator("main")).to_contain_text("Вопрос покупателю")

    buyer.goto(address)
    expect(buyer.locator("main")).to_contain_text("Целы ли пломбы?")
    buyer.fill("#say", "Целы, есть акт")
    buyer.get_by_role("button", name="Отправить", exact=True).click()
    expect(buyer.locator("main")).to_contain_text("Рассматривается")

    seller.reload()
    check_page(seller)
    seller.locator("select[name^=outcome]").select_option("refund")
    seller.locator("input[name^=granted]").fill("2")
    seller.get_by_role("button", name="Принять решение").click()
    expect(seller.locator(".z-fault")).to_contain_text("Объясните")
    seller.locator("input[name^='words-']").fill("Одна целая")
    seller.get_by_role("button", name="Принять решение").click()
    expect(seller.locator("main")).to_contain_text("Решение принято")
    seller.fill("#finish", "Корректировка 17")
    seller.get_by_role("button", name="Исполнено, закрыть").click()

    buyer.goto(address)
    for words in ("Одна целая", "Корректировка 17", "200,00"):
        expect(buyer.locator("main")).to_contain_text(words)
    check_page(buyer)
