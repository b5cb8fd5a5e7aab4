"""Faults in the reader's language."""

from __future__ import annotations

from django.utils import translation

from zveno.kit.errors import Conflict, Fault, Invalid, Unavailable
from zveno.ui import words


class LampMissing(Invalid):
    pass


class LampBroken(Invalid):
    pass


class NeverHeardOf(Conflict):
    pass


def test_a_registered_sentence_takes_the_parameters_of_its_fault() -> None:
    words.register({"lamp_missing": "No lamp %(code)s."})
    assert words.explain(LampMissing(code="LED-10")) == "No lamp LED-10."


def test_a_speaker_is_asked_for_its_code() -> None:
    @words.says("lamp_broken")
    def speak(fault: Fault) -> str:
        return f"{fault.params['count']} lamps are broken."

    assert words.explain(LampBroken(count=2)) == "2 lamps are broken."


def test_an_unknown_code_speaks_by_its_category() -> None:
    with translation.override("en"):
        assert words.explain(NeverHeardOf()) == "Things have changed meanwhile. Reload the page and look again."
    with translation.override("ru"):
        assert words.explain(Unavailable()) == "Другая система не отвечает. Повторите через несколько минут."


def test_a_sentence_that_does_not_fit_does_not_hide_the_fault() -> None:
    words.register({"lamp_missing": "No lamp %(code)s."})
    with translation.override("en"):
        assert words.explain(LampMissing(other=1)) == "This cannot be used as it is. Check what was entered."


def test_a_place_stands_before_the_sentence() -> None:
    words.register({"lamp_missing": "No lamp %(code)s."})
    assert words.explain(LampMissing(place="Sheet1!B4", code="X")) == "Sheet1!B4: No lamp X."
