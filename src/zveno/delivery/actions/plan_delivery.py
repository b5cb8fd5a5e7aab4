"""The plan of an order's delivery: its segments as they follow from what is promised, each with its carrier."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from zveno.base.scope import current
from zveno.base.tx import in_transaction
from zveno.delivery.models import OrderDelivery, OrderSegment, Parcel
from zveno.delivery.queries.choices import read_picks
from zveno.delivery.queries.offers import Offer, Question, SegmentOffer, offer_for
from zveno.delivery.rules.segments import Goods, Part, Pick, Segment, segments_of


@dataclass(frozen=True, slots=True)
class Planned:
    """What a plan came to, before and now; `questions` should be asked of carriers, and then it is planned anew."""

    is_first: bool
    before: tuple[Decimal | None, date | None]
    cost: Decimal | None
    cost_is_from: bool
    untold: int
    arrives_to: date | None
    currency: str
    questions: tuple[Question, ...]

    @property
    def has_changed(self) -> bool:
        """Whether a plan that was told before reads otherwise now."""
        return not self.is_first and self.before != (self.cost, self.arrives_to)


@in_transaction
def plan_delivery(
    *,
    order_id: int,
    parts: Sequence[Part],
    goods: Mapping[int, Goods],
    order_total: Decimal,
    may_split: bool,
    today: date,
    now: datetime,
) -> Planned | None:
    """Split the parts into segments, choose their carriers by the order's picks and keep the plan.

    With `may_split` what is ready on different days may leave on different days, where the buyer wishes it so. `None`
    for an order without delivery. Segments that a parcel carries keep their plan. The work of the system.
    """
    rows = OrderDelivery.objects.visible_to(current()).select_for_update(of=("self",))
    row = rows.filter(order_id=order_id).first()
    if row is None:
        return None
    picks = read_picks(row.picks)
    offer = offer_for(
        seller_id=row.seller_id,
        segments=segments_of(parts, goods, in_parts=row.in_parts and may_split),
        place_id=row.place_id,
        picks=picks,
        usual=picks.get(0, Pick()),
        order_total=order_total,
        currency=row.currency,
        today=today,
        now=now,
    )
    before, is_first = (row.cost, row.arrives_to), row.planned_at is None
    _write_segments(row, offer)
    _sum_up(row, now)
    return Planned(
        is_first, before, row.cost, row.cost_is_from, row.untold, row.arrives_to, row.currency, offer.questions
    )


@in_transaction
def drop_plan(*, order_id: int) -> None:
    """Forget the parts of an order that will not be sent; parcels that travel stay."""
    rows = OrderSegment.objects.visible_to(current()).filter(order_id=order_id)
    rows.filter(parcels=None).delete()


def _write_segments(row: OrderDelivery, offer: Offer) -> None:
    held = OrderSegment.objects.visible_to(current()).filter(delivery=row)
    travelling = set(Parcel.objects.visible_to(current()).filter(segment__in=held).values_list("segment_id", flat=True))
    kept = [segment for segment in held if segment.pk in travelling]
    held.exclude(pk__in=travelling).delete()
    gone = {(segment.warehouse_id, tuple(map(tuple, segment.contents))) for segment in kept}
    first = max((segment.position for segment in kept), default=0) + 1
    fresh = [told for told in offer.segments if (told.segment.warehouse_id, _contents(told.segment)) not in gone]
    OrderSegment.objects.bulk_create(_row(row, at, told) for at, told in enumerate(fresh, first))


def _sum_up(row: OrderDelivery, now: datetime) -> None:
    segments = list(OrderSegment.objects.visible_to(current()).filter(delivery=row))
    told = [segment for segment in segments if segment.cost is not None]
    ends = [segment.arrives_to for segment in segments]
    starts = [segment.arrives_from for segment in segments]
    row.untold = len(segments) - len(told)
    row.cost = sum((segment.cost for segment in told if segment.cost is not None), Decimal(0)) if told else None
    row.cost_is_from = bool(row.untold) or any(segment.cost_is_from for segment in told)
    row.arrives_from = max((day for day in starts if day), default=None) if all(starts) else None
    row.arrives_to = max((day for day in ends if day), default=None) if all(ends) else None
    row.planned_at = now
    row.save()


def _contents(segment: Segment) -> tuple[tuple[int, str], ...]:
    return tuple((key, format(quantity.normalize(), "f")) for key, quantity in segment.contents)


def _row(row: OrderDelivery, position: int, told: SegmentOffer) -> OrderSegment:
    segment, chosen = told.segment, told.chosen
    cost = chosen.cost if chosen else None
    params: Mapping[str, str] = cost.params if cost else {}
    return OrderSegment(
        delivery=row,
        order_id=row.order_id,
        seller_id=row.seller_id,
        buyer_entity_id=row.buyer_entity_id,
        position=position,
        warehouse_id=segment.warehouse_id,
        warehouse=segment.warehouse,
        ready_on=segment.ready_on,
        contents=[list(pair) for pair in _contents(segment)],
        weight_g=segment.load.weight_g,
        volume_cm3=segment.load.volume_cm3,
        value=segment.load.value,
        without_weight=segment.load.without_weight,
        carrier_id=chosen.carrier_id if chosen else None,
        carrier_name=chosen.carrier if chosen else "",
        pick=told.pick.to_text(),
        cost=cost.amount if cost else None,
        cost_is_from=cost.is_from if cost else False,
        problem=cost.problem if cost else told.problem or "nobody_goes_there",
        params={**params, **({"instead": "1"} if told.pick_failed else {})},
        leaves_on=cost.leaves_on if cost else None,
        arrives_from=cost.arrives_from if cost else None,
        arrives_to=cost.arrives_to if cost else None,
        trace=[dict(step) for step in cost.trace] if cost else [],
    )
