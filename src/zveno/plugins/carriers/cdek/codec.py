"""CDEK's JSON as our values and back: pure, without a call. Forms as api-docs.cdek.ru describes them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from zveno.delivery.ports import (
    BookRequest,
    CarrierQuote,
    CarrierRefused,
    Notice,
    Person,
    QuoteRequest,
    Spot,
    Tracking,
)
from zveno.delivery.rules.asking import edge_cm
from zveno.delivery.rules.geo import Point, distance_km
from zveno.delivery.rules.tracking import ParcelState, Said

Json = Mapping[str, Any]
# A city of the right name farther away than this is another city of that name.
_SAME_PLACE_KM = 60
_NOT_FOUND = ("v2_entity_not_found", "v2_order_not_found")
# Errors that pass by themselves: a request for the same order is being worked on, CDEK's own fault.
_PASSING = frozenset({"v2_similar_request_still_processed", "v2_internal_error", "v2_order_location_from_not_ready"})
_LONGEST_COMMENT = 255

# Appendix 1 of the API: codes of an order's statuses.
STATES: Mapping[str, ParcelState] = {
    "ACCEPTED": ParcelState.BOOKED,
    "CREATED": ParcelState.BOOKED,
    "REMOVED": ParcelState.CANCELLED,
    "INVALID": ParcelState.PROBLEM,
    "RECEIVED_AT_SHIPMENT_WAREHOUSE": ParcelState.ACCEPTED,
    "READY_FOR_SHIPMENT_IN_SENDER_CITY": ParcelState.ACCEPTED,
    "READY_TO_SHIP_AT_SENDING_OFFICE": ParcelState.ACCEPTED,
    "RETURNED_TO_SENDER_CITY_WAREHOUSE": ParcelState.ACCEPTED,
    "TAKEN_BY_TRANSPORTER_FROM_SENDER_CITY": ParcelState.UNDER_WAY,
    "PASSED_TO_CARRIER_AT_SENDING_OFFICE": ParcelState.UNDER_WAY,
    "SENT_TO_TRANSIT_CITY": ParcelState.UNDER_WAY,
    "ACCEPTED_IN_TRANSIT_CITY": ParcelState.UNDER_WAY,
    "ACCEPTED_AT_TRANSIT_WAREHOUSE": ParcelState.UNDER_WAY,
    "RETURNED_TO_TRANSIT_WAREHOUSE": ParcelState.UNDER_WAY,
    "READY_FOR_SHIPMENT_IN_TRANSIT_CITY": ParcelState.UNDER_WAY,
    "READY_TO_SHIP_IN_TRANSIT_OFFICE": ParcelState.UNDER_WAY,
    "TAKEN_BY_TRANSPORTER_FROM_TRANSIT_CITY": ParcelState.UNDER_WAY,
    "SENT_TO_SENDER_CITY": ParcelState.UNDER_WAY,
    "SENT_TO_RECIPIENT_CITY": ParcelState.UNDER_WAY,
    "ACCEPTED_IN_SENDER_CITY": ParcelState.UNDER_WAY,
    "ENTERED_TO_TRANSIT_WAREHOUSE": ParcelState.UNDER_WAY,
    "IN_CUSTOMS_INTERNATIONAL": ParcelState.UNDER_WAY,
    "SHIPPED_TO_DESTINATION": ParcelState.UNDER_WAY,
    "PASSED_TO_TRANSIT_CARRIER": ParcelState.UNDER_WAY,
    "IN_CUSTOMS_LOCAL": ParcelState.UNDER_WAY,
    "CUSTOMS_COMPLETE": ParcelState.UNDER_WAY,
    "ACCEPTED_IN_RECIPIENT_CITY": ParcelState.ARRIVED,
    "ACCEPTED_AT_RECIPIENT_CITY_WAREHOUSE": ParcelState.ARRIVED,
    "ENTERED_TO_RECIPIENT_CITY_WAREHOUSE": ParcelState.ARRIVED,
    "RETURNED_TO_RECIPIENT_CITY_WAREHOUSE": ParcelState.ARRIVED,
    "ACCEPTED_AT_PICK_UP_POINT": ParcelState.READY,
    "POSTOMAT_POSTED": ParcelState.READY,
    "POSTOMAT_SEIZED": ParcelState.UNDER_WAY,
    "TAKEN_BY_COURIER": ParcelState.WITH_COURIER,
    "POSTOMAT_RECEIVED": ParcelState.DELIVERED,
    "DELIVERED": ParcelState.DELIVERED,
    "NOT_DELIVERED": ParcelState.RETURNED,
}


@dataclass(frozen=True, slots=True)
class Booked:
    """An order as CDEK keeps it: its id, its number once there is one, whether it was found wrong."""

    reference: str
    number: str
    is_invalid: bool
    words: str


class NotJson(CarrierRefused):
    """The answer is no JSON object. Params: `words`."""


def read_json(body: bytes) -> Json:
    """The answer as an object. Raises NotJson."""
    try:
        told = json.loads(body)
    except ValueError as broken:
        raise NotJson(words=body[:80].decode("utf-8", "replace")) from broken
    if not isinstance(told, dict):
        raise NotJson(words=str(told)[:80])
    return told


def read_list(body: bytes) -> Sequence[Json]:
    """The answer as a list of objects. Raises NotJson."""
    try:
        told = json.loads(body)
    except ValueError as broken:
        raise NotJson(words=body[:80].decode("utf-8", "replace")) from broken
    return [one for one in told if isinstance(one, dict)] if isinstance(told, list) else []


def read_token(told: Json) -> tuple[str, int]:
    """The token and for how many seconds it holds. Raises CarrierRefused."""
    token = str(told.get("access_token") or "")
    if not token:
        raise CarrierRefused(words=str(told.get("error_description") or told.get("error") or "no token"))
    return token, int(told.get("expires_in") or 0)


def errors_of(told: Json) -> list[tuple[str, str]]:
    """Codes and words of everything that an answer complains of."""
    found = [*_errors(told.get("errors"))]
    for request in told.get("requests") or ():
        found += _errors(request.get("errors") if isinstance(request, dict) else None)
    return found


def is_not_found(told: Json) -> bool:
    """Whether the answer says that there is no such order; CDEK says so with a 400."""
    return any(code.startswith(_NOT_FOUND) for code, _ in errors_of(told))


def is_passing(told: Json) -> bool:
    """Whether what the answer complains of passes by itself."""
    return any(code in _PASSING for code, _ in errors_of(told))


def words_of(told: Json) -> str:
    """What an answer complains of, in CDEK's own words."""
    return "; ".join(dict.fromkeys(words or code for code, words in errors_of(told)))


