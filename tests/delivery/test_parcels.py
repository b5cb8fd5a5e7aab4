"""Parcels: booked by a job once and never twice, followed in any order of words, told by the ERP, read by both."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from tests import deals, world
from tests.delivery import ground
from tests.delivery.ground import NOW, Channel

from zveno.base import clock
from zveno.catalog.models import Product
from zveno.delivery import jobs
from zveno.delivery.actions.book_segment import book_again, book_segment, cancel_parcel
from zveno.delivery.actions.follow_parcel import SentGoods, follow_parcel
from zveno.delivery.actions.record_tracking import record_tracking, say_of_parcel
from zveno.delivery.actions.send_segment import send_segment
from zveno.delivery.actions.set_carrier_account import renew_webhook_secret, set_carrier_account
from zveno.delivery.errors import (
    CarrierHasNoSystem,
    ParcelBookedAlready,
    ParcelNotFound,
    ParcelTooFarOn,
    SegmentNotFound,
)
from zveno.delivery.models import (
    Carrier,
    CarrierAccount,
    CarrierMessage,
    DeliveryAddress,
    OrderSegment,
    Parcel,
    ParcelEvent,
)
from zveno.delivery.ports import CarrierSilent, Tracking
from zveno.delivery.queries.order_delivery import order_delivery
from zveno.delivery.queries.parcels import ParcelFilter, parcel_list, shown_rows
from zveno.delivery.rules.tracking import ParcelState, Said
from zveno.orders.actions.apply_erp_order import ErpOrder, apply_erp_order
from zveno.orders.actions.plan_order_delivery import plan_order_delivery
from zveno.orders.models import Order, OrderEvent
from zveno.orders.rules.erp_words import ErpLine, ErpShipment
from zveno.plugins.carriers.cdek import client
from zveno.plugins.carriers.cdek.twin import Twin, running_twin

# Jobs open transactions of their own.
pytestmark = pytest.mark.django_db(transaction=True)
D = Decimal


@pytest.fixture
def twin(monkeypatch: pytest.MonkeyPatch) -> Iterator[Twin]:
    client.forget_tokens()
    with running_twin() as running:
        monkeypatch.setenv("ZVENO_CDEK_ADDRESS", running.address)
        yield running


@pytest.fixture
def channel() -> Channel:
    return ground.golden()


@pytest.fixture
def cdek(channel: Channel) -> Carrier:
    made = ground.carrier(channel.deal.seller, "СДЭК", kind="cdek")
    with channel.deal.selling():
        told = {"account": "account", "password": "password", "tariffs": "136"}
        set_carrier_account(seller_id=channel.deal.seller_id, carrier_id=made.pk, options=told, now=NOW)
    return made


@pytest.fixture
def lamp(channel: Channel) -> Product:
    made = channel.deal.product(weight_g=2500, volume_cm3=12_000, name="Лампа")
    world.balance(channel.moscow, made, 100)
    return made


def placed_with(channel: Channel, product: Product, carrier: Carrier, *, quantity: int = 5) -> Order:
    """An order whose delivery goes by the carrier, planned until nothing is to be asked any more."""
    from zveno.delivery.actions.pick_for_order import pick_for_order
    from zveno.delivery.rules.segments import Pick, Way

    order = channel.deal.place((product, quantity), now=clock.now())
    channel.deal.decide(order, now=clock.now())
    plan(order)
    with deals.as_system():
        pick_for_order(order_id=order.pk, warehouse_id=channel.moscow.pk, pick=Pick(Way.NAMED, carrier.pk))
    plan(order)
    return order


def plan(order: Order) -> None:
    with deals.as_system():
        plan_order_delivery(order_id=order.pk, now=clock.now())


def segment_of(order: Order) -> OrderSegment:
    return OrderSegment.objects.unscoped("a test").get(order_id=order.pk)


def ask(order: Order) -> None:
    """What the worker does with the question of the order's plan."""
    segment = segment_of(order)
    from zveno.delivery.rules.asking import asked_load
    from zveno.delivery.rules.tariffs import Load

    weight, volume = asked_load(Load(segment.weight_g, segment.volume_cm3, D(0)))
    assert segment.carrier_id is not None
    jobs.ask_carrier(
        carrier_id=segment.carrier_id,
        from_place_id=ground.place("Москва").pk,
        to_place_id=ground.place("Владивосток").pk,
        weight_g=weight,
        volume_cm3=volume,
        order_id=order.pk,
    )
    plan(order)


