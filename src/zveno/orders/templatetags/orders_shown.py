"""Tags for pages that show orders."""

from __future__ import annotations

from collections.abc import Mapping

from django import template
from django.utils.safestring import SafeString

from zveno.orders.labels import requisition_tone, requisition_word
from zveno.orders.need_labels import answer_words, need_tone, need_word, what_is_open, why_needed
from zveno.orders.queries.order_list import OrderRow
from zveno.orders.rules.needs import NeedState
from zveno.orders.shown import attention_phrase, source_word, state_tone, state_word
from zveno.ui.templatetags.ui import state_badge

register = template.Library()
register.filter("attention_phrase", attention_phrase)
register.filter("source_word", source_word)
register.filter("why_needed", why_needed)
register.filter("what_is_open", what_is_open)
register.filter("answer_words", answer_words)


@register.simple_tag
def order_state(state: str) -> SafeString:
    """The state of an order as a badge."""
    return state_badge(state_word(state), state_tone(state))


@register.simple_tag
def need_state(state: NeedState) -> SafeString:
    """The state of a need as a badge."""
    return state_badge(need_word(state), need_tone(state))


@register.simple_tag
def requisition_state(state: str) -> SafeString:
    """The state of a requisition as a badge."""
    return state_badge(requisition_word(state), requisition_tone(state))


@register.simple_tag
def order_of(orders: Mapping[int, OrderRow], order_id: int) -> OrderRow | None:
    """The order with that id among `orders`."""
    return orders.get(order_id)
