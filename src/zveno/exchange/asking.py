"""What a connection asks of people, in words: what is the matter and what to do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext, ngettext_lazy
from django.utils.translation import gettext_lazy as _

from zveno.exchange.ports import Words
from zveno.exchange.rules.attention import Attention


@dataclass(frozen=True, slots=True)
class ShownAttention:
    """What must be known of a connection, and what to do."""

    tone: str
    text: str
    todo: str


def shown_attention(attention: Sequence[Attention]) -> list[ShownAttention]:
    """What a connection asks for, in words."""
    return [ShownAttention(one.tone, _attention_text(one), str(_TODO[one.code])) for one in attention]


_TODO: Mapping[str, Words] = {
    "off_with_orders": _("Switch it on, or enter the orders in 1С by hand."),
    "never_called": _("Type the address, the login and the password into 1С and run the exchange."),
    "silent": _("Check in 1С that the schedule of the exchange is on and that its last run ended without an error."),
    "queue_stuck": _("The work on our side stands still: tell the operator."),
    "orders_unconfirmed": _("1С takes the orders but does not say that it saved them: see its log of the exchange."),
    "orders_not_fetched": _("Tick the exchange of orders in 1С and run it."),
    "files_refused": _("Open the journal: each file says what is wrong and what to do."),
    "objects_refused": _("Open the last exchange: it says which and why."),
}


def _attention_text(one: Attention) -> str:
    params = one.params
    if one.code == "silent":
        return _silent(params["hours"])
    if one.code == "never_called":
        return gettext("1С has not called yet")
    return str(_TEXTS[one.code] % {"number": next(iter(params.values()))})


def _silent(hours: int) -> str:
    if hours < 48:
        return ngettext("No contact for %(number)s hour", "No contact for %(number)s hours", hours) % {"number": hours}
    days = hours // 24
    return ngettext("No contact for %(number)s day", "No contact for %(number)s days", days) % {"number": days}


_TEXTS: Mapping[str, Promise] = {
    "off_with_orders": ngettext_lazy(
        "%(number)s order waits for a connection that is off",
        "%(number)s orders wait for a connection that is off",
        "number",
    ),
    "queue_stuck": ngettext_lazy(
        "%(number)s file waits to be applied", "%(number)s files wait to be applied", "number"
    ),
    "orders_unconfirmed": ngettext_lazy(
        "%(number)s order is not confirmed", "%(number)s orders are not confirmed", "number"
    ),
    "orders_not_fetched": ngettext_lazy(
        "%(number)s order is not fetched", "%(number)s orders are not fetched", "number"
    ),
    "files_refused": ngettext_lazy(
        "%(number)s file was refused",
        "%(number)s files were refused",
        "number",
    ),
    "objects_refused": ngettext_lazy(
        "%(number)s object was not taken",
        "%(number)s objects were not taken",
        "number",
    ),
}
