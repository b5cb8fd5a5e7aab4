"""The explanation of a price in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from zveno.ui.formats import format_date, format_number
from zveno.ui.parts import Reason


def reasons_of(trace: Iterable[Mapping[str, Any]]) -> list[Reason]:
    """The steps of a price's trace (see `pricing.rules.quote`), each a line to be read. Unknown steps are left out."""
    return [reason for step in trace if (reason := _reason(step)) is not None]


def _reason(step: Mapping[str, Any]) -> Reason | None:
    language = translation.get_language() or "en"
    match step.get("code"):
        case "price_kind":
            since = _day(step.get("since", ""), language)
            effect = _("since %(day)s") % {"day": since} if since else ""
            return Reason(_("Price list “%(kind)s”") % {"kind": step["kind"]}, effect, Decimal(step["value"]))
        case "tier":
            return Reason(_("Price for %(from)s and more") % {"from": _figure(step["from"], language)})
        case "discount":
            percent = _figure(step["percent"], language)
            return Reason(_("Your discount"), f"−{percent} %", Decimal(step["value"]))
        case "no_price":
            return Reason(_("There is no price yet"))
        case "erp_price":
            return Reason(_("Set in the accounting system"))
        case "vat_included":
            return Reason(pgettext("price", "VAT is included"))
        case "vat_on_top":
            return Reason(pgettext("price", "VAT is added on top"))
    return None


def _figure(text: str, language: str) -> str:
    return format_number(Decimal(text), language)


def _day(moment: str, language: str) -> str:
    try:
        return format_date(timezone.localtime(datetime.fromisoformat(moment)).date(), language)
    except ValueError:
        return ""
