"""Orders as people read them: states, the line of steps, why one waits, and when things come."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from zveno.finance.labels import attention_words
from zveno.orders.queries.order_page import OrderPage
from zveno.orders.rules.states import STEPS, OrderState
from zveno.stock.rules.values import LinePromise
from zveno.ui.formats import format_date, format_moment, format_number
from zveno.ui.navigation import Tone, Words
from zveno.ui.parts import Step

_STATES: Mapping[str, tuple[Words, Tone]] = {
    OrderState.PLACED: (gettext_lazy("Being checked"), "info"),
    OrderState.ATTENTION: (gettext_lazy("With the manager"), "warn"),
    OrderState.CONFIRMED: (gettext_lazy("Confirmed"), "active"),
    OrderState.IN_WORK: (gettext_lazy("Being picked"), "active"),
    OrderState.PARTLY_SHIPPED: (gettext_lazy("Shipped in part"), "active"),
    OrderState.SHIPPED: (gettext_lazy("Shipped"), "good"),
    OrderState.COMPLETED: (gettext_lazy("Completed"), "good"),
    OrderState.REJECTED: (gettext_lazy("Rejected"), "bad"),
    OrderState.CANCELLED: (gettext_lazy("Cancelled"), ""),
}
_SOURCES: Mapping[str, Words] = {
    "portal": gettext_lazy("Portal"),
    "api": gettext_lazy("Program"),
    "erp": gettext_lazy("Accounting system"),
}
SOURCES = tuple(_SOURCES)
_STEPS: Mapping[str, Words] = {
    OrderState.PLACED: gettext_lazy("Placed"),
    OrderState.CONFIRMED: gettext_lazy("Confirmed"),
    OrderState.IN_WORK: gettext_lazy("Picking"),
    OrderState.SHIPPED: gettext_lazy("Shipment"),
    OrderState.COMPLETED: gettext_lazy("Completed"),
}
_REACHED = {
    OrderState.PLACED: 0,
    OrderState.ATTENTION: 0,
    OrderState.CONFIRMED: 1,
    OrderState.IN_WORK: 2,
    OrderState.PARTLY_SHIPPED: 3,
    OrderState.SHIPPED: 3,
    OrderState.COMPLETED: 4,
}


@dataclass(frozen=True, slots=True)
class When:
    """When a line comes, as its chip says it: the words and the tone."""

    text: str
    tone: Tone


def state_word(state: str) -> str:
    """The state in a word or two."""
    return str(_STATES[state][0]) if state in _STATES else state


def state_tone(state: str) -> Tone:
    """The colour of the state."""
    return _STATES[state][1] if state in _STATES else ""


def source_word(source: str) -> str:
    """Where an order was entered."""
    return str(_SOURCES.get(source, source))


def states() -> list[tuple[str, str]]:
    """Every state with its word, in the order an order goes through them."""
    return [(str(state.value), state_word(state)) for state in OrderState]


def steps_of(page: OrderPage) -> list[Step]:
    """The line of steps with the days they were reached; where the order stopped, the rest is left out."""
    order = page.order
    days = {
        OrderState.PLACED: order.placed_at,
        OrderState.CONFIRMED: page.confirmed_at,
    }
    stopped = order.state in (OrderState.REJECTED, OrderState.CANCELLED)
    reached = _REACHED.get(order.state, 1 if page.confirmed_at else 0)
    found = []
    for at, state in enumerate(STEPS[: reached + 1] if stopped else STEPS):
        moment = days.get(state)
        day = timezone.localtime(moment).date() if moment else None
        if at == 3 and page.shipments:
            day = page.shipments[-1].shipped_on
        found.append(Step(_STEPS[state], _step_state(at, reached, order.state), day=day))
    if stopped:
        found.append(Step(state_word(order.state), "bad"))
    elif order.state is OrderState.ATTENTION:
        found[1] = Step(_("Confirmation"), "current", note=_("with the manager"))
    elif order.state is OrderState.PARTLY_SHIPPED:
        found[3] = Step(_STEPS[OrderState.SHIPPED], "current", note=_("in part"), day=found[3].day)
    return found


def _step_state(at: int, reached: int, state: OrderState) -> Any:
    if at < reached or state is OrderState.COMPLETED:
        return "done"
    if at > reached:
        return "ahead"
    return "done" if state in (OrderState.ATTENTION, OrderState.CANCELLED, OrderState.REJECTED) else "current"


def attention_phrase(reasons: Sequence[Mapping[str, Any]]) -> str:
    """Why the order waits, in one phrase: the first reason and how many lines more."""
    if not reasons:
        return ""
    first = reason_words(reasons[0])
    more = len({reason["line"] for reason in reasons} - {reasons[0]["line"]})
    if not more:
        return first
    return ngettext("%(first)s, and %(n)s line more", "%(first)s, and %(n)s lines more", more) % {
        "first": first,
        "n": more,
    }


def reason_words(reason: Mapping[str, Any]) -> str:
    """One reason of waiting: `AB-12: 30 of 100 by 18.04, all by 25.04`."""
    told = reason["params"]
    if reason["code"].startswith("credit_"):
        return attention_words(reason["code"].removeprefix("credit_"), told)
    what = told.get("code") or told.get("name", "")
    match reason["code"]:
        case "no_price":
            return _("%(what)s: no price") % {"what": what}
        case "stale":
            since = format_moment(timezone.localtime(datetime.fromisoformat(told["since"])), _language())
            return _("stock figures are of %(since)s: to be confirmed") % {"since": since}
        case "unsure":
            return _("%(what)s: %(quantity)s from goods that are not sure yet") % {
                "what": what,
                "quantity": _figure(told["quantity"]),
            }
    figures = {"what": what, "covered": _figure(told["covered"]), "wanted": _figure(told["wanted"])}
    if told.get("wished"):
        text = _("%(what)s: %(covered)s of %(wanted)s by %(day)s") % {**figures, "day": _day(told["wished"])}
    else:
        text = _("%(what)s: %(covered)s of %(wanted)s") % figures
    later = told.get("earliest")
    return _("%(text)s, all by %(day)s") % {"text": text, "day": _day(later)} if later else text


def when_promised(promise: LinePromise | None) -> When | None:
    """The chip of a cart's line: from which supply it comes and when, or that it is a need."""
    if promise is None:
        return None
    return when_covered(promise.trace, promise.uncovered, on=promise.promised_on, earliest=promise.earliest_on)


