"""Tags for pages that show supply."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from django import template
from django.utils import translation
from django.utils.html import format_html
from django.utils.safestring import SafeString

from zveno.catalog.queries.names import NamedProduct
from zveno.stock.queries.differences import Difference
from zveno.stock.rules.policy import Figure
from zveno.stock.rules.words import Confidence
from zveno.stock.shown import confidence_tone, confidence_word, figure_text, mover_name
from zveno.ui.formats import format_number
from zveno.ui.templatetags.ui import state_badge

register = template.Library()


@register.filter
def signed(value: Decimal) -> str:
    """A change of a quantity with its sign: `+5`, `−5`."""
    figure = format_number(abs(value), translation.get_language() or "en")
    return f"\N{MINUS SIGN}{figure}" if value < 0 else f"+{figure}"


@register.filter
def mover(actor_name: str) -> str:
    """Who moved stock, as people read it."""
    return mover_name(actor_name)


@register.simple_tag
def figure(value: Figure, unit: str = "") -> SafeString:
    """A quantity as its reader may know it: exactly, or as a band."""
    return format_html('<span class="z-num">{}</span>', figure_text(value, unit))


@register.simple_tag
def confidence_badge(value: Confidence) -> SafeString:
    """How sure an arrival is."""
    return state_badge(confidence_word(value), confidence_tone(value))


@register.simple_tag
def difference_names(
    row: Difference, products: Mapping[int, NamedProduct], places: Mapping[int, str]
) -> dict[str, str]:
    """Of a difference: the product's code and name, the warehouse."""
    product = products.get(row.product_id)
    return {
        "code": product.code if product else "",
        "name": product.name if product else f"№ {row.product_id}",
        "place": places.get(row.warehouse_id, ""),
    }
