"""The slip cascade: only orders that are hurt are planned anew, with the least change; people read what changed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from tests import deals, world
from tests.deals import NOW, Deal
from tests.stock.books import check_books

from zveno.base.events import subscribe, unsubscribe
from zveno.orders.actions.reconsider_order import reconsider_order
from zveno.orders.models import Need, Order, OrderEvent, OrderLine
from zveno.orders.rules.states import OrderState
from zveno.stock.actions.settle_shortage import settle_shortage
from zveno.stock.actions.shake_overdue import shake_overdue
from zveno.stock.actions.take_arrivals import ArrivalState, ArrivalTold, take_arrivals
from zveno.stock.actions.take_stock_report import ShelfTold, take_stock_report
from zveno.stock.events import PromiseShaken, Shaken, SupplyShort
from zveno.stock.models import Arrival, Reservation

pytestmark = pytest.mark.django_db
D = Decimal
DUE, WISH, LATER = date(2026, 4, 15), date(2026, 4, 17), date(2026, 4, 25)


@pytest.fixture
def deal() -> Deal:
    return deals.deal()


@contextmanager
def heard(kind: type) -> Iterator[list[Any]]:
    found: list[Any] = []
    subscribe(kind, found.append)
    try:
        yield found
    finally:
        unsubscribe(kind, found.append)


def tell(deal: Deal, product: Any, quantity: int, due_on: date = DUE, **fields: Any) -> list[Shaken]:
    """The ERP tells of the product's arrival; what shook."""
    row = ArrivalTold("", deal.warehouse.pk, product.pk, D(quantity), due_on, **fields)
    with heard(PromiseShaken) as told, deals.as_system():
        take_arrivals(seller_id=deal.seller_id, rows=[row], at=NOW + timedelta(minutes=1))
    return [one for event in told for one in event.shaken]


def plan_anew(shaken: list[Shaken]) -> list[OrderState]:
    """What the workers do with orders that were hurt."""
    states = []
    for one in shaken:
        change = {"product_id": one.product_id, "change": one.change, "document": one.document,
                  "before": one.before.isoformat() if one.before else "",
                  "after": one.after.isoformat() if one.after else ""}  # fmt: skip
        with deals.as_system():
            states.append(reconsider_order(order_id=one.order_id, now=NOW, changes=[change]))
    return states


def decided(deal: Deal, product: Any, quantity: int, wished_on: date | None = WISH, **fields: Any) -> Order:
    order = deal.place((product, quantity), wished_on=wished_on, **fields)
    assert deal.decide(order) is OrderState.CONFIRMED
    return order


def held(order: Order) -> list[tuple[bool, Decimal]]:
    rows = Reservation.objects.unscoped("a test looks").filter(order_id=order.pk, state="active").order_by("id")
    return [(row.arrival_id is not None, row.quantity) for row in rows]


def line_of(order: Order) -> OrderLine:
    return OrderLine.objects.unscoped("a test looks").get(order=order)


def need_of(order: Order) -> Need:
    return Need.objects.unscoped("a test looks").get(order=order)


def snapshot(order: Order) -> Any:
    order.refresh_from_db()
    line = line_of(order)
    pins = Reservation.objects.unscoped("a test looks").filter(order_id=order.pk).order_by("id")
    return (order.state, order.version, order.promised_on, line.promise, line.uncovered, line.promised_on,
            list(pins.values_list("id", "arrival_id", "quantity", "state", "due_on")),
            OrderEvent.objects.unscoped("a test looks").filter(order=order).count())  # fmt: skip


def test_whoever_counts_on_a_later_day_is_not_hurt_by_a_delay(deal: Deal) -> None:
    product = deal.product(0, arrivals=((10, DUE),))
    early, late = decided(deal, product, 4), decided(deal, product, 6, wished_on=LATER)
    before = snapshot(late)
    shaken = tell(deal, product, 10, date(2026, 4, 20))
    assert [(one.order_id, one.change, one.before, one.after) for one in shaken] == [
        (early.pk, "moved", DUE, date(2026, 4, 20))
    ]
    assert plan_anew(shaken) == [OrderState.ATTENTION]
    assert snapshot(late) == before
    check_books()


def test_late_goods_stay_held_while_nobody_has_decided(deal: Deal) -> None:
    product = deal.product(0, arrivals=((10, DUE),))
    order = decided(deal, product, 10)
    plan_anew(tell(deal, product, 10, LATER))
    order.refresh_from_db()
    assert (order.state, held(order)) == ("attention", [(True, D(10))])
    need = need_of(order)
    assert (need.lacking, need.late, need.late_on, need.cause) == (0, D(10), LATER, "moved")
    assert need.told[0]["before"] == DUE.isoformat()
    assert order.attention[0]["params"]["earliest"] == LATER.isoformat()
    assert line_of(order).promise[0]["late"] == "1"
    told = OrderEvent.objects.unscoped("a test looks").filter(order=order).latest("id")
    assert (told.kind, told.params["changes"][0]["code"]) == ("promise_broken", product.code)


