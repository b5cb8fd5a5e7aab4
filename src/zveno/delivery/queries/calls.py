"""What a call to a carrier's own system needs, read at once before the call is made. Read by jobs of the system."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from zveno.base.scope import current
from zveno.catalog.queries.parcels import travelling_goods
from zveno.delivery.models import (
    Carrier,
    CarrierMessage,
    LiveQuote,
    OrderSegment,
    Parcel,
    Place,
    PlaceCode,
    WarehousePlace,
)
from zveno.delivery.ports import BookedGoods, BookRequest, CarrierPlugin, Person, Spot, carrier_plugin
from zveno.delivery.queries.carriers import account_of
from zveno.delivery.queries.offers import Question
from zveno.partners.queries.parties import buyer_with, seller_with


@dataclass(frozen=True, slots=True)
class Line:
    """A carrier that can be called: its plugin, the options of the seller's account."""

    carrier_id: int
    seller_id: int
    plugin: CarrierPlugin
    options: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class BookingCall:
    """A parcel to be booked. `reference` is set when it is booked already."""

    line: Line
    request: BookRequest
    reference: str
    state: str
    start_place_id: int
    end_place_id: int


def line_of(*, carrier_id: int) -> Line | None:
    """How to call the carrier; `None` when it has no system, or its plugin or account is gone."""
    carrier = Carrier.objects.visible_to(current()).filter(pk=carrier_id).first()
    plugin = carrier_plugin(carrier.kind) if carrier else None
    if carrier is None or plugin is None:
        return None
    options = account_of(carrier_id=carrier_id)
    return Line(carrier.pk, carrier.seller_id, plugin, options) if options else None


def last_answer(question: Question) -> LiveQuote | None:
    """What the carrier told last to this question."""
    rows = LiveQuote.objects.visible_to(current()).filter(
        carrier_id=question.carrier_id,
        from_place_id=question.from_place_id,
        to_place_id=question.to_place_id,
        weight_g=question.weight_g,
        volume_cm3=question.volume_cm3,
    )
    return rows.first()


def spot_of(place_id: int, *, system: str, postcode: str = "", address: str = "") -> Spot | None:
    """A place as a carrier's system is told it, with that system's code if it is known."""
    place = Place.objects.filter(pk=place_id).first()
    if place is None:
        return None
    code = PlaceCode.objects.filter(place=place, system=system).values_list("code", flat=True).first()
    return Spot(
        name=place.name,
        region=place.region,
        country=place.country,
        latitude=place.latitude,
        longitude=place.longitude,
        code=code or "",
        postcode=postcode,
        address=address,
    )


def booking_call(*, parcel_id: int) -> BookingCall | None:
    """Everything for booking the parcel; `None` when it cannot be booked (no carrier's system, no way)."""
    parcel = Parcel.objects.visible_to(current()).select_related("segment__delivery__address").get(pk=parcel_id)
    segment = parcel.segment
    line = line_of(carrier_id=parcel.carrier_id) if parcel.carrier_id else None
    if line is None or segment is None or parcel.from_place_id is None or parcel.to_place_id is None:
        return None
    stands = WarehousePlace.objects.visible_to(current()).filter(warehouse_id=segment.warehouse_id).first()
    address = segment.delivery.address
    system = line.plugin.kind
    start = spot_of(parcel.from_place_id, system=system, address=stands.address if stands else "")
    end = spot_of(
        parcel.to_place_id,
        system=system,
        postcode=address.postcode if address else "",
        address=address.street if address else "",
    )
    if start is None or end is None:
        return None
    request = BookRequest(
        key=parcel.key,
        start=start,
        end=end,
        sender=_sender(parcel, stands),
        receiver=_receiver(parcel, address.contact if address else "", address.phone if address else ""),
        weight_g=int(segment.weight_g),
        volume_cm3=int(segment.volume_cm3),
        value=segment.value,
        service=_service(segment),
        comment=parcel.order_number,
        goods=_goods(segment),
    )
    return BookingCall(line, request, parcel.reference, parcel.state, parcel.from_place_id, parcel.to_place_id)


def parcel_line(*, parcel_id: int) -> tuple[Line, str, str] | None:
    """How to ask about a parcel: the carrier, what it knows it by, its state; `None` when nobody can be asked."""
    parcel = Parcel.objects.visible_to(current()).filter(pk=parcel_id).first()
    if parcel is None or parcel.carrier_id is None:
        return None
    line = line_of(carrier_id=parcel.carrier_id)
    reference = parcel.reference or parcel.number
    return (line, reference, parcel.state) if line and reference else None


def message_with(*, message_id: int) -> CarrierMessage:
    """A kept message with its carrier."""
    return CarrierMessage.objects.visible_to(current()).select_related("carrier").get(pk=message_id)


def _sender(parcel: Parcel, stands: WarehousePlace | None) -> Person:
    seller = seller_with(seller_id=parcel.seller_id)
    name = seller.name if seller else ""
    return Person(name, (stands.contact if stands else "") or name, stands.phone if stands else "")


def _receiver(parcel: Parcel, contact: str, phone: str) -> Person:
    buyer = buyer_with(entity_id=parcel.buyer_entity_id)
    name = buyer.entity_name if buyer else ""
    return Person(name, contact or name, phone, buyer.inn if buyer else "")


def _service(segment: OrderSegment) -> str:
    rows = LiveQuote.objects.visible_to(current()).filter(carrier_id=segment.carrier_id or 0, amount=segment.cost)
    return rows.order_by("-asked_at").values_list("service", flat=True).first() or ""


def _goods(segment: OrderSegment) -> tuple[BookedGoods, ...]:
    quantities = {int(key): Decimal(text) for key, text in segment.contents}
    known = travelling_goods(product_ids=list(quantities), fragile_attribute="")
    whole = sum(quantities.values(), Decimal(0)) or Decimal(1)
    return tuple(
        BookedGoods(
            code=known[key].code,
            name=known[key].name,
            quantity=quantity,
            price=(segment.value / whole).quantize(Decimal("0.01")),
            weight_g=known[key].weight_g or 1,
        )
        for key, quantity in quantities.items()
        if key in known
    )
