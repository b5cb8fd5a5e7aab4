"""The audit trail in the reader's language: what was done becomes a sentence, an entry a line of a timeline.

A package says its deeds once, beside its faults:

    deeds.register({"order_placed": _("Order %(number)s was placed.")})

`%(name)s` takes a parameter of the entry. `@deeds.says("code")` marks a function of the parameters for the rest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zveno.base.models import AuditEntry
from zveno.ui.navigation import Tone
from zveno.ui.parts import Event

Speaker = Callable[[Mapping[str, Any]], str]

_sentences: dict[str, str | Promise | Speaker] = {}
_tones: dict[str, Tone] = {}
_SYSTEM = _("Zveno itself")


def register(sentences: Mapping[str, str | Promise], *, tones: Mapping[str, Tone] | None = None) -> None:
    """Adds sentences by the audit's action code, and tones for those that deserve one."""
    _sentences.update(sentences)
    _tones.update(tones or {})


def says(code: str) -> Callable[[Speaker], Speaker]:
    """Marks a function as the speaker for one action code."""

    def keep(speaker: Speaker) -> Speaker:
        _sentences[code] = speaker
        return speaker

    return keep


def known_deeds() -> frozenset[str]:
    """Every action code that has a sentence."""
    return frozenset(_sentences)


def sentence(action: str, params: Mapping[str, Any]) -> str:
    """The sentence of a deed in the active language. Never raises: an unknown deed is told by its code."""
    known = _sentences.get(action)
    try:
        if callable(known) and not isinstance(known, Promise):
            return known(params)
        if known is not None:
            return str(known) % params
    except (KeyError, TypeError, ValueError):
        pass  # A sentence that does not fit must not hide that something was done.
    return action.replace("_", " ")


def doer(entry: AuditEntry) -> str:
    """Who did it, and for whom where a seller's manager acted for a client."""
    name = str(_SYSTEM) if entry.actor_name == "system" else entry.actor_name
    client = entry.params.get("on_behalf_of")
    return gettext("%(name)s for %(client)s") % {"name": name, "client": client} if client else name


def events(entries: Iterable[AuditEntry]) -> list[Event]:
    """Entries as lines of a timeline, in their order."""
    return [
        Event(
            moment=entry.at,
            title=sentence(entry.action, entry.params),
            who=doer(entry),
            tone=_tones.get(entry.action, ""),
        )
        for entry in entries
    ]
