"""Every page that the navigation leads to opens without a complaint of the browser or of the accessibility check."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page
from tests.journeys.conftest import House, check_page

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.mark.parametrize("role", ["head", "manager", "distributor", "admin"])
def test_every_page_of_the_navigation_and_its_tabs_is_fit_for_everybody(
    house: House, signed_in: Callable[..., Page], role: str
) -> None:
    page = signed_in(role)
    page.goto(f"{house.url}/")
    ahead, seen = _links(page, "#nav a"), set[str]()
    assert len(ahead) >= 5
    while ahead:
        path = ahead.pop(0)
        if path in seen:
            continue
        seen.add(path)
        answer = page.goto(f"{house.url}{path}")
        assert answer is not None, path
        assert answer.status == 200, path
        check_page(page)
        ahead += _links(page, "main nav[aria-label] .z-tabs a")


def _links(page: Page, selector: str) -> list[str]:
    found = page.eval_on_selector_all(selector, "all => all.map(one => one.getAttribute('href'))")
    return [path for path in found if path.startswith("/")]
