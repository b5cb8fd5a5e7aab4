"""What can be wrong with products and their relations, in the reader's language."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from zveno.ui import words

_SENTENCES = {
    "product_not_listed": _("There is no such product in your range."),
    "related_to_itself": _("“%(code)s” cannot stand for itself. Choose another product."),
    "relation_not_found": _("This is not in the list any more. Reload the page."),
}


def register() -> None:
    """Let faults of this package speak."""
    words.register(_SENTENCES)
