"""Delivery of the demo world: places of warehouses, carriers with tariffs, addresses, plans of open orders, parcels."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.db import connection

from zveno.base.scope import entered, system_scope
from zveno.delivery.actions.take_places import load_first_places
from zveno.delivery.models import Place
from zveno.delivery.rules.addresses import Gazetteer, Settlement
from zveno.demo.loading.bulk import copy_rows
from zveno.demo.loading.partners import began_on
from zveno.demo.rules.parties import DISTRIBUTORS, FIRST_DEALER, SALES_HOUSE
from zveno.demo.rules.supply import HOUSES
from zveno.demo.rules.travel import (
    HAULERS,
    HOURS,
    HOUSE_CITIES,
    Moving,
    districts,
    fares,
    moved_days,
    moving,
)
from zveno.demo.world import World
from zveno.orders.actions.plan_order_delivery import plan_order_delivery

SELLERS = (SALES_HOUSE, *DISTRIBUTORS)
# Which shipment of a company that signs in is late: the dealer sees one among many, the distributor its newest.
_LATE_OF = {FIRST_DEALER: 3, DISTRIBUTORS[0]: -1}
_PARCELS_BACK_DAYS = 24


def load(world: World) -> int:
    """Everything of delivery; returns how many parcels there are."""
    load_first_places()
    by_name = {(place.name, place.region_code): place.pk for place in Place.objects.all()}
    copy_rows("delivery.CalendarDay", ("day", "works", "note"), moved_days())
    _warehouses(world, by_name)
    _carriers(world)
    _addresses(world, by_name)
    _plans(world)
    return _parcels(world)


def _carrier_id(seller: int, hauler: int) -> int:
    return SELLERS.index(seller) * len(HAULERS) + hauler + 1


def _zone_id(seller: int, district: str) -> int:
    return SELLERS.index(seller) * len(districts()) + list(districts()).index(district) + 1


def _warehouses(world: World, places: dict[tuple[str, str], int]) -> None:
    by_city = {name: pk for (name, _), pk in places.items()}
    copy_rows(
        "delivery.WarehousePlace",
        ("seller_id", "warehouse_id", "place_id", "address", "contact", "phone", "hours"),
        (
            (house.seller, house.id, by_city[HOUSE_CITIES[house.id]], f"ул. Складская, д. {house.id * 3}",
             "Диспетчер склада", f"+7 495 000-00-{house.id:02d}", HOURS)
            for house in HOUSES
        ),
    )  # fmt: skip
    copy_rows(
        "delivery.SellerDelivery", ("seller_id", "fragile_attribute"), ((seller, "Хрупкое") for seller in SELLERS)
    )


def _carriers(world: World) -> None:
    since = began_on(world)
    pairs = [(seller, at, hauler) for seller in SELLERS for at, hauler in enumerate(HAULERS)]
    copy_rows(
        "delivery.Carrier",
        ("id", "seller_id", "name", "kind", "position", "tracking_url", "note"),
        ((_carrier_id(s, at), s, h.name, h.kind, at, h.tracking_url, h.note) for s, at, h in pairs),
    )
    copy_rows(
        "delivery.CarrierTerms",
        ("seller_id", "carrier_id", "kg_per_m3", "weekdays", "cut_off_hour", "free_from", "vat_percent", "valid_from"),
        (
            (s, _carrier_id(s, at), h.kg_per_m3, h.weekdays, h.cut_off_hour, h.free_from, 22, since)
            for s, at, h in pairs
        ),
    )
    copy_rows(
        "delivery.CarrierSurcharge",
        ("seller_id", "carrier_id", "extra", "percent", "valid_from"),
        ((s, _carrier_id(s, at), "insurance", h.insurance, since) for s, at, h in pairs if h.insurance != "0"),
    )
    _zones(world)
    copy_rows(
        "delivery.TariffRow",
        ("seller_id", "carrier_id", "from_zone_id", "to_zone_id", "over_kg", "upto_kg", "price", "per_kg", "per_km",
         "days_min", "days_max", "valid_from"),
        (
            (s, _carrier_id(s, f.hauler), _zone_id(s, f.start), _zone_id(s, f.end), f.over_kg, f.upto_kg, f.price,
             f.per_kg, f.per_km, f.days_min, f.days_max, since)
            for s in SELLERS
            for f in fares(s)
        ),
    )  # fmt: skip


def _zones(world: World) -> None:
    copy_rows(
        "delivery.Zone",
        ("id", "seller_id", "name"),
        ((_zone_id(s, code), s, name) for s in SELLERS for code, name in districts().items()),
    )
    regions = [(place.code, place.district) for place in world.places if place.level == 2]
    copy_rows(
        "delivery.ZoneMember",
        ("seller_id", "zone_id", "region_code"),
        ((s, _zone_id(s, district), code) for s in SELLERS for code, district in regions),
    )


def _addresses(world: World, places: dict[tuple[str, str], int]) -> None:
    known = Gazetteer(Settlement(pk, region, region, (name,)) for (name, region), pk in places.items())
    rows: list[tuple[Any, ...]] = []
    for entity in world.entities:
        if entity.company in (1, SALES_HOUSE):
            continue
        reading = known.read(entity.address)
        place_id = places.get((entity.place.name, f"RU-{entity.place.tax_region}"), reading.place_id)
        contact, phone = f"Кладовщик {entity.name}"[:200], f"+7 900 000-{entity.id // 100:02d}-{entity.id % 100:02d}"
        base = (entity.company, entity.id, place_id)
        rows.append((*base, "", reading.street, contact, phone, "пн–сб 9–19", entity.address, True))
        if entity.id % 4 == 3 or entity.company == 7:
            street = f"ул. Заводская, д. {entity.id}"
            typed = f"г. {entity.place.name}, {street}"
            rows.append((*base, "Склад", street, contact, phone, "пн–пт 8–17", typed, False))
    copy_rows(
        "delivery.DeliveryAddress",
        ("buyer_company_id", "buyer_entity_id", "place_id", "label", "street", "contact", "phone", "hours", "typed",
         "is_default"),
        rows,
    )  # fmt: skip


def _plans(world: World) -> None:
    """The delivery of the open orders, planned by the house's own action; what it planned at placing is told then."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, decided_at FROM orders_order WHERE decided_at IS NOT NULL AND source <> 'erp' AND state IN"
            " ('attention', 'confirmed', 'in_work', 'partly_shipped') ORDER BY id"
        )
        orders = cursor.fetchall()
    with entered(system_scope()):
        for order_id, decided_at in orders:
            plan_order_delivery(order_id=order_id, now=decided_at or world.now)