def book(channel: Channel, order: Order) -> Parcel:
    with channel.deal.selling():
        parcel_id = book_segment(segment_id=segment_of(order).pk, order_number=order.number, now=clock.now())
    return parcel(parcel_id)


def parcel(parcel_id: int) -> Parcel:
    return Parcel.objects.unscoped("a test").get(pk=parcel_id)


def test_a_carrier_that_was_not_asked_yet_never_blocks_and_its_answer_renews_the_plan(
    channel: Channel, cdek: Carrier, lamp: Product, twin: Twin
) -> None:
    order = placed_with(channel, lamp, cdek)
    before = segment_of(order)
    assert (before.cost, before.problem, before.params["reason"]) == (None, "to_be_told", "carrier_asked")
    ask(order)
    after = segment_of(order)
    # 12.5 kg, asked as 13: 420 for the first and 85 for each of twelve more.
    assert (after.cost, after.problem) == (D("1440.00"), "")
    assert after.trace[0]["code"] == "told"
    assert OrderEvent.objects.unscoped("a test").filter(order=order, kind="delivery_changed").exists()
    calls = len(twin.state.calls)
    ask(order)
    assert len(twin.state.calls) == calls


def test_a_carrier_that_is_down_lets_its_table_stand_in_or_the_cost_be_told(
    channel: Channel, cdek: Carrier, lamp: Product, twin: Twin
) -> None:
    order = placed_with(channel, lamp, cdek)
    twin.state.failing = [503] * 9
    ask(order)
    assert segment_of(order).params["reason"] == "carrier_silent"
    seller = channel.deal.seller
    start = ground.zone(seller, "Москва СДЭК", "Москва", carrier=cdek)
    end = ground.zone(seller, "Восток СДЭК", "RU-25", carrier=cdek)
    ground.tariff(cdek, start, end, (0, None, 2000, 0, 6, 9))
    plan(order)
    stood_in = segment_of(order)
    assert (stood_in.cost, stood_in.cost_is_from, stood_in.trace[0]["code"]) == (D("2000.00"), True, "stand_in")


def test_booked_by_a_job_it_has_a_number_a_label_and_a_history(
    channel: Channel, cdek: Carrier, lamp: Product, twin: Twin
) -> None:
    order = placed_with(channel, lamp, cdek)
    ask(order)
    made = book(channel, order)
    assert made.state == "booking"
    for _ in range(3):
        jobs.book_parcel(parcel_id=made.pk)
    assert len(twin.state.orders) == 1
    jobs.look_at_parcel(parcel_id=made.pk)
    jobs.fetch_label(parcel_id=made.pk)
    now = parcel(made.pk)
    assert (now.state, now.number) == ("booked", next(iter(twin.state.orders.values()))["cdek_number"])
    assert now.label is not None
    told = OrderEvent.objects.unscoped("a test").filter(order=order, kind="parcel_moved")
    assert [event.params["state"] for event in told] == ["booked"]
    with channel.deal.selling(), pytest.raises(ParcelBookedAlready):
        book_segment(segment_id=segment_of(order).pk, order_number=order.number, now=clock.now())


def test_an_answer_that_got_lost_and_a_killed_worker_book_once(
    channel: Channel, cdek: Carrier, lamp: Product, twin: Twin
) -> None:
    order = placed_with(channel, lamp, cdek)
    ask(order)
    made = book(channel, order)
    twin.state.lose_next_order = True
    with pytest.raises(CarrierSilent):
        jobs.book_parcel(parcel_id=made.pk)
    assert (parcel(made.pk).state, parcel(made.pk).failures) == ("booking", 1)
    jobs.book_parcel(parcel_id=made.pk)
    assert len(twin.state.orders) == 1
    assert parcel(made.pk).reference == next(iter(twin.state.orders))


