"""What the address of a list of arrivals or of a ledger asks for. Unknown things in it are ignored."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.http import QueryDict
from django.utils import translation
from django.utils.translation import gettext as _

from zveno.kit.errors import Fault
from zveno.stock.queries.arrivals import ArrivalFilter
from zveno.stock.rules.words import Confidence
from zveno.stock.shown import confidence_word
from zveno.ui.formats import format_date
from zveno.ui.pages import Chip, replaced
from zveno.ui.typed import date_of


@dataclass(frozen=True, slots=True)
class AskedDays:
    """Days of the address, both inclusive."""

    starts_on: date | None
    ends_on: date | None

    def moments(self, time_zone: str) -> tuple[datetime | None, datetime | None]:
        """The half-open period of moments, where `time_zone` is."""
        zone = ZoneInfo(time_zone)
        end = self.ends_on + timedelta(days=1) if self.ends_on and self.ends_on < date.max else None
        return (
            datetime.combine(self.starts_on, time(), zone) if self.starts_on else None,
            datetime.combine(end, time(), zone) if end else None,
        )


@dataclass(frozen=True, slots=True)
class AskedArrivals:
    """The address, read: for the query, for the form, and in words."""

    query: QueryDict
    text: str
    wanted: ArrivalFilter
    days: AskedDays
    page: int
    chips: Sequence[Chip]
    confidences: Sequence[tuple[str, str, bool]]
    warehouses: Sequence[tuple[int, str, bool]]

    @property
    def narrowed(self) -> bool:
        return bool(self.chips or self.text)


def read_days(query: QueryDict) -> AskedDays:
    """The days `from` and `to` of the address; what is no day is left out."""
    return AskedDays(_day(query.get("from", "")), _day(query.get("to", "")))


def day_chips(query: QueryDict, days: AskedDays, label: str) -> list[Chip]:
    """The period in words, if there is one."""
    if days.starts_on is None and days.ends_on is None:
        return []
    language = translation.get_language() or "en"
    ends = [format_date(day, language) if day else "…" for day in (days.starts_on, days.ends_on)]
    return [Chip(label, " – ".join(ends), replaced(query, **{"from": None, "to": None}))]


def read_arrivals(query: QueryDict, *, warehouses: Mapping[int, str], among: Any = None) -> AskedArrivals:
    """What `query` asks of a list of arrivals at `warehouses` (id to name); `among` narrows to products."""
    days, page = read_days(query), query.get("page", "")
    place = next((key for key in warehouses if str(key) == query.get("warehouse")), None)
    confidence = next((one for one in Confidence if one.value == query.get("confidence")), None)
    chips = day_chips(query, days, _("Due"))
    if place is not None:
        chips.append(Chip(_("Warehouse"), warehouses[place], replaced(query, warehouse=None)))
    if confidence is not None:
        chips.append(Chip("", confidence_word(confidence), replaced(query, confidence=None)))
    return AskedArrivals(
        query=query,
        text=query.get("q", "")[:120],
        wanted=ArrivalFilter(days.starts_on, days.ends_on, place, confidence, among),
        days=days,
        page=int(page) if page.isascii() and page.isdigit() and 0 < len(page) < 6 and int(page) else 1,
        chips=chips,
        confidences=[(one.value, confidence_word(one), one is confidence) for one in Confidence],
        warehouses=[(key, name, key == place) for key, name in sorted(warehouses.items(), key=lambda item: item[1])],
    )


def _day(text: str) -> date | None:
    try:
        return date_of(text)
    except Fault:
        return None
