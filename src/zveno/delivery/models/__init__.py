"""Tables of delivery. Tariffs and terms carry periods: what is changed ends, nothing is overwritten."""

from zveno.delivery.models.carriers import (
    Carrier,
    CarrierAccount,
    CarrierMessage,
    CarrierSurcharge,
    CarrierTerms,
    LiveQuote,
    SellerDelivery,
    TariffRow,
    Zone,
    ZoneMember,
)
from zveno.delivery.models.choices import (
    CartDelivery,
    DeliveryHabit,
    OrderDelivery,
    OrderSegment,
)
from zveno.delivery.models.parcels import (
    Parcel,
    ParcelEvent,
)
from zveno.delivery.models.places import (
    CalendarDay,
    DeliveryAddress,
    Place,
    PlaceCode,
    WarehousePlace,
)

__all__ = [
    "CalendarDay",
    "Carrier",
    "CarrierAccount",
    "CarrierMessage",
    "CarrierSurcharge",
    "CarrierTerms",
    "CartDelivery",
    "DeliveryAddress",
    "DeliveryHabit",
    "LiveQuote",
    "OrderDelivery",
    "OrderSegment",
    "Parcel",
    "ParcelEvent",
    "Place",
    "PlaceCode",
    "SellerDelivery",
    "TariffRow",
    "WarehousePlace",
    "Zone",
    "ZoneMember",
]
