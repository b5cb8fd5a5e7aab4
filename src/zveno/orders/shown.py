"""Orders as people read them: states, the line of steps, why one waits, and when things come."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from zveno.orders.queries.order_page import OrderPage
from zveno.orders.rules.states import STEPS, OrderState
from zveno.stock.rules.promise import LinePromise
from zveno.ui.formats import format_date, format_number
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
    what = told.get("code") or told.get("name", "")
    if reason["code"] == "no_price":
        return _("%(what)s: no price") % {"what": what}
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
    arriving: dict[str, Decimal] = {}
    for pin in pins:
        quantity = Decimal(pin["quantity"])
        if pin["kind"] == "shelf":
            shelf += quantity
        else:
            arriving[pin["on"]] = arriving.get(pin["on"], Decimal(0)) + quantity
    parts = [(quantity, _("arriving %(day)s") % {"day": _short(day)}) for day, quantity in sorted(arriving.items())]
    if shelf:
        parts.append((shelf, _("from stock")))
    if uncovered > 0:
        need = _("need, possible %(day)s") % {"day": _short(earliest)} if earliest else _("need")
        parts.append((uncovered, need))
    tone: Tone = "warn" if uncovered > 0 else "good" if not arriving else "info"
    if len(parts) == 1:
        dated = shelf and on and not uncovered
        return When(f"{parts[0][1]} {_short(on)}" if dated else parts[0][1], tone)
    return When(" + ".join(f"{_figure(quantity)} {words}" for quantity, words in parts), tone)


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
