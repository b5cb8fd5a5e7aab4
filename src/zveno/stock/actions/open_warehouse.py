"""To whom a warehouse is open: to all, to the buyers of a region, to one buyer's entity."""

from __future__ import annotations

from datetime import datetime

from zveno.base.audit import record
from zveno.base.events import publish
from zveno.base.scope import current
from zveno.base.tx import in_transaction
from zveno.partners.queries.companies import regions
from zveno.partners.queries.parties import buyer_with
from zveno.stock.errors import BuyerNotKnown, RegionNotKnown, WarehouseNotFound
from zveno.stock.events import SupplyCame
from zveno.stock.models import EntityOpening, RegionOpening, Warehouse
from zveno.stock.rules.words import Figures, Opens


@in_transaction
def open_warehouse(
    *,
    seller_id: int,
    warehouse_id: int,
    opens: Opens,
    figures: Figures,
    now: datetime,
    region_id: int | None = None,
    entity_id: int | None = None,
) -> None:
    """Say what the warehouse is to the buyers of a region, to one entity, or (naming neither) to all others.

    Said again, the last word counts. What is promised already stays promised. Raises WarehouseNotFound, RegionNotKnown,
    BuyerNotKnown.
    """
    place = _own_warehouse(seller_id, warehouse_id)
    told = {"opens": opens.value, "figures": figures.value}
    if region_id is not None:
        if all(one.pk != region_id for one in regions()):
            raise RegionNotKnown()
        RegionOpening.objects.visible_to(current()).update_or_create(
            warehouse=place, region_id=region_id, defaults=told, create_defaults={**told, "seller_id": seller_id}
        )
    elif entity_id is not None:
        if buyer_with(entity_id=entity_id) is None:
            raise BuyerNotKnown()
        EntityOpening.objects.visible_to(current()).update_or_create(
            warehouse=place, buyer_entity_id=entity_id, defaults=told, create_defaults={**told, "seller_id": seller_id}
        )
    else:
        place.opens, place.figures = opens.value, figures.value
        place.save(update_fields=["opens", "figures"])
    _keep(place, now, region=region_id or "", entity=entity_id or "", **told)


@in_transaction
def close_opening(
    *, seller_id: int, warehouse_id: int, now: datetime, region_id: int | None = None, entity_id: int | None = None
) -> None:
    """Take back what was said of a region or an entity; then what holds for the others holds for it.

    Taking it back again changes nothing. Raises WarehouseNotFound.
    """
    place = _own_warehouse(seller_id, warehouse_id)
    if region_id is not None:
        gone, _ = RegionOpening.objects.visible_to(current()).filter(warehouse=place, region_id=region_id).delete()
    else:
        gone, _ = (
            EntityOpening.objects.visible_to(current()).filter(warehouse=place, buyer_entity_id=entity_id).delete()
        )
    if gone:
        _keep(place, now, region=region_id or "", entity=entity_id or "", opens="", figures="")


def _own_warehouse(seller_id: int, warehouse_id: int) -> Warehouse:
    place = (
        Warehouse.objects.visible_to(current()).select_for_update().filter(pk=warehouse_id, seller_id=seller_id).first()
    )
    if place is None:
        raise WarehouseNotFound()
    return place


def _keep(place: Warehouse, now: datetime, **told: object) -> None:
    record(
        action="warehouse_opened",
        subject=place,
        now=now,
        company_id=place.seller_id,
        seller_id=place.seller_id,
        warehouse=place.name,
        **told,
    )
    publish(SupplyCame(seller_id=place.seller_id))
