"""Many at once on the same few goods: nothing is promised twice, nobody waits for ever, each refusal has its reason."""

from __future__ import annotations

import random
from collections import Counter
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db.models import Sum
from tests import deals
from tests.deals import NOW, Deal
from tests.racing import at_once
from tests.stock.books import check_books

from zveno.orders.actions.add_to_cart import add_to_cart
from zveno.orders.actions.decide_order import decide_order
from zveno.orders.actions.place_cart import place_cart
from zveno.orders.actions.place_order import place_order
from zveno.orders.actions.write_order import PlacedOrder
from zveno.orders.models import Order, OrderLine
from zveno.orders.queries.cart import cart_page
from zveno.orders.rules.states import OrderState
from zveno.orders.rules.wishes import OrderedLine
from zveno.stock.actions.take_stock_report import ShelfTold, take_stock_report
from zveno.stock.models import Balance, Reservation

pytestmark = pytest.mark.django_db(transaction=True)
D = Decimal
CLIENTS = 16


@pytest.fixture
def deal() -> Deal:
    return deals.deal()


def test_sixteen_clients_on_the_same_few_products_over_promise_nothing(deal: Deal) -> None:
    due = NOW.date() + timedelta(days=3)
    products = [deal.product(20, arrivals=((15, due),)) for _ in range(4)]
    chance = random.Random(7)
    orders = []
    for _ in range(CLIENTS * 3):
        chosen = chance.sample(products, chance.randint(1, 4))
        wish = chance.choice([None, due, due + timedelta(days=1), NOW.date()])
        orders.append(deal.place(*((product, chance.randint(1, 9)) for product in chosen), wished_on=wish))

    def decide(number: int) -> list[OrderState]:
        states = []
        for order in orders[number::CLIENTS]:
            with deals.as_system():
                states.append(decide_order(order_id=order.pk, now=NOW))
        return states

    states = Counter(state for found in at_once(CLIENTS, decide) for state in found)  # type: ignore[attr-defined]
    assert set(states) == {OrderState.CONFIRMED, OrderState.ATTENTION}
    check_books()
    for order in Order.objects.unscoped("a test looks"):
        lines = list(OrderLine.objects.unscoped("a test looks").filter(order=order))
        lacking = sum((line.uncovered for line in lines), D(0))
        assert (order.state == "attention") == bool(lacking) == bool(order.attention)
        held = Reservation.objects.unscoped("a test looks").filter(order_id=order.pk, state="active")
        assert sum((r.quantity for r in held), D(0)) == sum((line.quantity for line in lines), D(0)) - lacking
    by_wish = Balance.objects.unscoped("a test looks").aggregate(held=Sum("reserved"))["held"]
    assert by_wish == D(80), "all that lies there is wanted many times over, so all of it is held"


def test_stock_reports_amid_the_race_dead_lock_nobody(deal: Deal) -> None:
    products = [deal.product(1000) for _ in range(6)]
    orders = [deal.place(*((p, 1) for p in random.Random(n).sample(products, 6))) for n in range(CLIENTS)]

    def work(number: int) -> object:
        for round_number in range(4):
            with deals.as_system():
                if number % 4 == 0:
                    told = [ShelfTold(deal.warehouse.pk, p.pk, D(1000 + round_number)) for p in reversed(products)]
                    take_stock_report(seller_id=deal.seller_id, rows=told, at=NOW)
                else:
                    decide_order(order_id=orders[number].pk, now=NOW)
        return None

    at_once(CLIENTS, work)
    check_books()


def test_two_workers_decide_one_order_once(deal: Deal) -> None:
    product = deal.product(50)
    order = deal.place((product, 10))

    def decide(_: int) -> OrderState:
        with deals.as_system():
            return decide_order(order_id=order.pk, now=NOW)

    assert set(at_once(4, decide)) == {OrderState.CONFIRMED}
    assert deals.shelf_of(product).reserved == D(10)


def test_clicks_at_the_same_moment_place_one_order(deal: Deal) -> None:
    product = deal.product(50)
    with deal.buying() as actor:
        add_to_cart(actor=actor, seller_id=deal.seller_id, product_id=product.pk, quantity=D(1))
        page = cart_page(actor=actor, seller_id=deal.seller_id, now=NOW)
    assert page is not None

    def click(_: int) -> PlacedOrder:
        with deal.buying() as actor:
            return place_cart(actor=actor, seller_id=deal.seller_id, placing_key=page.placing_key, now=NOW)

    placed = at_once(8, click)
    assert len({order.id for order in placed}) == 1  # type: ignore[attr-defined]
    assert sum(not order.is_repeat for order in placed) == 1  # type: ignore[attr-defined]


def test_calls_with_one_key_at_the_same_moment_place_one_order(deal: Deal) -> None:
    product = deal.product(50)

    def call(_: int) -> PlacedOrder:
        with deal.buying() as actor:
            return place_order(
                actor=actor,
                seller_id=deal.seller_id,
                lines=[OrderedLine(product.pk, D(1))],
                idempotency_key="one",
                now=NOW,
            )

    assert len({order.id for order in at_once(8, call)}) == 1  # type: ignore[attr-defined]
    assert Order.objects.unscoped("a test looks").count() == 1


def test_numbers_have_no_gaps_and_no_twins(deal: Deal) -> None:
    product = deal.product(50)
    orders = at_once(8, lambda _: deal.place((product, 1)))
    numbers = sorted(int(order.number.rsplit("-", 1)[1]) for order in orders)  # type: ignore[attr-defined]
    assert numbers == list(range(1, 9))
