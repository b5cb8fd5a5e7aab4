"""One place, entered or corrected by hand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from zveno.base.audit import record
from zveno.base.tx import in_transaction
from zveno.delivery.actions.take_places import searchable
from zveno.delivery.errors import PlaceNotFound
from zveno.delivery.models import Place
from zveno.delivery.rules.cities import city_code


@in_transaction
def save_place(
    *,
    place_id: int | None,
    name: str,
    name_en: str,
    region_code: str,
    region: str,
    region_en: str,
    latitude: Decimal,
    longitude: Decimal,
    time_zone: str,
    aliases: Sequence[str],
    is_active: bool,
    now: datetime,
    country: str = "RU",
) -> Place:
    """Make the place (`place_id` is `None`) or change it; its code stays. Raises PlaceNotFound."""
    place = Place.objects.select_for_update().filter(pk=place_id).first() if place_id is not None else Place()
    if place is None:
        raise PlaceNotFound()
    place.name, place.name_en, place.country = name, name_en, country
    place.region_code, place.region, place.region_en = region_code.upper(), region, region_en
    place.latitude, place.longitude, place.time_zone = latitude, longitude, time_zone
    place.aliases, place.is_active = list(aliases), is_active
    place.search_text = searchable(place)
    if not place.code:
        place.code = _free_code(city_code(place.region_code, name_en or name))
    place.save()
    record(action="place_saved", subject=place, now=now, name=name)
    return place


def _free_code(wanted: str) -> str:
    code, number = wanted, 1
    while Place.objects.filter(code=code).exists():
        number += 1
        code = f"{wanted[:56]}-{number}"
    return code