def test_a_refused_booking_says_why_and_may_be_tried_again_when_mended(
    channel: Channel, cdek: Carrier, lamp: Product, twin: Twin
) -> None:
    order = placed_with(channel, lamp, cdek)
    ask(order)
    DeliveryAddress.objects.unscoped("a test").update(phone="")
    made = book(channel, order)
    jobs.book_parcel(parcel_id=made.pk)
    assert (parcel(made.pk).state, parcel(made.pk).problem) == ("problem", "[recipient.phones] is empty")
    DeliveryAddress.objects.unscoped("a test").update(phone="+74232000000")
    with channel.deal.selling():
        book_again(parcel_id=made.pk, now=clock.now())
    jobs.book_parcel(parcel_id=made.pk)
    assert parcel(made.pk).state == "booked"
    assert len(twin.state.orders) == 1


def test_called_off_before_it_left_it_is_called_off_at_the_carrier_too(
    channel: Channel, cdek: Carrier, lamp: Product, twin: Twin
) -> None:
    order = placed_with(channel, lamp, cdek)
    ask(order)
    made = book(channel, order)
    jobs.book_parcel(parcel_id=made.pk)
    with channel.deal.selling():
        cancel_parcel(parcel_id=made.pk, now=clock.now())
    jobs.cancel_parcel(parcel_id=made.pk)
    assert parcel(made.pk).state == "cancelled"
    assert next(iter(twin.state.orders.values()))["statuses"][-1]["code"] == "REMOVED"
    assert book(channel, order).pk != made.pk


def test_looks_and_messages_in_any_order_come_to_one_history(
    channel: Channel, cdek: Carrier, lamp: Product, twin: Twin, client: Client
) -> None:
    order = placed_with(channel, lamp, cdek)
    ask(order)
    made = book(channel, order)
    jobs.book_parcel(parcel_id=made.pk)
    with channel.deal.selling():
        secret = renew_webhook_secret(seller_id=channel.deal.seller_id, carrier_id=cdek.pk, now=NOW)
    reference = parcel(made.pk).reference
    twin.state.say(reference, "RECEIVED_AT_SHIPMENT_WAREHOUSE", hours=1, city="Москва")
    twin.state.say(reference, "DELIVERED", hours=90, city="Владивосток")
    received, delivered = twin.state.orders[reference]["statuses"][-2:]
    for status in (delivered, received, delivered):
        assert send(client, secret, message(reference, made.key, status)).status_code == 204
    assert CarrierMessage.objects.unscoped("a test").count() == 2
    for kept in CarrierMessage.objects.unscoped("a test").order_by("id"):
        jobs.apply_message(message_id=kept.pk)
        jobs.apply_message(message_id=kept.pk)
    assert parcel(made.pk).state == "delivered"
    jobs.look_at_parcel(parcel_id=made.pk)
    codes = list(
        ParcelEvent.objects.unscoped("a test").filter(parcel=made).order_by("at").values_list("code", flat=True)
    )
    assert codes.count("DELIVERED") == codes.count("RECEIVED_AT_SHIPMENT_WAREHOUSE") == 1
    assert parcel(made.pk).next_look_at is None


def message(reference: str, key: str, status: dict[str, Any]) -> dict[str, Any]:
    told = {"number": key, "code": status["code"], "status_date_time": status["date_time"], "city_name": status["city"]}
    return {"type": "ORDER_STATUS", "uuid": reference, "date_time": status["date_time"], "attributes": told}


def send(client: Client, secret: str, told: Any) -> Any:
    return client.post(f"/carriers/{secret}/", json.dumps(told), content_type="application/json")


def test_a_message_without_the_secret_is_nobodys(channel: Channel, cdek: Carrier, client: Client) -> None:
    assert send(client, "no-such-secret", {}).status_code == 404
    with channel.deal.selling():
        old = renew_webhook_secret(seller_id=channel.deal.seller_id, carrier_id=cdek.pk, now=NOW)
        new = renew_webhook_secret(seller_id=channel.deal.seller_id, carrier_id=cdek.pk, now=NOW)
    assert send(client, old, {}).status_code == 404
    assert send(client, new, {"hello": "world"}).status_code == 204
    assert client.get(f"/carriers/{new}/").status_code == 405
    kept = CarrierMessage.objects.unscoped("a test").get()
    jobs.apply_message(message_id=kept.pk)
    kept.refresh_from_db()
    assert kept.applied_at is not None


