"""Tags for pages that show claims."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django import template
from django.utils.safestring import SafeString

from zveno.claims.queries.claim_list import ClaimRow
from zveno.claims.queries.claim_page import EventValue
from zveno.claims.shown import event_of, kind_word, outcome_word, state_tone, state_word
from zveno.ui.parts import Event
from zveno.ui.templatetags.ui import state_badge

register = template.Library()

register.filter("kind_word", kind_word)
register.filter("outcome_word", outcome_word)


@register.simple_tag
def claim_state(state: str) -> SafeString:
    """The state of a claim as a badge."""
    return state_badge(state_word(state), state_tone(state))


@register.filter
def late_claim(row: ClaimRow, today: date) -> bool:
    """Whether the seller should have answered already."""
    return row.is_late(today)


@register.inclusion_tag("ui/parts/timeline.html")
def claim_timeline(events: Sequence[EventValue]) -> dict[str, list[Event]]:
    """What happened to a claim and was said on it."""
    return {"events": [event_of(event) for event in events]}
