"""What states, causes and choices of needs are called."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from zveno.orders.queries.need_list import NeedValue
from zveno.orders.rules.needs import Choice, NeedCause, NeedState
from zveno.orders.shown import change_words
from zveno.ui.formats import format_date, format_number
from zveno.ui.navigation import Tone, Words

NEED_STATES: Mapping[NeedState, tuple[Words, Tone]] = {
    NeedState.OPEN: (pgettext_lazy("need", "Open"), "warn"),
    NeedState.PLANNED: (pgettext_lazy("need", "Reserved in a delivery"), "info"),
    NeedState.DATED: (pgettext_lazy("need", "Dated by the manager"), "info"),
    NeedState.COVERED: (pgettext_lazy("need", "Covered"), "good"),
    NeedState.DROPPED: (pgettext_lazy("need", "Dropped"), ""),
}
_CAUSES: Mapping[NeedCause, Words] = {
    NeedCause.SHORT: gettext_lazy("Not enough when it was ordered"),
    NeedCause.MOVED: gettext_lazy("The delivery is late"),
    NeedCause.CUT: gettext_lazy("The delivery brings less"),
    NeedCause.CANCELLED: gettext_lazy("The delivery was cancelled"),
    NeedCause.COUNTED: gettext_lazy("Less lies in the warehouse than was counted"),
    NeedCause.OVERDUE: gettext_lazy("The delivery has not come on its day"),
}
CHOICES: Mapping[Choice, Words] = {
    Choice.LATER: gettext_lazy("All of it later"),
    Choice.PARTS: gettext_lazy("In parts"),
    Choice.SUBSTITUTE: gettext_lazy("Substitute"),
    Choice.DROP: gettext_lazy("Only what is there"),
    Choice.ASK: gettext_lazy("Ask the manager"),
}


def need_word(state: NeedState) -> str:
    """The state of a need in a word or two."""
    return str(NEED_STATES[state][0])


def need_tone(state: NeedState) -> Tone:
    """The colour of it."""
    return NEED_STATES[state][1]


def why_needed(need: NeedValue) -> str:
    """Why it is lacking: what changed last, if something did."""
    if need.told:
        return change_words({**need.told[-1], "code": need.code, "name": need.name}).partition(": ")[2]
    return str(_CAUSES[need.cause])


def what_is_open(need: NeedValue) -> str:
    """How much is lacking and how much is late: `70 lacking`, `10 late, on 25.04`."""
    parts = []
    if need.lacking:
        parts.append(_("%(quantity)s lacking") % {"quantity": _figure(need.lacking)})
    if need.late and need.late_on:
        parts.append(_("%(quantity)s late, on %(day)s") % {"quantity": _figure(need.late), "day": _day(need.late_on)})
    elif need.late:
        parts.append(_("%(quantity)s late, nobody knows until when") % {"quantity": _figure(need.late)})
    return ", ".join(parts)


def answer_words(need: NeedValue) -> str:
    """What the manager or the buyer made of it, in a phrase; empty when nobody has."""
    match need.state:
        case NeedState.PLANNED:
            return _("delivery of %(day)s") % {"day": _day(need.planned_on)} if need.planned_on else ""
        case NeedState.DATED:
            return _("for %(day)s") % {"day": _day(need.dated_on)} if need.dated_on else ""
    return str(CHOICES[need.choice]) if need.choice else ""


def _figure(value: Decimal) -> str:
    return format_number(value, translation.get_language() or "en")


def _day(day: date) -> str:
    return format_date(day, translation.get_language() or "en", "day")
