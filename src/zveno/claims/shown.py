"""Claims as people read them: kinds, states, outcomes, and what happened."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from zveno.claims.queries.claim_page import EventValue
from zveno.claims.rules.claiming import Kind, Outcome
from zveno.claims.rules.states import Side, State
from zveno.ui.formats import format_money
from zveno.ui.navigation import Tone, Words
from zveno.ui.parts import Event

KINDS: Mapping[Kind, Words] = {
    Kind.SHORTAGE: gettext_lazy("Shortage"),
    Kind.DAMAGE: gettext_lazy("Damaged on the way"),
    Kind.DEFECT: gettext_lazy("Defect"),
    Kind.WRONG_GOODS: gettext_lazy("Wrong goods"),
    Kind.SURPLUS: gettext_lazy("Surplus"),
    Kind.PAPERS: gettext_lazy("Error in the papers"),
    Kind.RETURN: gettext_lazy("Return of good stock"),
}
OUTCOMES: Mapping[Outcome, Words] = {
    Outcome.DELIVER: gettext_lazy("Deliver what is missing"),
    Outcome.REPLACE: gettext_lazy("Replace"),
    Outcome.REFUND: pgettext_lazy("claim", "Refund"),
    Outcome.DISCOUNT: gettext_lazy("Discount"),
    Outcome.REPAIR: gettext_lazy("Repair"),
    Outcome.TAKE_BACK: pgettext_lazy("claim", "Take back"),
    Outcome.CORRECT_PAPERS: gettext_lazy("Correct the papers"),
    Outcome.REJECT: pgettext_lazy("claim", "Reject"),
}
_STATES: Mapping[State, tuple[Words, Tone]] = {
    State.SUBMITTED: (pgettext_lazy("claim", "Sent"), "info"),
    State.IN_WORK: (pgettext_lazy("claim", "Being looked into"), "active"),
    State.QUESTION: (pgettext_lazy("claim", "A question to the buyer"), "warn"),
    State.DECIDED: (pgettext_lazy("claim", "Decided"), "good"),
    State.CLOSED: (pgettext_lazy("claim", "Closed"), ""),
    State.WITHDRAWN: (pgettext_lazy("claim", "Taken back"), ""),
}
_TITLES: Mapping[str, tuple[Words, Tone]] = {
    "opened": (gettext_lazy("Claim sent"), "info"),
    "taken": (gettext_lazy("Taken into work"), "active"),
    "asked": (gettext_lazy("The seller asks"), "warn"),
    "decided": (pgettext_lazy("claim", "Decided"), "good"),
    "disputed": (gettext_lazy("The buyer does not agree"), "warn"),
    "withdrawn": (gettext_lazy("Claim taken back"), ""),
    "closed": (gettext_lazy("Done, claim closed"), "good"),
}


def kind_word(kind: str) -> str:
    """What is wrong, in a word or two."""
    return str(KINDS[Kind(kind)])


def outcome_word(outcome: str) -> str:
    """What is wished for or decided."""
    return str(OUTCOMES[Outcome(outcome)])


def state_word(state: str) -> str:
    """Where the claim stands."""
    return str(_STATES[State(state)][0])


def state_tone(state: str) -> Tone:
    """The colour of the state."""
    return _STATES[State(state)][1]


def states() -> list[tuple[str, str]]:
    """Every state with its word."""
    return [(state.value, state_word(state)) for state in State]


def event_of(event: EventValue) -> Event:
    """A line of the claim's history."""
    if event.kind == "said":
        title: Words = _("The seller writes") if event.side is Side.SELLER else _("The buyer writes")
        return Event(event.at, title, event.actor_name, _said(event), "info" if event.side is Side.SELLER else "")
    title, tone = _TITLES.get(event.kind, (event.kind, ""))
    return Event(event.at, title, event.actor_name, _decided(event) if event.kind == "decided" else event.words, tone)


def _said(event: EventValue) -> str:
    names = event.params.get("files") or []
    files = _("Files: %(names)s") % {"names": ", ".join(names)} if names else ""
    return " ".join(filter(None, (event.words, files)))


def _decided(event: EventValue) -> str:
    told, parts = event.params, []
    if told.get("granted"):
        parts.append(ngettext("%(n)s line granted", "%(n)s lines granted", told["granted"]) % {"n": told["granted"]})
    if told.get("rejected"):
        n = told["rejected"]
        parts.append(ngettext("%(n)s line rejected", "%(n)s lines rejected", n) % {"n": n})
    credited = Decimal(told.get("credited", "0"))
    if credited:
        language = translation.get_language() or "en"
        parts.append(_("%(sum)s to be credited") % {"sum": format_money(credited, told["currency"], language)})
    return ". ".join(filter(None, (", ".join(parts), event.words)))
