"""Every deed that the audit trail keeps has its sentence in both languages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.utils import translation

import zveno
from zveno.ui import deeds

_RECORDED = re.compile(r"(?:audit\.record|record_own|\brecord)\((?:[^()]|\([^()]*\))*?action=\"(\w+)\"", re.S)


def recorded() -> dict[str, str]:
    """Action code → the module that records it."""
    root = Path(zveno.__file__).parent
    return {
        code: path.relative_to(root).as_posix()
        for path in sorted(root.rglob("*.py"))
        for code in _RECORDED.findall(path.read_text(encoding="utf-8"))
    }


def test_every_recorded_deed_has_a_sentence() -> None:
    found = recorded()
    assert len(found) > 15
    assert {code: where for code, where in found.items() if code not in deeds.known_deeds()} == {}


@pytest.mark.parametrize("language", ["ru", "en"])
def test_an_unknown_deed_or_parameter_never_breaks_a_page(language: str) -> None:
    with translation.override(language):
        assert deeds.sentence("never_heard_of", {}) == "never heard of"
        assert deeds.sentence("member_blocked", {})
        assert deeds.sentence("member_changed", {"role": "nonsense"})
