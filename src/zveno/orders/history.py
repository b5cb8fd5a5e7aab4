"""The history of a requisition in the reader's language, and what has changed in it since it was written down."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from zveno.orders.queries.approval.requisition_page import EventValue, LineValue
from zveno.orders.rules.approval.drift import LineDrift
from zveno.orders.words import problem_words
from zveno.ui.formats import format_date, format_money, format_number
from zveno.ui.navigation import Tone, Words
from zveno.ui.parts import Event

_MOST_LINES = 5
_TITLES: Mapping[str, tuple[Words, Tone]] = {
    "sent": (gettext_lazy("Sent for approval"), ""),
    "word_given": (gettext_lazy("Approved at step %(step)s"), "good"),
    "approved": (gettext_lazy("Approved by everybody"), "good"),
    "free_to_place": (gettext_lazy("No rule asks for approval any more"), "info"),
    "asked_again": (gettext_lazy("Asked again: it has changed since"), "warn"),
    "changed": (pgettext_lazy("requisition", "Changed"), "info"),
    "returned": (gettext_lazy("Returned to its author"), "warn"),
    "declined": (gettext_lazy("Declined"), "bad"),
    "taken_back": (gettext_lazy("Taken back to be changed"), ""),
    "withdrawn": (gettext_lazy("Withdrawn"), ""),
    "expired": (gettext_lazy("Its time is over"), ""),
    "late": (gettext_lazy("Step %(step)s was not answered in time"), "warn"),
    "passed_on": (gettext_lazy("Passed on"), "info"),
    "placed": (gettext_lazy("Ordered"), "good"),
    "not_placed": (gettext_lazy("Could not be ordered"), "bad"),
}


def event_of(event: EventValue) -> Event:
    """A line of the requisition's history."""
    title, tone = _TITLES.get(event.kind, (event.kind.replace("_", " ").capitalize(), ""))
    who = _("Automatically") if event.actor_name == "system" else event.actor_name
    speak = _TEXTS.get(event.kind)
    told = {"step": event.params.get("step", "")}
    return Event(event.at, str(title) % told, who, speak(event.params) if speak else "", tone)


def reasons_of(stopped: Iterable[Mapping[str, Any]], lines: Sequence[LineValue]) -> list[str]:
    """Why a requisition is asked again, or could not be placed, each a sentence."""
    names = {line.position: line.code or line.name for line in lines}
    return [_reason(reason, names.get(int(reason.get("line", 0)), "")) for reason in stopped]


def drift_words(drift: LineDrift, currency: str) -> str:
    """What has changed in a line since it was written down."""
    match drift.code:
        case "not_orderable":
            assert drift.problem is not None
            return problem_words(drift.problem.code, drift.problem.params)
        case "price_gone":
            return _("has no price now; it was %(before)s") % {"before": _money(drift.before, currency)}
        case "price_up" | "price_down" if drift.before is None:
            return _("has a price now: %(now)s") % {"now": _money(drift.now, currency)}
        case "price_up":
            return _("price rose: %(before)s → %(now)s") % _pair(drift, currency)
        case "price_down":
            return _("price fell: %(before)s → %(now)s") % _pair(drift, currency)
        case "short":
            return _("%(count)s is not covered by stock and arrivals now") % {"count": _figure(drift.now)}
        case "later":
            return _("would come later: %(before)s → %(now)s") % _days(drift)
        case "sooner":
            return _("would come sooner: %(before)s → %(now)s") % _days(drift)
    return drift.code


def drift_tone(drift: LineDrift) -> Tone:
    """Red what stops, amber what is worse than it was, green what is better."""
    if drift.stops:
        return "bad"
    return "good" if drift.code in ("price_down", "sooner") else "warn"