def _parcels(world: World) -> int:
    rows = list(_moving(world))
    copy_rows(
        "delivery.Parcel",
        ("id", "seller_id", "buyer_company_id", "buyer_entity_id", "order_id", "order_number", "shipment_number",
         "segment_id", "carrier_id", "carrier_name", "number", "key", "state", "from_place_id", "to_place_id",
         "sent_on", "first_expected_on", "expected_on", "delivered_at", "created_at"),
        (row for row, _ in rows),
    )  # fmt: skip
    copy_rows(
        "delivery.ParcelEvent",
        ("parcel_id", "seller_id", "buyer_entity_id", "at", "state", "code", "text", "place", "source", "key"),
        (
            (row[0], row[1], row[3], told.at, told.state, told.code, told.text, told.place, "carrier",
             f"{told.at.isoformat()} {told.code} {told.place}")
            for row, parcel in rows
            for told in parcel.said
        ),
    )  # fmt: skip
    return len(rows)


def _moving(world: World) -> Iterator[tuple[tuple[Any, ...], Moving]]:
    """Shipments of the last weeks as parcels; the dealer and the distributor that sign in have one that is late."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT s.id, s.seller_id, o.buyer_company_id, s.buyer_entity_id, o.id, o.number, s.number, s.shipped_on,"
            " a.place_id, (SELECT min(g.id) FROM delivery_ordersegment g WHERE g.order_id = o.id)"
            " FROM orders_shipment s JOIN orders_order o ON o.id = s.order_id"
            " JOIN delivery_deliveryaddress a ON a.buyer_entity_id = s.buyer_entity_id AND a.is_default"
            " WHERE s.shipped_on >= %s ORDER BY s.id",
            [world.today - timedelta(days=_PARCELS_BACK_DAYS)],
        )
        found = cursor.fetchall()
    homes = {entity.id: entity.place for entity in world.entities}
    stands = _stands()
    late = set()
    for company, which in _LATE_OF.items():
        sent = [row[0] for row in found if row[2] == company]
        late |= {sent[which % len(sent)]} if sent else set()
    late |= {row[0] for row in found if row[0] % 97 == 7}
    for at, row in enumerate(found, 1):
        shipment, seller, company, entity, order, number, paper, sent_on, place_id, segment = row
        house = next(house.id for house in HOUSES if house.seller == seller)
        parcel = moving(
            at=shipment, sent_on=sent_on, house_id=house, end=homes[entity], now=world.now, is_late=shipment in late,
            seed=world.seed,
        )  # fmt: skip
        done = parcel.said[-1].at if parcel.state == "delivered" else None
        yield (
            (at, seller, company, entity, order, number, paper, segment, _carrier_id(seller, parcel.hauler),
             HAULERS[parcel.hauler].name, parcel.number, f"s{order}-{paper}"[:40], parcel.state, stands[house],
             place_id, sent_on, parcel.expected_on, parcel.expected_on, done, world.now),
            parcel,
        )  # fmt: skip


def _stands() -> dict[int, int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT warehouse_id, place_id FROM delivery_warehouseplace")
        return dict(cursor.fetchall())
