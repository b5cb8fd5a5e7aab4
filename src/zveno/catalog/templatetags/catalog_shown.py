"""Tags for pages that show products."""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString

from zveno.catalog.labels import relation_word
from zveno.catalog.rules.relations import RelationKind
from zveno.ui.templatetags.ui import state_badge

register = template.Library()


@register.simple_tag
def relation_badge(kind: RelationKind) -> SafeString:
    """How one product serves for another."""
    return state_badge(relation_word(kind), "info" if kind is RelationKind.SUBSTITUTE else "")


register.simple_tag(relation_word)
