"""A parcel that somebody else sent: the ERP, a program or a manager tells its number, and it is followed (O26)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

from zveno.base.scope import current
from zveno.base.tx import in_transaction
from zveno.delivery.actions.record_tracking import add_words
from zveno.delivery.models import Carrier, OrderDelivery, OrderSegment, Parcel
from zveno.delivery.ports import carrier_plugin
from zveno.delivery.rules.tracking import ParcelState, Said, best_segment
from zveno.kit.codes import fold_text

# A parcel of which nobody has said yet that it left; of any other the ERP's word comes late.
_NOT_SENT = (ParcelState.BOOKING, ParcelState.BOOKED, ParcelState.PROBLEM)


@dataclass(frozen=True, slots=True)
class SentGoods:
    """What left: the shipment's number, the day, who carries it under which number, which products of which amount.

    An empty carrier or number is not told.
    """

    shipment_number: str
    sent_on: date
    carrier: str = ""
    number: str = ""
    contents: Mapping[int, Decimal] = field(default_factory=dict)


@in_transaction
def follow_parcel(
    *,
    seller_id: int,
    company_id: int,
    entity_id: int,
    order_id: int,
    order_number: str,
    sent: SentGoods,
    source: str,
    now: datetime,
) -> int:
    """The parcel of a shipment, made or brought up to date: its id. Told again, nothing changes.

    It belongs to the segment that most of its goods are of, and takes its carrier and expected day where none is told.
    """
    parcels = Parcel.objects.visible_to(current()).select_for_update(of=("self",)).filter(order_id=order_id)
    parcel = parcels.filter(shipment_number=sent.shipment_number).first()
    segment = parcel.segment if parcel and parcel.segment_id else _segment(order_id, sent.contents)
    if parcel is None and segment is not None:
        # What was booked for this part is what has left now.
        parcel = parcels.filter(segment=segment, shipment_number="").exclude(state="cancelled").first()
    if parcel is None:
        parcel = Parcel(
            seller_id=seller_id,
            buyer_company_id=company_id,
            buyer_entity_id=entity_id,
            order_id=order_id,
            order_number=order_number,
            key=f"s{order_id}-{sent.shipment_number}"[:40],
            state=ParcelState.BOOKED.value,
            created_at=now,
        )
    _take_over(parcel, sent, segment, _carrier(seller_id, sent.carrier), now)
    parcel.save()
    if ParcelState(parcel.state) in _NOT_SENT:
        at = datetime.combine(sent.sent_on, time(12), UTC)
        add_words(parcel, [Said(at, ParcelState.ACCEPTED, "sent")], source=source, now=now)
    return parcel.pk


@in_transaction
def forget_shipment(*, order_id: int, shipment_number: str, now: datetime) -> None:
    """The ERP called the shipment off: its parcel is called off too."""
    rows = Parcel.objects.visible_to(current()).select_for_update(of=("self",)).filter(order_id=order_id)
    parcel = rows.filter(shipment_number=shipment_number).first()
    if parcel is not None:
        add_words(parcel, [Said(now, ParcelState.CANCELLED, "void")], source="erp", now=now)


def _take_over(
    parcel: Parcel, sent: SentGoods, segment: OrderSegment | None, carrier: Carrier | None, now: datetime
) -> None:
    parcel.shipment_number, parcel.sent_on = sent.shipment_number, sent.sent_on
    if segment is not None and parcel.segment_id is None:
        parcel.segment = segment
    if carrier is not None or sent.carrier:
        parcel.carrier, parcel.carrier_name = carrier, (carrier.name if carrier else sent.carrier)[:120]
    elif parcel.carrier_id is None and segment is not None:
        parcel.carrier_id, parcel.carrier_name = segment.carrier_id, segment.carrier_name
    if sent.number and sent.number != parcel.number:
        parcel.number = sent.number[:60]
        follows = parcel.carrier is not None and carrier_plugin(parcel.carrier.kind) is not None
        parcel.next_look_at = now if follows else None
    if parcel.expected_on is None and segment is not None:
        parcel.expected_on = parcel.first_expected_on = _expected(segment, sent.sent_on)
    if parcel.to_place_id is None:
        own = OrderDelivery.objects.visible_to(current()).filter(order_id=parcel.order_id or 0)
        parcel.to_place_id = own.values_list("place_id", flat=True).first()


def _expected(segment: OrderSegment, sent_on: date) -> date | None:
    """What left later than planned arrives as much later."""
    if segment.arrives_to is None or segment.leaves_on is None:
        return segment.arrives_to
    return segment.arrives_to + max(sent_on - segment.leaves_on, timedelta(0))


def _segment(order_id: int, contents: Mapping[int, Decimal]) -> OrderSegment | None:
    rows: Sequence[OrderSegment] = list(
        OrderSegment.objects.visible_to(current()).filter(order_id=order_id).order_by("position")
    )
    sent = Parcel.objects.visible_to(current()).filter(order_id=order_id).exclude(shipment_number="")
    taken = set(sent.exclude(state=ParcelState.CANCELLED.value).values_list("segment_id", flat=True))
    free = [row for row in rows if row.pk not in taken] or rows
    told = [(row.pk, {int(key): Decimal(text) for key, text in row.contents}) for row in free]
    best = best_segment(contents, told)
    if best is None and len(rows) == 1:
        return rows[0]
    return next((row for row in rows if row.pk == best), None)


def _carrier(seller_id: int, name: str) -> Carrier | None:
    folded = fold_text(name)
    if not folded:
        return None
    rows = Carrier.objects.visible_to(current()).filter(seller_id=seller_id)
    return next((row for row in rows if fold_text(row.name) == folded), None)
