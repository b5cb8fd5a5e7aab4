"""The pages about prices, as tabs."""

from __future__ import annotations

from django.utils.translation import gettext as _

from zveno.ui.navigation import Item


def price_tabs() -> list[Item]:
    """The tabs of the section."""
    return [
        Item("kinds", _("Price lists"), "selling:prices"),
        Item("offers", _("Discounts for all"), "selling:price-offers"),
        Item("rules", _("Statuses and rules"), "selling:price-rules"),
        Item("answer", _("Price on a day"), "selling:price-answer"),
    ]
