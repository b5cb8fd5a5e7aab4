"""Properties with their dictionaries of values."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from zveno.catalog.models import Property


@dataclass(frozen=True, slots=True)
class PropertyValue:
    """A property: its name, what its values are, and their texts by the source's ids."""

    name: str
    kind: str
    values: dict[str, str]


def properties_by_id(ids: Collection[int]) -> dict[int, PropertyValue]:
    """These properties, by id."""
    rows = Property.objects.filter(pk__in=ids)
    return {row.pk: PropertyValue(row.name, row.kind, dict(row.values)) for row in rows}
