"""Carriers of a seller as its pages set them up: terms by period, surcharges, zones, tariffs, accounts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet

from zveno.base.scope import current
from zveno.base.sealed import unseal
from zveno.delivery.models import (
    Carrier,
    CarrierAccount,
    CarrierSurcharge,
    CarrierTerms,
    SellerDelivery,
    TariffRow,
    WarehousePlace,
    Zone,
    ZoneMember,
)
from zveno.delivery.queries.places import PlaceValue, place_value
from zveno.delivery.rules.calendar import EVERY_DAY
from zveno.delivery.rules.tariffs import Band, Extra, Surcharge, Terms

TARIFF, OWN, PICKUP = "tariff", "own", "pickup"
PLAIN_KINDS = (TARIFF, OWN, PICKUP)


@dataclass(frozen=True, slots=True)
class CarrierValue:
    """A carrier with the terms that hold."""

    id: int
    seller_id: int
    name: str
    kind: str
    position: int
    is_active: bool
    tracking_url: str
    note: str
    terms: Terms

    @property
    def has_system(self) -> bool:
        """Whether it has a system of its own, reached by a plugin."""
        return self.kind not in PLAIN_KINDS

    def track_url(self, number: str) -> str:
        """Where the carrier's own site shows a parcel; empty when it is not told."""
        return self.tracking_url.replace("{number}", number) if number and self.tracking_url else ""


@dataclass(frozen=True, slots=True)
class WarehouseSpot:
    """Where a warehouse stands, and who answers there."""

    warehouse_id: int
    place: PlaceValue
    address: str
    contact: str
    phone: str
    hours: str


def carriers_of(*, seller_id: int, on: date, only_active: bool = False) -> list[CarrierValue]:
    """The seller's carriers with the terms of the day. Two SQL statements."""
    rows = Carrier.objects.visible_to(current()).filter(seller_id=seller_id)
    if only_active:
        rows = rows.filter(is_active=True)
    found = list(rows.order_by("position", "name", "id"))
    terms = _terms_on([row.pk for row in found], on)
    return [_carrier(row, terms.get(row.pk, Terms())) for row in found]


def carrier_with(*, carrier_id: int, on: date) -> CarrierValue | None:
    """One carrier, if the current scope may see it. Two SQL statements."""
    row = Carrier.objects.visible_to(current()).filter(pk=carrier_id).first()
    return _carrier(row, _terms_on([row.pk], on).get(row.pk, Terms())) if row else None


def carrier_names(ids: Collection[int]) -> dict[int, Carrier]:
    """The carriers with these ids, as rows. One SQL statement."""
    return Carrier.objects.visible_to(current()).in_bulk(list(ids)) if ids else {}


def terms_history(*, carrier_id: int) -> list[CarrierTerms]:
    """Every period of the carrier's terms, the newest first."""
    return list(CarrierTerms.objects.visible_to(current()).filter(carrier_id=carrier_id).order_by("-valid_from", "-id"))


def surcharges_of(*, carrier_id: int) -> list[CarrierSurcharge]:
    """Every period of the carrier's surcharges, those in force first."""
    rows = CarrierSurcharge.objects.visible_to(current()).filter(carrier_id=carrier_id)
    return list(rows.order_by("extra", "-valid_from", "-id"))


def surcharges_on(carrier_ids: Collection[int], on: date) -> dict[int, tuple[Surcharge, ...]]:
    """By carrier, the surcharges in force. One SQL statement."""
    found: defaultdict[int, list[Surcharge]] = defaultdict(list)
    rows = CarrierSurcharge.objects.visible_to(current()).filter(_in_force(on), carrier_id__in=carrier_ids)
    for row in rows.order_by("id"):
        found[row.carrier_id].append(Surcharge(Extra(row.extra), row.amount, row.percent, row.over_kg, row.over_m3))
    return {key: tuple(value) for key, value in found.items()}


def zones_of_seller(*, seller_id: int) -> list[Zone]:
    """The seller's zones with their carrier and how many entries each has (`entries`), by name. One SQL statement."""
    rows = Zone.objects.visible_to(current()).filter(seller_id=seller_id).select_related("carrier")
    return list(rows.annotate(entries=Count("members")).order_by("name", "id"))


def zone_names(*, seller_id: int, carrier_id: int) -> dict[str, int]:
    """Name → id of the zones that a carrier's tariff may go by: its own before the common ones. One SQL statement."""
    rows = Zone.objects.visible_to(current()).filter(Q(carrier_id=carrier_id) | Q(carrier_id=None), seller_id=seller_id)
    return dict(rows.order_by("carrier_id").reverse().values_list("name", "id"))


def zone_with(*, zone_id: int) -> Zone | None:
    """One zone, if the current scope may see it."""
    return Zone.objects.visible_to(current()).select_related("carrier").filter(pk=zone_id).first()


