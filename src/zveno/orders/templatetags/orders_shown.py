"""Tags for pages that show orders."""

from __future__ import annotations

from collections.abc import Mapping

from django import template
from django.utils.safestring import SafeString

from zveno.orders.queries.order_list import OrderRow
from zveno.orders.shown import attention_phrase, state_tone, state_word
from zveno.ui.templatetags.ui import state_badge

register = template.Library()
register.filter("attention_phrase", attention_phrase)


@register.simple_tag
def order_state(state: str) -> SafeString:
    """The state of an order as a badge."""
    return state_badge(state_word(state), state_tone(state))


@register.simple_tag
def order_of(orders: Mapping[int, OrderRow], order_id: int) -> OrderRow | None:
    """The order with that id among `orders`."""
    return orders.get(order_id)
