"""The dealer's buyer: from sign-in to a confirmed order, by hand in the browser."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from tests.journeys.conftest import House, check_page

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_the_buyer_finds_orders_and_gets_the_golden_promise(house: House, signed_in: Callable[..., Page]) -> None:
    """N19 in the browser: of 100 wanted, 70 come from the arriving goods and 30 from the shelf."""
    page = signed_in("buyer")
    page.goto(f"{house.url}/buy/")
    expect(page.locator("h1")).to_have_text("Каталог")
    check_page(page)

    page.fill("main input[name=q]", "светилник")
    found = page.locator("main table a.z-open", has_text="Заря")
    expect(found).to_have_count(1)
    found.click()
    expect(page.locator("h1")).to_contain_text("Светильник «Заря» 12 Вт")
    check_page(page)

    page.fill("input[name=quantity]", "100")
    page.keyboard.press("Enter")
    expect(page.locator("#cart-summary")).to_contain_text("150")
    page.goto(f"{house.url}/buy/cart/")
    page.fill("#wished", house.world["wished_on"])
    expect(page.locator("tr[data-row]")).to_contain_text(re.compile(r"70\b.*30\b", re.S))
    check_page(page)

    page.click("#place")
    expect(page.locator("h1")).to_contain_text("Заказ")
    expect(page.locator("#order-lines > tr").first).to_contain_text(re.compile(r"70\b.*30\b", re.S), timeout=20_000)
    expect(page.locator("main")).to_contain_text("Подтверждён")
    check_page(page)
    number = page.locator("h1").inner_text().split()[-1]

    page.goto(f"{house.url}/buy/orders/")
    expect(page.locator("#list a.z-open", has_text=number)).to_have_count(1)
    check_page(page)


def test_a_pasted_list_becomes_lines_and_doubts_are_asked(house: House, signed_in: Callable[..., Page]) -> None:
    page = signed_in("head")
    page.goto(f"{house.url}/buy/cart/")
    pasted = "Код\tКол-во\nLU-100\t12\nLU-101\t6\nНЕТ-ТАКОГО\t3\nLU-102\t-5"
    page.locator("[data-sheet] input[role=combobox]").focus()
    page.evaluate(
        """text => {
            const data = new DataTransfer(); data.setData('text/plain', text);
            document.activeElement.dispatchEvent(new ClipboardEvent('paste', {clipboardData: data, bubbles: true,
                cancelable: true}));
        }""",
        pasted,
    )
    expect(page.locator("tr[data-row]")).to_have_count(2)
    expect(page.locator("main")).to_contain_text("НЕТ-ТАКОГО")
    check_page(page)
    page.locator("tr[data-row] input[data-cell]").first.fill("-4")
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_contain_text("больше нуля")


def test_the_viewer_sees_the_order_but_places_nothing(house: House, signed_in: Callable[..., Page]) -> None:
    page = signed_in("viewer")
    page.goto(f"{house.url}/buy/")
    assert page.locator("main input[name=quantity]").count() == 0
    answer = page.goto(f"{house.url}/buy/cart/")
    assert answer is not None
    assert answer.status == 403
    check_page(page)


def test_a_stranger_meets_nothing(house: House, signed_in: Callable[..., Page]) -> None:
    page = signed_in("stranger")
    page.goto(f"{house.url}/buy/orders/")
    assert page.locator("#list a.z-open").count() == 0
    answer = page.goto(f"{house.url}/buy/orders/1/")
    assert answer is not None
    assert answer.status == 404
    check_page(page)
