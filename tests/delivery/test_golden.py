"""The golden case O24 through rules, cart and order: to Vladivostok, partly from Krasnodar and partly from Moscow."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from tests import deals, world
from tests.delivery import ground
from tests.delivery.ground import NOW, Channel

from zveno.base.scope import entered, system_scope
from zveno.catalog.models import Product
from zveno.delivery.actions.choose_delivery import choose_delivery
from zveno.delivery.queries.order_delivery import OrderDeliveryValue, order_delivery
from zveno.delivery.rules.segments import Pick, Way
from zveno.orders.actions.add_to_cart import add_to_cart
from zveno.orders.actions.place_cart import place_cart
from zveno.orders.actions.plan_order_delivery import plan_order_delivery
from zveno.orders.actions.reconsider_order import reconsider_order
from zveno.orders.actions.set_cart_manner import set_cart_manner
from zveno.orders.models import Order, OrderEvent
from zveno.orders.queries.cart import cart_page
from zveno.orders.queries.cart_delivery import CartDeliveryPage, cart_delivery
from zveno.orders.rules.states import OrderState
from zveno.stock.actions.settle_shortage import settle_shortage
from zveno.stock.models import Balance

pytestmark = pytest.mark.django_db

D = Decimal


@pytest.fixture
def channel() -> Channel:
    return ground.golden()


@pytest.fixture
def goods(channel: Channel) -> tuple[Product, Product]:
    """Lamps of 4 kg that lie in Krasnodar, cable of 30 kg that lies in Moscow."""
    deal = channel.deal
    lamp = deal.product(name="Люстра", weight_g=4000, volume_cm3=40_000)
    cable = deal.product(name="Кабель", weight_g=30_000, volume_cm3=60_000)
    world.balance(channel.krasnodar, lamp, 100)
    world.balance(channel.moscow, cable, 100)
    return lamp, cable


def fill(channel: Channel, *lines: tuple[Product, int]) -> None:
    with channel.deal.buying() as actor:
        for product, quantity in lines:
            add_to_cart(actor=actor, seller_id=channel.deal.seller_id, product_id=product.pk, quantity=D(quantity))


def shown(channel: Channel) -> CartDeliveryPage:
    with channel.deal.buying() as actor:
        page = cart_page(actor=actor, seller_id=channel.deal.seller_id, now=NOW)
        assert page is not None
        return cart_delivery(actor=actor, page=page, now=NOW)


def choose(channel: Channel, **told: object) -> None:
    with channel.deal.buying() as actor:
        assert actor.entity_id is not None
        choose_delivery(
            user_id=actor.user_id,
            entity_id=actor.entity_id,
            seller_id=channel.deal.seller_id,
            **told,  # type: ignore[arg-type]
        )


def place(channel: Channel) -> Order:
    with channel.deal.buying() as actor:
        page = cart_page(actor=actor, seller_id=channel.deal.seller_id, now=NOW)
        assert page is not None
        placed = place_cart(actor=actor, seller_id=channel.deal.seller_id, placing_key=page.placing_key, now=NOW)
    return deals.order(placed.id)


def plan(order: Order) -> OrderDeliveryValue:
    with deals.as_system():
        plan_order_delivery(order_id=order.pk, now=NOW)
        found = order_delivery(order_id=order.pk)
    assert found is not None
    return found


def told(order: Order) -> list[str]:
    return list(OrderEvent.objects.unscoped("a test").filter(order=order).order_by("id").values_list("kind", flat=True))


def test_golden_case_the_cart_shows_true_cost_and_time_per_segment_and_for_the_whole(
    channel: Channel, goods: tuple[Product, Product]
) -> None:
    fill(channel, (goods[0], 20), (goods[1], 5))
    offer = shown(channel).offer
    assert [s.segment.warehouse for s in offer.segments] == ["Склад Краснодар", "Склад Москва"]
    south, centre = offer.segments
    # 80 kg, but 0.8 m³ of 200 kg each: 160 kg; 60 kg above a hundred at 21 roubles.
    assert south.segment.load.weight_g == D(80_000)
    assert south.chosen is not None
    assert (south.chosen.carrier, south.chosen.cost.amount) == ("Дальняя дорога", D("4460"))
    # Friday 10 April and 18 to 22 working days, over the first and the ninth of May.
    assert south.chosen.cost.leaves_on == date(2026, 4, 10)
    assert (south.chosen.cost.arrives_from, south.chosen.cost.arrives_to) == (date(2026, 5, 7), date(2026, 5, 13))
    # 150 kg of cable: 50 kg above a hundred at 17 roubles.
    assert centre.chosen is not None
    assert (centre.chosen.carrier, centre.chosen.cost.amount) == ("Дальняя дорога", D("3450"))
    assert (centre.chosen.cost.arrives_from, centre.chosen.cost.arrives_to) == (date(2026, 4, 28), date(2026, 5, 4))
    air = next(option for option in centre.options if option.carrier == "Авиа")
    assert (air.cost.amount, air.cost.arrives_to) == (D("22200"), date(2026, 4, 15))
    assert (offer.whole.cost, offer.whole.is_from, offer.whole.untold) == (D("7910"), False, 0)
    assert (offer.whole.arrives_from, offer.whole.arrives_to) == (date(2026, 5, 7), date(2026, 5, 13))


def test_from_krasnodar_no_plane_flies_and_the_cart_says_why(channel: Channel, goods: tuple[Product, Product]) -> None:
    fill(channel, (goods[0], 20))
    (south,) = shown(channel).offer.segments
    air = next(option for option in south.options if option.carrier == "Авиа")
    assert (air.cost.is_available, air.cost.problem) == (False, "no_tariff")


def test_the_choice_stands_in_the_cart_goes_with_the_order_and_is_remembered(
    channel: Channel, goods: tuple[Product, Product]
) -> None:
    fill(channel, (goods[0], 20), (goods[1], 5))
    choose(channel, warehouse_id=channel.moscow.pk, pick=Pick(Way.NAMED, channel.air.pk))
    assert shown(channel).offer.whole.cost == D("26660")
    order = place(channel)
    assert channel.deal.decide(order) is OrderState.CONFIRMED
    found = plan(order)
    assert [(s.warehouse, s.carrier, s.cost) for s in found.segments] == [
        ("Склад Краснодар", "Дальняя дорога", D("4460.00")),
        ("Склад Москва", "Авиа", D("22200.00")),
    ]
    assert (found.cost, found.arrives_to, found.address) == (
        D("26660.00"), date(2026, 5, 13), "Владивосток, ул. Светланская, 33"
    )  # fmt: skip
    assert found.carriers == ("Дальняя дорога", "Авиа")
    fill(channel, (goods[1], 5))
    chosen = shown(channel).offer.segments[0].chosen
    assert chosen is not None
    assert chosen.carrier == "Авиа"


def test_a_new_plan_follows_when_other_goods_are_found(channel: Channel, goods: tuple[Product, Product]) -> None:
    lamp, _ = goods
    world.balance(channel.moscow, lamp, 500)
    fill(channel, (lamp, 20))
    order = place(channel)
    channel.deal.decide(order)
    before = plan(order)
    assert [s.warehouse for s in before.segments] == ["Склад Краснодар"]
    held = Balance.objects.unscoped("a test").filter(product=lamp, warehouse=channel.krasnodar)
    held.update(on_hand=0)
    with deals.as_system():
        settle_shortage(seller_id=channel.deal.seller_id, product_ids=[lamp.pk], now=NOW)
        reconsider_order(order_id=order.pk, now=NOW)
    after = plan(order)
    assert [(s.warehouse, s.cost) for s in after.segments] == [("Склад Москва", D("3620.00"))]
    assert told(order)[-1] == "delivery_changed"
    assert plan(order).cost == after.cost
    assert told(order).count("delivery_changed") == 1


def test_what_arrives_later_holds_its_segment_up_unless_it_may_leave_in_parts(
    channel: Channel, goods: tuple[Product, Product]
) -> None:
    _, cable = goods
    world.arrival(channel.moscow, cable, 50, due_on=date(2026, 4, 20))
    fill(channel, (cable, 120))
    (whole,) = shown(channel).offer.segments
    assert (whole.segment.ready_on, whole.segment.load.weight_g) == (date(2026, 4, 20), D(3_600_000))
    choose(channel, in_parts=True)
    parts = shown(channel).offer.segments
    assert [(s.segment.ready_on, s.segment.load.weight_g) for s in parts] == [
        (date(2026, 4, 10), D(3_000_000)), (date(2026, 4, 20), D(600_000))
    ]  # fmt: skip


def test_what_shall_leave_all_at_once_is_not_split_by_days_in_the_cart_nor_in_the_order(
    channel: Channel, goods: tuple[Product, Product]
) -> None:
    _, cable = goods
    world.arrival(channel.moscow, cable, 50, due_on=date(2026, 4, 20))
    fill(channel, (cable, 120))
    choose(channel, in_parts=True)
    with channel.deal.buying() as actor:
        set_cart_manner(actor=actor, seller_id=channel.deal.seller_id, in_parts=False, warehouse_id=None)
    (whole,) = shown(channel).offer.segments
    assert (whole.segment.ready_on, whole.segment.load.weight_g) == (date(2026, 4, 20), D(3_600_000))
    order = place(channel)
    channel.deal.decide(order)
    assert [segment.ready_on for segment in plan(order).segments] == [date(2026, 4, 20)]


def test_unknown_weights_are_said_and_the_cost_is_a_least_one(channel: Channel) -> None:
    known = channel.deal.product(name="Лампа", weight_g=1000, volume_cm3=1000)
    unknown = channel.deal.product(name="Загадка")
    for product in (known, unknown):
        world.balance(channel.moscow, product, 10)
    fill(channel, (known, 2), (unknown, 2))
    offer = shown(channel).offer
    assert (offer.segments[0].segment.load.without_weight, offer.whole.is_from) == (1, True)
    assert offer.whole.cost > 0


def test_without_an_address_or_a_place_of_the_warehouse_nothing_is_guessed(channel: Channel) -> None:
    lamp = channel.deal.product(5, name="Лампа", weight_g=1000)
    fill(channel, (lamp, 2))
    assert shown(channel).offer.segments[0].problem == "warehouse_unplaced"
    channel.address.delete()
    page = shown(channel)
    assert (page.offer.place, page.offer.segments[0].problem, page.offer.whole.untold) == (None, "no_address", 1)


def test_an_order_of_a_program_without_a_word_of_delivery_goes_as_usual(
    channel: Channel, goods: tuple[Product, Product]
) -> None:
    order = channel.deal.place((goods[1], 5))
    channel.deal.decide(order)
    found = plan(order)
    assert [(s.carrier, s.cost) for s in found.segments] == [("Дальняя дорога", D("3450.00"))]


def test_a_cancelled_order_has_nothing_to_bring(channel: Channel, goods: tuple[Product, Product]) -> None:
    order = channel.deal.place((goods[1], 5))
    channel.deal.decide(order)
    assert len(plan(order).segments) == 1
    Order.objects.unscoped("a test").filter(pk=order.pk).update(state=OrderState.CANCELLED)
    with deals.as_system():
        plan_order_delivery(order_id=order.pk, now=NOW)
        found = order_delivery(order_id=order.pk)
    assert found is not None
    assert found.segments == ()


@pytest.mark.parametrize("lines", [1, 40])
def test_the_cart_asks_as_much_for_any_number_of_lines_and_warehouses(channel: Channel, lines: int) -> None:
    stands = [channel.moscow, channel.krasnodar]
    products = [channel.deal.product(weight_g=100 + at, volume_cm3=1000) for at in range(lines)]
    for at, product in enumerate(products):
        world.balance(stands[at % 2], product, 10)
    fill(channel, *((product, 1) for product in products))
    with channel.deal.buying() as actor:
        page = cart_page(actor=actor, seller_id=channel.deal.seller_id, now=NOW)
        assert page is not None
        with CaptureQueriesContext(connection) as asked:
            cart_delivery(actor=actor, page=page, now=NOW)
    assert len(asked) <= 14, [query["sql"][:120] for query in asked]


def test_a_stranger_sees_neither_the_plan_nor_the_carriers(channel: Channel, goods: tuple[Product, Product]) -> None:
    order = channel.deal.place((goods[1], 5))
    channel.deal.decide(order)
    plan(order)
    other = deals.deal()
    with other.buying():
        assert order_delivery(order_id=order.pk) is None
    with other.selling():
        assert order_delivery(order_id=order.pk) is None
    with channel.deal.selling():
        assert order_delivery(order_id=order.pk) is not None
    with transaction.atomic(), entered(system_scope()):
        assert order_delivery(order_id=order.pk) is not None
