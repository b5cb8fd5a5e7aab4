"""A user's corrections of a mapping: which column means what, the period, the signs."""

from __future__ import annotations

from collections.abc import Mapping as Dict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from zveno.sellout.rules.lines import FIELDS
from zveno.sellout.rules.mapping import Mapping, Slice, Source

NEEDED_ONE_OF: tuple[tuple[str, ...], ...] = (
    ("product_code", "article", "barcode", "product_name"),
    ("quantity", "amount"),
    ("sold_on",),
)
"""A sale cannot be told without one field of each."""


def meanings(mapping: Mapping) -> dict[str, str]:
    """Column letters → the field the mapping reads there."""
    told = {source.column: source.field for source in mapping.sources}
    return told | {source.column: source.field for part in mapping.slices for source in part.sources}


def choose_column(mapping: Mapping, *, letters: str, field: str) -> Mapping:
    """`mapping` with column `letters` meaning `field` (empty: not used). A field has one column: it leaves its old one.

    Among repeated groups (months side by side) the choice holds for the same column of every group.
    Raises ValueError for an unknown field or column.
    """
    if field and field not in FIELDS:
        raise ValueError(field)
    keys = dict(mapping.header)
    if letters not in keys:
        raise ValueError(letters)
    if any(source.column == letters for part in mapping.slices for source in part.sources):
        return _choose_in_slices(mapping, keys[letters], field)
    kept = [s for s in mapping.sources if s.column != letters and s.field != field]
    if field:
        kept.append(Source(field, letters, keys[letters]))
    constants = {name: value for name, value in mapping.constants.items() if name != field}
    told = tuple(name for name in mapping.told if name != field)
    return replace(mapping, sources=tuple(kept), constants=constants, told=told)


def _choose_in_slices(mapping: Mapping, key: str, field: str) -> Mapping:
    parts: list[Slice] = []
    for part in mapping.slices:
        sources = []
        for source in part.sources:
            if source.key == key:
                if field:
                    sources.append(replace(source, field=field))
            elif source.field != field:
                sources.append(source)
        parts.append(replace(part, sources=tuple(sources)))
    return replace(mapping, slices=tuple(part for part in parts if part.sources))


def choose_settings(mapping: Mapping, settings: Dict[str, str]) -> Mapping:
    """`mapping` with `date_order`, `returns` or `decimal_mark` as chosen. Raises ValueError for an unknown choice."""
    allowed = {
        "date_order": ("dmy", "mdy", "ymd"),
        "returns": ("negative", "inverted", "operation", "all"),
        "decimal_mark": ("auto", ",", "."),
    }
    for name, value in settings.items():
        if value not in allowed[name]:
            raise ValueError(f"{name}={value}")
    return replace(mapping, **settings)  # type: ignore[arg-type]


def with_period(mapping: Mapping, *, ends_on: date | None) -> Mapping:
    """`mapping` whose lines without a day of their own fall on the period's last day; `ends_on` is excluded from it."""
    dated = any(s.field == "sold_on" for s in mapping.sources) or any(part.sold_on for part in mapping.slices)
    if dated or ends_on is None:
        return mapping
    constants = {**mapping.constants, "sold_on": (ends_on - timedelta(days=1)).isoformat()}
    told = tuple({*mapping.told, "sold_on"})
    return replace(mapping, constants=constants, told=told)


def missing_fields(mapping: Mapping) -> Sequence[str]:
    """For each need that nothing fills, the field that would fill it best."""
    return [group[0] for group in NEEDED_ONE_OF if not mapping.fields & set(group)]
