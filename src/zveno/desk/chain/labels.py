"""Words of the chain: steps, cuts, signals, names of keys."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from zveno.desk.chain.asking import DIRECT
from zveno.insight.queries.dimensions import Dimensions
from zveno.insight.rules.signals import Signal
from zveno.insight.rules.tables import OTHERS, UNKNOWN, lift
from zveno.ui.navigation import Tone, Words

STEP_LABELS: dict[str, Words] = {
    "both": gettext_lazy("Side by side"),
    "primary": pgettext_lazy("sales", "Primary"),
    "secondary": pgettext_lazy("sales", "Secondary"),
}
STEP_TITLES: dict[str, Words] = {
    "primary": gettext_lazy("Primary sales"),
    "secondary": gettext_lazy("Secondary sales"),
}
CUT_LABELS: dict[str, Words] = {
    "distributor": gettext_lazy("By distributor"),
    "group": gettext_lazy("By product group"),
    "subgroup": gettext_lazy("By subgroup"),
    "district": gettext_lazy("By federal district"),
    "region": gettext_lazy("By region"),
}
CUT_HEADS: dict[str, Words] = {
    "distributor": gettext_lazy("Distributor"),
    "group": gettext_lazy("Product group"),
    "subgroup": gettext_lazy("Subgroup"),
    "district": gettext_lazy("Federal district"),
    "region": gettext_lazy("Region"),
}
UNIT_LABELS: dict[str, Words] = {
    "amount": pgettext_lazy("money", "Sum"),
    "quantity": gettext_lazy("Quantity"),
}
SIGNALS: dict[Signal, tuple[Words, Tone]] = {
    Signal.STUCK: (gettext_lazy("stuck"), "warn"),
    Signal.RUSH: (gettext_lazy("rush"), "info"),
    Signal.DEFICIT: (gettext_lazy("deficit"), "bad"),
}

# The column of the facts a cut groups by, and how deep in its tree the rows stand.
KEY_OF = {
    "distributor": "distributor",
    "group": "group",
    "subgroup": "group",
    "district": "region",
    "region": "region",
}
_DEPTH = {"group": 0, "subgroup": 1, "district": 1, "region": 2}


def lifting(cut: str, known: Dimensions) -> Callable[[int], int]:
    """How a key of the facts becomes a row of the cut."""
    if cut == "distributor":
        return lambda key: key
    tree = known.groups if KEY_OF[cut] == "group" else known.regions
    return lift(tree.parents, depth=_DEPTH[cut])


def name_of(cut: str, key: int, known: Dimensions) -> str:
    """The name of a row."""
    if key == OTHERS:
        return _("Others")
    if cut == "distributor":
        return _("Direct clients") if key == DIRECT else known.distributors.get(key, "—")
    if KEY_OF[cut] == "group":
        return _("No group") if key == UNKNOWN else known.groups.names[key]
    return _("Region not told") if key == UNKNOWN else known.regions.names[key]
