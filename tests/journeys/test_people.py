"""People and companies in a real browser: the head of a dealer, the operator's administrator, a newcomer."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from tests.journeys.conftest import House, check_page

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def seen(page: Page, name: str) -> None:
    """Check the page, and keep pictures of it where ZVENO_PICTURES names a folder."""
    check_page(page)
    folder = os.environ.get("ZVENO_PICTURES")
    if not folder:
        return
    for width in (1440, 360):
        page.set_viewport_size({"width": width, "height": 900})
        page.screenshot(path=Path(folder) / f"{name}-{width}.png", full_page=True)
    page.set_viewport_size({"width": 1440, "height": 900})


def test_a_head_invites_a_colleague_makes_a_key_and_reads_the_history(
    house: House, signed_in: Callable[..., Page]
) -> None:
    page = signed_in("head")
    page.goto(f"{house.url}/company/")
    seen(page, "members")
    page.get_by_role("link", name="Пригласить").click()
    seen(page, "invite")
    page.fill("input[name=email]", "colleague@example.com")
    page.select_option("select[name=role]", "buyer")
    page.get_by_role("button", name="Отправить приглашение").click()
    expect(page.get_by_text("colleague@example.com")).to_be_visible()
    seen(page, "members-invited")
    page.locator(".z-open").first.click()
    seen(page, "member")
    page.goto(f"{house.url}/company/entities/")
    seen(page, "entities")
    page.locator(".z-open").first.click()
    seen(page, "entity")
    page.goto(f"{house.url}/company/keys/")
    page.fill("input[name=name]", "Сайт")
    page.get_by_role("button", name="Создать ключ").click()
    expect(page.get_by_text("Скопируйте его сейчас")).to_be_visible()
    seen(page, "keys")
    page.goto(f"{house.url}/company/history/")
    expect(page.get_by_text("Создан ключ «Сайт».").first).to_be_visible()
    seen(page, "history")


def test_a_person_keeps_their_profile(house: House, signed_in: Callable[..., Page]) -> None:
    page = signed_in("viewer")
    page.goto(f"{house.url}/profile/")
    seen(page, "profile")
    page.select_option("select[name=theme]", "dark")
    page.get_by_role("button", name="Сохранить").click()
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "dark")
    seen(page, "profile-dark")


def test_an_administrator_accepts_a_newcomer(
    house: House, signed_in: Callable[..., Page], contexts: Callable[..., BrowserContext]
) -> None:
    newcomer = contexts().new_page()
    newcomer.goto(f"{house.url}/register/")
    seen(newcomer, "register")
    told = {"company_name": "ООО «Искра»", "inn": "7707083894", "kpp": "773601001", "legal_address": "Пермь, Ленина, 1"}
    for name, value in {**told, "contact_name": "Яна Зимина", "email": "yana@example.com"}.items():
        newcomer.fill(f"input[name={name}]", value)
    newcomer.get_by_role("button", name="Отправить заявку").click()
    expect(newcomer.get_by_text("контрольная цифра не сходится")).to_be_visible()
    seen(newcomer, "register-wrong")
    newcomer.fill("input[name=inn]", "7707083893")
    newcomer.get_by_role("button", name="Отправить заявку").click()
    expect(newcomer.get_by_role("heading", name="Заявка отправлена")).to_be_visible()
    page = signed_in("admin")
    page.goto(f"{house.url}/desk/partners/")
    seen(page, "companies")
    page.goto(f"{house.url}/desk/partners/registrations/")
    seen(page, "registrations")
    page.get_by_role("link", name="ООО «Искра»").click()
    seen(page, "registration")
    page.get_by_role("button", name="Принять").click()
    page.goto(f"{house.url}/desk/partners/?q=7707083893")
    page.get_by_role("link", name="ООО «Искра»").click()
    expect(page.get_by_role("cell", name="yana@example.com")).to_be_visible()
    seen(page, "company")
    page.locator(".z-open").first.click()
    seen(page, "desk-entity")
    page.get_by_role("button", name="Задать условия").click()
    seen(page, "terms")


def carrying_a_passkey(page: Page) -> Callable[[bool], object]:
    """Give the page's browser a device that keeps keys and knows its owner's finger; the answer makes it forget it."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    able = ("hasResidentKey", "hasUserVerification", "isUserVerified", "automaticPresenceSimulation")
    options = {"protocol": "ctap2", "transport": "internal", **dict.fromkeys(able, True)}
    device = session.send("WebAuthn.addVirtualAuthenticator", {"options": options})["authenticatorId"]
    return lambda knows: session.send("WebAuthn.setUserVerified", {"authenticatorId": device, "isUserVerified": knows})


