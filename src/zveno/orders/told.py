"""The history of an order in the reader's language."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from zveno.delivery.shown import parcel_word
from zveno.orders.queries.order_page import EventValue
from zveno.orders.shown import attention_phrase, change_words, state_word
from zveno.orders.words import problem_words
from zveno.ui.formats import format_date, format_money, format_number
from zveno.ui.navigation import Tone, Words
from zveno.ui.parts import Event

_MOST_LINES = 4

_TITLES: Mapping[str, tuple[Words, Tone]] = {
    "placed": (gettext_lazy("Order placed"), ""),
    "attention": (gettext_lazy("Handed to the manager"), "warn"),
    "confirmed": (gettext_lazy("Confirmed automatically"), "good"),
    "confirmed_by_manager": (gettext_lazy("Confirmed by the manager"), "good"),
    "reduced": (gettext_lazy("Reduced to what is there"), "warn"),
    "promise_renewed": (gettext_lazy("Other goods were found for it"), "info"),
    "promise_broken": (gettext_lazy("Promised goods will not come in time"), "warn"),
    "need_covered": (gettext_lazy("New goods cover what was needed"), "good"),
    "need_planned": (gettext_lazy("The manager reserved it in a delivery"), "info"),
    "need_dated": (gettext_lazy("The manager named a day"), "info"),
    "need_dropped": (gettext_lazy("The manager took out what will not come"), "warn"),
    "chosen": (gettext_lazy("The buyer decided"), "info"),
    "choice_failed": (gettext_lazy("What the buyer chose could not be done"), "warn"),
    "asked": (gettext_lazy("The buyer asks the manager"), "warn"),
    "rejected": (gettext_lazy("Rejected"), "bad"),
    "cancelled": (gettext_lazy("Cancelled by the buyer"), "bad"),
    "commented": (gettext_lazy("Comment changed"), ""),
    "said": (gettext_lazy("The manager writes"), "info"),
    "delivery_planned": (gettext_lazy("Delivery planned"), "info"),
    "delivery_changed": (gettext_lazy("Delivery changed"), "warn"),
    "delivery_charged": (gettext_lazy("Delivery charged"), "info"),
    "carrier_picked": (gettext_lazy("Another carrier chosen"), ""),
    "parcel_moved": (gettext_lazy("Parcel"), "info"),
    "shipped": (gettext_lazy("Shipped"), "good"),
    "shipment_changed": (gettext_lazy("Shipment corrected"), "warn"),
    "shipment_void": (gettext_lazy("Shipment called off"), "warn"),
    "paid": (gettext_lazy("Payment received"), "good"),
    "erp_born": (gettext_lazy("Entered in the accounting system"), ""),
    "erp_number": (gettext_lazy("Taken into the accounting system"), ""),
    "erp_promise": (gettext_lazy("New date from the accounting system"), "info"),
    "erp_state": (gettext_lazy("New state"), ""),
    "erp_state_clash": (gettext_lazy("The accounting system names an earlier state; it is left out"), "warn"),
    "erp_lines": (gettext_lazy("Lines changed in the accounting system"), "warn"),
    "erp_rounding": (gettext_lazy("Rounded in the accounting system"), ""),
}


def event_of(event: EventValue) -> Event:
    """A line of the order's history."""
    plain = event.kind.replace("_", " ").capitalize()
    title, tone = _TITLES.get(event.kind, (plain, ""))
    who = _("Automatically") if event.actor_name == "system" else event.actor_name
    if event.on_behalf:
        who = _("%(who)s, for the client") % {"who": who}
    speak = _TEXTS.get(event.kind)
    return Event(event.at, title, who, speak(event.params) if speak else "", tone)


def _placed(told: Mapping[str, Any]) -> str:
    lines = int(told.get("lines", 0))
    count = ngettext("%(n)s line", "%(n)s lines", lines) % {"n": lines}
    return f"{count}, {_money(told.get('total', 0), told)}"


def _promised(told: Mapping[str, Any]) -> str:
    return _("for %(day)s") % {"day": _day(told["promised"])} if told.get("promised") else ""


def _reduced(told: Mapping[str, Any]) -> str:
    return _some(
        f"{line['code'] or line['name']}: {_figure(line['from'])} → {_figure(line['to'])}" for line in told["lines"]
    )


def _needed(told: Mapping[str, Any]) -> str:
    what = f"{told.get('code') or told.get('name', '')}: {_figure(told.get('quantity', '0'))}"
    return _("%(what)s, for %(day)s") % {"what": what, "day": _day(told["on"])} if told.get("on") else what


def _changes(told: Mapping[str, Any]) -> str:
    """What changed, goods by goods; then for when the order is promised now, or why it waits."""
    parts = [change_words(change) for change in told.get("changes", ())]
    parts.append(attention_phrase(told.get("reasons", ())) if told.get("reasons") else _promised(told))
    return _some(filter(None, parts))


