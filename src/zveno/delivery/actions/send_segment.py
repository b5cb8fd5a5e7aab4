"""A part of an order that leaves without a system of its carrier: the manager tells it, and under which number."""

from __future__ import annotations

from datetime import date, datetime

from zveno.base.audit import record
from zveno.base.tx import in_transaction
from zveno.delivery.actions.making_parcel import make_parcel, segment_to_send
from zveno.delivery.actions.record_tracking import add_words
from zveno.delivery.ports import carrier_plugin
from zveno.delivery.queries.carriers import PICKUP
from zveno.delivery.rules.tracking import ParcelState, Said


@in_transaction
def send_segment(*, segment_id: int, order_number: str, number: str, today: date, now: datetime) -> int:
    """Make the parcel of a segment that was handed to its carrier today; the parcel's id.

    What the buyer fetches is ready for them. A shipment of the ERP with these goods joins the same parcel later.
    Raises SegmentNotFound, SegmentHasNoCarrier, ParcelBookedAlready.
    """
    segment, carrier = segment_to_send(segment_id)
    number = number.strip()[:60]
    follows = bool(number) and carrier_plugin(carrier.kind) is not None
    parcel = make_parcel(
        segment,
        carrier,
        order_number=order_number,
        state=ParcelState.BOOKED,
        number=number,
        sent_on=today,
        next_look_at=now if follows else None,
        now=now,
    )
    ready = carrier.kind == PICKUP
    said = Said(now, ParcelState.READY, "said") if ready else Said(now, ParcelState.ACCEPTED, "sent")
    add_words(parcel, [said], source="person", now=now)
    record(
        action="parcel_sent",
        subject=parcel,
        now=now,
        company_id=parcel.buyer_company_id,
        seller_id=parcel.seller_id,
        number=str(parcel),
        carrier=carrier.name,
        order=order_number,
    )
    return parcel.pk
