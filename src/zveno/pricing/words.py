"""The explanation of a price in the reader's language: for a buyer in plain words, for the seller's people in full."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from zveno.pricing.rules.hints import Offer
from zveno.ui.formats import format_date, format_money, format_number
from zveno.ui.parts import Reason

Step = Mapping[str, Any]
# What to a buyer are no rules at all.
_ONLY_IN_FULL = frozenset({"less_exact", "later", "no_price"})
_LAYERS: dict[str, Promise] = {
    "contract": gettext_lazy("Discount by contract"),
    "status": gettext_lazy("Discount by status"),
    "volume": gettext_lazy("Discount for quantity"),
    "first_order": gettext_lazy("Discount on the first order"),
    "order_sum": gettext_lazy("Discount for the order's sum"),
}
_LOST: dict[str, Promise] = {
    "no_price": gettext_lazy("it has no price for this product"),
    "later": gettext_lazy("asked after the one that counts"),
    "agreed": gettext_lazy("the agreed price counts"),
    "less_exact": gettext_lazy("a rule nearer to the product counts"),
    "smaller": gettext_lazy("a larger one counts"),
    "closed": gettext_lazy("the agreed price is final"),
    "floor": gettext_lazy("the price is at its lowest"),
    "not_reached": gettext_lazy("not reached"),
}
_WAYS: dict[str, Promise] = {
    "nearest": gettext_lazy("Rounded to %(step)s"),
    "up": gettext_lazy("Rounded up to %(step)s"),
    "down": gettext_lazy("Rounded down to %(step)s"),
}


def reasons_of(trace: Iterable[Step], *, full: bool = False) -> list[Reason]:
    """The steps of a price's trace (see `pricing.rules.explaining`), each a line to be read; unknown ones left out.

    In full: also the rules that others outdid, with contract, dates and who set each.
    """
    told = list(trace) if full else _for_buyers(trace)
    return [reason for step in told if (reason := _reason(step, full)) is not None]


def _for_buyers(trace: Iterable[Step]) -> list[Step]:
    """Without what to a buyer are no rules; of the steps still ahead the nearest of each kind."""
    told, ahead = [], set()
    for step in trace:
        kind = (step.get("code"), step.get("layer"))
        if step.get("lost") in _ONLY_IN_FULL or (step.get("lost") == "not_reached" and kind in ahead):
            continue
        if step.get("lost") == "not_reached":
            ahead.add(kind)
        told.append(step)
    return told


def offer_words(offer: Offer) -> str:
    """What a little more in the order would give: «7 635 ₽ more in the order: −2 %»."""
    told = {
        "more": format_money(offer.missing, offer.currency, _language()),
        "percent": _figure(str(offer.rung.percent)),
    }
    about = offer.rung.target.name
    if about:
        return _("%(more)s more of “%(about)s” in the order: −%(percent)s %%") % {**told, "about": about}
    return _("%(more)s more in the order: −%(percent)s %%") % told


def layer_words(layer: str) -> str:
    """What a layer of discounts is called."""
    return str(_LAYERS[layer])


def _reason(step: Step, full: bool) -> Reason | None:
    label = _label(step, full)
    if not label:
        return None
    lost = str(step.get("lost", ""))
    effects = [_effect(step), _missing(step) if lost == "not_reached" else str(_LOST.get(lost, ""))]
    if full:
        effects += _source(step)
    value = step.get("value", step.get("price"))
    shown = Decimal(value) if value is not None else None
    return Reason(label, ", ".join(filter(None, effects)), shown, lost=bool(lost))


def _label(step: Step, full: bool) -> str:
    match step.get("code"):
        case "price_kind":
            return _("Price list “%(kind)s”") % {"kind": step["kind"]}
        case "own_price":
            return _("Agreed price")
        case "tier":
            return _("Price for %(from)s and more") % {"from": _figure(step["from"])}
        case "discount":
            return _discount(step, full)
        case "cap":
            return _("Discounts together come to no more than %(percent)s %%") % {"percent": _figure(step["percent"])}
        case "floor":
            named = full and step.get("kind")
            return _("Lowest price, by “%(kind)s”") % {"kind": named} if named else _("Lowest price")
        case "rounding":
            way = str(_WAYS.get(step.get("way", ""), ""))
            return way % {"step": _figure(step["step"])} if way else _("Rounded to the currency")
        case "no_price":
            return _("There is no price yet")
        case "erp_price":
            return _("Set in the accounting system")
        case "vat_included":
            return pgettext("price", "VAT is included")
        case "vat_on_top":
            return pgettext("price", "VAT is added on top")
    return ""


def _discount(step: Step, full: bool) -> str:
    # Orders of the first version told no layer.
    layer = step.get("layer", "contract")
    about, whose = step.get("about_name", ""), step.get("for", "own")
    if layer in ("volume", "order_sum"):
        amount = _figure(step["threshold"]) if layer == "volume" else _money(step["threshold"], step["currency"])
        label = _("%(discount)s from %(amount)s") % {"discount": _LAYERS[layer], "amount": amount}
    elif whose == "status":
        label = _("Discount of the status “%(status)s”") % {"status": step.get("status", "")}
    elif whose == "everybody" and layer == "contract":
        label = _("Discount for all buyers")
    elif layer == "contract" and not full:
        label = _("Your discount")
    else:
        label = str(_LAYERS[layer])
    return _("%(discount)s: %(what)s") % {"discount": label, "what": about} if about else label


def _effect(step: Step) -> str:
    match step.get("code"):
        case "price_kind" if step.get("since"):
            return _since(step["since"])
        case "own_price":
            return _since(step["since"])
        case "discount" if step.get("lost") != "not_reached":
            return f"−{_figure(step['percent'])} %"
    return ""


def _missing(step: Step) -> str:
    """«12 more for −5 %»."""
    if "missing" not in step:
        return f"−{_figure(step['percent'])} %" if "percent" in step else ""
    more = _money(step["missing"], step["currency"]) if step.get("layer") == "order_sum" else _figure(step["missing"])
    if "percent" in step:
        return _("%(more)s more for −%(percent)s %%") % {"more": more, "percent": _figure(step["percent"])}
    return _("%(more)s more") % {"more": more}


def _source(step: Step) -> list[str]:
    """Contract, day and author, as far as the step tells them."""
    told = []
    if step.get("region"):
        told.append(step["region"])
    if step.get("contract"):
        told.append(_("contract %(number)s") % {"number": step["contract"]})
    if step.get("given_since"):
        told.append(_("given since %(day)s") % {"day": _day(step["given_since"])})
    elif step.get("code") == "discount" and step.get("since"):
        told.append(_since(step["since"]))
    if step.get("set_by"):
        told.append(_("set by %(name)s") % {"name": _author(step["set_by"])})
    return told


def _author(name: str) -> str:
    return _("Zveno itself") if name == "system" else name


def _since(moment: str) -> str:
    day = _day(moment)
    return _("since %(day)s") % {"day": day} if day else ""


def _figure(text: str) -> str:
    return format_number(Decimal(text), _language())


def _money(text: str, currency: str) -> str:
    return format_money(Decimal(text), currency, _language())


def _language() -> str:
    return translation.get_language() or "en"


def _day(moment: str) -> str:
    try:
        return format_date(timezone.localtime(datetime.fromisoformat(moment)).date(), _language())
    except ValueError:
        return ""