def test_other_goods_in_time_take_the_place_of_late_ones_and_nobody_is_asked(deal: Deal) -> None:
    product = deal.product(10, arrivals=((10, DUE),))
    order = decided(deal, product, 10)
    assert held(order) == [(True, D(10))]
    assert plan_anew(tell(deal, product, 10, LATER)) == [OrderState.CONFIRMED]
    assert held(order) == [(False, D(10))]
    assert not Need.objects.unscoped("a test looks").exists()
    assert OrderEvent.objects.unscoped("a test looks").filter(order=order).latest("id").kind == "promise_renewed"
    check_books()


def test_goods_in_time_replace_only_as_much_as_there_is(deal: Deal) -> None:
    product = deal.product(4, arrivals=((10, DUE),))
    order = decided(deal, product, 10)
    plan_anew(tell(deal, product, 10, LATER))
    assert sorted(held(order)) == [(False, D(4)), (True, D(6))]
    assert (need_of(order).late, need_of(order).lacking) == (D(6), 0)
    check_books()


def test_a_cut_arrival_takes_from_those_who_need_it_latest_then_placed_latest(deal: Deal) -> None:
    product = deal.product(0, arrivals=((10, DUE),))
    first = decided(deal, product, 3, now=NOW - timedelta(hours=2))
    second = decided(deal, product, 3, now=NOW - timedelta(hours=1))
    latest = decided(deal, product, 4, wished_on=LATER, now=NOW - timedelta(hours=3))
    before = snapshot(first)
    shaken = tell(deal, product, 5)
    assert [(one.order_id, one.change) for one in shaken] == [(second.pk, "cut"), (latest.pk, "cut")]
    assert (held(first), held(second), held(latest)) == ([(True, D(3))], [(True, D(2))], [])
    check_books()
    assert plan_anew(shaken) == [OrderState.ATTENTION] * 2
    assert snapshot(first) == before
    assert [need_of(order).lacking for order in (second, latest)] == [D(1), D(4)]


def test_what_was_held_in_packs_loses_packs(deal: Deal) -> None:
    product = deal.product(0, arrivals=((24, DUE),), pack_quantity=D(6))
    order = decided(deal, product, 24)
    plan_anew(tell(deal, product, 16))
    assert (held(order), need_of(order).lacking) == ([(True, D(12))], D(12))


def test_a_cancelled_arrival_shakes_everybody_and_the_urgent_choose_first(deal: Deal) -> None:
    product = deal.product(0, arrivals=((10, DUE),))
    late, early = decided(deal, product, 5, wished_on=LATER), decided(deal, product, 5)
    shaken = tell(deal, product, 10, state=ArrivalState.CANCELLED)
    assert [(one.order_id, one.change) for one in shaken] == [(early.pk, "cancelled"), (late.pk, "cancelled")]
    with deals.as_system():
        take_stock_report(seller_id=deal.seller_id, rows=[ShelfTold(deal.warehouse.pk, product.pk, D(5))], at=NOW)
    assert plan_anew(shaken) == [OrderState.CONFIRMED, OrderState.ATTENTION]
    check_books()


def test_an_order_without_a_wished_day_is_hurt_by_a_delay_of_what_it_was_promised(deal: Deal) -> None:
    product = deal.product(0, arrivals=((10, DUE),))
    order = decided(deal, product, 10, wished_on=None)
    assert line_of(order).promised_on == DUE
    assert plan_anew(tell(deal, product, 10, LATER)) == [OrderState.ATTENTION]
    assert (need_of(order).late, need_of(order).wished_on) == (D(10), DUE)


def test_a_count_below_what_is_promised_waits_for_shipments_then_takes_from_the_latest(deal: Deal) -> None:
    product = deal.product(10)
    early, late = decided(deal, product, 4), decided(deal, product, 6, wished_on=LATER)
    with heard(SupplyShort) as short, deals.as_system():
        take_stock_report(seller_id=deal.seller_id, rows=[ShelfTold(deal.warehouse.pk, product.pk, D(5))], at=NOW)
    assert [(one.product_ids, one.after_minutes) for one in short] == [((product.pk,), 15)]
    check_books(over=True)
    before = snapshot(early)
    with heard(PromiseShaken) as told, deals.as_system():
        assert settle_shortage(seller_id=deal.seller_id, product_ids=[product.pk], now=NOW) == 1
        assert settle_shortage(seller_id=deal.seller_id, product_ids=[product.pk], now=NOW) == 0
    check_books()
    shaken = [one for event in told for one in event.shaken]
    assert [(one.order_id, one.change) for one in shaken] == [(late.pk, "counted")]
    assert plan_anew(shaken) == [OrderState.ATTENTION]
    assert (need_of(late).lacking, need_of(late).cause) == (D(5), "counted")
    assert snapshot(early) == before