def when_covered(
    pins: Iterable[Mapping[str, str]], uncovered: Decimal, *, on: date | None = None, earliest: date | None = None
) -> When:
    """The chip of a line covered by `pins` (see `LinePromise.trace`). `on` dates a line that is all from the shelf."""
    shelf = Decimal(0)
    arriving: dict[tuple[str, str], Decimal] = {}
    late = unsure = False
    for pin in pins:
        quantity = Decimal(pin["quantity"])
        late, unsure = late or "late" in pin, unsure or "unsure" in pin
        if pin["kind"] == "shelf":
            shelf += quantity
        else:
            key = (pin["on"], "late" if "late" in pin else "unsure" if "unsure" in pin else "")
            arriving[key] = arriving.get(key, Decimal(0)) + quantity
    parts = [(quantity, _arriving(*key)) for key, quantity in sorted(arriving.items())]
    if shelf:
        parts.append((shelf, _("from stock")))
    if uncovered > 0:
        need = _("need, possible %(day)s") % {"day": _short(earliest)} if earliest else _("need")
        parts.append((uncovered, need))
    tone: Tone = "warn" if uncovered > 0 or late or unsure else "good" if not arriving else "info"
    if len(parts) == 1:
        dated = shelf and on and not uncovered
        return When(f"{parts[0][1]} {_short(on)}" if dated else parts[0][1], tone)
    return When(" + ".join(f"{_figure(quantity)} {words}" for quantity, words in parts), tone)


def _arriving(day: str, how: str) -> str:
    match how:
        case "late":
            return _("late, arriving %(day)s") % {"day": _short(day)}
        case "unsure":
            return _("arriving %(day)s, to be confirmed") % {"day": _short(day)}
    return _("arriving %(day)s") % {"day": _short(day)}


def change_words(change: Mapping[str, Any]) -> str:
    """What happened to goods that were promised: `AB-12: delivery 190/04 comes on 25.04 instead of 15.04`."""
    what = change.get("code") or change.get("name", "")
    told = {
        "what": what,
        "paper": change.get("document") or _("the delivery"),
        "before": _short(change.get("before") or None),
        "after": _short(change.get("after") or None),
    }
    match change.get("change"):
        case "moved":
            return _("%(what)s: %(paper)s comes on %(after)s instead of %(before)s") % told
        case "cut":
            return _("%(what)s: %(paper)s brings less than promised") % told
        case "cancelled":
            return _("%(what)s: %(paper)s was cancelled") % told
        case "counted":
            return _("%(what)s: less lies in the warehouse than was promised") % told
        case "overdue":
            return _("%(what)s: %(paper)s was due on %(before)s and has not come") % told
    return str(what)


def _short(day: date | str | None) -> str:
    if isinstance(day, str):
        day = date.fromisoformat(day) if day else None
    return format_date(day, _language(), "day") if day else ""


def _day(text: str) -> str:
    return format_date(date.fromisoformat(text), _language())


def _figure(value: Decimal | str) -> str:
    return format_number(Decimal(value), _language())


def _language() -> str:
    return translation.get_language() or "en"
