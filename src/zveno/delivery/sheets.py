"""Delivery as spreadsheets: the columns and cells of parcels, tariffs and places. Tariffs and places read back."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zveno.base.sheets import Column, Value
from zveno.delivery.models import Place, TariffRow
from zveno.delivery.queries.carriers import weekdays_of_text
from zveno.delivery.queries.parcels import ParcelValue
from zveno.delivery.shown import WEEKDAYS, parcel_word

PARCEL_COLUMNS = (
    Column(_("Waybill"), width=20),
    Column(_("State"), width=22),
    Column(_("Late"), width=8),
    Column(_("Order"), width=18),
    Column(_("Shipment"), width=18),
    Column(_("Carrier"), width=24),
    Column(_("Seller"), width=28),
    Column(_("Legal entity"), width=34),
    Column(pgettext_lazy("place", "To"), width=22),
    Column(_("Left on"), "date"),
    Column(_("Promised for"), "date"),
    Column(_("Expected on"), "date"),
    Column(_("Delivered"), "moment"),
)
TARIFF_COLUMNS = (
    Column(pgettext_lazy("place", "From"), width=24),
    Column(pgettext_lazy("place", "To"), width=24),
    Column(_("Weight over, kg"), "number"),
    Column(_("Weight up to, kg"), "number"),
    Column(_("Volume up to, m³"), "number"),
    Column(_("Price"), "money"),
    Column(_("Per kg above"), "money"),
    Column(_("Per km"), "money"),
    Column(_("Minimum"), "money"),
    Column(_("Days from"), "number"),
    Column(_("Days to"), "number"),
    Column(_("Leaves on"), width=18),
)
PLACE_COLUMNS = (
    Column(_("Name"), width=28),
    Column(_("Name in English"), width=28),
    Column(_("Region code"), width=14),
    Column(_("Region"), width=32),
    Column(_("Region in English"), width=32),
    Column(_("Latitude"), "text", 12),
    Column(_("Longitude"), "text", 12),
    Column(_("Time zone"), width=20),
    Column(_("Other names"), width=36),
    Column(_("Code"), width=28),
)


def parcel_cells(parcel: ParcelValue, today: date) -> list[Value]:
    """A parcel as the cells of PARCEL_COLUMNS."""
    return [
        parcel.number,
        parcel_word(parcel.state),
        str(_("late")) if parcel.is_late(today) else "",
        parcel.order_number,
        parcel.shipment_number,
        parcel.carrier,
        parcel.seller,
        parcel.buyer_entity,
        parcel.end,
        parcel.sent_on,
        parcel.first_expected_on,
        parcel.expected_on,
        parcel.delivered_at,
    ]


def tariff_cells(row: TariffRow) -> list[Value]:
    """A row of a tariff as the cells of TARIFF_COLUMNS; its zones are loaded."""
    return [
        row.from_zone.name,
        row.to_zone.name,
        row.over_kg,
        row.upto_kg,
        row.upto_m3,
        row.price,
        row.per_kg or None,
        row.per_km or None,
        row.minimum or None,
        row.days_min,
        row.days_max,
        ", ".join(str(WEEKDAYS[day]) for day in sorted(weekdays_of_text(row.weekdays))),
    ]


def place_cells(row: Place) -> list[Value]:
    """A place as the cells of PLACE_COLUMNS."""
    return [
        row.name,
        row.name_en,
        row.region_code,
        row.region,
        row.region_en,
        str(row.latitude.normalize()),
        str(row.longitude.normalize()),
        row.time_zone,
        ", ".join(row.aliases),
        row.code,
    ]
