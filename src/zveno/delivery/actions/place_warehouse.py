"""Where a warehouse of a seller stands."""

from __future__ import annotations

from datetime import datetime

from zveno.base.audit import record
from zveno.base.tx import in_transaction
from zveno.delivery.errors import PlaceNotFound
from zveno.delivery.models import Place, SellerDelivery, WarehousePlace


@in_transaction
def place_warehouse(
    *,
    seller_id: int,
    warehouse_id: int,
    place_id: int,
    address: str,
    contact: str,
    phone: str,
    hours: str,
    now: datetime,
) -> None:
    """Bind the warehouse to a place, with what a carrier and who picks up need to know.

    That the warehouse is the seller's, the caller has seen: warehouses stand beside. Raises PlaceNotFound.
    """
    place = Place.objects.filter(pk=place_id, is_active=True).first()
    if place is None:
        raise PlaceNotFound()
    told = {"place": place, "address": address, "contact": contact, "phone": phone, "hours": hours}
    row, _ = WarehousePlace.objects.unscoped("row security lets only the seller write").update_or_create(
        warehouse_id=warehouse_id, seller_id=seller_id, defaults=told
    )
    record(action="warehouse_placed", subject=row, now=now, company_id=seller_id, seller_id=seller_id, place=place.name)


@in_transaction
def set_fragile_attribute(*, seller_id: int, attribute: str, now: datetime) -> None:
    """Name the attribute by which the seller's accounting system says that a product is fragile; empty: none."""
    rows = SellerDelivery.objects.unscoped("row security lets only the seller write")
    row, _ = rows.update_or_create(seller_id=seller_id, defaults={"fragile_attribute": attribute})
    record(
        action="fragile_attribute_set", subject=row, now=now, company_id=seller_id, seller_id=seller_id, name=attribute
    )
