"""What relations of products are called."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from zveno.catalog.rules.relations import RelationKind
from zveno.ui.navigation import Words

RELATIONS: Mapping[RelationKind, Words] = {
    RelationKind.SUBSTITUTE: _("Substitute"),
    RelationKind.ANALOGUE: _("Analogue"),
    RelationKind.ACCESSORY: _("Accessory"),
}


def relation_word(kind: RelationKind) -> str:
    """The relation in a word."""
    return str(RELATIONS[kind])
