"""Supply as people read it: figures or bands, how sure arrivals are, what warehouses are to a buyer."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zveno.stock.rules.policy import Band, Figure
from zveno.stock.rules.words import Confidence, Figures, MovementKind, Opens, Promising
from zveno.ui.formats import format_quantity
from zveno.ui.navigation import Tone, Words

BANDS: Mapping[Band, Words] = {
    Band.NONE: pgettext_lazy("how much there is", "none"),
    Band.FEW: pgettext_lazy("how much there is", "few"),
    Band.ENOUGH: pgettext_lazy("how much there is", "enough"),
    Band.MANY: pgettext_lazy("how much there is", "many"),
}
CONFIDENCES: Mapping[Confidence, tuple[Words, Tone]] = {
    Confidence.CONFIRMED: (pgettext_lazy("arrival", "Confirmed"), "good"),
    Confidence.PLANNED: (_("Planned"), ""),
    Confidence.PRODUCED: (_("In production"), "info"),
}
PROMISING: Mapping[Promising, Words] = {
    Promising.PROMISE: _("Promised like stock"),
    Promising.ASK: _("Promised, the manager confirms"),
    Promising.SHOW: _("Shown only"),
    Promising.HIDE: _("Hidden"),
}
OPENS: Mapping[Opens, Words] = {
    Opens.SERVED: _("See it and are served"),
    Opens.SHOWN: _("See its stock only"),
    Opens.HIDDEN: _("Do not see it"),
}
FIGURES: Mapping[Figures, Words] = {
    Figures.EXACT: _("Exact quantities"),
    Figures.BANDS: _("Few, enough, many"),
}
MOVEMENTS: Mapping[MovementKind, Words] = {
    MovementKind.COUNT: pgettext_lazy("movement of stock", "Count of the accounting system"),
    MovementKind.ANNOUNCED: pgettext_lazy("movement of stock", "Arrival announced"),
    MovementKind.RECEIVED: pgettext_lazy("movement of stock", "Arrival received"),
    MovementKind.CANCELLED: pgettext_lazy("movement of stock", "Arrival cancelled"),
    MovementKind.RESERVED: pgettext_lazy("movement of stock", "Reserved"),
    MovementKind.RELEASED: pgettext_lazy("movement of stock", "Released"),
    MovementKind.SHIPPED: pgettext_lazy("movement of stock", "Shipped"),
    MovementKind.CORRECTED: pgettext_lazy("movement of stock", "Corrected"),
}

_SYSTEM = pgettext_lazy("who moved stock", "Automatically")


def figure_text(figure: Figure, unit: str = "") -> str:
    """`50 pcs`, or the band where only that is told."""
    if figure.quantity is None:
        return str(BANDS[figure.band])
    return format_quantity(figure.quantity, translation.get_language() or "en", unit=unit)


def mover_name(actor_name: str) -> str:
    """Who moved stock, as people read it."""
    return str(_SYSTEM) if actor_name == "system" else actor_name


def confidence_word(confidence: Confidence) -> str:
    """How sure an arrival is, in a word or two."""
    return str(CONFIDENCES[confidence][0])


def confidence_tone(confidence: Confidence) -> Tone:
    """The colour of it."""
    return CONFIDENCES[confidence][1]
