"""Faults and deeds of pricing in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext_lazy as _

from zveno.kit.errors import Fault
from zveno.pricing.rules.facts import Mode
from zveno.pricing.rules.standing import Test
from zveno.pricing.words import layer_words
from zveno.ui import deeds, words
from zveno.ui.formats import format_date, format_money, format_number

MODES: dict[Mode, Promise] = {
    Mode.LARGEST: _("the largest one counts"),
    Mode.CHAIN: _("one after another, each on what is left"),
    Mode.SUM: _("added up"),
}
WAYS: dict[str, Promise] = {"nearest": _("to the nearest"), "up": _("up"), "down": _("down")}
TESTS: dict[Test, Promise] = {
    Test.NEW: _("has not ordered yet"),
    Test.ANY: _("has ordered before"),
    Test.VOLUME: _("has bought for so much"),
    Test.GIVEN: _("given by hand or by the accounting system"),
}
_BANDS: dict[str, Promise] = {
    "step": _("A step is 1, 2 or 5, or these times a power of ten, and not finer than the currency."),
    "repeated": _("Two bands begin at the same amount."),
    "border": _("A band begins at a multiple of its step and of the one before: else a price would be rounded twice."),
}

words.register(
    {
        "floor_kind_unknown": _("There is no such price list."),
        "price_kind_unknown": _("There is no such price list."),
        "buyer_unknown": _("There is no such client of yours."),
        "standing_unknown": _("There is no such status."),
        "rule_unknown": _("There is no such rule any more. Reload the page."),
        "goods_unknown": _("There is no such product, group or brand: %(what)s."),
        "goods_unclear": _("“%(what)s” means several. Say which by the full path or the number."),
        "told_twice": _("The same is told again in row %(row)s: that one counts."),
        "price_kind_name_taken": _("There is a price list “%(name)s” already."),
        "standing_name_taken": _("There is a status “%(name)s” already."),
        "name_needed": _("Enter a name."),
        "price_out_of_range": _("A price is above zero, with four digits after the point at most."),
        "percent_out_of_range": _("A discount is from 0 to 99.99 %%."),
        "threshold_needed": _(
            "Say from how much the discount holds: from what quantity, or from what sum of the order."
        ),
        "quantity_out_of_range": _("This number is out of range."),
        "audience_unclear": _("Choose for whom it is: one client, a status, or everybody."),
        "target_unclear": _("Choose one thing it is about: a product, a group, a brand, or everything."),
        "currencies_differ": _("The currencies differ."),
        "too_many_rows": _("More than %(most)s rows at once. Split the list."),
    }
)


@words.says("day_passed")
def _day_passed(fault: Fault) -> str:
    told = {"day": _day(str(fault.params["day"]))}
    return gettext("%(day)s has passed: what was charged is not changed. Choose today or later.") % told


@words.says("bands_wrong")
def _bands_wrong(fault: Fault) -> str:
    return str(_BANDS[str(fault.params["why"])])


deeds.register(
    {
        "price_kind_made": _("Opened the price list “%(kind)s”."),
        "price_kind_changed": _("Changed the price list “%(kind)s”."),
        "standing_left_to_rules": _("Left the status of %(whose)s to the rules."),
        "standing_lost": _("%(whose)s has no status any more: no rule fits."),
        "standing_reached": _("%(whose)s reached the status “%(standing)s”."),
        "standing_set": _("Set what the status “%(standing)s” takes."),
    },
)


def _deed(code: str, sentence: Promise, row: Any) -> None:
    """A deed on rows of one kind: for whom, from when, the first rows in brief, how many more."""

    def say(params: Mapping[str, Any]) -> str:
        told = [row(one) for one in params.get("rows", ())]
        more = params.get("count", len(told)) - len(told)
        if more > 0:
            told.append(ngettext("and %(n)s more", "and %(n)s more", more) % {"n": more})
        return (str(sentence) % {"whose": _whose(params)}) + _from(params) + ": " + "; ".join(told) + "."

    deeds.says(code)(say)


def _whose(params: Mapping[str, Any]) -> str:
    if not params.get("whose"):
        return gettext("all buyers")
    return gettext("the status “%(name)s”") % {"name": params["whose"]} if params.get("status") else params["whose"]


def _from(params: Mapping[str, Any]) -> str:
    return " " + gettext("from %(day)s") % {"day": _day(params["since"])} if params.get("since") else ""


def _column(row: Sequence[Any]) -> str:
    kind, about, rank = row
    told = gettext("“%(kind)s”, %(rank)s in order") % {"kind": kind, "rank": rank}
    return f"{told} ({about})" if about else told


def _discount(row: Sequence[Any]) -> str:
    layer, about, percent, threshold, currency = row
    told = layer_words(layer)
    if Decimal(threshold):
        amount = format_money(Decimal(threshold), currency, _language()) if currency else _figure(threshold)
        told = gettext("%(discount)s from %(amount)s") % {"discount": told, "amount": amount}
    return (f"{told} ({about})" if about else told) + f" −{_figure(percent)} %"


def _agreed(row: Sequence[Any]) -> str:
    about, value, currency, least = row
    price = format_money(Decimal(value), currency, _language())
    return f"{about} {price}" + (" " + gettext("from %(n)s") % {"n": _figure(least)} if Decimal(least) else "")


def _price(row: Sequence[Any]) -> str:
    about, kind, value, currency = row
    return f"{about} {format_money(Decimal(value), currency, _language())} ({kind})"


def _band(row: Mapping[str, str]) -> str:
    told = {"amount": _figure(row["from"]), "step": _figure(row["step"]), "way": WAYS[row["way"]]}
    return gettext("from %(amount)s by %(step)s, %(way)s") % told


_deed("price_kinds_assigned", _("Gave %(whose)s price lists"), _column)
_deed("discounts_set", _("Set discounts for %(whose)s"), _discount)
_deed("agreed_prices_set", _("Agreed prices with %(whose)s"), _agreed)
_deed("prices_set", _("Set prices"), _price)


@deeds.says("rounding_set")
def _rounding_set(params: Mapping[str, Any]) -> str:
    bands = "; ".join(_band(row) for row in params["rows"]) or gettext("to the smallest coin")
    told = {"currency": params["currency"], "bands": bands}
    return gettext("Set the rounding of prices in %(currency)s: %(bands)s.") % told


@deeds.says("combination_set")
def _combination_set(params: Mapping[str, Any]) -> str:
    told = [str(MODES[Mode(params["mode"])])]
    if params.get("cap"):
        told.append(gettext("together no more than %(cap)s %%") % {"cap": _figure(params["cap"])})
    if params.get("floor"):
        told.append(gettext("not below “%(floor)s”") % {"floor": params["floor"]})
    return gettext("Set how discounts combine: %(how)s.") % {"how": ", ".join(told)}


@deeds.says("column_ended")
def _column_ended(params: Mapping[str, Any]) -> str:
    return _ended(params, gettext("the price list “%(kind)s”") % {"kind": params["kind"]})


@deeds.says("discount_ended")
def _discount_ended(params: Mapping[str, Any]) -> str:
    return _ended(params, f"{layer_words(params['layer'])} −{_figure(params['percent'])} %")


@deeds.says("agreed_ended")
def _agreed_ended(params: Mapping[str, Any]) -> str:
    price = format_money(Decimal(params["value"]), params["currency"], _language())
    return _ended(params, gettext("the agreed price %(price)s") % {"price": price})


@deeds.says("standing_given")
def _standing_given(params: Mapping[str, Any]) -> str:
    told = gettext("Gave %(whose)s the status “%(standing)s”") % params
    until = gettext("held until %(day)s") % {"day": _day(params["until"])} if params.get("until") else ""
    return f"{told} {until}".strip() + "."


def _ended(params: Mapping[str, Any], what: str) -> str:
    about = f" ({params['what']})" if params.get("what") else ""
    told = {"what": f"{what}{about}", "whose": _whose(params)}
    return gettext("Ended for %(whose)s: %(what)s") % told + _from(params) + "."


def _figure(text: str) -> str:
    return format_number(Decimal(text), _language())


def _day(text: str) -> str:
    day = date.fromisoformat(text) if len(text) == 10 else timezone.localtime(datetime.fromisoformat(text)).date()
    return format_date(day, _language())


def _language() -> str:
    return get_language() or "en"
