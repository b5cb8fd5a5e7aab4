"""What differences of stock are called, and what mending them does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from zveno.stock.queries.differences import DifferenceKind
from zveno.ui.navigation import Words


@dataclass(frozen=True, slots=True)
class DifferenceWords:
    """A kind of difference: its name, what the two figures are, what mending does."""

    title: Words
    stands: Words
    should: Words
    mending: Words


DIFFERENCES: Mapping[DifferenceKind, DifferenceWords] = {
    DifferenceKind.STRAY: DifferenceWords(
        _("Goods held for orders that are over"),
        _("held"),
        _("to hold"),
        _("Mending releases them."),
    ),
    DifferenceKind.HELD: DifferenceWords(
        _("What is held is not the sum of the reservations"),
        _("counter"),
        _("reservations"),
        _("Mending sets the counter to the sum of the reservations."),
    ),
    DifferenceKind.LEDGER: DifferenceWords(
        _("The movements do not add up to the figure"),
        _("movements"),
        _("figure"),
        _("Mending writes a correction into the movements."),
    ),
    DifferenceKind.ERP: DifferenceWords(
        _("Not what the accounting system counted last"),
        _("here"),
        _("accounting system"),
        _("Mending takes over its count, with what has moved since."),
    ),
    DifferenceKind.OVER: DifferenceWords(
        _("More is promised than there is"),
        _("promised"),
        _("there is"),
        _("Mending takes the excess from the orders that need it latest, and looks for other goods for them."),
    ),
}
