"""Carts and orders as pages and programs show them."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from tests import deals
from tests.deals import NOW, Deal

from zveno.kit.period import Period
from zveno.orders.actions.add_to_cart import add_to_cart
from zveno.orders.actions.place_cart import place_cart
from zveno.orders.actions.remove_cart_lines import remove_cart_lines, restore_cart_lines
from zveno.orders.actions.set_cart_quantity import set_cart_quantity
from zveno.orders.actions.set_cart_wish import set_cart_wish
from zveno.orders.errors import CartLineNotFound, ProductNotOffered, WishedDatePassed
from zveno.orders.models import CartLine, Order
from zveno.orders.queries.cart import CartPage, cart_page, carts_of
from zveno.orders.queries.decision import wait_for_decision
from zveno.orders.queries.order_list import OrderFilter, attention_list, order_list, typed_filter
from zveno.orders.queries.order_page import order_page
from zveno.orders.rules.states import OPEN, STEPS, OrderState, may_become
from zveno.orders.rules.urgency import likely_answers, waiting_cost
from zveno.partners.rules.roles import Role, rights_of

D = Decimal


@pytest.fixture
def deal(db: None) -> Deal:
    return deals.deal()


def fill(deal: Deal, *lines: tuple[Any, int]) -> None:
    with deal.buying() as actor:
        for product, quantity in lines:
            add_to_cart(actor=actor, seller_id=deal.seller_id, product_id=product.pk, quantity=D(quantity))


def shown(deal: Deal) -> CartPage:
    with deal.buying() as actor:
        page = cart_page(actor=actor, seller_id=deal.seller_id, now=NOW)
    assert page is not None
    return page


def test_a_cart_shows_price_sum_and_what_would_be_promised(deal: Deal) -> None:
    covered = deal.product(50, arrivals=((70, date(2026, 4, 15)),), weight_g=1500)
    short, unpriced = deal.product(3), deal.product(9, price=None)
    fill(deal, (covered, 100), (short, 5), (unpriced, 1))
    with deal.buying() as actor:
        set_cart_wish(
            actor=actor,
            seller_id=deal.seller_id,
            wished_on=date(2026, 4, 17),
            today=NOW.date(),
            comment=" К открытию ",
        )
    page = shown(deal)
    first, second, third = page.lines
    assert first.promise is not None
    assert [pin.quantity for pin in first.promise.pins] == [D(70), D(30)]
    assert second.promise is not None
    assert (second.promise.uncovered, second.total, third.total) == (D(2), D("500.00"), None)
    assert (page.total, page.weight_g, page.comment, page.wished_on) == (
        D("10500.00"),
        150_000,
        "К открытию",
        date(2026, 4, 17),
    )
    assert (page.can_be_placed, page.is_covered, page.promised_on) == (True, False, None)


def test_a_cart_says_what_stops_it(deal: Deal) -> None:
    product, packed = deal.product(5), deal.product(50, pack_quantity=D(6))
    fill(deal, (product, 1), (packed, 6))
    product.listings.update(is_active=False)
    CartLine.objects.unscoped("the pack has changed since").filter(product=packed).update(quantity=7)
    page = shown(deal)
    assert [line.problem.code if line.problem else None for line in page.lines] == [
        "product_not_offered",
        "not_whole_packs",
    ]
    assert not page.can_be_placed
    assert page.lines[0].promise is None


def test_lines_are_changed_removed_and_put_back_at_their_place(deal: Deal) -> None:
    one, two, three = (deal.product(5) for _ in range(3))
    fill(deal, (one, 1), (two, 2), (three, 3), (two, 4))
    with deal.buying() as actor:
        set_cart_quantity(actor=actor, seller_id=deal.seller_id, product_id=one.pk, quantity=D(9))
        removed = remove_cart_lines(actor=actor, seller_id=deal.seller_id, product_ids=[two.pk])
        assert [(line.product_id, line.quantity) for line in removed] == [(two.pk, D(6))]
        restore_cart_lines(actor=actor, seller_id=deal.seller_id, removed=removed)
        assert [brief.line_count for brief in carts_of(actor=actor)] == [3]
    assert [(line.product_id, line.quantity) for line in shown(deal).lines] == [
        (one.pk, D(9)),
        (two.pk, D(6)),
        (three.pk, D(3)),
    ]
    with deal.buying() as actor:
        assert len(remove_cart_lines(actor=actor, seller_id=deal.seller_id)) == 3
        with pytest.raises(CartLineNotFound):
            set_cart_quantity(actor=actor, seller_id=deal.seller_id, product_id=one.pk, quantity=D(9))
        with pytest.raises(WishedDatePassed):
            set_cart_wish(actor=actor, seller_id=deal.seller_id, wished_on=date(1926, 1, 1), today=NOW.date())
        with pytest.raises(ProductNotOffered):
            add_to_cart(actor=actor, seller_id=deal.seller_id, product_id=0, quantity=D(1))


def test_each_person_has_a_cart_of_their_own(deal: Deal) -> None:
    fill(deal, (deal.product(5), 1))
    with deal.buying(deal.dealer.head) as actor:
        page = cart_page(actor=actor, seller_id=deal.seller_id, now=NOW)
    assert page is not None
    assert page.lines == ()
    stranger = deals.deal()
    with stranger.buying() as actor:
        assert cart_page(actor=actor, seller_id=deal.seller_id, now=NOW) is None


@pytest.mark.parametrize("count", [1, 300])
def test_a_cart_takes_as_many_statements_for_any_number_of_lines(deal: Deal, count: int) -> None:
    products = [deal.product(5) for _ in range(count)]
    fill(deal, *((product, 1) for product in products))
    with deal.buying() as actor, CaptureQueriesContext(connection) as asked:
        page = cart_page(actor=actor, seller_id=deal.seller_id, now=NOW)
    assert page is not None
    assert (len(page.lines), page.is_covered) == (count, True)
    assert len(asked) <= 8


def found(text: str) -> OrderFilter:
    return typed_filter(text, today=NOW.date())


def numbers(wanted: OrderFilter | None = None, **fields: Any) -> list[str]:
    rows = order_list(wanted=wanted or OrderFilter(), **fields).rows
    return [row.number.rsplit("-", 1)[1][-2:] for row in rows]


def test_orders_are_found_by_number_product_comment_and_buyer(deal: Deal) -> None:
    lamp, bulb = deal.product(5, name="Лампа настольная", code="НБ-77"), deal.product(5, name="Ёлка", code="E-1")
    deal.place((lamp, 1))
    second = deal.place((bulb, 1), now=NOW + timedelta(days=1))
    Order.objects.unscoped("a test sets").filter(pk=second.pk).update(state="confirmed")
    with deal.buying():
        assert numbers() == ["02", "01"]
        assert numbers(sort="placed") == ["01", "02"]
        assert numbers(found("настольная")) == ["01"]
        assert numbers(found("нб77")) == ["01"]
        assert numbers(found("елка")) == ["02"]
        assert numbers(found(second.number.lower())) == ["02"]
        assert numbers(found("лампа елка")) == []
        assert numbers(OrderFilter(states=[OrderState.CONFIRMED])) == ["02"]
        assert numbers(OrderFilter(entity_ids=[deal.dealer.entity.pk], seller_ids=[deal.seller_id])) == ["02", "01"]
        assert numbers(OrderFilter(period=Period(date(2026, 4, 10), date(2026, 4, 11)))) == ["01"]
        assert numbers(OrderFilter(placed_by_id=deal.dealer.head.pk)) == []
        page = order_list(page=9, per_page=1)
        assert (page.page, page.pages, page.count, len(page.rows)) == (2, 2, 2, 1)
    with deal.selling():
        assert numbers(found(deal.dealer.entity.name[:12])) == ["02", "01"]
    with deals.deal().buying():
        assert numbers() == []


def test_lists_and_pages_take_few_statements(deal: Deal, django_assert_max_num_queries: Any) -> None:
    products = [deal.product(5) for _ in range(30)]
    orders = [deal.place(*((product, 1) for product in products)) for _ in range(5)]
    deal.decide(orders[0])
    with deal.selling(), django_assert_max_num_queries(4):
        rows = order_list().rows
    assert len(rows) == 5
    assert {(row.buyer_company, row.buyer_entity, row.seller, row.placed_by) for row in rows} == {
        (deal.dealer.company.name, deal.dealer.entity.name, deal.seller.company.name, deal.dealer.buyer.name)
    }
    with deal.buying(), django_assert_max_num_queries(12):
        page = order_page(order_id=orders[0].pk)
    assert page is not None
    assert (len(page.lines), [e.kind for e in page.events], len(page.reservations)) == (
        30,
        ["confirmed", "placed"],
        30,
    )
    with deal.buying():
        narrowed = order_page(order_id=orders[0].pk, line_search=products[3].code)
    assert narrowed is not None
    assert [line.product_id for line in narrowed.lines] == [products[3].pk]
    assert page.may_be_cancelled(user_id=deal.dealer.buyer.pk, rights=rights_of(Role.BUYER, sells=False))
    assert not page.may_be_cancelled(user_id=deal.dealer.viewer.pk, rights=rights_of(Role.VIEWER, sells=False))


def test_what_costs_most_to_let_wait_comes_first(deal: Deal) -> None:
    cheap, dear = deal.product(0, price="1"), deal.product(0, price="1000")
    orders = [
        deal.place((cheap, 1), wished_on=date(2026, 4, 12)),
        deal.place((dear, 1), wished_on=date(2026, 5, 12)),
        deal.place((dear, 1), wished_on=date(2026, 4, 12)),
    ]
    for order in orders:
        deal.decide(order)
    with deal.selling():
        rows = attention_list(seller_id=deal.seller_id, now=NOW, time_zone="Europe/Moscow")
    assert [row.order.id for row in rows] == [orders[2].pk, orders[1].pk, orders[0].pk]
    assert rows[0].answers == ("as_is", "reject")
    with deals.deal().selling():
        assert attention_list(seller_id=deal.seller_id, now=NOW, time_zone="Europe/Moscow") == ()


@pytest.mark.django_db(transaction=True)
def test_waiting_for_the_decision_ends_with_it_or_in_time() -> None:
    deal = deals.deal()
    order = deal.place((deal.product(5), 1))
    with deal.buying() as actor:
        scope = actor.scope
        with pytest.raises(RuntimeError):
            wait_for_decision(scope=scope, order_id=order.pk, seconds=1)
    assert wait_for_decision(scope=scope, order_id=order.pk, seconds=0.05) is OrderState.PLACED
    deal.decide(order)
    assert wait_for_decision(scope=scope, order_id=order.pk, seconds=5) is OrderState.CONFIRMED
    with deals.deal().buying() as stranger:
        other = stranger.scope
    assert wait_for_decision(scope=other, order_id=order.pk, seconds=5) is None


def test_placing_from_the_cart_writes_what_it_showed(deal: Deal) -> None:
    product = deal.product(50)
    fill(deal, (product, 5))
    page = shown(deal)
    with deal.buying() as actor, transaction.atomic():
        placed = place_cart(actor=actor, seller_id=deal.seller_id, placing_key=page.placing_key, now=NOW)
    order = deals.order(placed.id)
    assert (order.total, order.source, order.line_count) == (page.total, "portal", 1)
    assert shown(deal).lines == ()
    assert shown(deal).placing_key != page.placing_key


# Rules


def test_the_table_of_states() -> None:
    onward = {now.value: {then.value for then in OrderState if may_become(now, then)} for now in OrderState}
    ends = {"completed", "rejected", "cancelled"}
    later = {"in_work", "partly_shipped", "shipped"} | ends
    assert onward == {
        "placed": {"attention", "confirmed"} | later,
        "attention": {"confirmed"} | later,
        "confirmed": {"attention"} | later,
        "in_work": ({"attention"} | later) - {"in_work"},
        "partly_shipped": {"shipped", "completed", "cancelled"},
        "shipped": {"completed"},
        **{end: set() for end in ends},
    }
    assert set(STEPS) - OPEN == {OrderState.COMPLETED}


@pytest.mark.parametrize(
    ("case", "total", "waiting", "wished", "cost"),
    [
        ("spread over the days left", "1000", 0, date(2026, 4, 20), "100"),
        ("a passed date leaves a day", "1000", 0, date(2026, 4, 1), "1000"),
        ("waiting adds up", "1000", 3, date(2026, 4, 20), "400"),
        ("without a wish two weeks", "1400", 0, None, "100"),
    ],
)
def test_what_waiting_costs(case: str, total: str, waiting: int, wished: date | None, cost: str) -> None:
    found = waiting_cost(total=D(total), waiting_days=waiting, wished_on=wished, today=date(2026, 4, 10))
    assert found == D(cost), case


def test_the_likeliest_answers() -> None:
    later = {"code": "not_enough_by_date", "params": {"earliest": "2026-04-20", "covered": "30"}}
    never = {"code": "not_enough", "params": {"earliest": "", "covered": "30"}}
    nothing = {"code": "not_enough", "params": {"earliest": "", "covered": "0"}}
    assert likely_answers([later], all_lines=1) == ("earliest", "reduce")
    assert likely_answers([later, never], all_lines=2) == ("reduce", "as_is")
    assert likely_answers([nothing], all_lines=1) == ("as_is", "reject")
    assert likely_answers([{"code": "no_price", "params": {}}], all_lines=1) == ("as_is", "reject")
