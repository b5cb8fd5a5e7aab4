"""Booking a part of an order with its carrier's own system: asked for here, done by a job, never twice."""

from __future__ import annotations

from datetime import datetime

from zveno.base import files
from zveno.base.audit import record
from zveno.base.tx import in_transaction
from zveno.delivery.actions.deferring import defer_booking, defer_cancelling, defer_label
from zveno.delivery.actions.making_parcel import make_parcel, segment_to_send
from zveno.delivery.actions.record_tracking import add_words, locked_parcel
from zveno.delivery.errors import (
    CarrierHasNoSystem,
    ParcelTooFarOn,
    SegmentLacksWeight,
)
from zveno.delivery.ports import Booking, Label, carrier_plugin
from zveno.delivery.rules.tracking import ParcelState, Said


@in_transaction
def book_segment(*, segment_id: int, order_number: str, now: datetime) -> int:
    """Make the parcel of a segment and let a job book it; the parcel's id.

    A second click finds the first one's parcel: ParcelBookedAlready. Raises SegmentNotFound, SegmentHasNoCarrier,
    CarrierHasNoSystem, SegmentLacksWeight.
    """
    segment, carrier = segment_to_send(segment_id)
    if carrier_plugin(carrier.kind) is None:
        raise CarrierHasNoSystem(carrier=carrier.name)
    if segment.weight_g <= 0:
        raise SegmentLacksWeight(warehouse=segment.warehouse)
    parcel = make_parcel(segment, carrier, order_number=order_number, state=ParcelState.BOOKING, now=now)
    record(
        action="parcel_booking",
        subject=parcel,
        now=now,
        company_id=parcel.buyer_company_id,
        seller_id=parcel.seller_id,
        carrier=carrier.name,
        order=order_number,
    )
    defer_booking(parcel_id=parcel.pk)
    return parcel.pk


@in_transaction
def keep_booking(*, parcel_id: int, booking: Booking, now: datetime) -> None:
    """The carrier's system has taken the parcel. Told again, nothing changes."""
    parcel = locked_parcel(parcel_id)
    parcel.reference, parcel.failures, parcel.problem = booking.reference[:80], 0, ""
    parcel.number = booking.number[:60] or parcel.number
    parcel.next_look_at = now
    parcel.save()
    if ParcelState(parcel.state) in (ParcelState.BOOKING, ParcelState.PROBLEM):
        add_words(parcel, [Said(now, ParcelState.BOOKED, "booked")], source="carrier", now=now)
        defer_label(parcel_id=parcel_id)


@in_transaction
def keep_label(*, parcel_id: int, label: Label, now: datetime) -> None:
    """Keep the paper of a parcel, in place of an older one."""
    parcel = locked_parcel(parcel_id)
    parcel.label = files.keep(pieces=[label.content], name=label.name, now=now, company_id=parcel.seller_id)
    parcel.save(update_fields=["label"])


@in_transaction
def refuse_booking(*, parcel_id: int, words: str, now: datetime) -> None:
    """The carrier's system will not take the parcel: somebody must act. What was said stays for them to read."""
    parcel = locked_parcel(parcel_id)
    parcel.problem, parcel.next_look_at = words[:300], None
    add_words(parcel, [Said(now, ParcelState.PROBLEM, "refused", words[:300])], source="carrier", now=now)


@in_transaction
def book_again(*, parcel_id: int, now: datetime) -> None:
    """Try a refused booking again, under the same key, after what was wrong has been mended.

    Raises ParcelNotFound, ParcelTooFarOn.
    """
    parcel = locked_parcel(parcel_id)
    if parcel.reference or ParcelState(parcel.state) not in (ParcelState.BOOKING, ParcelState.PROBLEM):
        raise ParcelTooFarOn(number=str(parcel), state=parcel.state)
    record(
        action="parcel_booking",
        subject=parcel,
        now=now,
        company_id=parcel.buyer_company_id,
        seller_id=parcel.seller_id,
        carrier=parcel.carrier_name,
        order=parcel.order_number,
    )
    defer_booking(parcel_id=parcel_id)


@in_transaction
def note_silence(*, parcel_id: int, words: str) -> None:
    """The carrier's system did not answer a booking; it is tried again."""
    parcel = locked_parcel(parcel_id)
    parcel.failures += 1
    parcel.problem = words[:300]
    parcel.save(update_fields=["failures", "problem"])


@in_transaction
def cancel_parcel(*, parcel_id: int, now: datetime) -> None:
    """Call a parcel off: at once where no system holds it, else by a job.

    Raises ParcelNotFound, ParcelTooFarOn (the carrier has it).
    """
    parcel = locked_parcel(parcel_id)
    state = ParcelState(parcel.state)
    if state not in (ParcelState.BOOKING, ParcelState.BOOKED, ParcelState.PROBLEM):
        raise ParcelTooFarOn(number=str(parcel), state=parcel.state)
    record(
        action="parcel_cancelled",
        subject=parcel,
        now=now,
        company_id=parcel.buyer_company_id,
        seller_id=parcel.seller_id,
        number=str(parcel),
    )
    kind = parcel.carrier.kind if parcel.carrier else ""
    if carrier_plugin(kind) is not None and (parcel.reference or state is ParcelState.BOOKING):
        # A booking that is under way right now ends first: one parcel's calls go one by one.
        defer_cancelling(parcel_id=parcel.pk)
    else:
        keep_cancelled(parcel_id=parcel_id, now=now)


@in_transaction
def keep_cancelled(*, parcel_id: int, now: datetime) -> None:
    """The parcel is called off."""
    parcel = locked_parcel(parcel_id)
    add_words(parcel, [Said(now, ParcelState.CANCELLED, "cancelled")], source="person", now=now)
