"""Faults in the reader's language: a code and its parameters become a sentence.

A package says its faults once, at import (`apps.py` `ready` imports the module):

    words.register({"credit_exceeded": _("The order is %(over)s over the credit limit.")})

    @words.says("price_missing")
    def _(fault): return _("No price for %(code)s.") % fault.params
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zveno.kit.errors import Category, Fault

Speaker = Callable[[Fault], str]

_sentences: dict[str, str | Promise | Speaker] = {}

_BY_CATEGORY: dict[Category, str | Promise] = {
    Category.INVALID: _("This cannot be used as it is. Check what was entered."),
    Category.NOT_FOUND: _("There is no such thing here, or it is not yours to see."),
    Category.FORBIDDEN: _("Your role does not allow this. Ask the administrator of your company."),
    Category.CONFLICT: _("Things have changed meanwhile. Reload the page and look again."),
    Category.UNAVAILABLE: _("The other system does not answer. Try again in a few minutes."),
}


def register(sentences: Mapping[str, str | Promise]) -> None:
    """Adds sentences by fault code; `%(name)s` takes a parameter of the fault."""
    _sentences.update(sentences)


def says(code: str) -> Callable[[Speaker], Speaker]:
    """Marks a function as the speaker for one fault code."""

    def keep(speaker: Speaker) -> Speaker:
        _sentences[code] = speaker
        return speaker

    return keep


def explain(fault: Fault) -> str:
    """The sentence for `fault` in the active language, with its place when it has one.

    Never raises: an unknown code speaks by its category.
    """
    sentence = _sentence(fault)
    if not fault.place:
        return sentence
    return gettext("%(place)s: %(sentence)s") % {"place": fault.place, "sentence": sentence}


def _sentence(fault: Fault) -> str:
    known = _sentences.get(fault.code)
    try:
        if callable(known) and not isinstance(known, Promise):
            return str(known(fault))
        if known is not None:
            return str(known) % fault.params
    except (KeyError, TypeError, ValueError):
        pass  # A sentence that does not fit its fault must not hide the fault itself.
    return str(_BY_CATEGORY[fault.category])
