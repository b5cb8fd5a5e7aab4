"""Parcels: those of an order with all that was said of them, and lists of what is under way."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from zveno.base.scope import current
from zveno.delivery.models import Parcel, ParcelEvent
from zveno.delivery.rules.tracking import OVER, ParcelState, Said, is_late
from zveno.kit.codes import fold_text
from zveno.partners.queries.names import company_names, entity_names


@dataclass(frozen=True, slots=True)
class ParcelValue:
    """A parcel; `said` is the newest first (empty in lists). `track_url` is the carrier's own page of it."""

    id: int
    seller_id: int
    seller: str
    buyer_company_id: int
    buyer_company: str
    buyer_entity_id: int
    buyer_entity: str
    order_id: int | None
    order_number: str
    shipment_number: str
    segment_id: int | None
    carrier_id: int | None
    carrier: str
    carrier_kind: str
    number: str
    reference: str
    state: ParcelState
    start: str
    end: str
    sent_on: date | None
    first_expected_on: date | None
    expected_on: date | None
    delivered_at: datetime | None
    problem: str
    track_url: str
    label_id: int | None = None
    said: tuple[Said, ...] = ()

    @property
    def is_over(self) -> bool:
        return self.state in OVER

    def is_late(self, today: date) -> bool:
        """Whether it should have been there already."""
        return is_late(expected_on=self.expected_on, state=self.state, today=today)


@dataclass(frozen=True, slots=True)
class ParcelFilter:
    """What a list of parcels is narrowed by; by default to what is under way. `state`: also `late`, `all`."""

    search: str = ""
    state: str = "open"
    carrier_id: int | None = None
    entity_id: int | None = None


def parcels_of_orders(order_ids: Collection[int]) -> tuple[ParcelValue, ...]:
    """The parcels of these orders with everything said of them, the oldest parcel first. Four SQL statements."""
    rows = list(_rows().filter(order_id__in=order_ids).order_by("id"))
    said: defaultdict[int, list[Said]] = defaultdict(list)
    events = ParcelEvent.objects.visible_to(current()).filter(parcel__in=[row.pk for row in rows]) if rows else ()
    for event in sorted(events, key=lambda event: (event.at, event.pk), reverse=True):
        said[event.parcel_id].append(Said(event.at, ParcelState(event.state), event.code, event.text, event.place))
    return tuple(_values(rows, said))


def parcel_with(*, parcel_id: int) -> ParcelValue | None:
    """One parcel with everything said of it, if the current scope may see it."""
    order_id = Parcel.objects.visible_to(current()).filter(pk=parcel_id).values_list("order_id", flat=True).first()
    row = _rows().filter(pk=parcel_id).first()
    if row is None:
        return None
    if order_id is None:
        return next(iter(_values([row], {})))
    return next(parcel for parcel in parcels_of_orders([order_id]) if parcel.id == parcel_id)


def parcel_list(*, wanted: ParcelFilter, today: date) -> QuerySet[Parcel, Any]:
    """The parcels under the filter, late ones on top, then those expected soonest, as a lazy set for `shown_rows`."""
    over = [state.value for state in OVER]
    late = Q(expected_on__lt=today) & ~Q(state__in=over)
    rows = _rows()
    if wanted.state == "open":
        rows = rows.exclude(state__in=over)
    elif wanted.state == "late":
        rows = rows.filter(late)
    elif wanted.state != "all":
        rows = rows.filter(state=wanted.state)
    if wanted.carrier_id is not None:
        rows = rows.filter(carrier_id=wanted.carrier_id)
    if wanted.entity_id is not None:
        rows = rows.filter(buyer_entity_id=wanted.entity_id)
    for word in fold_text(wanted.search).split():
        rows = rows.filter(
            Q(number__icontains=word)
            | Q(order_number__icontains=word)
            | Q(shipment_number__icontains=word)
            | Q(carrier_name__icontains=word)
            | Q(to_place__name__icontains=word)
        )
    turn = Case(When(late, then=Value(0)), default=Value(1), output_field=IntegerField())
    return rows.annotate(turn=turn).order_by("turn", "expected_on", "-id")


def shown_rows(rows: Sequence[Parcel]) -> list[ParcelValue]:
    """Loaded rows of `parcel_list` as values, with the names of both sides. Two SQL statements."""
    return list(_values(rows, {}))


def late_count(*, today: date) -> int:
    """How many parcels that the current scope sees are late. One SQL statement."""
    over = [state.value for state in OVER]
    rows = Parcel.objects.visible_to(current()).filter(expected_on__lt=today)
    return rows.exclude(state__in=over).count()


def parcels_to_look_at(*, now: datetime, limit: int) -> list[int]:
    """Parcels whose carrier should be asked where they are, those that wait longest first. One SQL statement."""
    rows = Parcel.objects.visible_to(current()).filter(next_look_at__lte=now).order_by("next_look_at")
    return list(rows.values_list("pk", flat=True)[:limit])


def parcels_being_booked(*, before: datetime) -> list[int]:
    """Parcels that wait for a booking since before that moment. One SQL statement."""
    rows = Parcel.objects.visible_to(current()).filter(state=ParcelState.BOOKING.value, created_at__lt=before)
    return list(rows.filter(reference="").values_list("pk", flat=True)[:500])


def parcel_of_shipment(*, order_id: int, shipment_number: str) -> int | None:
    """The parcel that joins a shipment of the ERP, if the current scope sees it."""
    rows = Parcel.objects.visible_to(current()).filter(order_id=order_id, shipment_number=shipment_number)
    return rows.values_list("pk", flat=True).first()


def _rows() -> QuerySet[Parcel, Any]:
    return Parcel.objects.visible_to(current()).select_related("carrier", "from_place", "to_place")


def _values(rows: Sequence[Parcel], said: dict[int, list[Said]]) -> list[ParcelValue]:
    if not rows:
        return []
    companies = company_names({key for row in rows for key in (row.seller_id, row.buyer_company_id)})
    entities = entity_names({row.buyer_entity_id for row in rows})
    return [_value(row, companies, entities, said.get(row.pk, [])) for row in rows]


def _value(row: Parcel, companies: dict[int, str], entities: dict[int, str], said: list[Said]) -> ParcelValue:
    url = row.carrier.tracking_url if row.carrier else ""
    return ParcelValue(
        id=row.pk,
        seller_id=row.seller_id,
        seller=companies.get(row.seller_id, ""),
        buyer_company_id=row.buyer_company_id,
        buyer_company=companies.get(row.buyer_company_id, ""),
        buyer_entity_id=row.buyer_entity_id,
        buyer_entity=entities.get(row.buyer_entity_id, ""),
        order_id=row.order_id,
        order_number=row.order_number,
        shipment_number=row.shipment_number,
        segment_id=row.segment_id,
        carrier_id=row.carrier_id,
        carrier=row.carrier_name,
        carrier_kind=row.carrier.kind if row.carrier else "",
        number=row.number,
        reference=row.reference,
        state=ParcelState(row.state),
        start=row.from_place.name if row.from_place else "",
        end=row.to_place.name if row.to_place else "",
        sent_on=row.sent_on,
        first_expected_on=row.first_expected_on,
        expected_on=row.expected_on,
        delivered_at=row.delivered_at,
        problem=row.problem,
        track_url=url.replace("{number}", row.number) if url and row.number else "",
        label_id=row.label_id,
        said=tuple(said),
    )
