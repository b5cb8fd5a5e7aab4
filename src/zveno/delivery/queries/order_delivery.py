"""How an order is brought: the plan with its segments, what was charged, what travels."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from zveno.base.scope import current
from zveno.delivery.models import OrderDelivery, OrderSegment
from zveno.delivery.queries.carriers import PLAIN_KINDS
from zveno.delivery.queries.parcels import ParcelValue, parcels_of_orders


@dataclass(frozen=True, slots=True)
class SegmentValue:
    """A part of an order as it was planned, with the parcels that carry it."""

    id: int
    position: int
    warehouse_id: int
    warehouse: str
    ready_on: date
    contents: tuple[tuple[int, Decimal], ...]
    weight_g: Decimal
    volume_cm3: Decimal
    value: Decimal
    without_weight: int
    carrier_id: int | None
    carrier: str
    carrier_kind: str
    pick: str
    cost: Decimal | None
    cost_is_from: bool
    problem: str
    params: dict[str, Any]
    leaves_on: date | None
    arrives_from: date | None
    arrives_to: date | None
    trace: tuple[dict[str, str], ...]
    parcels: tuple[ParcelValue, ...]

    @property
    def weight_kg(self) -> Decimal:
        return self.weight_g / 1000

    @property
    def has_system(self) -> bool:
        """Whether its carrier has a system of its own to book in."""
        return bool(self.carrier_kind) and self.carrier_kind not in PLAIN_KINDS

    @property
    def is_free(self) -> bool:
        """Whether nothing carries it yet, so that the carrier may still be changed."""
        return not any(parcel.state != "cancelled" for parcel in self.parcels)


@dataclass(frozen=True, slots=True)
class OrderDeliveryValue:
    """The delivery of an order. `charge` is how the manager charged it (`line`, `spread`), empty: not."""

    order_id: int
    seller_id: int
    buyer_entity_id: int
    place_id: int | None
    address: str
    contact: str
    in_parts: bool
    currency: str
    cost: Decimal | None
    cost_is_from: bool
    untold: int
    arrives_from: date | None
    arrives_to: date | None
    planned_at: datetime | None
    charge: str
    charged: Decimal | None
    segments: tuple[SegmentValue, ...]
    # Parcels that belong to no segment: what the ERP sent before or beside the plan.
    others: tuple[ParcelValue, ...]

    @property
    def carriers(self) -> tuple[str, ...]:
        """The names of those who carry, each once: the way of receipt (F14)."""
        return tuple(dict.fromkeys(segment.carrier for segment in self.segments if segment.carrier))


def order_delivery(*, order_id: int) -> OrderDeliveryValue | None:
    """The delivery of one order, if the current scope may see it. Four SQL statements.

    An order without a plan that has parcels is shown by them alone.
    """
    row = OrderDelivery.objects.visible_to(current()).filter(order_id=order_id).first()
    parcels = parcels_of_orders([order_id])
    if row is None:
        return None if not parcels else _without_plan(order_id, parcels)
    rows = OrderSegment.objects.visible_to(current()).filter(order_id=order_id).select_related("carrier")
    segments = tuple(_segment(segment, parcels) for segment in rows.order_by("position"))
    known = {segment.id for segment in segments}
    return OrderDeliveryValue(
        order_id=row.order_id,
        seller_id=row.seller_id,
        buyer_entity_id=row.buyer_entity_id,
        place_id=row.place_id,
        address=row.address_text,
        contact=row.contact,
        in_parts=row.in_parts,
        currency=row.currency,
        cost=row.cost,
        cost_is_from=row.cost_is_from,
        untold=row.untold,
        arrives_from=row.arrives_from,
        arrives_to=row.arrives_to,
        planned_at=row.planned_at,
        charge=row.charge,
        charged=row.charged,
        segments=segments,
        others=tuple(parcel for parcel in parcels if parcel.segment_id not in known),
    )


def is_followed(*, order_id: int) -> bool:
    """Whether the order's delivery is planned here, so that its shipments are worth following. One SQL statement."""
    return OrderSegment.objects.visible_to(current()).filter(order_id=order_id).exists()


def segment_with(*, segment_id: int) -> OrderSegment | None:
    """One segment, if the current scope may see it."""
    return OrderSegment.objects.visible_to(current()).select_related("delivery").filter(pk=segment_id).first()


def deliveries_brief(*, order_ids: Collection[int]) -> dict[int, OrderDelivery]:
    """By order, its delivery without the parts. One SQL statement."""
    rows = OrderDelivery.objects.visible_to(current()).filter(order_id__in=order_ids)
    return {row.order_id: row for row in rows}


def _without_plan(order_id: int, parcels: tuple[ParcelValue, ...]) -> OrderDeliveryValue:
    first = parcels[0]
    return OrderDeliveryValue(
        order_id, first.seller_id, first.buyer_entity_id, None, "", "", False, "RUB", None, False, 0, None, None, None,
        "", None, (), parcels,
    )  # fmt: skip


def _segment(row: OrderSegment, parcels: tuple[ParcelValue, ...]) -> SegmentValue:
    return SegmentValue(
        id=row.pk,
        position=row.position,
        warehouse_id=row.warehouse_id,
        warehouse=row.warehouse,
        ready_on=row.ready_on,
        contents=tuple((int(key), Decimal(text)) for key, text in row.contents),
        weight_g=row.weight_g,
        volume_cm3=row.volume_cm3,
        value=row.value,
        without_weight=row.without_weight,
        carrier_id=row.carrier_id,
        carrier=row.carrier_name,
        carrier_kind=row.carrier.kind if row.carrier else "",
        pick=row.pick,
        cost=row.cost,
        cost_is_from=row.cost_is_from,
        problem=row.problem,
        params=row.params,
        leaves_on=row.leaves_on,
        arrives_from=row.arrives_from,
        arrives_to=row.arrives_to,
        trace=tuple(row.trace),
        parcels=tuple(parcel for parcel in parcels if parcel.segment_id == row.pk),
    )