def test_the_carriers_secrets_are_not_to_be_read_in_the_database(channel: Channel, cdek: Carrier) -> None:
    account = CarrierAccount.objects.unscoped("a test").get(carrier=cdek)
    assert "password" not in f"{account.options} {account.sealed}"
    with channel.deal.buying():
        from zveno.delivery.queries.carriers import account_of

        assert account_of(carrier_id=cdek.pk) == {}


def test_only_what_its_carrier_can_book_is_booked_and_only_by_its_seller(
    channel: Channel, cdek: Carrier, lamp: Product
) -> None:
    order = placed_with(channel, lamp, channel.road)
    segment_id = segment_of(order).pk
    with channel.deal.selling(), pytest.raises(CarrierHasNoSystem):
        book_segment(segment_id=segment_id, order_number=order.number, now=NOW)
    with deals.deal().selling(), pytest.raises(SegmentNotFound):
        book_segment(segment_id=segment_id, order_number=order.number, now=NOW)


def shipment(product: Product, quantity: int, **more: Any) -> ErpShipment:
    line = ErpLine(product.pk, D(quantity), D(100), D(100 * quantity))
    return ErpShipment(number="РТУ-1", shipped_at=clock.now(), lines=(line,), **more)


def tell(channel: Channel, order: Order, said: ErpShipment) -> None:
    with deals.as_system():
        apply_erp_order(
            said=ErpOrder(seller_id=channel.deal.seller_id, order_id=order.pk, shipments=(said,)),
            told_by="1С",
            now=clock.now(),
        )


def test_a_shipment_of_the_erp_becomes_a_parcel_of_its_part_once(channel: Channel, lamp: Product) -> None:
    order = placed_with(channel, lamp, channel.road)
    tell(channel, order, shipment(lamp, 5))
    tell(channel, order, shipment(lamp, 5, tracking="ДД-100"))
    tell(channel, order, shipment(lamp, 5, tracking="ДД-100"))
    made = Parcel.objects.unscoped("a test").get(order_id=order.pk)
    assert (made.shipment_number, made.number, made.state) == ("РТУ-1", "ДД-100", "accepted")
    assert (made.segment_id, made.carrier_id) == (segment_of(order).pk, channel.road.pk)
    assert made.expected_on is not None
    plan(order)
    assert segment_of(order).pk == made.segment_id
    with channel.deal.buying():
        seen = order_delivery(order_id=order.pk)
    assert seen is not None
    assert [one.number for one in seen.segments[0].parcels] == ["ДД-100"]


def test_a_shipment_called_off_calls_its_parcel_off(channel: Channel, lamp: Product) -> None:
    order = placed_with(channel, lamp, channel.road)
    tell(channel, order, shipment(lamp, 5))
    tell(channel, order, shipment(lamp, 5, is_void=True))
    assert Parcel.objects.unscoped("a test").get(order_id=order.pk).state == "cancelled"


def test_without_a_plan_of_ours_it_is_followed_when_the_erp_tells_a_number(channel: Channel, lamp: Product) -> None:
    channel.address.delete()
    order = channel.deal.place((lamp, 5), now=clock.now())
    channel.deal.decide(order, now=clock.now())
    tell(channel, order, shipment(lamp, 5))
    assert not Parcel.objects.unscoped("a test").exists()
    tell(channel, order, shipment(lamp, 5, carrier="Иной перевозчик", tracking="И-5"))
    made = Parcel.objects.unscoped("a test").get()
    assert (made.carrier_name, made.number, made.carrier_id) == ("Иной перевозчик", "И-5", None)


