"""Inline code and posts without a token are found in templates, at their line."""

from __future__ import annotations

import pytest
from tests.lints.conftest import House

from lints import templates

CLEAN = """
    {# style="color: red" #}
    {% comment %}<script>run()</script>{% endcomment %}
    <!-- <p onclick="go()"> -->
    <script type="module" src="{% static "a.js" %}"></script>
    <script type="application/json" id="{{ id }}">[1]</script>
    <p class="style=" title='a > b onclick="x"' data-on="x" {% if a > b %}hidden{% endif %}>on = style=</p>
    <form method="get"></form>
    <form action="{% url "a" %}"
          method="post">{% csrf_token %}</form>
    <a href="{% url "a" %}" hx-post="{{ there }}" hx-target="#x">x</a>
"""


def test_clean_markup_passes(house: House) -> None:
    assert templates.check(house({"portal/templates/portal/a.html": CLEAN})) == []


@pytest.mark.parametrize(
    "source",
    [
        '<p style="color: red">',
        "<p style=color>",
        "<style>p { color: red }</style>",
        "<script>run()</script>",
        '<script type="module">run()</script>',
        '<p {% if a %}onclick="go()"{% endif %}>',
        '<p hx-on:click="go()">',
        '<p hx-on="click: go()">',
        '<a href="javascript:go()">',
        "<form method=POST></form><form>{% csrf_token %}</form>",
        "<form class=\"x\" method='post'>{# {% csrf_token %} goes here #}</form>",
    ],
)
def test_inline_code_and_bare_posts_are_found(house: House, source: str) -> None:
    found = templates.check(house({"portal/templates/portal/a.html": f"<main>\n{source}\n</main>"}))
    assert [(finding.path, finding.line) for finding in found] == [("src/zveno/portal/templates/portal/a.html", 2)]
