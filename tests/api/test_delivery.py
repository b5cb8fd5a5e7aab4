"""Delivery by the API: a buyer's program asks and chooses, a seller's program tells how a shipment goes."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from tests import deals, world
from tests.api.test_api import Program, program
from tests.delivery import ground
from tests.delivery.ground import Channel

from zveno.base import clock
from zveno.catalog.models import Product
from zveno.delivery.models import OrderDelivery, Parcel, ParcelEvent
from zveno.orders.actions.plan_order_delivery import plan_order_delivery

pytestmark = pytest.mark.django_db
committing = pytest.mark.django_db(transaction=True)


@pytest.fixture
def channel() -> Channel:
    return ground.golden()


@pytest.fixture
def cable(channel: Channel) -> Product:
    made = channel.deal.product(weight_g=30_000, volume_cm3=60_000)
    world.balance(channel.moscow, made, 100)
    return made


def asked(channel: Channel, cable: Product, **delivery: Any) -> Any:
    body = {"lines": [{"product_id": cable.pk, "quantity": 5}], "delivery": delivery}
    return program(channel.deal).call("POST", "/delivery", body)


def test_addresses_are_told_with_their_city(channel: Channel) -> None:
    status, found = program(channel.deal).get("/addresses")
    assert status == 200
    assert [(one["id"], one["city"], one["is_default"]) for one in found] == [(channel.address.pk, "Владивосток", True)]


def test_a_program_asks_what_each_carrier_takes_and_why(channel: Channel, cable: Product) -> None:
    status, found = asked(channel, cable)
    assert (status, found["cost"], found["untold"], found["address"]) == (200, "3450.00", 0, channel.address.pk)
    (leg,) = found["legs"]
    assert (leg["name"], leg["weight_g"], leg["chosen"]) == ("Склад Москва", "150000", channel.road.pk)
    by_name = {option["name"]: option for option in leg["options"]}
    assert by_name["Авиа"]["cost"] == "22200.00"
    assert [step["code"] for step in by_name["Дальняя дорога"]["why"]][:3] == ["weight", "band", "per_kg"]


def test_a_wish_in_the_question_is_followed(channel: Channel, cable: Product) -> None:
    assert asked(channel, cable, carrier="fastest")[1]["cost"] == "22200.00"
    assert asked(channel, cable, carriers={channel.moscow.pk: str(channel.pickup.pk)})[1]["cost"] == "0.00"
    assert asked(channel, cable, address=channel.address.pk + 1)[0] == 404
    status, refused = asked(channel, cable, carrier="swift")
    assert (status, refused["code"]) == (422, "carrier_not_named")


@committing
def test_the_choice_goes_with_the_order(channel: Channel, cable: Product) -> None:
    caller = program(channel.deal)
    lines = [{"product_id": cable.pk, "quantity": 5}]
    status, placed = caller.order({"lines": lines, "delivery": {"carrier": str(channel.air.pk)}})
    assert status == 201
    assert OrderDelivery.objects.unscoped("a test").get(order_id=placed["id"]).picks == {"0": str(channel.air.pk)}
    assert caller.order({"lines": lines, "delivery": {"carrier": str(channel.road.pk)}})[0] == 409
    order = deals.order(placed["id"])
    channel.deal.decide(order, now=clock.now())
    with deals.as_system():
        plan_order_delivery(order_id=order.pk, now=clock.now())
    status, found = caller.get(f"/orders/{order.pk}/delivery")
    assert (status, found["cost"], [leg["carrier"] for leg in found["legs"]]) == (200, "22200.00", ["Авиа"])


@committing
def test_another_sellers_carrier_is_no_choice(channel: Channel, cable: Product) -> None:
    strange = ground.golden()
    body = {"lines": [{"product_id": cable.pk, "quantity": 5}], "delivery": {"carrier": str(strange.air.pk)}}
    status, refused = program(channel.deal).order(body)
    assert (status, refused["code"]) == (422, "pick_unknown")


def test_a_sellers_program_tells_how_a_shipment_goes_once_however_often(channel: Channel, cable: Product) -> None:
    order = channel.deal.place((cable, 5), now=clock.now())
    now = clock.now().replace(microsecond=0)
    told = {
        "carrier": "авиа",
        "number": "AW-77",
        "sent_on": now.date().isoformat(),
        "expected_on": (now.date() + timedelta(days=3)).isoformat(),
        "words": [
            {"at": (now + timedelta(hours=9)).isoformat(), "state": "arrived", "place": "Владивосток"},
            {"at": (now + timedelta(hours=2)).isoformat(), "state": "under_way"},
        ],
    }
    caller: Program = program(channel.deal, "selling")
    first = caller.call("PUT", f"/erp/orders/{order.pk}/parcels/R-1", told)
    again = caller.call("PUT", f"/erp/orders/{order.pk}/parcels/R-1", told)
    assert first == again
    assert (first[0], first[1]["state"]) == (200, "arrived")
    parcel = Parcel.objects.unscoped("a test").get(order_id=order.pk)
    assert (parcel.carrier_id, parcel.number, parcel.shipment_number) == (channel.air.pk, "AW-77", "R-1")
    assert ParcelEvent.objects.unscoped("a test").filter(parcel=parcel).count() == 3
    status, found = program(channel.deal).get(f"/orders/{order.pk}/delivery")
    assert (status, found["parcels"][0]["number"], found["parcels"][0]["state"]) == (200, "AW-77", "arrived")
