"""What each carrier would take for each part of an order: one set-based reading, then the pure rules (O23 to O25)."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal

from django.db.models import Q

from zveno.base.scope import current
from zveno.delivery.models import LiveQuote, ZoneMember
from zveno.delivery.queries.carriers import (
    PICKUP,
    CarrierValue,
    WarehouseSpot,
    bands_between,
    carriers_of,
    spots_of,
    surcharges_on,
)
from zveno.delivery.queries.places import PlaceValue, calendar, places_with
from zveno.delivery.rules.asking import asked_load, is_fresh
from zveno.delivery.rules.calendar import Calendar
from zveno.delivery.rules.geo import distance_km
from zveno.delivery.rules.segments import Option, Pick, Segment, Whole, choose, combine
from zveno.delivery.rules.tariffs import Band, Cost, Ready, Surcharge, pickup_cost, tariff_cost, to_be_told, told_cost
from zveno.delivery.rules.zones import Member, zones_of


@dataclass(frozen=True, slots=True)
class Question:
    """What a carrier's own system should be asked for a segment."""

    carrier_id: int
    from_place_id: int
    to_place_id: int
    weight_g: int
    volume_cm3: int


@dataclass(frozen=True, slots=True)
class SegmentOffer:
    """A segment with every carrier's option and the one that the pick finds. `problem`: why nobody can be asked."""

    segment: Segment
    spot: WarehouseSpot | None
    options: tuple[Option, ...]
    pick: Pick
    chosen: Option | None
    problem: str = ""

    @property
    def pick_failed(self) -> bool:
        """Whether the carrier chosen by name is not to be had, so that another stands in."""
        named = self.pick.carrier_id
        return named is not None and (self.chosen is None or self.chosen.carrier_id != named)


@dataclass(frozen=True, slots=True)
class Offer:
    """The delivery of an order: its segments, what they come to together, what should still be asked of carriers."""

    place: PlaceValue | None
    segments: tuple[SegmentOffer, ...]
    whole: Whole
    currency: str
    questions: tuple[Question, ...] = ()


@dataclass(frozen=True, slots=True)
class _Ground:
    """Everything read at once that the rules need for all segments and carriers."""

    now: datetime
    today: date
    order_total: Decimal
    calendar: Calendar
    carriers: Sequence[CarrierValue]
    surcharges: Mapping[int, tuple[Surcharge, ...]]
    bands: Mapping[tuple[int, int, int], Sequence[Band]]
    zones: Mapping[int, Mapping[int | None, tuple[int, ...]]]
    live: Mapping[Question, LiveQuote]
    place: PlaceValue
    questions: list[Question] = field(default_factory=list)


def offer_for(
    *,
    seller_id: int,
    segments: Sequence[Segment],
    place_id: int | None,
    picks: Mapping[int, Pick],
    order_total: Decimal,
    currency: str,
    today: date,
    now: datetime,
    usual: Pick = Pick(),  # noqa: B008 - a frozen value
) -> Offer:
    """Each carrier's cost and dates for each segment to the place, by the tariffs of `today` (the seller's).

    `picks` by warehouse, `usual` for the others. Nine SQL statements whatever the number of segments and carriers; it
    asks no network: where a carrier's own system has not answered yet, its table stands in, or the cost is to be told.
    """
    spots = spots_of(seller_id=seller_id)
    place = places_with([place_id]).get(place_id) if place_id is not None else None
    ground = _ground(seller_id, segments, spots, place, order_total, today, now) if place else None
    found = []
    for segment in segments:
        pick = picks.get(segment.warehouse_id, usual)
        spot = spots.get(segment.warehouse_id)
        if ground is None or spot is None:
            problem = "no_address" if ground is None else "warehouse_unplaced"
            found.append(SegmentOffer(segment, spot, (), pick, None, problem))
            continue
        options = tuple(_option(ground, carrier, segment, spot) for carrier in ground.carriers)
        problem = "" if options else "no_carriers"
        found.append(SegmentOffer(segment, spot, options, pick, choose(options, pick), problem))
    whole = combine(offer.chosen.cost if offer.chosen else None for offer in found)
    questions = tuple(dict.fromkeys(ground.questions)) if ground else ()
    return Offer(place, tuple(found), whole, currency, questions)


