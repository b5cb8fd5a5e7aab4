"""The whole house for the journeys: real processes, a database of their own, a real browser, an accessibility check."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from zveno.ui import build

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = os.environ.get("ZVENO_CHROMIUM", "/usr/bin/chromium")
_QUIET = "--no-sandbox --disable-gpu --disable-background-networking --disable-component-update --disable-sync"
AXE = build.FRONTEND / "node_modules/axe-core/axe.min.js"


@dataclass(frozen=True, slots=True)
class House:
    """A running house: its address, its data directory, and what its world is made of."""

    url: str
    home: Path
    world: dict[str, Any]

    def person(self, role: str) -> str:
        return str(self.world["people"][role])


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    build.main([])
    home = tmp_path_factory.mktemp("house")
    for folder in (home, *home.parents[:2]):
        folder.chmod(0o755)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    inherited = {k: v for k, v in os.environ.items() if not k.startswith(("DATABASE", "ZVENO", "DJANGO"))}
    environment = inherited | {"ZVENO_HOME": str(home), "ZVENO_PORT": str(port), "ZVENO_WORKER_STALLED_AFTER": "3"}
    seeded = subprocess.run(
        [sys.executable, "-m", "tests.journeys.seed"],
        env=environment | {"PYTHONPATH": str(ROOT)},
        cwd=ROOT,
        check=True,
        stdout=subprocess.PIPE,
    )
    log = (home / "up.log").open("wb")
    command = [str(Path(sys.executable).with_name("zveno")), "up"]
    process = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
    url = f"http://localhost:{port}"
    _wait(url, process, home)
    yield House(url, home, json.loads(seeded.stdout.decode().splitlines()[-1]))
    process.send_signal(signal.SIGTERM)
    process.wait(60)


def _wait(url: str, process: subprocess.Popen[bytes], home: Path) -> None:
    for _ in range(300):
        if process.poll() is not None:
            break
        try:
            urllib.request.urlopen(f"{url}/health/ready", timeout=5).close()
            return
        except OSError:
            time.sleep(0.3)
    raise AssertionError((home / "up.log").read_text()[-3000:])


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=_QUIET.split())
        yield started
        started.close()


@pytest.fixture
def contexts(browser: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """Makes browser contexts that go with the test."""
    made: list[BrowserContext] = []

    def make(**options: Any) -> BrowserContext:
        context = browser.new_context(locale="ru-RU", viewport={"width": 1440, "height": 900}, **options)
        context.set_default_timeout(15_000)

        made.append(context)
        return context

    yield make
    for context in made:
        context.close()


@pytest.fixture
def signed_in(house: House, contexts: Callable[..., BrowserContext]) -> Callable[[str], Page]:
    """A page of the person with this role, signed in by hand; what the browser complains of fails the test."""

    def enter(role: str, **options: Any) -> Page:
        page = contexts(**options).new_page()
        page.on("pageerror", lambda error: pytest.fail(f"script error: {error}"))
        page.goto(f"{house.url}/accounts/login/")
        page.fill("input[name=login]", house.person(role))
        page.fill("input[name=password]", house.world["password"])
        page.press("input[name=password]", "Enter")
        page.wait_for_url(lambda url: "/accounts/login" not in url)
        return page

    return enter


def check_page(page: Page, *, wide: bool = True) -> None:
    """No accessibility violation at 1440 px and at 360 px, and nothing wider than the screen."""
    for width in (1440, 360) if wide else (360,):
        page.set_viewport_size({"width": width, "height": 900})
        page.wait_for_timeout(350)  # colours that fade have faded
        page.evaluate(AXE.read_text())
        found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        told = [f"{v['id']}: {v['nodes'][0]['html'][:160]}" for v in found["violations"]]
        assert told == [], f"{page.url} at {width}px: {told}"
        overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert overflow <= 0, f"{page.url} at {width}px is {overflow}px too wide"
    page.set_viewport_size({"width": 1440, "height": 900})
