"""The interface in a real browser, under the real content policy: accessible, keyboard-driven, no broken rule."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, Page, Route, sync_playwright

from zveno.ui import build

pytestmark = pytest.mark.browser

CHROMIUM = os.environ.get("ZVENO_CHROMIUM", "/usr/bin/chromium")
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
AXE = build.FRONTEND / "node_modules/axe-core/axe.min.js"
PERSON = ("anna@svet.example", "correct-horse-9")
SEED = """
import django; django.setup()
from django.contrib.auth import get_user_model
person = get_user_model().objects.create_user("anna", *%r)
person.emailaddress_set.create(email=person.email, verified=True, primary=True)
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    path = os.pathsep.join([str(Path(__file__).parent), *sys.path])
    database = str(tmp_path_factory.mktemp("site") / "site.sqlite3")
    told = {**os.environ, "DJANGO_SETTINGS_MODULE": "uisite", "PYTHONPATH": path, "ZVENO_UI_SITE": database}
    subprocess.run([sys.executable, "-m", "django", "migrate", "-v0"], env=told, check=True)
    subprocess.run([sys.executable, "-c", SEED % (PERSON,)], env=told, check=True)
    command = [sys.executable, "-m", "django", "runserver", f"127.0.0.1:{port}", "--noreload"]
    with subprocess.Popen(command, env=told, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        address = f"http://127.0.0.1:{port}"
        for _ in range(100):
            try:
                urlopen(address + "/ui/guide").close()
                break
            except OSError:
                time.sleep(0.1)
        yield address
        server.terminate()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if not Path(CHROMIUM).exists():
        pytest.skip("no Chromium")
    with sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield started
        started.close()


def open_page(
    browser: Browser, site: str, path: str, *, width: int = 1440, theme: str = "light", lang: str = "ru"
) -> Page:
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=theme)  # type: ignore[arg-type]
    context.add_cookies([{"name": "django_language", "value": lang, "url": site}])
    page = context.new_page()
    page.set_default_timeout(10_000)
    wrong: list[str] = []
    page.on("console", lambda told: wrong.append(told.text) if told.type == "error" else None)
    page.on("pageerror", lambda told: wrong.append(str(told)))
    page.wrong = wrong  # type: ignore[attr-defined]
    page.goto(site + path)
    page.wait_for_load_state("networkidle")
    return page


def violations(page: Page) -> list[tuple[str, list[str]]]:
    # Through the debugger, as the page's own policy lets no foreign script in.
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found: dict[str, Any] = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [(one["id"], [node["html"][:160] for node in one["nodes"]]) for one in found["violations"]]


@pytest.mark.parametrize("lang", ["ru", "en"])
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 360])
def test_the_guide_is_accessible_and_keeps_the_policy(
    browser: Browser, site: str, width: int, theme: str, lang: str
) -> None:
    page = open_page(browser, site, "/ui/guide", width=width, theme=theme, lang=lang)
    assert page.wrong == []  # type: ignore[attr-defined]
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert violations(page) == []
    page.context.close()


@pytest.mark.parametrize("path", ["/accounts/login/", "/accounts/password/reset/", "/error/404", "/error/500"])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_pages_before_sign_in_are_accessible(browser: Browser, site: str, path: str, theme: str) -> None:
    page = open_page(browser, site, path, width=360, theme=theme)
    assert violations(page) == []
    assert page.locator("h1").count() == 1
    page.context.close()


def test_pages_of_the_account_are_in_the_shell_and_accessible(browser: Browser, site: str) -> None:
    page = open_page(browser, site, "/accounts/login/?next=/ui/guide")
    page.fill("[name=login]", PERSON[0])
    page.fill("[name=password]", PERSON[1])
    page.press("[name=password]", "Enter")
    page.wait_for_url("**/ui/guide")
    for path in ("2fa/", "2fa/totp/activate/", "2fa/webauthn/add/", "sessions/", "password/change/", "email/"):
        page.goto(f"{site}/accounts/{path}")
        if "reauthenticate" in page.url:
            page.fill("[name=password]", PERSON[1])
            page.press("[name=password]", "Enter")
            page.wait_for_url(f"**/accounts/{path}")
        assert (path, violations(page)) == (path, [])
        assert (path, page.locator("h1").count(), page.locator(".z-nav").count()) == (path, 1, 1)
    page.context.close()


