"""What was done to a report or to a code, as a timeline in the reader's language."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from django.db import models
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from zveno.base.audit import history_of
from zveno.sellout.labels import Label
from zveno.ui.navigation import Tone
from zveno.ui.parts import Event

_SHOWN = 40

_TITLES: dict[str, tuple[Label, Tone]] = {
    "report_uploaded": (_("File sent"), ""),
    "report_mapped": (_("Columns confirmed"), ""),
    "report_taken": (_("Lines taken in"), ""),
    "report_accepted": (_("Report accepted"), "good"),
    "report_withdrawn": (_("Report withdrawn"), "warn"),
    "code_changed": (_("Meaning of the code corrected"), ""),
    "code_forgotten": (_("Code forgotten"), "warn"),
    "code_recalled": (_("Code kept after all"), ""),
}


def report_history(subject: models.Model) -> list[Event]:
    """The latest deeds on `subject`, newest first; answers in a row by one person are one entry. One statement."""
    return list(_events(history_of(subject)))[:_SHOWN]


def _events(entries: Sequence[Any]) -> Iterator[Event]:
    for (action, who), run in groupby(entries, key=lambda entry: (entry.action, entry.actor_name)):
        told = list(run)
        if action == "report_question_answered":
            yield Event(moment=told[0].at, title=_answers(told), who=who)
            continue
        title, tone = _TITLES.get(action, (action, ""))
        for entry in told:
            yield Event(moment=entry.at, title=title, who=entry.actor_name, tone=tone)


def _answers(entries: Sequence[Any]) -> str:
    if len(entries) > 1:
        count = len(entries)
        return ngettext("%(count)s question answered", "%(count)s questions answered", count) % {"count": count}
    return _ANSWERS.get(entries[0].params.get("answer", ""), _answered)(entries[0].params)


def _answered(params: Mapping[str, Any]) -> str:
    return gettext("“%(asked)s” recognised") % {"asked": params.get("asked", "")}


_ANSWERS: dict[str, Callable[[Mapping[str, Any]], str]] = {
    "foreign": lambda params: gettext("“%(asked)s” is not the manufacturer's") % {"asked": params.get("asked", "")},
    "later": lambda params: gettext("“%(asked)s” put off") % {"asked": params.get("asked", "")},
}
