"""What was done to stock, and what can be wrong with it, in the reader's language."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from zveno.ui import deeds, words

_SENTENCES = {
    "warehouse_not_found": _("There is no such warehouse, or it is not yours."),
    "buyer_not_known": _("There is no such client of yours."),
    "region_not_known": _("There is no such region."),
    "bands_out_of_order": _("“Many” begins at %(many_from)s, which is below “few”: %(few_below)s."),
    "number_out_of_range": _("A whole number from %(least)s to %(most)s is needed here."),
}


def register() -> None:
    """Let faults of this package speak."""
    words.register(_SENTENCES)


deeds.register(
    {
        "stock_mended": _("Mended the stock figures: %(count)s differences."),
        "supply_policy_changed": _("Changed how supply is promised and shown."),
        "warehouse_opened": _("Changed to whom the warehouse %(warehouse)s is open."),
    },
    tones={"stock_mended": "warn"},
)
