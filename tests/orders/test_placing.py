"""Placing orders: the golden case through all floors, numbers, keys, refusals, and the count of SQL statements."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests import deals, world
from tests.deals import NOW, Deal

from zveno.base.models import AuditEntry
from zveno.orders.actions.add_to_cart import add_to_cart
from zveno.orders.actions.place_cart import place_cart
from zveno.orders.actions.place_order import place_order
from zveno.orders.errors import (
    CartMovedOn,
    KeyUsedForAnotherOrder,
    LinesNotOrderable,
    NoTerms,
    NothingToOrder,
    RoleOrdersNothing,
    SellerNotFound,
    WishedDatePassed,
    WishedDateTooFar,
)
from zveno.orders.models import CartLine, Order, OrderEvent, OrderLine
from zveno.orders.queries.cart import cart_page
from zveno.orders.queries.order_page import order_page
from zveno.orders.rules.states import OrderState
from zveno.orders.rules.wishes import OrderedLine
from zveno.stock.actions.reserve_for_order import Holder, reserve_for_order
from zveno.stock.models import Reservation
from zveno.stock.rules.values import Manner, Wanted

pytestmark = pytest.mark.django_db

D = Decimal


@pytest.fixture
def deal() -> Deal:
    return deals.deal()


def lines_of(order: Order) -> list[OrderLine]:
    return list(OrderLine.objects.unscoped("a test looks").filter(order=order).order_by("position"))


def events_of(order: Order) -> list[str]:
    events = OrderEvent.objects.unscoped("a test looks").filter(order=order)
    return list(events.order_by("id").values_list("kind", flat=True))


def test_golden_case_seventy_arriving_and_thirty_from_the_shelf_are_reserved(deal: Deal) -> None:
    """N19 at the action."""
    product = deal.product(50, arrivals=((70, date(2026, 4, 15)),))
    order = deal.place((product, 100), wished_on=date(2026, 4, 17))
    assert deal.decide(order) is OrderState.CONFIRMED
    held = Reservation.objects.unscoped("a test looks").filter(order_id=order.pk)
    assert {(r.arrival_id is not None, r.quantity) for r in held} == {(True, D(70)), (False, D(30))}
    assert (deals.shelf_of(product).reserved, deals.arrival_of(product).reserved) == (D(30), D(70))
    assert order.promised_on == date(2026, 4, 17)
    (line,) = lines_of(order)
    assert [(p["kind"], p["quantity"]) for p in line.promise] == [("arrival", "70"), ("shelf", "30")]
    with deal.buying():
        found = deal.supply_of(product)
        assert [(on, free.quantity) for on, free in found.availability(NOW.date())] == [(date(2026, 4, 10), D(20))]
    next_one = deal.place((product, 20), wished_on=date(2026, 4, 16))
    assert deal.decide(next_one) is OrderState.CONFIRMED
    over = deal.place((product, 1), wished_on=date(2026, 4, 16))
    assert deal.decide(over) is OrderState.ATTENTION


def test_what_does_not_fit_waits_for_the_manager_with_the_reason_and_keeps_what_fits(deal: Deal) -> None:
    product = deal.product(30, arrivals=((100, date(2026, 4, 20)),))
    order = deal.place((product, 100), wished_on=date(2026, 4, 17))
    assert deal.decide(order) is OrderState.ATTENTION
    assert order.attention == [
        {
            "code": "not_enough_by_date",
            "line": 1,
            "params": {
                "code": product.code,
                "name": product.name,
                "wanted": "100",
                "covered": "30",
                "uncovered": "70",
                "wished": "2026-04-17",
                "earliest": "2026-04-20",
            },
        }
    ]
    assert deals.shelf_of(product).reserved == D(30)
    assert lines_of(order)[0].uncovered == D(70)
    assert events_of(order) == ["placed", "attention"]


def test_a_product_without_a_price_is_a_request(deal: Deal) -> None:
    order = deal.place((deal.product(5, price=None), 1))
    assert deal.decide(order) is OrderState.ATTENTION
    assert [reason["code"] for reason in order.attention] == ["no_price"]
    assert lines_of(order)[0].price_trace == [{"code": "no_price"}]


def test_an_order_keeps_its_price_and_the_steps_to_it(deal: Deal) -> None:
    product = deal.product(5, price="99.995")
    order = deal.place((product, 3))
    (line,) = lines_of(order)
    assert (line.price, line.total, order.total) == (D("100.00"), D("300.00"), D("300.00"))
    assert [step["code"] for step in line.price_trace] == ["price_kind", "rounding", "vat_included"]
    assert (order.currency, order.vat_included, order.line_count) == ("RUB", True, 1)
    assert AuditEntry.objects.unscoped("a test looks").filter(action="order_placed", object_id=order.pk).count() == 1


def test_numbers_follow_one_another_and_carry_the_sellers_code(deal: Deal) -> None:
    product = deal.product(5)
    first, second = deal.place((product, 1)), deal.place((product, 1))
    code = deal.seller.company.code.upper()
    assert (first.number, second.number) == (f"{code}-000001", f"{code}-000002")


def test_deciding_twice_reserves_once(deal: Deal) -> None:
    product = deal.product(50)
    order = deal.place((product, 10))
    assert [deal.decide(order), deal.decide(order)] == [OrderState.CONFIRMED, OrderState.CONFIRMED]
    assert deals.shelf_of(product).reserved == D(10)
    assert events_of(order) == ["placed", "confirmed"]


def test_the_same_key_gives_the_same_order(deal: Deal) -> None:
    product = deal.product(5)
    first = deal.place((product, 1), key="A-1")
    again = deal.place((product, "1.000"), key="A-1")
    assert first.pk == again.pk
    assert Order.objects.unscoped("a test looks").count() == 1


def test_the_same_key_with_other_content_is_a_conflict(deal: Deal) -> None:
    product = deal.product(5)
    deal.place((product, 1), key="A-1")
    with pytest.raises(KeyUsedForAnotherOrder):
        deal.place((product, 2), key="A-1")


def test_a_double_click_places_the_cart_once(deal: Deal) -> None:
    product = deal.product(5)
    with deal.buying() as actor:
        add_to_cart(actor=actor, seller_id=deal.seller_id, product_id=product.pk, quantity=D(2))
        page = cart_page(actor=actor, seller_id=deal.seller_id, now=NOW)
        assert page is not None
    with deal.buying() as actor:
        first = place_cart(actor=actor, seller_id=deal.seller_id, placing_key=page.placing_key, now=NOW)
    with deal.buying() as actor:
        second = place_cart(actor=actor, seller_id=deal.seller_id, placing_key=page.placing_key, now=NOW)
    assert (first.id, first.is_repeat, second.is_repeat) == (second.id, False, True)
    assert Order.objects.unscoped("a test looks").count() == 1
    assert not CartLine.objects.unscoped("a test looks").exists()
    with deal.buying() as actor, pytest.raises(CartMovedOn):
        place_cart(actor=actor, seller_id=deal.seller_id, placing_key=uuid.uuid4(), now=NOW)


@pytest.mark.parametrize(
    ("quantity", "problem"),
    [
        ("0", "quantity_not_positive"),
        ("-1", "quantity_not_positive"),
        ("NaN", "quantity_not_positive"),
        ("1.5", "not_whole_packs"),
        ("12.0001", "quantity_too_fine"),
        ("99999999999", "quantity_too_large"),
        ("7", "not_whole_packs"),
    ],
)
def test_quantities_that_cannot_be_ordered(deal: Deal, quantity: str, problem: str) -> None:
    good, product = deal.product(5), deal.product(100, pack_quantity=D(6))
    with pytest.raises(LinesNotOrderable) as caught:
        deal.place((good, 1), (product, quantity))
    assert [(p.index, p.problem.code) for p in caught.value.problems] == [(1, problem)]
    assert not Order.objects.unscoped("a test looks").exists()


def test_what_the_seller_does_not_offer_cannot_be_ordered(deal: Deal) -> None:
    hidden = deal.product(5, listed=False)
    strange = deals.deal().product(5)
    with pytest.raises(LinesNotOrderable) as caught:
        deal.place((hidden, 1), (strange, 1))
    assert {p.problem.code for p in caught.value.problems} == {"product_not_offered"}


def test_dates_that_cannot_be_wished(deal: Deal) -> None:
    product = deal.product(5)
    with pytest.raises(WishedDatePassed):
        deal.place((product, 1), wished_on=NOW.date() - timedelta(days=1))
    with pytest.raises(WishedDateTooFar):
        deal.place((product, 1), wished_on=date(2126, 4, 17))


def test_who_may_not_order(deal: Deal) -> None:
    product, stranger = deal.product(5), deals.deal()
    with pytest.raises(RoleOrdersNothing):
        deal.place((product, 1), person=deal.dealer.viewer)
    with stranger.buying() as actor, pytest.raises(SellerNotFound):
        place_order(
            actor=actor,
            seller_id=deal.seller_id,
            lines=[OrderedLine(product.pk, D(1))],
            idempotency_key="x",
            now=NOW,
        )
    with pytest.raises(NothingToOrder):
        deal.place()


def test_an_entity_without_terms_cannot_order(deal: Deal) -> None:
    daughter = world.entity(deal.dealer.company, main=deal.dealer.entity)
    product = deal.product(5)
    person = world.member(deal.dealer.company, world.Role.BUYER, bound_to=(deal.dealer.entity, daughter)).user
    with deal.buying(person) as actor:
        other = replace(actor, entity_id=daughter.pk)
        with pytest.raises(NoTerms):
            add_to_cart(actor=other, seller_id=deal.seller_id, product_id=product.pk, quantity=D(1))


def test_a_stranger_sees_no_order(deal: Deal) -> None:
    order = deal.place((deal.product(5), 1))
    with deals.deal().buying():
        assert order_page(order_id=order.pk) is None
    with deals.deal().selling():
        assert order_page(order_id=order.pk) is None
    with deal.selling():
        assert order_page(order_id=order.pk) is not None


@pytest.mark.parametrize("count", [1, 20, 500])
def test_placing_takes_as_many_statements_for_any_number_of_lines(deal: Deal, count: int) -> None:
    products = [deal.product(5) for _ in range(count)]
    lines = [OrderedLine(product.pk, D(1)) for product in products]
    with deal.buying() as actor, CaptureQueriesContext(connection) as placing:
        placed = place_order(actor=actor, seller_id=deal.seller_id, lines=lines, idempotency_key="x", now=NOW)
    # One of them asks what the seller does with orders over the credit; so below.
    # One claims the first order, one asks what the seller does over the credit.
    assert len(placing) <= 14, [query["sql"][:100] for query in placing]
    order = deals.order(placed.id)
    with CaptureQueriesContext(connection) as deciding:
        assert deal.decide(order) is OrderState.CONFIRMED
    # Of them one puts the planning of its delivery into the queue, one asks what the seller does over the credit.
    assert len(deciding) <= 23, [query["sql"][:100] for query in deciding]


def test_reserving_all_or_nothing(deal: Deal) -> None:
    product = deal.product(5)
    with deals.as_system():
        reserved = reserve_for_order(
            holder=Holder(1, deal.seller_id, deal.dealer.entity.pk, NOW),
            wanted=[Wanted(1, product.pk, D(6))],
            today=NOW.date(),
            now=NOW,
            manner=Manner(),
            only_whole=True,
        )
    assert [line.uncovered for line in reserved.plan.lines] == [D(1)]
    assert deals.shelf_of(product).reserved == 0
