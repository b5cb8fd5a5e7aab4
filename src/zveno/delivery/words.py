"""What can be wrong with delivery, and what was done to it, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zveno.kit.errors import Fault
from zveno.ui import deeds, words
from zveno.ui.formats import format_date

_SENTENCES = {
    "place_not_found": _("There is no such place in the list."),
    "place_unknown": _(
        "No known settlement was found in “%(typed)s”. Begin with the city; if it is missing in the list, ask the "
        "operator to add it."
    ),
    "place_doubtful": _("“%(typed)s” may mean several places. Choose one."),
    "place_in_use": _("%(name)s is in use and stays."),
    "carrier_not_found": _("There is no such carrier."),
    "carrier_name_taken": _("There is a carrier called %(name)s already."),
    "carrier_kind_unknown": _("There is no such kind of carrier."),
    "carrier_has_no_system": _("%(carrier)s has no system that parcels could be booked in: enter its number by hand."),
    "account_incomplete": _("To sign in with the carrier this is needed: %(lacks)s."),
    "zone_not_found": _("There is no such zone."),
    "zone_name_taken": _("There is a zone called %(name)s already."),
    "zone_in_use": _("Tariffs go by the zone %(name)s: it stays. Its entries may be changed."),
    "zone_entries_unknown": _("No such place or region: %(lines)s"),
    "zone_entries_doubtful": _("Several places are called so; write the region after the name: %(lines)s"),
    "warehouse_unknown": _("There is no such warehouse."),
    "address_not_found": _("There is no such address, or it is out of use."),
    "pick_unknown": _("This carrier is not to be chosen here."),
    "tariff_heads_missing": _("No heading was found. The table needs the columns: %(needed)s."),
    "nothing_to_take": _("The table has no row that could be taken."),
    "segment_not_found": _("There is no such part of the order. Reload the page."),
    "segment_has_no_carrier": _("Nobody is chosen to carry what leaves %(warehouse)s. Choose a carrier first."),
    "segment_lacks_weight": _("The weight of what leaves %(warehouse)s is not known: a carrier takes no parcel so."),
    "parcel_not_found": _("There is no such parcel, or it is not yours to see."),
    "parcel_booked_already": _("This part of the order has a parcel already: %(number)s."),
    "parcel_too_far_on": _("The parcel %(number)s has gone too far for this."),
    "tracking_number_missing": _("Enter the number of the waybill."),
    "carrier_silent": _("The carrier does not answer. Try again in a few minutes."),
    "seal_broken": _("The carrier's password was kept under another key of this house. Enter it anew."),
}
_CELLS: Mapping[str, Any] = {
    "cell_missing": _("nothing stands here"),
    "not_a_number": _("“%(told)s” is not a number"),
    "not_whole": _("“%(told)s” is not a whole number"),
    "number_out_of_range": _("“%(told)s” is out of range"),
    "not_weekdays": _("“%(told)s” names no days of the week"),
    "too_long": _("longer than %(longest)s letters"),
    "zone_unknown": _("there is no zone “%(name)s”: make it first, or correct the name"),
    "time_zone_unknown": _("there is no time zone “%(name)s”"),
    "row_repeated": _("says the same as row %(row)s"),
    "band_empty": _("up to %(upto)s kg is not above %(over)s kg"),
    "days_turned": _("%(max)s days is less than %(min)s"),
}


def cell_words(code: str, params: Mapping[str, str]) -> str:
    """What is wrong in a cell of a sent table."""
    sentence = _CELLS.get(code)
    return str(sentence) % params if sentence else code


def register() -> None:
    """Let faults of this package speak."""
    words.register(_SENTENCES)


@words.says("period_turned")
def _period(fault: Fault) -> str:
    day = format_date(date.fromisoformat(str(fault.params["on"])), translation.get_language() or "en")
    return gettext("What holds now began on %(day)s: choose that day or a later one.") % {"day": day}


@words.says("carrier_refused")
def _refused(fault: Fault) -> str:
    return gettext("The carrier refuses: %(words)s") % {"words": fault.params.get("words", "")}


deeds.register(
    {
        "places_taken": _("Loaded places: %(new)s new, %(known)s told again."),
        "place_saved": _("Saved the place %(name)s."),
        "calendar_day_set": _("Changed the calendar on %(day)s."),
        "calendar_day_lifted": _("Let %(day)s be as usual again."),
        "carrier_saved": _("Saved the carrier %(name)s."),
        "carrier_terms_set": _("Set the terms of %(name)s from %(on)s."),
        "surcharge_set": _("Set a surcharge of %(name)s from %(on)s."),
        "surcharge_ended": _("Ended a surcharge of %(name)s on %(on)s."),
        "zone_saved": _("Saved the zone %(name)s."),
        "zone_removed": _("Removed the zone %(name)s."),
        "tariff_taken": _("Loaded the tariff of %(name)s from %(on)s: %(new)s rows new, %(same)s as before."),
        "warehouse_placed": _("Said that a warehouse stands in %(place)s."),
        "fragile_attribute_set": _("Named the attribute of fragile goods: %(name)s"),
        "carrier_account_set": _("Changed the account of the carrier %(name)s."),
        "webhook_secret_renewed": _("Made a new address for messages of %(name)s."),
        "address_saved": _("Saved the delivery address %(address)s."),
        "address_archived": _("Took the delivery address %(address)s out of use."),
        "parcel_booking": _("Booked a parcel with %(carrier)s for the order %(order)s."),
        "parcel_sent": _("Handed the parcel %(number)s of the order %(order)s to %(carrier)s."),
        "parcel_cancelled": _("Called off the parcel %(number)s."),
        "parcel_said": _("Said how far the parcel %(number)s is."),
        "tracking_number_set": _("Entered the waybill %(number)s of the order %(order)s."),
        "delivery_charged": _("Charged the delivery of the order %(number)s."),
    },
    tones={"parcel_cancelled": "warn"},
)
