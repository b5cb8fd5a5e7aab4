"""Tags for pages that show delivery."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from zveno.delivery.queries.parcels import ParcelValue
from zveno.delivery.shown import days_between, parcel_tone, parcel_word, problem_words, timeline_of, why_of
from zveno.ui.templatetags.ui import money_text, state_badge

register = template.Library()


@register.simple_tag
def parcel_state(state: str) -> SafeString:
    """The state of a parcel as a badge."""
    return state_badge(parcel_word(state), parcel_tone(state))


@register.simple_tag
def delivery_days(first: date | None, last: date | None) -> str:
    """Between which days it arrives."""
    return days_between(first, last)


@register.simple_tag
def delivery_cost(cost: Decimal | None, is_from: bool = False, currency: str = "RUB") -> SafeString:
    """A cost; `from` before one that is at least so much; words for what is not told yet."""
    if cost is None:
        return format_html('<span class="z-muted">{}</span>', _("to be told"))
    told = pgettext("delivery", "free") if cost == 0 and not is_from else money_text(cost, currency)
    words = _("from %(sum)s") % {"sum": told} if is_from else told
    return format_html('<span class="z-num">{}</span>', words)


@register.inclusion_tag("delivery/cost_why.html")
def cost_why(
    cost: Decimal | None, is_from: bool, currency: str, trace: Iterable[Mapping[str, str]]
) -> dict[str, object]:
    """A cost that tells its steps when asked."""
    return {"cost": cost, "is_from": is_from, "currency": currency, "reasons": why_of(trace, currency)}


@register.simple_tag
def delivery_problem(code: str, params: Mapping[str, Any] | None = None) -> str:
    """Why a carrier cannot be had, or its cost is not known."""
    return problem_words(code, params or {})


@register.inclusion_tag("ui/parts/timeline.html")
def parcel_timeline(parcel: ParcelValue) -> dict[str, object]:
    """Everything said of a parcel."""
    return {"events": timeline_of(parcel)}


@register.filter
def late_on(parcel: ParcelValue, today: date) -> bool:
    """Whether the parcel should have been there."""
    return parcel.is_late(today)