def test_a_person_signs_in_with_a_passkey_alone_renames_it_and_removes_it(
    house: House, signed_in: Callable[..., Page]
) -> None:
    page = signed_in("viewer", permissions=["clipboard-read", "clipboard-write"])
    set_finger_known = carrying_a_passkey(page)
    page.goto(f"{house.url}/accounts/2fa/webauthn/")
    seen(page, "keys-none")
    page.get_by_role("link", name="Добавить ключ").click()
    expect(page.get_by_role("heading", name="Подтвердите вход")).to_be_visible()
    seen(page, "confirm-password")
    page.fill("input[name=password]", house.world["password"])
    page.get_by_role("button", name="Подтвердить").click()
    seen(page, "key-add")
    page.fill("input[name=name]", "Ноутбук")
    page.check("input[name=passwordless]")
    page.get_by_role("button", name="Добавить ключ").click()
    expect(page.get_by_text("Ключ добавлен")).to_be_visible()
    seen(page, "recovery-codes")
    page.get_by_role("button", name="Копировать").click()
    codes = page.input_value("#recovery_codes")
    assert page.evaluate("navigator.clipboard.readText()") == codes
    with page.expect_download() as download:
        page.get_by_role("link", name="Скачать").click()
    assert download.value.path().read_text().split() == codes.split()
    page.goto(f"{house.url}/accounts/2fa/webauthn/")
    row = page.get_by_role("row", name="Ноутбук")
    expect(row).to_contain_text("пускает без пароля")
    expect(row.get_by_role("cell").nth(2)).to_have_text("—")
    seen(page, "keys")

    sign_out(page, house)
    set_finger_known(False)
    page.click("#passkey_login")
    expect(page.get_by_text("Ключ не сработал")).to_be_visible()
    set_finger_known(True)
    page.click("#passkey_login")
    page.wait_for_url(lambda url: "/accounts/" not in url)
    page.goto(f"{house.url}/accounts/2fa/webauthn/")
    expect(row.get_by_role("cell").nth(2)).not_to_have_text("—")

    row.get_by_role("link", name="Переименовать").click()
    page.get_by_role("link", name="Подтвердить ключом доступа").click()
    expect(page.get_by_role("button", name="Использовать ключ")).to_be_visible()
    seen(page, "confirm-key")
    page.get_by_role("button", name="Использовать ключ").click()
    expect(page.get_by_role("heading", name="Переименование ключа")).to_be_visible()
    seen(page, "key-rename")
    page.fill("input[name=name]", "Телефон")
    page.get_by_role("button", name="Сохранить название").click()
    page.get_by_role("row", name="Телефон").get_by_role("link", name="Удалить").click()
    expect(page.get_by_text("Войти с ключом «Телефон» будет нельзя.")).to_be_visible()
    seen(page, "key-remove")
    page.get_by_role("button", name="Удалить ключ").click()
    expect(page.get_by_role("heading", name="Ключей пока нет")).to_be_visible()


def test_after_the_password_a_key_or_a_code_is_the_second_step(house: House, signed_in: Callable[..., Page]) -> None:
    page = signed_in("viewer")
    carrying_a_passkey(page)
    page.goto(f"{house.url}/accounts/2fa/webauthn/add/")
    page.fill("input[name=password]", house.world["password"])
    page.press("input[name=password]", "Enter")
    page.click("#mfa_webauthn_add")
    expect(page.get_by_role("heading", name="Резервные коды")).to_be_visible()
    code = page.input_value("#recovery_codes").split()[0]
    page.goto(f"{house.url}/accounts/2fa/recovery-codes/generate/")
    seen(page, "recovery-codes-new")

    for step in ("key", "code"):
        sign_out(page, house)
        page.fill("input[name=login]", house.person("viewer"))
        page.fill("input[name=password]", house.world["password"])
        page.press("input[name=password]", "Enter")
        expect(page.get_by_role("heading", name="Второй шаг")).to_be_visible()
        if step == "key":
            seen(page, "second-step")
            page.get_by_role("button", name="Использовать ключ").click()
        else:
            page.fill("input[name=code]", code)
            page.press("input[name=code]", "Enter")
        page.wait_for_url(lambda url: "/accounts/" not in url)

    page.goto(f"{house.url}/accounts/2fa/reauthenticate/?next=/accounts/2fa/webauthn/")
    seen(page, "confirm-code")
    page.get_by_role("link", name="Подтвердить паролем").click()
    page.fill("input[name=password]", house.world["password"])
    page.press("input[name=password]", "Enter")
    page.get_by_role("link", name="Удалить").click()
    page.get_by_role("button", name="Удалить ключ").click()
    expect(page.get_by_role("heading", name="Ключей пока нет")).to_be_visible()


def sign_out(page: Page, house: House) -> None:
    page.goto(f"{house.url}/accounts/logout/")
    page.get_by_role("button", name="Выйти").click()
    page.goto(f"{house.url}/accounts/login/")
