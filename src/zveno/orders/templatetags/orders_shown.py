"""Tags for pages that show orders."""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString

from zveno.orders.shown import attention_phrase, state_tone, state_word
from zveno.ui.templatetags.ui import state_badge

register = template.Library()
register.filter("attention_phrase", attention_phrase)


@register.simple_tag
def order_state(state: str) -> SafeString:
    """The state of an order as a badge."""
    return state_badge(state_word(state), state_tone(state))