def _chosen(told: Mapping[str, Any]) -> str:
    what = told.get("code") or told.get("name", "")
    match told.get("choice"):
        case "later":
            return _("%(what)s: all of it on %(day)s") % {"what": what, "day": _day(told["on"])}
        case "parts":
            return _("%(what)s: in parts, the last on %(day)s") % {"what": what, "day": _day(told["on"])}
        case "substitute":
            return _("%(what)s: %(quantity)s of %(other)s instead") % {
                "what": what,
                "quantity": _figure(told.get("other_quantity", "0")),
                "other": told.get("other", ""),
            }
        case "drop":
            return _("%(what)s: %(quantity)s less") % {"what": what, "quantity": _figure(told.get("quantity", "0"))}
    return str(what)


def _failed(told: Mapping[str, Any]) -> str:
    what = str(told.get("code") or told.get("name", ""))
    return problem_words(str(told.get("fault", "")), {"line": what, "lines": what, "number": ""}) or what


def _shipped(told: Mapping[str, Any]) -> str:
    day = f", {_day(told['on'])}" if told.get("on") else ""
    return f"{told.get('number', '')}{day}"


def _delivery(told: Mapping[str, Any]) -> str:
    cost = _money(told["cost"], told) if told.get("cost") else ""
    if cost and told.get("is_from"):
        cost = _("from %(sum)s") % {"sum": cost}
    arrives = _("arrives by %(day)s") % {"day": _day(told["arrives"])} if told.get("arrives") else ""
    untold = _("cost to be told") if told.get("untold") and not cost else ""
    return ", ".join(filter(None, (cost or untold, arrives)))


def _charged(told: Mapping[str, Any]) -> str:
    sums = f"{_money(told['before'], told)} → {_money(told['after'], told)}"
    amount = _money(told["amount"], told)
    match told.get("how"):
        case "line":
            return _("%(sum)s as a line: %(sums)s") % {"sum": amount, "sums": sums}
        case "spread":
            return _("%(sum)s spread over the prices: %(sums)s") % {"sum": amount, "sums": sums}
    return _("taken back: %(sums)s") % {"sums": sums}


def _parcel(told: Mapping[str, Any]) -> str:
    what = " ".join(filter(None, (str(told.get("carrier", "")), str(told.get("number", "")))))
    return f"{what}: {parcel_word(str(told['state'])).lower()}"


def _state(told: Mapping[str, Any]) -> str:
    after = state_word(str(told.get("after") or told.get("told") or ""))
    word = told.get("word")
    return f"{after} («{word}»)" if word and word.lower() != after.lower() else after


def _sums(told: Mapping[str, Any]) -> str:
    sums = f"{_money(told['before'], told)} → {_money(told['after'], told)}"
    changed = _some(filter(None, map(_line, told.get("lines", ()))))
    return f"{sums}; {changed}" if changed else sums


def _line(note: Mapping[str, Any]) -> str:
    what = note.get("code") or note.get("name") or ""
    if "quantity" in note:
        before, after = note["quantity"]
        return f"{what}: {_figure(before)} → {_figure(after)}"
    return str(what) if "price" in note else ""


def _some(parts: Iterable[str]) -> str:
    told = list(parts)
    more = len(told) - _MOST_LINES
    text = "; ".join(told[:_MOST_LINES])
    return f"{text}; {_('and %(count)s more lines') % {'count': more}}" if more > 0 else text


_TEXTS: Mapping[str, Callable[[Mapping[str, Any]], str]] = {
    "placed": _placed,
    "attention": lambda told: attention_phrase(told.get("reasons", ())),
    "promise_broken": _changes,
    "need_covered": lambda told: _some(_needed(line) for line in told["lines"]),
    "need_planned": _needed,
    "need_dated": _needed,
    "need_dropped": lambda told: f"{_reduced(told)}. {told.get('words', '')}",
    "chosen": _chosen,
    "choice_failed": _failed,
    "asked": _needed,
    "confirmed": _promised,
    "confirmed_by_manager": _promised,
    "promise_renewed": _changes,
    "rejected": lambda told: str(told.get("words", "")),
    "said": lambda told: str(told.get("words", "")),
    "commented": lambda told: str(told.get("after", "")),
    "reduced": _reduced,
    "delivery_planned": _delivery,
    "delivery_changed": _delivery,
    "delivery_charged": _charged,
    "parcel_moved": _parcel,
    "shipped": _shipped,
    "shipment_changed": _shipped,
    "shipment_void": _shipped,
    "paid": lambda told: f"{_money(told.get('amount', 0), told)}, {told.get('number', '')}",
    "erp_born": lambda told: ", ".join(filter(None, (str(told.get("author", "")), str(told.get("number", ""))))),
    "erp_number": lambda told: str(told.get("number", "")),
    "erp_promise": lambda told: _day(told["on"]) if told.get("on") else "",
    "erp_state": _state,
    "erp_state_clash": _state,
    "erp_lines": _sums,
    "erp_rounding": _sums,
}


def _language() -> str:
    return translation.get_language() or "en"


def _day(text: str) -> str:
    return format_date(date.fromisoformat(text), _language())


def _figure(value: str) -> str:
    return format_number(Decimal(value), _language())


def _money(value: object, told: Mapping[str, Any]) -> str:
    return format_money(Decimal(str(value)), str(told.get("currency", "RUB")), _language())
