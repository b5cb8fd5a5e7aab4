"""To whom a seller's warehouses are open, as its settings show them."""

from __future__ import annotations

from dataclasses import dataclass

from zveno.base.scope import current
from zveno.partners.queries.names import entity_names
from zveno.stock.models import EntityOpening, RegionOpening, Warehouse
from zveno.stock.rules.words import Figures, Opens


@dataclass(frozen=True, slots=True)
class OpeningValue:
    """What a warehouse is to the buyers of a region, or to one entity."""

    name: str
    region_id: int | None
    entity_id: int | None
    opens: Opens
    figures: Figures


@dataclass(frozen=True, slots=True)
class WarehouseOpenings:
    """A working warehouse: what it is to all, and the exceptions, regions first."""

    id: int
    name: str
    city: str
    opens: Opens
    figures: Figures
    exceptions: tuple[OpeningValue, ...]


def openings_of(*, seller_id: int) -> list[WarehouseOpenings]:
    """The seller's working warehouses by name, with all exceptions. Four SQL statements."""
    places = list(
        Warehouse.objects.visible_to(current()).filter(seller_id=seller_id, is_active=True).order_by("name", "id")
    )
    regions = RegionOpening.objects.visible_to(current()).filter(seller_id=seller_id).select_related("region")
    entities = list(EntityOpening.objects.visible_to(current()).filter(seller_id=seller_id))
    names = entity_names({one.buyer_entity_id for one in entities}) if entities else {}
    found: dict[int, list[OpeningValue]] = {place.pk: [] for place in places}
    for near in regions.order_by("region__name", "id"):
        value = OpeningValue(near.region.name, near.region_id, None, Opens(near.opens), Figures(near.figures))
        found.setdefault(near.warehouse_id, []).append(value)
    for own in sorted(entities, key=lambda one: names.get(one.buyer_entity_id, "")):
        name = names.get(own.buyer_entity_id, "")
        value = OpeningValue(name, None, own.buyer_entity_id, Opens(own.opens), Figures(own.figures))
        found.setdefault(own.warehouse_id, []).append(value)
    return [
        WarehouseOpenings(
            id=place.pk,
            name=place.name,
            city=place.city,
            opens=Opens(place.opens),
            figures=Figures(place.figures),
            exceptions=tuple(found[place.pk]),
        )
        for place in places
    ]