def zone_lines(*, zone_id: int, regions: Mapping[str, str]) -> list[str]:
    """The entries of a zone as a person types them: places, regions, `*` for everywhere. One SQL statement."""
    rows = ZoneMember.objects.visible_to(current()).filter(zone_id=zone_id).select_related("place")
    found = []
    for row in rows.order_by("place__name", "region_code", "id"):
        if row.place is not None:
            found.append(f"{row.place.name}, {row.place.region}")
        else:
            found.append(regions.get(row.region_code, row.region_code) if row.region_code else "*")
    return found


def tariff_rows(*, carrier_id: int, on: date | None = None) -> QuerySet[TariffRow, Any]:
    """The carrier's tariff with its zones, as a lazy set; `on` a day, else every period."""
    rows = TariffRow.objects.visible_to(current()).filter(carrier_id=carrier_id)
    rows = rows.filter(_in_force(on)) if on else rows
    return rows.select_related("from_zone", "to_zone").order_by("from_zone__name", "to_zone__name", "over_kg", "id")


def tariff_counts(*, seller_id: int, on: date) -> dict[int, int]:
    """By carrier, how many rows of its tariff are in force. One SQL statement."""
    rows = TariffRow.objects.visible_to(current()).filter(_in_force(on), seller_id=seller_id)
    return dict(rows.values("carrier_id").annotate(count=Count("id")).values_list("carrier_id", "count").order_by())


def bands_between(
    *, carrier_ids: Collection[int], from_zones: Collection[int], to_zones: Collection[int], on: date
) -> dict[tuple[int, int, int], list[Band]]:
    """By carrier, zone of departure and zone of arrival: the rows in force. One SQL statement."""
    found: defaultdict[tuple[int, int, int], list[Band]] = defaultdict(list)
    rows = TariffRow.objects.visible_to(current()).filter(
        _in_force(on), carrier_id__in=carrier_ids, from_zone_id__in=from_zones, to_zone_id__in=to_zones
    )
    for row in rows:
        found[row.carrier_id, row.from_zone_id, row.to_zone_id].append(_band(row))
    return found


def spots_of(*, seller_id: int) -> dict[int, WarehouseSpot]:
    """By warehouse, where it stands. One SQL statement."""
    rows = WarehousePlace.objects.visible_to(current()).filter(seller_id=seller_id).select_related("place")
    return {
        row.warehouse_id: WarehouseSpot(
            row.warehouse_id, place_value(row.place), row.address, row.contact, row.phone, row.hours
        )
        for row in rows
    }


def fragile_attribute(*, seller_id: int) -> str:
    """The attribute of products that says they are fragile; empty when the seller named none. One SQL statement."""
    rows = SellerDelivery.objects.visible_to(current()).filter(seller_id=seller_id)
    return rows.values_list("fragile_attribute", flat=True).first() or ""


def account_of(*, carrier_id: int) -> dict[str, str]:
    """The options of the carrier's account, secrets opened: for jobs and for the form. Raises SealBroken."""
    row = CarrierAccount.objects.visible_to(current()).filter(carrier_id=carrier_id).first()
    return {**row.options, **unseal(row.sealed)} if row else {}


def weekdays_of_text(text: str) -> frozenset[int]:
    """`1` to `7` as days from Monday, which is 0."""
    return frozenset(int(sign) - 1 for sign in text if sign in "1234567")


def terms_value(row: CarrierTerms) -> Terms:
    """A row of terms as the rules take it."""
    return Terms(
        kg_per_m3=row.kg_per_m3,
        weekdays=weekdays_of_text(row.weekdays) or EVERY_DAY,
        cut_off_hour=row.cut_off_hour,
        prepare_days=row.prepare_days,
        days_work=row.days_work,
        free_from=row.free_from,
        vat_percent=row.vat_percent,
        vat_included=row.vat_included,
        road_factor=row.road_factor,
        heaviest_piece_kg=row.heaviest_piece_kg,
        currency=row.currency,
    )


def _terms_on(carrier_ids: Collection[int], on: date) -> dict[int, Terms]:
    rows = CarrierTerms.objects.visible_to(current()).filter(_in_force(on), carrier_id__in=carrier_ids)
    return {row.carrier_id: terms_value(row) for row in rows}


def _in_force(on: date) -> Q:
    return Q(valid_from__lte=on) & (Q(valid_to=None) | Q(valid_to__gt=on))


def _carrier(row: Carrier, terms: Terms) -> CarrierValue:
    return CarrierValue(
        id=row.pk,
        seller_id=row.seller_id,
        name=row.name,
        kind=row.kind,
        position=row.position,
        is_active=row.is_active,
        tracking_url=row.tracking_url,
        note=row.note,
        terms=terms,
    )


def _band(row: TariffRow) -> Band:
    return Band(
        id=row.pk,
        over_kg=row.over_kg,
        upto_kg=row.upto_kg,
        upto_m3=row.upto_m3,
        price=row.price,
        per_kg=row.per_kg,
        per_km=row.per_km,
        minimum=row.minimum,
        days_min=row.days_min,
        days_max=row.days_max,
        weekdays=weekdays_of_text(row.weekdays),
    )