def _reason(reason: Mapping[str, Any], what: str) -> str:
    before, now = str(reason.get("before", "")), str(reason.get("now", ""))
    match reason["code"]:
        case "total_up":
            return _("The sum rose: %(before)s → %(now)s") % {"before": _plain(before), "now": _plain(now)}
        case "raised":
            return _("Quantities were raised: %(before)s → %(now)s") % {"before": _plain(before), "now": _plain(now)}
        case "price_up":
            told = {"what": what, "before": _plain(before) or "—", "now": _plain(now)}
            return _("%(what)s: price %(before)s → %(now)s") % told
        case "price_gone":
            return _("%(what)s: no price any more") % {"what": what}
        case "nobody_to_place":
            return _("Nobody of the company may place it now: its author and the heads are gone or have no terms.")
    words = problem_words(str(reason.get("problem") or reason["code"]), reason.get("params", {})) or str(reason["code"])
    return f"{what}: {words}" if what else words


def _sent(told: Mapping[str, Any]) -> str:
    lines = int(told.get("lines", 0))
    count = ngettext("%(n)s line", "%(n)s lines", lines) % {"n": lines}
    return f"{count}, {_money(told.get('total', 0), str(told.get('currency', 'RUB')))}"


def _word_given(told: Mapping[str, Any]) -> str:
    stands_for = told.get("stands_for")
    return _("standing in for %(name)s") % {"name": stands_for} if stands_for else ""


def _changed(told: Mapping[str, Any]) -> str:
    parts = [f"{line['code'] or line['name']}: {_plain(line['from'])} → {_plain(line['to'])}" for line in told["lines"]]
    more = len(parts) - _MOST_LINES
    text = "; ".join(parts[:_MOST_LINES])
    if more > 0:
        text += "; " + _("and %(count)s more lines") % {"count": more}
    if told.get("wished"):
        day = _("as soon as possible") if told["wished"] == "-" else _day(told["wished"])
        text = "; ".join(filter(None, (text, _("wished for: %(day)s") % {"day": day})))
    sums = _sums(told)
    return f"{text}; {sums}" if sums else text


def _sums(told: Mapping[str, Any]) -> str:
    if not told.get("before") or told["before"] == told.get("after"):
        return ""
    currency = str(told.get("currency", "RUB"))
    return f"{_money(told['before'], currency)} → {_money(told['after'], currency)}"


def _late(told: Mapping[str, Any]) -> str:
    return _("It goes on to the next step.") if told.get("to") == "next" else _("The head decides.")


def _passed_on(told: Mapping[str, Any]) -> str:
    return f"{told.get('before', '')} → {told.get('to', '')}"


def _placed(told: Mapping[str, Any]) -> str:
    return ", ".join(filter(None, (str(told.get("number", "")), _sums(told))))


def _not_placed(told: Mapping[str, Any]) -> str:
    return _reason({"code": told.get("why", "")}, "")


_TEXTS: Mapping[str, Callable[[Mapping[str, Any]], str]] = {
    "sent": _sent,
    "word_given": _word_given,
    "asked_again": _sums,
    "changed": _changed,
    "returned": lambda told: str(told.get("words", "")),
    "declined": lambda told: str(told.get("words", "")),
    "late": _late,
    "passed_on": _passed_on,
    "placed": _placed,
    "not_placed": _not_placed,
}


def _pair(drift: LineDrift, currency: str) -> dict[str, str]:
    return {"before": _money(drift.before, currency), "now": _money(drift.now, currency)}


def _days(drift: LineDrift) -> dict[str, str]:
    return {"before": _day(str(drift.before)), "now": _day(str(drift.now))}


def _money(value: object, currency: str) -> str:
    return format_money(Decimal(str(value)), currency, _language()) if value is not None else "—"


def _plain(value: str) -> str:
    return format_number(Decimal(value), _language()) if value else ""


def _figure(value: object) -> str:
    return format_number(Decimal(str(value)), _language()) if value is not None else ""


def _day(text: str) -> str:
    return format_date(date.fromisoformat(text), _language())


def _language() -> str:
    return translation.get_language() or "en"
