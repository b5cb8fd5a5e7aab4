"""The parcel of a segment, made once: what booking and handing over by hand share."""

from __future__ import annotations

from datetime import date, datetime

from zveno.base.scope import current
from zveno.delivery.errors import ParcelBookedAlready, SegmentHasNoCarrier, SegmentNotFound
from zveno.delivery.models import Carrier, OrderSegment, Parcel, WarehousePlace
from zveno.delivery.rules.tracking import ParcelState


def segment_to_send(segment_id: int) -> tuple[OrderSegment, Carrier]:
    """The segment as the current scope may see it, its row locked, with its carrier.

    Whoever clicks second finds the first one's parcel. Raises SegmentNotFound, SegmentHasNoCarrier,
    ParcelBookedAlready.
    """
    segments = OrderSegment.objects.visible_to(current()).select_for_update(of=("self",))
    segment = segments.select_related("delivery", "carrier").filter(pk=segment_id).first()
    if segment is None:
        raise SegmentNotFound()
    if segment.carrier is None:
        raise SegmentHasNoCarrier(warehouse=segment.warehouse)
    living = _parcels(segment).exclude(state=ParcelState.CANCELLED.value).first()
    if living is not None:
        raise ParcelBookedAlready(number=str(living))
    return segment, segment.carrier


def make_parcel(
    segment: OrderSegment,
    carrier: Carrier,
    *,
    order_number: str,
    state: ParcelState,
    now: datetime,
    number: str = "",
    sent_on: date | None = None,
    next_look_at: datetime | None = None,
) -> Parcel:
    """The new parcel of a locked segment that has none."""
    start = WarehousePlace.objects.visible_to(current()).filter(warehouse_id=segment.warehouse_id).first()
    return Parcel.objects.create(
        seller_id=segment.seller_id,
        buyer_company_id=segment.delivery.buyer_company_id,
        buyer_entity_id=segment.buyer_entity_id,
        order_id=segment.order_id,
        order_number=order_number,
        segment=segment,
        carrier=carrier,
        carrier_name=carrier.name,
        number=number,
        key=f"z{segment.order_id}-{segment.position}-{_parcels(segment).count() + 1}",
        state=state.value,
        from_place_id=start.place_id if start else None,
        to_place_id=segment.delivery.place_id,
        sent_on=sent_on,
        first_expected_on=segment.arrives_to,
        expected_on=segment.arrives_to,
        created_at=now,
        next_look_at=next_look_at,
    )


def _parcels(segment: OrderSegment):  # type: ignore[no-untyped-def]
    return Parcel.objects.visible_to(current()).filter(segment=segment)
