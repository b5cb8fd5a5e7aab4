"""A world in which goods travel: places on the map, a seller with warehouses and carriers, a dealer with addresses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from tests import deals, world
from tests.deals import Deal

from zveno.delivery.actions.take_places import searchable
from zveno.delivery.models import (
    Carrier,
    CarrierTerms,
    DeliveryAddress,
    Place,
    TariffRow,
    WarehousePlace,
    Zone,
    ZoneMember,
)
from zveno.delivery.rules.cities import City, cities
from zveno.partners.models import LegalEntity
from zveno.stock.models import Warehouse

# Friday, noon in Moscow.
NOW = datetime.fromisoformat("2026-04-10T09:00:00+00:00")
LONG_AGO = date(2024, 1, 1)
_CITIES: dict[str, City] = {city.name: city for city in cities() if city.region_code != "RU-40"}


def place(name: str) -> Place:
    """A city of the list."""
    city = _CITIES[name]
    made, _ = Place.objects.get_or_create(
        code=city.code,
        defaults={
            "name": city.name,
            "name_en": city.name_en,
            "region_code": city.region_code,
            "region": city.region,
            "region_en": city.region_en,
            "latitude": city.latitude,
            "longitude": city.longitude,
            "time_zone": city.time_zone,
            "aliases": list(city.aliases),
        },
    )
    if not made.search_text:
        made.search_text = searchable(made)
        made.save(update_fields=["search_text"])
    return made


def warehouse_in(seller: world.Partner, name: str, **fields: object) -> Warehouse:
    """A warehouse of the seller in a city, bound to its place."""
    made = world.warehouse(seller, f"Склад {name}")
    told = {"address": "ул. Складская, 1", "phone": "+74950000001", "hours": "пн–пт 9–18", **fields}
    WarehousePlace.objects.create(seller=seller.company, warehouse_id=made.pk, place=place(name), **told)
    return made


def carrier(seller: world.Partner, name: str, *, kind: str = "tariff", **terms: object) -> Carrier:
    """A carrier of the seller with terms in force for long."""
    made = Carrier.objects.create(seller=seller.company, name=name, kind=kind)
    CarrierTerms.objects.create(seller=seller.company, carrier=made, valid_from=LONG_AGO, **terms)
    return made


def zone(seller: world.Partner, name: str, *entries: str, carrier: Carrier | None = None) -> Zone:
    """A zone of cities, regions (`RU-25`) or everywhere (`*`)."""
    made = Zone.objects.create(seller=seller.company, carrier=carrier, name=name)
    for entry in entries:
        named = place(entry) if not entry.startswith(("RU-", "*")) else None
        region = entry if entry.startswith("RU-") else ""
        ZoneMember.objects.create(seller=seller.company, zone=made, place=named, region_code=region)
    return made


def tariff(made: Carrier, start: Zone, end: Zone, *bands: Sequence[object]) -> None:
    """Rows (over kg, up to kg or None, price, per kg, days from, days to)."""
    for over, upto, price, per_kg, days_min, days_max in bands:
        TariffRow.objects.create(
            seller_id=made.seller_id,
            carrier=made,
            from_zone=start,
            to_zone=end,
            over_kg=over,
            upto_kg=upto,
            price=price,
            per_kg=per_kg,
            days_min=days_min,
            days_max=days_max,
            valid_from=LONG_AGO,
        )


def address(entity: LegalEntity, name: str = "Владивосток", **fields: object) -> DeliveryAddress:
    """A delivery address of the entity, its default."""
    told = {
        "street": "ул. Светланская, 33",
        "contact": "Пётр Ким",
        "phone": "+74232000000",
        "typed": f"{name}, ул. Светланская, 33",
        "is_default": not DeliveryAddress.objects.unscoped("a test").filter(buyer_entity=entity).exists(),
        **fields,
    }
    return DeliveryAddress.objects.create(
        buyer_company_id=entity.company_id, buyer_entity=entity, place=place(name), **told
    )


@dataclass(frozen=True, slots=True)
class Channel:
    """The golden case's world (O24): Krasnodar and Moscow, three carriers, a dealer in Vladivostok."""

    deal: Deal
    krasnodar: Warehouse
    moscow: Warehouse
    road: Carrier
    air: Carrier
    pickup: Carrier
    address: DeliveryAddress


def golden() -> Channel:
    """To Vladivostok, partly from Krasnodar and partly from Moscow."""
    deal = deals.deal()
    seller = deal.seller
    krasnodar, moscow = warehouse_in(seller, "Краснодар"), warehouse_in(seller, "Москва")
    road = carrier(seller, "Дальняя дорога", kg_per_m3=200)
    air = carrier(seller, "Авиа", kg_per_m3=167, cut_off_hour=14)
    pickup = carrier(seller, "Самовывоз", kind="pickup")
    south, centre = zone(seller, "Юг", "RU-23"), zone(seller, "Центр", "Москва")
    east = zone(seller, "Дальний Восток", "RU-25", "RU-27")
    tariff(road, south, east, (0, 100, 3200, 0, 18, 22), (100, None, 3200, 21, 18, 22))
    tariff(road, centre, east, (0, 100, 2600, 0, 12, 15), (100, None, 2600, 17, 12, 15))
    tariff(air, centre, east, (0, 10, 1900, 0, 2, 3), (10, 200, 1900, 145, 2, 3))
    return Channel(deal, krasnodar, moscow, road, air, pickup, address(deal.dealer.entity))


D = Decimal
