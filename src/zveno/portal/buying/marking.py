"""Marking in a text what was typed."""

from __future__ import annotations

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from zveno.catalog.rules.search import Typed, matched_spans


def marked(text: str, search: Typed) -> SafeString:
    """`text` with the typed parts in `<mark>`, escaped."""
    parts: list[SafeString] = []
    at = 0
    for start, end in matched_spans(text, search) if search else ():
        parts += [conditional_escape(text[at:start]), format_html("<mark>{}</mark>", text[start:end])]
        at = end
    parts.append(conditional_escape(text[at:]))
    return mark_safe("".join(parts))  # noqa: S308 - every part is escaped above