def test_late_parcels_stand_on_top_and_strangers_see_none(channel: Channel, lamp: Product) -> None:
    order = placed_with(channel, lamp, channel.road)
    tell(channel, order, shipment(lamp, 3))
    today = clock.now().date()
    (made,) = Parcel.objects.unscoped("a test").all()
    for number, days in (("Б", 5), ("А", -2), ("В", 1)):
        Parcel.objects.create(
            seller_id=made.seller_id, buyer_company_id=made.buyer_company_id, buyer_entity_id=made.buyer_entity_id,
            number=number, key=number, state="under_way", expected_on=today + timedelta(days=days), created_at=NOW,
        )  # fmt: skip
    with channel.deal.buying():
        rows = list(parcel_list(wanted=ParcelFilter(), today=today))
        assert [row.number for row in rows][:3] == ["А", "В", "Б"]
        assert [one.is_late(today) for one in shown_rows(rows)][:2] == [True, False]
        assert len(parcel_list(wanted=ParcelFilter(state="late"), today=today)) == 1
        assert len(parcel_list(wanted=ParcelFilter(search="а"), today=today)) >= 1
    with deals.deal().buying():
        assert list(parcel_list(wanted=ParcelFilter(state="all"), today=today)) == []


def test_a_manager_says_how_far_a_parcel_is_until_it_is_over(channel: Channel, lamp: Product) -> None:
    order = placed_with(channel, lamp, channel.road)
    tell(channel, order, shipment(lamp, 5))
    made = Parcel.objects.unscoped("a test").get()
    with channel.deal.selling():
        say_of_parcel(parcel_id=made.pk, state=ParcelState.DELIVERED, now=clock.now() + timedelta(days=1))
    with channel.deal.selling(), pytest.raises(ParcelTooFarOn):
        say_of_parcel(parcel_id=made.pk, state=ParcelState.UNDER_WAY, now=clock.now())
    with deals.deal().selling(), pytest.raises(ParcelNotFound):
        say_of_parcel(parcel_id=made.pk, state=ParcelState.UNDER_WAY, now=clock.now())
    assert parcel(made.pk).delivered_at is not None


def test_a_parcel_that_a_carrier_finds_wrong_later_waits_for_somebody(channel: Channel, lamp: Product) -> None:
    order = placed_with(channel, lamp, channel.road)
    tell(channel, order, shipment(lamp, 5))
    made = Parcel.objects.unscoped("a test").get()
    with deals.as_system():
        said = (Said(clock.now(), ParcelState.BOOKED, "CREATED"),)
        record_tracking(
            parcel_id=made.pk, tracking=Tracking(said, refused="нет тарифа"), now=clock.now() + timedelta(hours=9)
        )
    assert (parcel(made.pk).state, parcel(made.pk).problem) == ("problem", "нет тарифа")


def test_a_part_is_handed_over_by_hand_once_and_the_erps_shipment_joins_it(channel: Channel, lamp: Product) -> None:
    order = placed_with(channel, lamp, channel.road)
    segment = segment_of(order)
    with channel.deal.selling():
        sent = send_segment(
            segment_id=segment.pk, order_number=order.number, number=" ДД-9 ", today=NOW.date(), now=NOW
        )
        with pytest.raises(ParcelBookedAlready):
            send_segment(segment_id=segment.pk, order_number=order.number, number="ДД-10", today=NOW.date(), now=NOW)
    parcel = Parcel.objects.unscoped("a test").get()
    assert (parcel.pk, parcel.number, parcel.state, parcel.expected_on) == (
        sent,
        "ДД-9",
        "accepted",
        segment.arrives_to,
    )
    with deals.as_system():
        for _ in range(2):
            follow_parcel(
                seller_id=order.seller_id,
                company_id=order.buyer_company_id,
                entity_id=order.buyer_entity_id,
                order_id=order.pk,
                order_number=order.number,
                sent=SentGoods("РН-1", NOW.date()),
                source="erp",
                now=NOW,
            )
    parcel = Parcel.objects.unscoped("a test").get()
    assert (parcel.shipment_number, parcel.number) == ("РН-1", "ДД-9")
    assert ParcelEvent.objects.unscoped("a test").count() == 1
    with deals.deal().selling(), pytest.raises(SegmentNotFound):
        send_segment(segment_id=segment.pk, order_number="1", number="", today=NOW.date(), now=NOW)
