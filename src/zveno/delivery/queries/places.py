"""Places: one, those that a few letters may mean, and what a typed address says."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from zveno.delivery.models import CalendarDay, Place
from zveno.delivery.rules.addresses import Gazetteer, Reading, Settlement
from zveno.delivery.rules.calendar import Calendar
from zveno.delivery.rules.geo import Point
from zveno.kit.codes import fold_text


@dataclass(frozen=True, slots=True)
class PlaceValue:
    """A settlement with its region and its clock."""

    id: int
    code: str
    name: str
    name_en: str
    country: str
    region_code: str
    region: str
    region_en: str
    point: Point
    time_zone: str

    def shown(self, language: str) -> str:
        """The name and the region, where it is not the city itself, in the reader's language."""
        name, region = (self.name, self.region) if language == "ru" else (self.name_en, self.region_en)
        name, region = name or self.name, region or self.region
        return name if region == name else f"{name}, {region}"

    def hour(self, now: datetime) -> int:
        """The hour on the clock of the place."""
        return now.astimezone(ZoneInfo(self.time_zone)).hour

    def today(self, now: datetime) -> date:
        """The date on the calendar of the place."""
        return now.astimezone(ZoneInfo(self.time_zone)).date()


def places_with(ids: Collection[int]) -> dict[int, PlaceValue]:
    """The places with these ids. One SQL statement."""
    return {row.pk: place_value(row) for row in Place.objects.filter(pk__in=set(ids))} if ids else {}


def place_with(place_id: int) -> Place | None:
    """One place, switched off ones too."""
    return Place.objects.filter(pk=place_id).first()


def places_like(*, text: str, limit: int = 10) -> list[PlaceValue]:
    """Places of which a word begins with what is typed, cities called so first. One SQL statement."""
    folded = fold_text(text)
    if not folded:
        return []
    rows = Place.objects.filter(is_active=True, search_text__contains=folded)[:200]
    ranked = sorted(rows, key=lambda row: (_rank(row, folded), row.name, row.pk))
    return [place_value(row) for row in ranked[:limit]]


def all_places(*, search: str = "") -> QuerySet[Place, Any]:
    """Every place that holds the words, as a lazy set."""
    rows = Place.objects.all()
    for word in fold_text(search).split():
        rows = rows.filter(search_text__contains=word)
    return rows


def read_address(text: str, *, chosen: int | None = None) -> Reading:
    """What a typed address says; `chosen` is the place that a doubt was answered with. One SQL statement."""
    return gazetteer().read(text, chosen=chosen)


def gazetteer() -> Gazetteer:
    """All known places, to read several addresses by. One SQL statement."""
    fields = ("pk", "region_code", "region", "name", "name_en", "aliases")
    rows = Place.objects.filter(is_active=True).values_list(*fields)
    return Gazetteer(
        Settlement(pk, region_code, region, tuple(name for name in (name, english, *aliases) if name))
        for pk, region_code, region, name, english, aliases in rows
    )


def regions() -> dict[str, str]:
    """Code → name of every region that has places. One SQL statement."""
    rows = Place.objects.order_by("region_code").values_list("region_code", "region").distinct("region_code")
    return dict(rows)


def calendar() -> Calendar:
    """The working calendar. One SQL statement."""
    return Calendar(dict(CalendarDay.objects.values_list("day", "works")))


def calendar_days() -> QuerySet[CalendarDay, Any]:
    """The days that differ, the latest first."""
    return CalendarDay.objects.order_by("-day")


def place_value(row: Place) -> PlaceValue:
    """A row as a value."""
    return PlaceValue(
        id=row.pk,
        code=row.code,
        name=row.name,
        name_en=row.name_en,
        country=row.country,
        region_code=row.region_code,
        region=row.region,
        region_en=row.region_en,
        point=Point(Decimal(row.latitude), Decimal(row.longitude)),
        time_zone=row.time_zone,
    )


def _rank(row: Place, folded: str) -> int:
    names = [fold_text(name) for name in (row.name, row.name_en, *row.aliases)]
    if folded in names:
        return 0
    return 1 if any(name.startswith(folded) for name in names) else 2
