"""Places from a table or from the list that an installation begins with: new ones are made, known ones brought up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from zveno.base.audit import record
from zveno.base.tx import in_transaction
from zveno.delivery.errors import NothingToTake
from zveno.delivery.models import Place
from zveno.delivery.rules.cities import cities
from zveno.delivery.rules.tables import PlaceLine
from zveno.kit.codes import fold_text

_FIELDS = (
    "name", "name_en", "country", "region_code", "region", "region_en", "latitude", "longitude", "time_zone", "aliases",
    "search_text",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PlacesTaken:
    """How many were new, and how many known ones were told again."""

    new: int
    known: int


@in_transaction
def take_places(*, lines: Sequence[PlaceLine], now: datetime) -> PlacesTaken:
    """Make or change the places of a table, known by their code. Two SQL statements. Raises NothingToTake."""
    if not lines:
        raise NothingToTake()
    taken = _write([_row_of(line) for line in lines])
    first = Place.objects.get(code=lines[0].code)
    record(action="places_taken", subject=first, now=now, new=taken.new, known=taken.known)
    return taken


@in_transaction
def load_first_places() -> int:
    """The list that an installation begins with, into an empty table; returns how many were made."""
    if Place.objects.exists():
        return 0
    return _write(
        [
            Place(
                code=city.code,
                name=city.name,
                name_en=city.name_en,
                region_code=city.region_code,
                region=city.region,
                region_en=city.region_en,
                latitude=city.latitude,
                longitude=city.longitude,
                time_zone=city.time_zone,
                aliases=list(city.aliases),
            )
            for city in cities()
        ]
    ).new


def searchable(place: Place) -> str:
    """What a search of places finds this one by."""
    return fold_text(" ".join([place.name, place.name_en, *place.aliases, place.region, place.region_en]))


def _row_of(line: PlaceLine) -> Place:
    return Place(
        code=line.code,
        name=line.name,
        name_en=line.name_en,
        region_code=line.region_code,
        region=line.region,
        region_en=line.region_en,
        latitude=line.latitude,
        longitude=line.longitude,
        time_zone=line.time_zone,
        aliases=list(line.aliases),
    )


def _write(rows: list[Place]) -> PlacesTaken:
    for row in rows:
        row.search_text = searchable(row)
    known = Place.objects.filter(code__in=[row.code for row in rows]).count()
    Place.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["code"], update_fields=_FIELDS, batch_size=2000
    )
    return PlacesTaken(len(rows) - known, known)