def test_the_sheet_is_walked_and_saved_by_keyboard(browser: Browser, site: str) -> None:
    page = open_page(browser, site, "/ui/guide")
    posted: list[str] = []

    def answer(route: Route) -> None:
        body = route.request.post_data or ""
        if route.request.method != "POST":
            return route.continue_()
        posted.append(body)
        if "bad" in body:
            return route.fulfill(status=422, content_type="text/plain", body="Больше нуля.")
        return route.fulfill(status=204)

    page.route("**/ui/guide*", answer)
    page.click("#q1")
    page.keyboard.press("Control+A")
    page.keyboard.type("71")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "q2"
    page.wait_for_selector('#q1[data-state="saved"]')
    page.keyboard.type("bad")
    page.keyboard.press("ArrowUp")
    assert page.evaluate("document.activeElement.id") == "q1"
    page.wait_for_selector('#q2[data-state="error"][aria-invalid="true"]')
    assert page.inner_text(".z-cell-note") == "Больше нуля."
    page.click("#q3")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "new-text"
    paste = "A\\t1\\r\\nB\\t2\\r\\n"
    page.evaluate(
        f"const d = new DataTransfer(); d.setData('text/plain', '{paste}');"
        "document.querySelector('#q1').dispatchEvent(new ClipboardEvent('paste', {clipboardData: d, bubbles: true}))"
    )
    page.wait_for_timeout(300)
    assert posted == ["quantity=71", "quantity=bad", "text=A%091%0AB%092&cell=quantity&row=1"]
    page.context.close()


def test_a_suggestion_is_chosen_by_arrows_and_taken_by_enter(browser: Browser, site: str) -> None:
    page = open_page(browser, site, "/ui/guide")
    options = "".join(f'<div role="option" data-href="/ui/guide?found={at}">LED-{at}</div>' for at in (1, 2))
    page.route("**/ui/guide?q=*", lambda route: route.fulfill(body=options, content_type="text/html"))
    page.keyboard.press("/")
    page.keyboard.type("LED")
    page.wait_for_selector("#search-list [role=option]")
    assert page.get_attribute("[data-search]", "aria-expanded") == "true"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    assert page.get_attribute("[data-search]", "aria-activedescendant") == "search-list-1"
    page.keyboard.press("Enter")
    page.wait_for_url("**found=2")
    page.context.close()


def test_the_theme_changes_at_once_and_is_kept(browser: Browser, site: str) -> None:
    page = open_page(browser, site, "/ui/guide")
    page.click(".z-top-end > .z-menu > summary")
    with page.expect_response("**/ui/preferences"):
        page.click("button[value=dark]")
    assert page.get_attribute("html", "data-bs-theme") == "dark"
    page.reload()
    assert page.get_attribute("html", "data-bs-theme") == "dark"
    page.context.close()


def test_five_hundred_lines_stay_quick(browser: Browser, site: str) -> None:
    page = open_page(browser, site, "/ui/guide")
    took = page.evaluate(
        """() => {
          const body = document.querySelector('.z-sheet tbody');
          const first = body.rows[0], last = body.rows[body.rows.length - 1];
          for (let at = 0; at < 500; at++) {
            const row = first.cloneNode(true);
            row.querySelector('input').id = 'copy' + at;
            body.insertBefore(row, last);
          }
          document.querySelector('#q1').focus();
          const began = performance.now();
          for (let at = 0; at < 100; at++) {
            const key = new KeyboardEvent('keydown', {key: 'ArrowDown', bubbles: true, cancelable: true});
            document.activeElement.dispatchEvent(key);
          }
          return (performance.now() - began) / 100;
        }"""
    )
    assert took < 30  # milliseconds for a step
    page.context.close()