def city_query(spot: Spot) -> dict[str, str]:
    """How to ask for a city's code."""
    return {"country_codes": spot.country, "city": spot.name, "size": "50"}


def read_city(cities: Sequence[Json], spot: Spot) -> str:
    """The code of the city that lies where the place does; empty when none does."""
    here = Point(spot.latitude, spot.longitude)
    near = []
    for city in cities:
        if city.get("code") is None or city.get("latitude") is None or city.get("longitude") is None:
            continue
        there = Point(Decimal(str(city["latitude"])), Decimal(str(city["longitude"])))
        near.append((distance_km(here, there), str(city["code"])))
    best = min(near, default=(_SAME_PLACE_KM + 1, ""))
    return best[1] if best[0] <= _SAME_PLACE_KM else ""


def quote_body(request: QuoteRequest, *, contract: str) -> dict[str, Any]:
    """The body for /v2/calculator/tarifflist."""
    return {
        "type": int(contract),
        "lang": "rus",
        "from_location": _location(request.start),
        "to_location": _location(request.end),
        "packages": [_box(request.weight_g, request.volume_cm3)],
    }


def read_quotes(told: Json, *, wanted: frozenset[str] = frozenset()) -> list[CarrierQuote]:
    """The tariffs of a tarifflist that are `wanted` (all when none are named)."""
    return [
        CarrierQuote(
            service=str(one["tariff_code"]),
            name=str(one.get("tariff_name") or ""),
            amount=Decimal(str(one["delivery_sum"])),
            days_min=int(one.get("period_min") or 0),
            days_max=int(one.get("period_max") or one.get("period_min") or 0),
        )
        for one in told.get("tariff_codes") or ()
        if one.get("delivery_sum") is not None and (not wanted or str(one["tariff_code"]) in wanted)
    ]


def order_body(request: BookRequest, *, contract: str) -> dict[str, Any]:
    """The body for /v2/orders. `number` is our key: CDEK finds the order by it again."""
    box = _box(request.weight_g, request.volume_cm3)
    if contract == "1":
        box["items"] = [_item(one) for one in request.goods]
    else:
        box["comment"] = (request.comment or request.key)[:_LONGEST_COMMENT]
    return {
        "type": int(contract),
        "number": request.key,
        "tariff_code": int(request.service),
        "comment": request.comment[:_LONGEST_COMMENT],
        "sender": _person(request.sender),
        "recipient": _person(request.receiver),
        "from_location": _location(request.start, with_address=True),
        "to_location": _location(request.end, with_address=True),
        "services": [{"code": "INSURANCE", "parameter": str(request.value)}] if request.value else [],
        "packages": [{"number": f"{request.key}-1", **box}],
    }


