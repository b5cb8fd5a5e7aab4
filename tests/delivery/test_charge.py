"""Delivery charged by the manager: as a line or spread over the prices, sums to the kopeck, with history (F11)."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests import deals
from tests.deals import Deal
from tests.delivery.ground import NOW

from zveno.base.models import AuditEntry
from zveno.delivery.queries.order_delivery import order_delivery
from zveno.kit.money import round_money
from zveno.orders.actions.charge_delivery import How, charge_delivery
from zveno.orders.errors import ChargeOutOfRange, NothingToSpreadOver, OrderNotFound, OrderTooFarOn
from zveno.orders.models import Order, OrderEvent, OrderLine
from zveno.orders.rules.delivery_share import Bearer, spread
from zveno.orders.rules.states import OrderState

D = Decimal
bearers = st.lists(
    st.tuples(st.integers(1, 5000), st.decimals("0.01", "99999", places=2)), min_size=1, max_size=12
).map(lambda rows: [Bearer(at, D(q), round_money(D(q) * p)) for at, (q, p) in enumerate(rows)])
sums = st.decimals("0.01", "50000", places=2)


@given(sums, bearers)
def test_the_sums_of_the_lines_rise_by_exactly_the_charge(amount: Decimal, lines: list[Bearer]) -> None:
    shares = spread(amount, lines, currency="RUB")
    assert sum((share.added for share in shares), D(0)) == amount
    before = {line.key: line.total for line in lines}
    assert all(share.total == before[share.key] + share.added for share in shares)


@given(sums, bearers)
def test_each_sum_is_its_price_times_its_quantity_when_a_small_line_takes_the_odd_kopecks(
    amount: Decimal, lines: list[Bearer]
) -> None:
    lines = [*lines, Bearer(99, D(3), D("900.00"))]
    by_key = {line.key: line for line in lines}
    for share in spread(amount, lines, currency="RUB"):
        assert round_money(share.price * by_key[share.key].quantity) == share.total


def test_shares_are_in_proportion_and_lines_without_a_sum_bear_nothing() -> None:
    lines = [Bearer(1, D(10), D("100.00")), Bearer(2, D(1), D("300.00")), Bearer(3, D(5), D("0.00"))]
    shares = spread(D("40.01"), lines, currency="RUB")
    assert [(share.key, share.added, share.price) for share in shares] == [
        (1, D("10.00"), D("11.0000")), (2, D("30.01"), D("330.0100"))
    ]  # fmt: skip
    assert spread(D(1), lines[2:], currency="RUB") == ()


@pytest.fixture
def deal() -> Deal:
    return deals.deal()


@pytest.fixture
def order(deal: Deal) -> Order:
    placed = deal.place((deal.product(500, price="10.00"), 300), (deal.product(5, price="333.33"), 3))
    deal.decide(placed)
    return placed


def charge(deal: Deal, order: Order, how: How, amount: str = "0") -> None:
    with deal.selling():
        charge_delivery(order_id=order.pk, how=how, amount=D(amount), name="Доставка", unit="услуга", now=NOW)
    order.refresh_from_db()


def lines_of(order: Order) -> list[OrderLine]:
    rows = OrderLine.objects.unscoped("a test").filter(order=order, cancelled_at=None)
    return list(rows.order_by("position"))


@pytest.mark.django_db
def test_a_line_of_its_own_raises_the_order_by_its_sum_and_both_sides_read_it(deal: Deal, order: Order) -> None:
    charge(deal, order, "line", "1500.50")
    assert (order.total, order.line_count) == (D("5500.49"), 3)
    line = lines_of(order)[-1]
    assert (line.name, line.unit, line.quantity, line.total, line.product_id) == (
        "Доставка",
        "услуга",
        1,
        D("1500.50"),
        None,
    )
    event = OrderEvent.objects.unscoped("a test").filter(order=order, kind="delivery_charged").get()
    assert (event.params["how"], event.params["before"], event.params["after"]) == ("line", "3999.99", "5500.49")
    assert AuditEntry.objects.unscoped("a test").filter(action="delivery_charged", object_id=order.pk).count() == 1
    with deal.buying():
        seen = order_delivery(order_id=order.pk)
    assert seen is not None
    assert (seen.charge, seen.charged) == ("line", D("1500.50"))


@pytest.mark.django_db
def test_spread_it_is_in_the_prices_and_taken_back_they_are_as_before(deal: Deal, order: Order) -> None:
    before = [(line.price, line.total, line.price_trace) for line in lines_of(order)]
    charge(deal, order, "spread", "777.77")
    assert order.total == D("4777.76") == sum(line.total for line in lines_of(order))
    assert all(line.price_trace[-1]["code"] == "delivery_share" for line in lines_of(order))
    charge(deal, order, "")
    assert order.total == D("3999.99")
    assert [(line.price, line.total, line.price_trace) for line in lines_of(order)] == before


@pytest.mark.django_db
def test_charged_another_way_the_first_way_is_undone(deal: Deal, order: Order) -> None:
    charge(deal, order, "line", "100")
    charge(deal, order, "spread", "200")
    assert (order.total, order.line_count) == (D("4199.99"), 2)
    charge(deal, order, "line", "300")
    assert (order.total, order.line_count) == (D("4299.99"), 3)
    assert order.total == sum(line.total for line in lines_of(order))
    kinds = OrderEvent.objects.unscoped("a test").filter(order=order, kind="delivery_charged")
    assert kinds.count() == 3
    charge(deal, order, "line", "300")
    assert kinds.count() == 3


@pytest.mark.django_db
def test_what_cannot_be_charged_is_refused(deal: Deal, order: Order) -> None:
    for amount in ("0", "-5", "99999999"):
        with pytest.raises(ChargeOutOfRange):
            charge(deal, order, "line", amount)
    with deals.deal().selling(), pytest.raises(OrderNotFound):
        charge_delivery(order_id=order.pk, how="line", amount=D(5), name="", unit="", now=NOW)
    OrderLine.objects.unscoped("a test").filter(order=order).update(price=0, total=0)
    with pytest.raises(NothingToSpreadOver):
        charge(deal, order, "spread", "10")
    Order.objects.unscoped("a test").filter(pk=order.pk).update(state=OrderState.SHIPPED)
    with pytest.raises(OrderTooFarOn):
        charge(deal, order, "line", "10")
