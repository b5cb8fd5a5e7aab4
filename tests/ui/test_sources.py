"""What templates and the built files must be: no inline code, everything translated, a light first load."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from zveno.ui import assets, build

UI = Path(build.PACKAGE) / "ui"
TEMPLATES = sorted(build.PACKAGE.rglob("templates/**/*.html"))
OWN = sorted((UI / "templates").rglob("*.html"))
INLINE = re.compile(r"""\s(style|on[a-z]+|hx-on[^=\s]*)\s*=\s*["']|<style\b|javascript:""", re.IGNORECASE)
SCRIPT = re.compile(r"<script\b([^>]*)>", re.IGNORECASE)
TRANSLATED = re.compile(r"""{%\s*translate\s+("[^"]*"|'[^']*')(?:\s+context\s+["'](\w+)["'])?""")
CYRILLIC = re.compile(r"[А-Яа-яЁё]")
FIRST_LOAD = 150_000


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(build.PACKAGE)))
def test_no_template_has_inline_code_or_style(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert INLINE.findall(text) == []
    assert [told for told in SCRIPT.findall(text) if "src=" not in told and "application/json" not in told] == []


def _catalogue() -> dict[tuple[str | None, str], bool]:
    with (UI / "locale/ru/LC_MESSAGES/django.po").open("rb") as read:
        found = read_po(read)
    told: dict[tuple[str | None, str], bool] = {}
    for message in found:
        key = message.id[0] if isinstance(message.id, tuple) else message.id
        strings = message.string if isinstance(message.string, tuple) else (message.string,)
        told[message.context, key] = all(strings) and not message.fuzzy
    return told


def test_every_string_of_the_interface_has_its_russian() -> None:
    catalogue = _catalogue()
    assert [key for key, whole in catalogue.items() if key[1] and not whole] == []
    wanted = {
        (context or None, text[1:-1])
        for path in OWN
        for text, context in TRANSLATED.findall(path.read_text(encoding="utf-8"))
    }
    assert wanted - catalogue.keys() == set()


@pytest.mark.parametrize("path", OWN, ids=lambda path: path.name)
def test_templates_speak_through_translation(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    if path.name not in {"guide.html", "language.html", "languages.html"}:
        assert CYRILLIC.findall(text) == []


def test_the_first_load_is_light() -> None:
    found = assets.entry("main")
    paths = [found.script, *found.styles, *found.imports]
    weight = sum(len(gzip.compress((UI / "static" / path).read_bytes(), 9)) for path in paths)
    assert weight <= FIRST_LOAD


def test_charts_come_only_where_one_is_drawn() -> None:
    manifest = json.loads((assets.BUILT / "manifest.json").read_text(encoding="utf-8"))
    assert "src/charts.ts" not in json.dumps(manifest["src/main.ts"])


def test_every_icon_named_by_the_interface_is_drawn() -> None:
    named = {
        name
        for path in TEMPLATES
        for name in re.findall(r"""{%\s*icon\s+["']([a-z0-9-]+)["']""", path.read_text(encoding="utf-8"))
    }
    assert [name for name in sorted(named) if not assets.icon_paths(name)] == []


def test_the_lock_names_no_download_address() -> None:
    lock = (build.FRONTEND / "package-lock.json").read_text(encoding="utf-8")
    assert '"resolved"' not in lock
    assert "https://registry" not in lock


def test_a_second_build_finds_nothing_to_do() -> None:
    assert [name for name, step in build.STEPS if name != "icons" and step(force=False)] == []