def read_booked(told: Json) -> Booked:
    """An order as /v2/orders answers it, when it is made and when it is asked for."""
    entity = told.get("entity") or {}
    requests = [one for one in told.get("requests") or () if one.get("type") in (None, "CREATE")]
    states = [str(status.get("code")) for status in entity.get("statuses") or ()]
    wrong = "INVALID" in states or any(one.get("state") == "INVALID" for one in requests)
    return Booked(
        reference=str(entity.get("uuid") or ""),
        number=str(entity.get("cdek_number") or ""),
        is_invalid=wrong,
        words=words_of(told),
    )


def read_tracking(told: Json) -> Tracking:
    """Where an order is. Statuses that CDEK has taken back are left out; what it found wrong is `refused`."""
    entity = told.get("entity") or {}
    booked = read_booked(told)
    said = [_said(status) for status in entity.get("statuses") or () if not status.get("deleted")]
    planned = entity.get("planned_delivery_date")
    return Tracking(
        said=tuple(sorted((one for one in said if one is not None), key=lambda one: one.at)),
        number=booked.number,
        expected_on=date.fromisoformat(str(planned)[:10]) if planned else None,
        refused=booked.words or "INVALID" if booked.is_invalid and not booked.number else "",
    )


def read_notices(told: Json) -> list[Notice]:
    """What a webhook says: of ORDER_STATUS the new status; nothing of other kinds. Raises CarrierRefused."""
    kind = told.get("type")
    if not isinstance(kind, str) or "uuid" not in told:
        raise CarrierRefused(words=str(kind))
    if kind != "ORDER_STATUS":
        return []
    told_of = told.get("attributes") or {}
    if told_of.get("is_return"):
        return []
    code = str(told_of.get("code") or "")
    status = {"code": code, "date_time": told_of.get("status_date_time"), "city": told_of.get("city_name")}
    said = _said(status)
    return [
        Notice(
            key=str(told_of.get("number") or ""),
            reference=str(told["uuid"]),
            number=str(told_of.get("cdek_number") or ""),
            # The old field `status_code` is a number of its own: then the order is merely looked at.
            said=(said,) if said is not None else (),
        )
    ]


def print_body(reference: str) -> dict[str, Any]:
    """The body for /v2/print/barcodes."""
    return {"orders": [{"order_uuid": reference}], "copy_count": 1, "format": "A6"}


def read_print(told: Json) -> tuple[str, str]:
    """The id of a print form and, once it is ready, where it lies."""
    entity = told.get("entity") or {}
    return str(entity.get("uuid") or ""), str(entity.get("url") or "")


def _errors(told: object) -> list[tuple[str, str]]:
    if not isinstance(told, list):
        return []
    return [(str(one.get("code") or ""), str(one.get("message") or "")) for one in told if isinstance(one, dict)]


def _said(status: Json) -> Said | None:
    code, at = str(status.get("code") or ""), status.get("date_time")
    state = STATES.get(code)
    if state is None or not at:
        return None
    try:
        moment = datetime.fromisoformat(str(at))
    except ValueError:
        return None
    if moment.tzinfo is None:
        return None
    return Said(moment, state, code, str(status.get("name") or ""), str(status.get("city") or ""))


def _location(spot: Spot, *, with_address: bool = False) -> dict[str, Any]:
    told: dict[str, Any] = {"code": int(spot.code)} if spot.code else {"country_code": spot.country, "city": spot.name}
    if with_address:
        told["address"] = spot.address or spot.name
        if spot.postcode:
            told["postal_code"] = spot.postcode
    return told


def _box(weight_g: int, volume_cm3: int) -> dict[str, Any]:
    edge = edge_cm(volume_cm3) if volume_cm3 > 0 else 0
    sides = {"length": edge, "width": edge, "height": edge} if edge else {}
    return {"weight": weight_g, **sides}


def _person(person: Person) -> dict[str, Any]:
    told: dict[str, Any] = {
        "company": person.company,
        "name": person.name or person.company,
        "phones": [{"number": person.phone}] if person.phone else [],
    }
    return {**told, "tin": person.inn} if person.inn else told


def _item(one: Any) -> dict[str, Any]:
    return {
        "name": one.name[:255],
        "ware_key": (one.code or one.name)[:50],
        "payment": {"value": 0},
        "cost": float(one.price),
        "weight": one.weight_g,
        "amount": max(1, int(one.quantity)),
    }
