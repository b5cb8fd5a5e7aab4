"""What an order lacks is a need (F4): it arises, is planned, dated, covered or dropped, and both sides read of it."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from tests import deals, world
from tests.deals import NOW, Deal
from tests.stock.books import check_books

from zveno.orders.actions.cancel_order import cancel_order
from zveno.orders.actions.confirm_as_is import confirm_as_is
from zveno.orders.actions.confirm_by_earliest import confirm_by_earliest
from zveno.orders.actions.confirm_for_day import confirm_for_day
from zveno.orders.actions.cover_order import cover_order
from zveno.orders.actions.date_need import date_need
from zveno.orders.actions.drop_need import drop_need
from zveno.orders.actions.give_back import give_back
from zveno.orders.actions.plan_need import plan_need
from zveno.orders.actions.reduce_to_available import reduce_to_available
from zveno.orders.actions.reject_order import reject_order
from zveno.orders.actions.settle_planned import settle_planned
from zveno.orders.errors import NeedNotFound, NeedSettled, NotEnoughSupply, WishedDatePassed, WordsMissing
from zveno.orders.models import Need, Order, OrderEvent, OrderLine
from zveno.orders.queries.needing import orders_to_cover
from zveno.orders.rules.states import OrderState
from zveno.stock.actions.take_arrivals import ArrivalState, ArrivalTold, take_arrivals
from zveno.stock.actions.take_stock_report import ShelfTold, take_stock_report

pytestmark = pytest.mark.django_db
D = Decimal
WISH, LATE = date(2026, 4, 17), date(2026, 4, 25)


@pytest.fixture
def deal() -> Deal:
    return deals.deal()


@pytest.fixture
def order(deal: Deal) -> Order:
    """100 wanted by 17 April; 30 lie there, 100 come on the 25th."""
    product = deal.product(30, arrivals=((100, LATE),))
    placed = deal.place((product, 100), wished_on=WISH)
    deal.decide(placed)
    return placed


def need_of(order: Order) -> Need:
    return Need.objects.unscoped("a test looks").get(order=order)


def line_of(order: Order) -> OrderLine:
    return OrderLine.objects.unscoped("a test looks").get(order=order)


def state_of(order: Order) -> tuple[str, str, Decimal]:
    need = need_of(order)
    order.refresh_from_db()
    return order.state, need.state, need.lacking


def events(order: Order) -> list[str]:
    told = OrderEvent.objects.unscoped("a test looks").filter(order=order)
    return list(told.order_by("id").values_list("kind", flat=True))


def cover(deal: Deal) -> None:
    """What the worker does when new supply has come."""
    with deals.as_system():
        settle_planned(seller_id=deal.seller_id, now=NOW)
        for order_id in orders_to_cover(seller_id=deal.seller_id, now=NOW):
            cover_order(order_id=order_id, now=NOW)


def count(deal: Deal, product: Any, quantity: int) -> None:
    with deals.as_system():
        take_stock_report(
            seller_id=deal.seller_id, rows=[ShelfTold(deal.warehouse.pk, product.pk, D(quantity))], at=NOW
        )


def test_what_nothing_covers_by_its_day_is_a_need(order: Order) -> None:
    need = need_of(order)
    assert (need.quantity, need.lacking, need.late, need.wished_on) == (D(70), D(70), 0, WISH)
    assert (need.state, need.cause, need.settled_at) == ("open", "short", None)


def test_an_order_that_fits_needs_nothing(deal: Deal) -> None:
    deal.decide(deal.place((deal.product(5), 5)))
    assert not Need.objects.unscoped("a test looks").exists()


def test_new_supply_in_time_covers_the_need_and_the_order_confirms_by_itself(deal: Deal, order: Order) -> None:
    count(deal, line_of(order).product, 99)
    cover(deal)
    assert state_of(order) == ("attention", "open", D(1))
    count(deal, line_of(order).product, 100)
    cover(deal)
    assert state_of(order) == ("confirmed", "covered", D(0))
    assert (order.promised_on, order.attention) == (WISH, [])
    assert events(order) == ["placed", "attention", "need_covered", "confirmed"]
    cover(deal)
    assert events(order) == ["placed", "attention", "need_covered", "confirmed"]
    check_books()


def test_supply_that_comes_after_the_day_is_not_taken_unasked(deal: Deal, order: Order) -> None:
    cover(deal)
    assert state_of(order) == ("attention", "open", D(70))
    assert deals.arrival_of(line_of(order).product).reserved == 0  # type: ignore[arg-type]


def test_a_confirmed_order_waits_for_the_rest_and_gets_whatever_comes(deal: Deal, order: Order) -> None:
    with deal.selling():
        confirm_as_is(order_id=order.pk, now=NOW)
    assert state_of(order) == ("confirmed", "open", D(70))
    cover(deal)
    assert state_of(order) == ("confirmed", "covered", D(0))
    assert (line_of(order).promised_on, order.promised_on) == (LATE, LATE)


def test_the_oldest_order_is_covered_first(deal: Deal) -> None:
    product = deal.product(0)
    orders = [
        deal.place((product, 5), now=NOW - timedelta(minutes=minutes), key=f"k{minutes}") for minutes in (5, 60, 30)
    ]
    for one in orders:
        deal.decide(one)
    count(deal, product, 7)
    cover(deal)
    assert [need_of(one).lacking for one in orders] == [D(5), D(0), D(3)]


def test_a_cancelled_order_drops_its_need_and_its_goods_cover_another(deal: Deal, order: Order) -> None:
    product = line_of(order).product
    other = deal.place((product, 20), wished_on=WISH)  # type: ignore[arg-type]
    deal.decide(other)
    assert state_of(other) == ("attention", "open", D(20))
    with deal.buying() as actor:
        cancel_order(actor=actor, order_id=order.pk, now=NOW)
    assert state_of(order) == ("cancelled", "dropped", D(0))
    with deals.as_system():
        assert give_back(order_id=order.pk, now=NOW) == deal.seller_id
        assert give_back(order_id=order.pk, now=NOW) is None
    cover(deal)
    assert state_of(other) == ("confirmed", "covered", D(0))


def test_rejecting_drops_the_need(deal: Deal, order: Order) -> None:
    with deal.selling():
        reject_order(order_id=order.pk, words="Нет и не будет", now=NOW)
    assert state_of(order) == ("rejected", "dropped", D(0))


def test_reducing_drops_the_need(deal: Deal, order: Order) -> None:
    with deal.selling():
        reduce_to_available(order_id=order.pk, now=NOW)
    assert state_of(order) == ("confirmed", "dropped", D(0))
    assert (line_of(order).quantity, line_of(order).uncovered) == (D(30), 0)


def test_confirmed_for_the_earliest_day_the_need_is_planned_on_the_arrival(deal: Deal, order: Order) -> None:
    arrival = deals.arrival_of(line_of(order).product)  # type: ignore[arg-type]
    with deal.selling():
        confirm_by_earliest(order_id=order.pk, now=NOW)
    assert state_of(order) == ("confirmed", "planned", D(0))
    assert (need_of(order).arrival_id, order.promised_on) == (arrival.pk, LATE)
    row = ArrivalTold("", deal.warehouse.pk, arrival.product_id, D(100), LATE, ArrivalState.RECEIVED)
    with deals.as_system():
        take_arrivals(seller_id=deal.seller_id, rows=[row], at=NOW + timedelta(days=15))
    cover(deal)
    assert need_of(order).state == "covered"
    check_books()


def test_the_manager_plans_a_need_on_an_arrival_and_that_confirms_the_order(deal: Deal, order: Order) -> None:
    arrival = deals.arrival_of(line_of(order).product)  # type: ignore[arg-type]
    with deal.selling():
        plan_need(need_id=need_of(order).pk, arrival_id=arrival.pk, now=NOW)
    assert state_of(order) == ("confirmed", "planned", D(0))
    assert (deals.arrival_of(arrival.product).reserved, line_of(order).promised_on) == (D(70), LATE)
    assert events(order) == ["placed", "attention", "need_planned", "confirmed_by_manager"]
    check_books()


def test_an_arrival_with_less_covers_a_part_and_the_rest_stays_needed(deal: Deal) -> None:
    product = deal.product(0, arrivals=((40, LATE),))
    order = deal.place((product, 100), wished_on=WISH)
    deal.decide(order)
    with deal.selling():
        plan_need(need_id=need_of(order).pk, arrival_id=deals.arrival_of(product).pk, now=NOW)
    assert state_of(order) == ("attention", "open", D(60))
    with pytest.raises(NotEnoughSupply), deal.selling():
        plan_need(need_id=need_of(order).pk, arrival_id=deals.arrival_of(product).pk, now=NOW)


def test_an_arrival_of_another_product_or_seller_plans_nothing(deal: Deal, order: Order) -> None:
    strange = deals.deal()
    for product in (deal.product(arrivals=((9, LATE),)), strange.product(arrivals=((9, LATE),))):
        arrival = deals.arrival_of(product)
        with pytest.raises(NotEnoughSupply), deal.selling():
            plan_need(need_id=need_of(order).pk, arrival_id=arrival.pk, now=NOW)


def test_the_manager_dates_a_need_by_their_word(deal: Deal, order: Order) -> None:
    day = date(2026, 5, 5)
    with deal.selling():
        date_need(need_id=need_of(order).pk, day=day, today=NOW.date(), now=NOW)
    assert state_of(order) == ("confirmed", "dated", D(70))
    assert (need_of(order).dated_on, order.promised_on) == (day, day)
    cover(deal)
    assert state_of(order) == ("confirmed", "covered", D(0))


def test_one_of_two_needs_dated_leaves_the_order_with_the_manager(deal: Deal) -> None:
    order = deal.place((deal.product(0), 5), (deal.product(0), 5), wished_on=WISH)
    deal.decide(order)
    first, second = Need.objects.unscoped("a test looks").filter(order=order).order_by("id")
    with deal.selling():
        date_need(need_id=first.pk, day=LATE, today=NOW.date(), now=NOW)
    order.refresh_from_db()
    assert (order.state, len(order.attention)) == ("attention", 1)
    with deal.selling():
        drop_need(need_id=second.pk, words="Снят с производства", now=NOW)
    order.refresh_from_db()
    assert (order.state, order.line_count) == ("confirmed", 1)
    second.refresh_from_db()
    assert second.state == "dropped"


def test_the_whole_order_for_a_day_dates_its_needs(deal: Deal, order: Order) -> None:
    with deal.selling():
        confirm_for_day(order_id=order.pk, day=date(2026, 4, 20), today=NOW.date(), now=NOW)
    assert state_of(order) == ("confirmed", "dated", D(70))


def test_what_cannot_be_answered(deal: Deal, order: Order) -> None:
    need = need_of(order)
    with pytest.raises(WishedDatePassed), deal.selling():
        date_need(need_id=need.pk, day=date(2026, 4, 9), today=NOW.date(), now=NOW)
    with pytest.raises(WordsMissing), deal.selling():
        drop_need(need_id=need.pk, words=" ", now=NOW)
    with pytest.raises(NeedNotFound), deals.deal().selling():
        drop_need(need_id=need.pk, words="чужое", now=NOW)
    count(deal, line_of(order).product, 500)
    cover(deal)
    with pytest.raises(NeedSettled), deal.selling():
        date_need(need_id=need.pk, day=LATE, today=NOW.date(), now=NOW)


def test_the_last_line_is_not_dropped_but_rejected(deal: Deal) -> None:
    order = deal.place((deal.product(0), 5))
    deal.decide(order)
    with pytest.raises(NotEnoughSupply), deal.selling():
        drop_need(need_id=need_of(order).pk, words="нет", now=NOW)


def test_figures_heard_again_confirm_an_order_that_waited_only_for_them(deal: Deal) -> None:
    from zveno.stock.models import SupplyPolicy

    product = deal.product(5)
    SupplyPolicy.objects.create(seller=deal.seller.company, heard_at=NOW - timedelta(days=9), stale_after_hours=24)
    order = deal.place((product, 3))
    assert deal.decide(order) is OrderState.ATTENTION
    cover(deal)
    order.refresh_from_db()
    assert order.state == "attention"
    count(deal, product, 5)
    cover(deal)
    order.refresh_from_db()
    assert (order.state, deals.shelf_of(product).reserved) == ("confirmed", D(3))


def test_an_arrival_that_becomes_sure_confirms_the_order_that_hangs_on_it(deal: Deal) -> None:
    from zveno.stock.rules.words import Confidence

    product = deal.product(0)
    world.arrival(deal.warehouse, product, 9, due_on=WISH, confidence="planned", source_number="ЗП-1")
    order = deal.place((product, 9), wished_on=WISH)
    assert deal.decide(order) is OrderState.ATTENTION
    row = ArrivalTold("ЗП-1", deal.warehouse.pk, product.pk, D(9), WISH, confidence=Confidence.CONFIRMED)
    with deals.as_system():
        take_arrivals(seller_id=deal.seller_id, rows=[row], at=NOW)
    cover(deal)
    order.refresh_from_db()
    assert (order.state, order.promised_on) == ("confirmed", WISH)
    check_books()
