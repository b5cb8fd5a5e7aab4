"""Translations are compiled from parts, once, whole, and again when a part comes, changes or goes."""

from __future__ import annotations

from gettext import GNUTranslations
from pathlib import Path

import pytest

from zveno.ui.languages import compile_languages

HEAD = 'msgid ""\nmsgstr ""\n"Language: ru\\n"\n\n'


@pytest.fixture
def portal(tmp_path: Path) -> Path:
    write(tmp_path / "portal/locale_parts/buying.po", "Order", "Заказ")
    write(tmp_path / "portal/locale_parts/people.po", "Person", "Человек")
    return tmp_path / "portal"


def write(path: Path, text: str, said: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f'{HEAD}msgid "{text}"\nmsgstr "{said}"\n', encoding="utf-8")


def translated(portal: Path, text: str) -> str:
    with (portal / "locale/ru/LC_MESSAGES/django.mo").open("rb") as read:
        return GNUTranslations(read).gettext(text)


def test_parts_become_one_catalogue_beside_the_own_one(portal: Path) -> None:
    write(portal / "locale/ru/LC_MESSAGES/django.po", "Portal", "Портал")
    assert compile_languages(package=portal.parent)
    assert [translated(portal, text) for text in ("Order", "Person", "Portal")] == ["Заказ", "Человек", "Портал"]


def test_an_empty_translation_leaves_the_word_to_the_next_part(portal: Path) -> None:
    write(portal / "locale_parts/a.po", "Person", "")
    compile_languages(package=portal.parent)
    assert translated(portal, "Person") == "Человек"


def test_what_has_not_changed_is_left_alone(portal: Path) -> None:
    compile_languages(package=portal.parent)
    assert not compile_languages(package=portal.parent)
    assert compile_languages(package=portal.parent, force=True)


def test_a_changed_a_new_and_a_removed_part_are_noticed(portal: Path) -> None:
    compile_languages(package=portal.parent)
    write(portal / "locale_parts/buying.po", "Order", "Заявка")
    assert compile_languages(package=portal.parent)
    assert translated(portal, "Order") == "Заявка"
    write(portal / "locale_parts/selling.po", "Client", "Клиент")
    assert compile_languages(package=portal.parent)
    assert translated(portal, "Client") == "Клиент"
    (portal / "locale_parts/selling.po").unlink()
    assert compile_languages(package=portal.parent)
    assert translated(portal, "Client") == "Client"
    assert [path.name for path in (portal / "locale/ru/LC_MESSAGES").iterdir()] == ["django.mo"]
