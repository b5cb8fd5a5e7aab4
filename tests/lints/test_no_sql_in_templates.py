"""The guard of `tests/conftest.py` is on in every test, and catches what it is there for."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.template import Context, Template

pytestmark = pytest.mark.django_db


def render(text: str, **context: Any) -> str:
    return Template(text, name="page.html").render(Context(context))


def people() -> Any:
    return get_user_model().objects.order_by("pk")


def test_what_was_asked_before_is_shown() -> None:
    get_user_model().objects.create(email="anna@example.test")
    assert render("{% for one in people %}{{ one.email }}{% endfor %}", people=list(people())) == "anna@example.test"


@pytest.mark.parametrize(
    "text",
    [
        "{% for one in people %}{{ one }}{% endfor %}",
        "{{ people.count }}",
        "{% if people and 1 %}some{% endif %}",
        "{% if people.exists and missing.thing > 1 %}some{% endif %}",
        "{% with found=people.first %}{{ found }}{% endwith %}",
    ],
)
def test_a_template_that_asks_the_database_is_named_with_its_statement(text: str) -> None:
    with pytest.raises(AssertionError, match=r"page\.html ran SQL while it rendered:\nSELECT"):
        render(text, people=people())


def test_a_template_within_a_template_is_caught_too() -> None:
    inner = Template("{{ people.count }}", name="inner.html")
    with pytest.raises(AssertionError, match=r"page\.html"):
        render("{% include inner %}", inner=inner, people=people())


def test_the_guard_ends_with_the_template() -> None:
    render("quiet")
    with connection.cursor() as cursor:
        assert cursor.execute("SELECT 1").fetchone() == (1,)
