"""Delivery as people read it: costs with their steps, dates, why a carrier is not to be had, where a parcel is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from zveno.delivery.ports import carrier_plugins
from zveno.delivery.queries.carriers import OWN, PICKUP, TARIFF
from zveno.delivery.queries.parcels import ParcelValue
from zveno.delivery.rules.calendar import EVERY_DAY
from zveno.delivery.rules.tracking import ParcelState, Said
from zveno.ui.formats import format_date, format_money, format_number
from zveno.ui.navigation import Tone, Words
from zveno.ui.parts import Event, Reason

_STATES: Mapping[ParcelState, tuple[Words, Tone]] = {
    ParcelState.BOOKING: (gettext_lazy("Being booked"), "info"),
    ParcelState.BOOKED: (gettext_lazy("Booked"), "info"),
    ParcelState.ACCEPTED: (gettext_lazy("Handed to the carrier"), "active"),
    ParcelState.UNDER_WAY: (gettext_lazy("Under way"), "active"),
    ParcelState.ARRIVED: (gettext_lazy("In the city of arrival"), "active"),
    ParcelState.READY: (gettext_lazy("Ready to be picked up"), "active"),
    ParcelState.WITH_COURIER: (gettext_lazy("With the courier"), "active"),
    ParcelState.DELIVERED: (gettext_lazy("Delivered"), "good"),
    ParcelState.RETURNED: (gettext_lazy("Returned to the sender"), "bad"),
    ParcelState.PROBLEM: (gettext_lazy("Something is wrong"), "bad"),
    ParcelState.CANCELLED: (gettext_lazy("Called off"), ""),
}
_OWN_WORDS: Mapping[str, Words] = {
    "sent": gettext_lazy("Left the warehouse"),
    "said": gettext_lazy("Told by the seller"),
    "void": gettext_lazy("The shipment was called off in the accounting system"),
}
KINDS: Mapping[str, Words] = {
    TARIFF: gettext_lazy("Carrier by tariff"),
    OWN: gettext_lazy("Own vehicle"),
    PICKUP: gettext_lazy("Pick-up by the buyer"),
}
EXTRAS: Mapping[str, Words] = {
    "bulky": gettext_lazy("Bulky load"),
    "fragile": gettext_lazy("Fragile load"),
    "insurance": gettext_lazy("Insurance"),
    "fuel": gettext_lazy("Fuel"),
    "handling": gettext_lazy("Handling"),
}
WEEKDAYS: tuple[Words, ...] = (
    gettext_lazy("Mon"),
    gettext_lazy("Tue"),
    gettext_lazy("Wed"),
    gettext_lazy("Thu"),
    gettext_lazy("Fri"),
    gettext_lazy("Sat"),
    gettext_lazy("Sun"),
)


def parcel_word(state: str) -> str:
    """The state of a parcel in a few words."""
    return str(_STATES[ParcelState(state)][0])


def parcel_tone(state: str) -> Tone:
    """The colour of the state."""
    return _STATES[ParcelState(state)][1]


def parcel_states() -> list[tuple[str, str]]:
    """Every state with its word, in the order that a parcel goes through them."""
    return [(state.value, str(words)) for state, (words, _tone) in _STATES.items()]


def kind_words(kind: str) -> str:
    """What kind of carrier it is."""
    if kind in KINDS:
        return str(KINDS[kind])
    return next((str(plugin.title) for plugin in carrier_plugins() if plugin.kind == kind), kind)


def kinds() -> list[tuple[str, str]]:
    """Every kind of carrier that can be set up."""
    return [
        *((kind, str(words)) for kind, words in KINDS.items()),
        *((p.kind, str(p.title)) for p in carrier_plugins()),
    ]


def timeline_of(parcel: ParcelValue) -> list[Event]:
    """What was said of a parcel, the newest first."""
    return [_event(said) for said in parcel.said]


def days_between(first: date | None, last: date | None) -> str:
    """`24–27 Apr`, `28 Apr – 3 May`, one day, or a dash."""
    if last is None and first is None:
        return "—"
    begin, end = first or last, last or first
    assert begin is not None
    assert end is not None
    if begin == end:
        return _day(begin)
    same = (begin.year, begin.month) == (end.year, end.month)
    if same:
        return f"{begin.day}–{_day(end)}"
    return f"{_day(begin)} – {_day(end)}"


def weekday_words(days: Iterable[int]) -> str:
    """`Mon, Thu`, or every day."""
    chosen = sorted(days)
    if set(chosen) == EVERY_DAY:
        return _("every day")
    return ", ".join(str(WEEKDAYS[day]) for day in chosen)


def why_of(trace: Iterable[Mapping[str, str]], currency: str) -> list[Reason]:
    """The steps to a cost (see `rules.tariffs`), each a line to be read; unknown ones are left out."""
    return [reason for step in trace if (reason := _reason(step, currency)) is not None]


def problem_words(code: str, params: Mapping[str, Any]) -> str:
    """Why a carrier cannot be had, or why its cost is not known yet."""
    match code:
        case "no_tariff":
            return _("does not go there")
        case "too_heavy":
            return _("takes up to %(limit)s kg, this is %(weight)s kg") % _figures(params, "limit", "weight")
        case "piece_too_heavy":
            return _("a piece of %(weight)s kg is above its limit of %(limit)s kg") % _figures(
                params, "limit", "weight"
            )
        case "distance_unknown":
            return _("the distance is not known")
        case "never_leaves":
            return _("has no day of departure")
        case "carrier_refused":
            return str(params.get("words") or "") or _("does not go there")
        case "to_be_told":
            asked = params.get("reason") == "carrier_asked"
            return _("the carrier is being asked") if asked else _("the carrier does not answer: cost to be told")
        case "no_address":
            return _("Say where to: then the cost and the date are counted.")
        case "warehouse_unplaced":
            return _("The seller has not said where this warehouse stands: the manager will tell the cost.")
        case "no_carriers":
            return _("The seller has set up no delivery: the manager will tell the cost.")
        case "nobody_goes_there":
            return _("None of the carriers takes this there: the manager will tell the cost.")
    return ""


def _reason(step: Mapping[str, str], currency: str) -> Reason | None:
    amount = Decimal(step["amount"]) if step.get("amount") else None
    code = step.get("code", "")
    if code in EXTRAS:
        return Reason(EXTRAS[code], "", amount)
    match code:
        case "weight":
            return Reason(_("Weight"), _("%(kg)s kg") % _figures(step, "kg"))
        case "volumetric":
            told = _("%(m3)s m³ × %(factor)s kg") % _figures(step, "m3", "factor")
            return Reason(_("Weight by volume: %(kg)s kg") % _figures(step, "kg"), told)
        case "without_weight":
            return Reason(_without(int(step["lines"])), _("so it is at least this much"))
        case "without_volume":
            return Reason(_("Volume of some goods is not known"), _("so it is at least this much"))
        case "band":
            return Reason(_band(step), "", amount)
        case "per_kg":
            told = _("%(kg)s kg above, %(price)s each") % {
                **_figures(step, "kg"),
                "price": format_money(Decimal(step["price"]), currency, _language()),
            }
            return Reason(_("For each kilogram"), told, amount)
        case "per_km":
            told = _("%(km)s km of road, %(price)s each") % {
                **_figures(step, "km"),
                "price": format_money(Decimal(step["price"]), currency, _language()),
            }
            return Reason(_("For each kilometre"), told, amount)
        case "minimum":
            return Reason(_("Not less than"), "", amount)
        case "vat":
            return Reason(_("VAT %(percent)s %%") % _figures(step, "percent"), "", amount)
        case "free":
            told = _("orders from %(sum)s; it would cost") % {
                "sum": format_money(Decimal(step["from"]), currency, _language())
            }
            return Reason(_("The seller pays"), told, amount)
        case "told":
            told = _("asked on %(day)s") % {"day": _day(date.fromisoformat(step["on"]))}
            return Reason(_("Told by the carrier"), told, amount)
        case "stand_in":
            return Reason(_("The carrier has not answered yet"), _("its tariff stands in"))
        case "pickup":
            return Reason(_("You fetch it yourself"))
        case "leaves":
            ready, leaves = (date.fromisoformat(step[key]) for key in ("ready", "on"))
            told = _("ready on %(day)s") % {"day": _day(ready)}
            return Reason(_("Leaves on %(day)s") % {"day": _day(leaves)}, told)
        case "days" | "working_days":
            return Reason(_days(step))
    return None


def _days(step: Mapping[str, str]) -> str:
    low, high = int(step["min"]), int(step["max"])
    span = str(low) if low == high else f"{low}–{high}"
    if step["code"] == "working_days":
        return ngettext("%(span)s working day under way", "%(span)s working days under way", high) % {"span": span}
    return ngettext("%(span)s day under way", "%(span)s days under way", high) % {"span": span}


def _without(lines: int) -> str:
    return ngettext("Weight of %(n)s product is not known", "Weight of %(n)s products is not known", lines) % {
        "n": lines
    }


def _band(step: Mapping[str, str]) -> str:
    if not step["upto"]:
        return _("Tariff for more than %(over)s kg") % _figures(step, "over")
    return _("Tariff from %(over)s to %(upto)s kg") % _figures(step, "over", "upto")


def _event(said: Said) -> Event:
    title = parcel_word(said.state)
    own = _OWN_WORDS.get(said.code)
    text = said.text if said.text and said.text != title else ""
    return Event(said.at, own if own and said.code != "said" else title, said.place, text, parcel_tone(said.state))


def _figures(told: Mapping[str, Any], *names: str) -> dict[str, str]:
    return {name: format_number(Decimal(str(told[name])), _language()) for name in names}


def _day(day: date) -> str:
    return format_date(day, _language(), "day")


def _language() -> str:
    return translation.get_language() or "en"
