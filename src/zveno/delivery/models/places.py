"""Where things are: settlements, the working calendar, warehouses on the map, addresses of buyers."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from zveno.base.walls import READ_ONLY, Rows, Shared, Walled, Walls

# What a seller says of its delivery, and its buyers read.
_SELLERS = Walls(buying=Rows("seller_id", "sellers", READ_ONLY), selling=Rows("seller_id", "sellers"))


class Place(models.Model):
    """A settlement. `search_text` is its folded names, region and aliases."""

    walls: ClassVar = Shared("geography is nobody's data")

    code = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120, blank=True)
    country = models.CharField(max_length=2, default="RU")
    region_code = models.CharField(max_length=12, db_index=True)
    region = models.CharField(max_length=120)
    region_en = models.CharField(max_length=120, blank=True)
    latitude = models.DecimalField(max_digits=8, decimal_places=5)
    longitude = models.DecimalField(max_digits=8, decimal_places=5)
    time_zone = models.CharField(max_length=64)
    aliases = ArrayField(models.CharField(max_length=120), default=list)
    search_text = models.TextField(blank=True)
    is_active = models.BooleanField(default=True)

    def __str__(self) -> str:
        return self.name


class PlaceCode(models.Model):
    """What a carrier's own system calls a place, found out once."""

    walls: ClassVar = Shared("geography is nobody's data")

    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="codes")
    system = models.CharField(max_length=20)
    code = models.CharField(max_length=60)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["place", "system"], name="place_code_once"),)


class CalendarDay(models.Model):
    """A day that differs from what weekday and holidays say: it works, or it rests."""

    walls: ClassVar = Shared("the calendar is nobody's data")

    day = models.DateField(unique=True)
    works = models.BooleanField()
    note = models.CharField(max_length=200, blank=True)


class WarehousePlace(Walled):
    """Where a warehouse stands, for delivery: the place, the address, who answers there and when."""

    walls = _SELLERS

    seller = models.ForeignKey("partners.Company", on_delete=models.PROTECT, related_name="+")
    # Warehouses stand beside, on the same floor: a plain key.
    warehouse_id = models.BigIntegerField(unique=True)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    address = models.CharField(max_length=500, blank=True)
    contact = models.CharField(max_length=200, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    hours = models.CharField(max_length=200, blank=True)


class DeliveryAddress(Walled):
    """Where an entity has goods brought. `typed` is the text it was read from. What was used is only archived."""

    walls = Walls(
        buying=Rows("buyer_entity_id", "entities"), selling=Rows("buyer_company_id", "known_companies", READ_ONLY)
    )

    buyer_company = models.ForeignKey("partners.Company", on_delete=models.PROTECT, related_name="+")
    buyer_entity = models.ForeignKey("partners.LegalEntity", on_delete=models.PROTECT, related_name="+")
    label = models.CharField(max_length=120, blank=True)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    street = models.CharField(max_length=400, blank=True)
    postcode = models.CharField(max_length=10, blank=True)
    contact = models.CharField(max_length=200, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    hours = models.CharField(max_length=200, blank=True)
    typed = models.CharField(max_length=500, blank=True)
    is_default = models.BooleanField(default=False)
    archived_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["buyer_entity"], condition=Q(is_default=True, archived_at=None), name="address_one_default"
            ),
        )