def test_a_count_that_a_shipment_explains_takes_nothing(deal: Deal) -> None:
    from zveno.stock.actions.ship_reservations import ship_reservations

    product = deal.product(10)
    order = decided(deal, product, 6)
    with deals.as_system():
        take_stock_report(seller_id=deal.seller_id, rows=[ShelfTold(deal.warehouse.pk, product.pk, D(4))], at=NOW)
        ship_reservations(
            order_id=order.pk,
            seller_id=deal.seller_id,
            shipped={line_of(order).pk: D(6)},
            shipped_at=NOW - timedelta(hours=1),
            now=NOW,
        )
        assert settle_shortage(seller_id=deal.seller_id, product_ids=[product.pk], now=NOW) == 0
    check_books()


def test_a_part_that_came_lies_on_the_shelf_with_those_who_need_it_first(deal: Deal) -> None:
    product = deal.product(0, arrivals=((10, DUE),))
    late, early = decided(deal, product, 6, wished_on=LATER), decided(deal, product, 4)
    shaken = tell(deal, product, 3, DUE, received=D(7))
    assert shaken == []
    assert (held(early), sorted(held(late))) == ([(False, D(4))], [(False, D(3)), (True, D(3))])
    assert (deals.shelf_of(product).on_hand, deals.arrival_of(product).quantity) == (D(7), D(3))
    check_books()
    assert tell(deal, product, 3, DUE, received=D(7)) == []
    assert deals.shelf_of(product).on_hand == D(7)
    shaken = tell(deal, product, 2, state=ArrivalState.RECEIVED)
    assert (shaken, deals.shelf_of(product).on_hand, deals.shelf_of(product).reserved) == ([], D(9), D(10))
    with deals.as_system():
        settle_shortage(seller_id=deal.seller_id, product_ids=[product.pk], now=NOW)
    assert [quantity for _, quantity in held(late)] == [D(3), D(2)]
    check_books()


def test_a_count_made_after_the_goods_came_has_them_already(deal: Deal) -> None:
    product = deal.product(0, arrivals=((10, DUE),))
    decided(deal, product, 4)
    with deals.as_system():
        take_stock_report(
            seller_id=deal.seller_id,
            rows=[ShelfTold(deal.warehouse.pk, product.pk, D(10))],
            at=NOW + timedelta(minutes=2),
        )
    tell(deal, product, 10, state=ArrivalState.RECEIVED)
    assert (deals.shelf_of(product).on_hand, deals.shelf_of(product).reserved) == (D(10), D(4))
    check_books()


def test_goods_whose_day_has_passed_without_word_are_asked_about_once(deal: Deal) -> None:
    product = deal.product(0, arrivals=((10, DUE),))
    order = decided(deal, product, 10)
    after = NOW + timedelta(days=7)
    with heard(PromiseShaken) as told, deals.as_system():
        assert (shake_overdue(now=after), shake_overdue(now=after)) == (1, 0)
    (shaken,) = [one for event in told for one in event.shaken]
    assert (shaken.order_id, shaken.change, shaken.before) == (order.pk, "overdue", DUE)
    with deals.as_system():
        change = {"product_id": product.pk, "change": "overdue", "document": "", "before": DUE.isoformat(), "after": ""}
        assert reconsider_order(order_id=order.pk, now=after, changes=[change]) is OrderState.ATTENTION
    need = need_of(order)
    assert (need.late, need.late_on, need.cause) == (D(10), None, "overdue")
    tell(deal, product, 10, date(2026, 4, 30))
    assert Arrival.objects.unscoped("a test looks").get().overdue_at is None


def test_an_order_partly_shipped_keeps_its_state_but_asks(deal: Deal) -> None:
    product, other = deal.product(0, arrivals=((10, DUE),)), deal.product(5)
    order = deal.place((product, 10), (other, 5), wished_on=WISH)
    deal.decide(order)
    Order.objects.unscoped("a test sets").filter(pk=order.pk).update(state="partly_shipped")
    assert plan_anew(tell(deal, product, 10, LATER)) == [OrderState.PARTLY_SHIPPED]
    assert need_of(order).late == D(10)


def test_an_order_as_a_whole_is_planned_around_its_warehouse(deal: Deal) -> None:
    kazan = world.warehouse(deal.seller, "Казань")
    product = deal.product(0, arrivals=((10, DUE),))
    world.balance(kazan, product, 10)
    order = deal.place((product, 10), wished_on=WISH, in_parts=False, warehouse_id=deal.warehouse.pk)
    assert deal.decide(order) is OrderState.CONFIRMED
    assert plan_anew(tell(deal, product, 10, LATER)) == [OrderState.ATTENTION]
    assert need_of(order).late == D(10)
