"""When and how a buyer wants an order: days of lines, in parts or at once, from one warehouse."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from tests import deals, world
from tests.deals import NOW, Deal

from zveno.orders.actions.place_order import place_order
from zveno.orders.errors import KeyUsedForAnotherOrder, WarehouseNotServed, WishedDatePassed
from zveno.orders.models import Order, OrderLine
from zveno.orders.rules.states import OrderState
from zveno.orders.rules.wishes import OrderedLine, Wishes
from zveno.stock.models import Warehouse

pytestmark = pytest.mark.django_db
D = Decimal
APRIL_15, APRIL_20 = date(2026, 4, 15), date(2026, 4, 20)


@pytest.fixture
def deal() -> Deal:
    return deals.deal()


@pytest.fixture
def kazan(deal: Deal) -> Warehouse:
    return world.warehouse(deal.seller, "Казань")


def lines_of(order: Order) -> list[OrderLine]:
    return list(OrderLine.objects.unscoped("a test looks").filter(order=order).order_by("position"))


def covers(line: OrderLine) -> list[tuple[str, str, str]]:
    return [(pin["kind"], pin["warehouse"], pin["quantity"]) for pin in line.promise]


def place(deal: Deal, lines: list[OrderedLine], wishes: Wishes, key: str = "x") -> Order:
    with deal.buying() as actor:
        placed = place_order(
            actor=actor, seller_id=deal.seller_id, lines=lines, idempotency_key=key, wishes=wishes, now=NOW
        )
    return deals.order(placed.id)


def test_each_line_has_its_own_day(deal: Deal) -> None:
    soon, late = deal.product(0, arrivals=((5, APRIL_15),)), deal.product(0, arrivals=((5, APRIL_20),))
    lines = [OrderedLine(soon.pk, D(5)), OrderedLine(late.pk, D(5), APRIL_20)]
    order = place(deal, lines, Wishes(APRIL_15))
    assert deal.decide(order) is OrderState.CONFIRMED
    assert [(line.wished_on, line.promised_on) for line in lines_of(order)] == [
        (None, APRIL_15),
        (APRIL_20, APRIL_20),
    ]
    assert order.promised_on == APRIL_20


def test_a_day_of_a_line_that_has_passed_is_refused(deal: Deal) -> None:
    product = deal.product(5)
    with pytest.raises(WishedDatePassed):
        place(deal, [OrderedLine(product.pk, D(1), date(2026, 4, 9))], Wishes())


def test_all_at_once_comes_from_the_warehouse_that_has_everything(deal: Deal, kazan: Warehouse) -> None:
    first, second = deal.product(9), deal.product(2)
    for product in (first, second):
        world.balance(kazan, product, 5)
    order = place(deal, [OrderedLine(first.pk, D(5)), OrderedLine(second.pk, D(5))], Wishes(in_parts=False))
    assert deal.decide(order) is OrderState.CONFIRMED
    assert [covers(line) for line in lines_of(order)] == [[("shelf", "Казань", "5")]] * 2


def test_in_parts_what_one_warehouse_lacks_comes_from_another(deal: Deal, kazan: Warehouse) -> None:
    product = deal.product(3)
    world.balance(kazan, product, 4)
    whole = deal.place((product, 6), in_parts=False)
    assert deal.decide(whole) is OrderState.ATTENTION
    parts = deal.place((product, 3))
    assert deal.decide(parts) is OrderState.CONFIRMED
    assert lines_of(whole)[0].uncovered == D(2)


def test_one_warehouse_alone(deal: Deal, kazan: Warehouse) -> None:
    product = deal.product(9)
    world.balance(kazan, product, 3)
    order = deal.place((product, 5), warehouse_id=kazan.pk)
    assert deal.decide(order) is OrderState.ATTENTION
    assert covers(lines_of(order)[0]) == [("shelf", "Казань", "3")]


def test_a_warehouse_that_does_not_serve_the_buyer_is_refused(deal: Deal, kazan: Warehouse) -> None:
    product = deal.product(9)
    kazan.opens = "shown"
    kazan.save()
    with pytest.raises(WarehouseNotServed):
        deal.place((product, 5), warehouse_id=kazan.pk)
    with pytest.raises(WarehouseNotServed):
        deal.place((product, 5), warehouse_id=deals.deal().warehouse.pk)


def test_the_same_key_with_other_wishes_is_another_order(deal: Deal) -> None:
    product = deal.product(9)
    line = OrderedLine(product.pk, D(1))
    first = place(deal, [line], Wishes())
    assert place(deal, [line], Wishes()).pk == first.pk
    for lines, wishes in (
        ([line], Wishes(in_parts=False)),
        ([line], Wishes(warehouse_id=deal.warehouse.pk)),
        ([OrderedLine(product.pk, D(1), APRIL_15)], Wishes()),
    ):
        with pytest.raises(KeyUsedForAnotherOrder):
            place(deal, lines, wishes)
