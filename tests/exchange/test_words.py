"""Every refusal and doubt that the hub can write has a headline, a sentence and, where it helps, what to do."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.utils import translation

import zveno
from zveno.exchange import words
from zveno.plugins.erp.commerceml import errors

ROOT = Path(zveno.__file__).parent
REFUSED = re.compile(r'\.refuse\(\s*[^,()]+,\s*"([a-z_]+)"')
DOUBTED = re.compile(r'\.(?:doubt_once|note)\(\s*"([a-z_]+)"|\.doubt(?:_once)?\(\s*[^,"]+,\s*"([a-z_]+)"')


def _codes() -> set[str]:
    found: set[str] = set()
    for folder in ("exchange/applying", "plugins/erp/commerceml/reading"):
        for path in (ROOT / folder).glob("*.py"):
            text = path.read_text(encoding="utf-8")
            found |= set(REFUSED.findall(text)) | {code for pair in DOUBTED.findall(text) for code in pair if code}
    return found


def test_every_code_has_words() -> None:
    codes = _codes()
    assert len(codes) > 20
    assert codes <= words.known_findings()


@pytest.mark.parametrize("fault", [one for one in vars(errors).values() if isinstance(one, type)], ids=str)
def test_every_fault_of_a_file_has_words(fault: type) -> None:
    if fault.__module__ == errors.__name__:
        assert fault().code in words.known_findings()


@pytest.mark.parametrize(("language", "told"), [("en", "is not a number (weight)"), ("ru", "не число (вес)")])
def test_parameters_are_said_in_the_readers_language(language: str, told: str) -> None:
    with translation.override(language):
        assert told in words.sentence("number_unreadable", {"value": "2 кг", "what": "weight"}, "import.xml:7")
        assert words.sentence("number_unreadable", {}, "").strip()


def test_a_hubs_word_does_not_overrule_another_packages() -> None:
    from zveno.kit.errors import Invalid
    from zveno.ui.words import explain

    class NameMissing(Invalid):
        """As partners raise it."""

    with translation.override("en"):
        assert explain(NameMissing()) == "Enter a name."
