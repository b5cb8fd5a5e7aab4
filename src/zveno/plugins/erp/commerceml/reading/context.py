"""What the reading of one file keeps in hand: dictionaries, doubts not yet told, place and time, counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from typing import TypeVar

from zveno.exchange.rules.messages import AttributeValue, Doubt, PropertyKind
from zveno.plugins.erp.commerceml.dictionaries import Dictionaries
from zveno.plugins.erp.commerceml.reading import values
from zveno.plugins.erp.commerceml.reading.elements import Element, text
from zveno.plugins.erp.commerceml.reading.words import currency_code

_T = TypeVar("_T")
_LONGEST_TOLD = 80
_MOST_ONCE = 200


@dataclass(slots=True)
class Reading:
    """One file being read. `doubt` and the parsers that may doubt gather into `pending`; the reader tells them."""

    name: str
    dictionaries: Dictionaries
    source_time: datetime | None = None
    pending: list[Doubt] = field(default_factory=list)
    _told_once: set[tuple[str, str]] = field(default_factory=set)

    def place(self, element: Element) -> str:
        """Where `element` stands: `name:line`, or the line alone for a nameless source."""
        line = element.sourceline
        return f"{self.name}:{line}" if self.name else str(line)

    def doubt(self, element: Element, code: str, /, **params: str) -> None:
        """Say that something at `element` was not taken as it stands."""
        self.pending.append(Doubt(self.place(element), code, _shortened(params)))

    def doubt_once(self, element: Element, code: str, about: str, /, **params: str) -> None:
        """The same, only the first time in this file for this `code` and `about`."""
        key = (code, about)
        if key not in self._told_once and len(self._told_once) < _MOST_ONCE:
            self._told_once.add(key)
            self.doubt(element, code, **params)

    def ignored(self, element: Element, name: str) -> None:
        """Say once per file that elements of this name are not read."""
        self.doubt_once(element, "element_ignored", name, element=name)

    def number(self, element: Element, told: str | None = None, *, what: str) -> Decimal | None:
        """The number at `element` (or in `told`); `None` for nothing, and a doubt for what is none."""
        raw = text(element) if told is None else told
        if not raw:
            return None
        number = values.parse_number(raw)
        if number is None:
            self.doubt(element, "number_unreadable", what=what, value=raw)
        return number

    def moment(self, element: Element, raw: str, *, what: str) -> datetime | None:
        """The moment in `raw`; `None` and a doubt if it is none, `None` alone for an empty date."""
        return self._time(element, raw, values.parse_moment(raw), what)

    def day(self, element: Element, raw: str, *, what: str) -> date | None:
        """The date in `raw`, doubts as in `moment`."""
        return self._time(element, raw, values.parse_day(raw), what)

    def clock(self, element: Element, raw: str, *, what: str) -> time | None:
        """The time of day in `raw`, doubts as in `moment`."""
        return self._time(element, raw, values.parse_clock(raw), what)

    def _time(self, element: Element, raw: str, parsed: _T | None, what: str) -> _T | None:
        if parsed is None and not values.is_empty_date(raw):
            self.doubt(element, "time_unreadable", what=what, value=raw)
        return parsed

    def currency(self, element: Element, raw: str) -> str:
        """The ISO code of `raw`; a word we do not know is doubted once and becomes `""`."""
        code = currency_code(raw) if raw else ""
        if raw and not code:
            self.doubt_once(element, "currency_unknown", raw, value=raw)
        return code

    def attribute(self, element: Element, property_id: str, told_name: str, raw: str) -> AttributeValue:
        """The value `raw` of a property, resolved as far as the dictionaries reach (see `AttributeValue`)."""
        known = self.dictionaries.properties.get(property_id)
        if known is None:
            if property_id and not told_name:
                self.doubt_once(element, "property_unknown", property_id, property=property_id)
            return _unresolved(property_id, told_name, raw)
        meant = known.values.get(raw)
        if meant is not None:
            return AttributeValue(property_id, known.name, meant, raw)
        if known.kind is PropertyKind.REFERENCE and values.is_guid(raw):
            self.doubt_once(element, "property_value_unknown", property_id, property=property_id, value=raw)
            return AttributeValue(property_id, known.name, "", raw)
        return AttributeValue(property_id, known.name, raw)


def _unresolved(property_id: str, name: str, raw: str) -> AttributeValue:
    if property_id and values.is_guid(raw):
        return AttributeValue(property_id, name, "", raw)
    return AttributeValue(property_id, name, raw)


def _shortened(params: Mapping[str, str]) -> dict[str, str]:
    return {key: value[:_LONGEST_TOLD] for key, value in params.items()}