def _ground(
    seller_id: int,
    segments: Sequence[Segment],
    spots: Mapping[int, WarehouseSpot],
    place: PlaceValue,
    order_total: Decimal,
    today: date,
    now: datetime,
) -> _Ground:
    carriers = carriers_of(seller_id=seller_id, on=today, only_active=True)
    ids = [carrier.id for carrier in carriers]
    starts = {spots[s.warehouse_id].place for s in segments if s.warehouse_id in spots}
    zones = _zones(seller_id, {*starts, place})
    from_zones = {zone for start in starts for told in zones[start.id].values() for zone in told}
    to_zones = {zone for told in zones[place.id].values() for zone in told}
    systems = [carrier.id for carrier in carriers if carrier.has_system]
    return _Ground(
        now=now,
        today=today,
        order_total=order_total,
        calendar=calendar(),
        carriers=carriers,
        surcharges=surcharges_on(ids, today),
        bands=bands_between(carrier_ids=ids, from_zones=from_zones, to_zones=to_zones, on=today),
        zones=zones,
        live=_live(systems, {start.id for start in starts}, place.id),
        place=place,
    )


def _zones(seller_id: int, places: Collection[PlaceValue]) -> dict[int, dict[int | None, tuple[int, ...]]]:
    around = Q(place_id=None, region_code__in={"", *(place.region_code for place in places)})
    members = [
        Member(zone_id, owner, place_id, region_code)
        for zone_id, owner, place_id, region_code in ZoneMember.objects.visible_to(current())
        .filter(Q(place_id__in=[place.id for place in places]) | around, seller_id=seller_id)
        .values_list("zone_id", "zone__carrier_id", "place_id", "region_code")
        .order_by("zone_id")
    ]
    return {place.id: zones_of(members, place_id=place.id, region_code=place.region_code) for place in places}


def _live(carrier_ids: Sequence[int], starts: Collection[int], place_id: int) -> dict[Question, LiveQuote]:
    if not carrier_ids:
        return {}
    rows = LiveQuote.objects.visible_to(current()).filter(
        carrier_id__in=carrier_ids, from_place_id__in=starts, to_place_id=place_id
    )
    return {
        Question(row.carrier_id, row.from_place_id, row.to_place_id, row.weight_g, row.volume_cm3): row for row in rows
    }


def _option(ground: _Ground, carrier: CarrierValue, segment: Segment, spot: WarehouseSpot) -> Option:
    ready = Ready(segment.ready_on, spot.place.today(ground.now), spot.place.hour(ground.now))
    if carrier.kind == PICKUP:
        cost = pickup_cost(terms=carrier.terms, ready=ready, calendar=ground.calendar)
    elif carrier.has_system:
        cost = _system_cost(ground, carrier, segment, spot, ready)
    else:
        cost = _table_cost(ground, carrier, segment, spot, ready)
    return Option(carrier.id, carrier.name, carrier.kind, cost)


def _table_cost(ground: _Ground, carrier: CarrierValue, segment: Segment, spot: WarehouseSpot, ready: Ready) -> Cost:
    return tariff_cost(
        segment.load,
        terms=carrier.terms,
        bands=_bands(ground, carrier.id, spot.place.id),
        surcharges=ground.surcharges.get(carrier.id, ()),
        ready=ready,
        order_total=ground.order_total,
        calendar=ground.calendar,
        distance_km=distance_km(spot.place.point, ground.place.point),
    )


def _bands(ground: _Ground, carrier_id: int, start_id: int) -> Sequence[Band]:
    """The rows of the nearest pair of zones: the carrier's own zones before the common ones."""
    froms, tos = ground.zones[start_id], ground.zones[ground.place.id]
    for start in (*froms.get(carrier_id, ()), *froms.get(None, ())):
        for end in (*tos.get(carrier_id, ()), *tos.get(None, ())):
            if rows := ground.bands.get((carrier_id, start, end)):
                return rows
    return ()


def _system_cost(ground: _Ground, carrier: CarrierValue, segment: Segment, spot: WarehouseSpot, ready: Ready) -> Cost:
    weight_g, volume_cm3 = asked_load(segment.load)
    question = Question(carrier.id, spot.place.id, ground.place.id, weight_g, volume_cm3)
    told = ground.live.get(question)
    if told is None or not is_fresh(told.asked_at, failed=bool(told.problem), now=ground.now):
        ground.questions.append(question)
    if told is not None and told.amount is not None:
        return told_cost(
            segment.load,
            terms=carrier.terms,
            amount=told.amount,
            days=(told.days_min, told.days_max),
            ready=ready,
            order_total=ground.order_total,
            calendar=ground.calendar,
            asked_on=told.asked_at.date(),
        )
    if told is not None and told.problem == "refused":
        return Cost(None, problem="carrier_refused", params={"words": told.words}, currency=carrier.terms.currency)
    table = _table_cost(ground, carrier, segment, spot, ready)
    if table.amount is not None:
        return replace(table, is_from=True, trace=({"code": "stand_in"}, *table.trace))
    reason = "carrier_silent" if told is not None else "carrier_asked"
    return to_be_told(reason, terms=carrier.terms, ready=ready, calendar=ground.calendar)
