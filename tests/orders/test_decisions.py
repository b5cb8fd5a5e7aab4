"""What the seller's manager and the buyer's people do with placed orders."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from tests import deals, world
from tests.deals import NOW, Deal

from zveno.orders.actions.cancel_order import cancel_order
from zveno.orders.actions.confirm_as_is import confirm_as_is
from zveno.orders.actions.confirm_by_earliest import confirm_by_earliest
from zveno.orders.actions.give_back import give_back
from zveno.orders.actions.reconsider_order import reconsider_order
from zveno.orders.actions.reduce_to_available import reduce_to_available
from zveno.orders.actions.reject_order import reject_order
from zveno.orders.actions.repeat_order import repeat_order
from zveno.orders.actions.set_order_comment import set_order_comment
from zveno.orders.errors import (
    NotEnoughSupply,
    NotYourOrder,
    OrderNotFound,
    OrderTooFarOn,
    PriceMissing,
    WordsMissing,
)
from zveno.orders.models import CartLine, Order, OrderEvent, OrderLine
from zveno.orders.rules.states import OrderState
from zveno.stock.actions.take_arrivals import ArrivalState, ArrivalTold, take_arrivals
from zveno.stock.models import Reservation

pytestmark = pytest.mark.django_db
D = Decimal
WISH = date(2026, 4, 17)


@pytest.fixture
def deal() -> Deal:
    return deals.deal()


@pytest.fixture
def waiting(deal: Deal) -> Order:
    """100 wanted by 17 April; 30 lie there, 100 come on the 20th."""
    product = deal.product(30, arrivals=((100, date(2026, 4, 20)),))
    order = deal.place((product, 100), wished_on=WISH)
    deal.decide(order)
    return order


def line_of(order: Order) -> OrderLine:
    return OrderLine.objects.unscoped("a test looks").get(order=order)


def last_event(order: Order) -> str:
    events = OrderEvent.objects.unscoped("a test looks").filter(order=order)
    return events.order_by("-id").values_list("kind", flat=True)[0]


def held(order: Order) -> Decimal:
    active = Reservation.objects.unscoped("a test looks").filter(order_id=order.pk, state="active")
    return sum((r.quantity for r in active), D(0))


def test_confirmed_as_it_is_what_is_missing_stays_a_need(deal: Deal, waiting: Order) -> None:
    with deal.selling():
        confirm_as_is(order_id=waiting.pk, now=NOW)
    waiting.refresh_from_db()
    assert (waiting.state, waiting.attention, waiting.promised_on) == ("confirmed", [], WISH)
    assert (line_of(waiting).uncovered, held(waiting)) == (D(70), D(30))


def test_confirmed_for_the_earliest_day_everything_is_held(deal: Deal, waiting: Order) -> None:
    with deal.selling():
        assert confirm_by_earliest(order_id=waiting.pk, now=NOW) == date(2026, 4, 20)
    waiting.refresh_from_db()
    assert (waiting.state, waiting.promised_on, held(waiting)) == ("confirmed", date(2026, 4, 20), D(100))
    assert [p["quantity"] for p in line_of(waiting).promise] == ["30", "70"]


def test_no_earliest_day_changes_nothing(deal: Deal) -> None:
    order = deal.place((deal.product(30), 100), wished_on=WISH)
    deal.decide(order)
    with pytest.raises(NotEnoughSupply), deal.selling():
        confirm_by_earliest(order_id=order.pk, now=NOW)
    order.refresh_from_db()
    assert (order.state, held(order)) == ("attention", D(30))


def test_reduced_to_whole_packs_that_are_there(deal: Deal) -> None:
    packed, gone, whole = deal.product(30, pack_quantity=D(12)), deal.product(0), deal.product(5)
    order = deal.place((packed, 48), (gone, 3), (whole, 5), wished_on=WISH)
    deal.decide(order)
    with deal.selling():
        reduce_to_available(order_id=order.pk, now=NOW)
    order.refresh_from_db()
    assert (order.state, order.total, order.line_count) == ("confirmed", D("2900.00"), 2)
    lines = OrderLine.objects.unscoped("a test looks").filter(order=order).order_by("position")
    assert [(line.quantity, line.cancelled_at is None, line.uncovered) for line in lines] == [
        (D(24), True, D(0)),
        (D(3), False, D(0)),
        (D(5), True, D(0)),
    ]
    assert (deals.shelf_of(packed).reserved, deals.shelf_of(gone).reserved) == (D(24), D(0))


def test_nothing_left_to_reduce_to(deal: Deal) -> None:
    order = deal.place((deal.product(0), 3))
    deal.decide(order)
    with pytest.raises(NotEnoughSupply), deal.selling():
        reduce_to_available(order_id=order.pk, now=NOW)


def test_without_a_price_it_cannot_be_confirmed(deal: Deal) -> None:
    order = deal.place((deal.product(3, price=None), 3))
    deal.decide(order)
    with pytest.raises(PriceMissing), deal.selling():
        confirm_as_is(order_id=order.pk, now=NOW)


def test_rejecting_needs_words_and_gives_everything_back(deal: Deal, waiting: Order) -> None:
    with pytest.raises(WordsMissing), deal.selling():
        reject_order(order_id=waiting.pk, words="  ", now=NOW)
    with deal.selling():
        reject_order(order_id=waiting.pk, words="Сняли с производства", now=NOW)
    waiting.refresh_from_db()
    assert (waiting.state, held(waiting), last_event(waiting)) == ("rejected", D(0), "rejected")


@pytest.mark.parametrize(
    "decide",
    [confirm_as_is, confirm_by_earliest, reduce_to_available],
    ids=lambda action: action.__name__,
)
def test_what_is_decided_is_not_decided_again_and_a_stranger_decides_nothing(
    deal: Deal, waiting: Order, decide: Callable[..., object]
) -> None:
    with pytest.raises(OrderNotFound), deals.deal().selling():
        decide(order_id=waiting.pk, now=NOW)
    with deal.selling():
        decide(order_id=waiting.pk, now=NOW)
    with pytest.raises(OrderTooFarOn), deal.selling():
        decide(order_id=waiting.pk, now=NOW)


def test_each_cancels_their_own_the_head_any_the_viewer_none(deal: Deal) -> None:
    """N3."""
    product = deal.product(50)
    colleague = world.member(deal.dealer.company, world.Role.BUYER).user
    mine, also_mine = deal.place((product, 10)), deal.place((product, 5))
    deal.decide(mine)
    for person in (colleague, deal.dealer.viewer, deal.dealer.people[world.Role.ACCOUNTANT]):
        with pytest.raises(NotYourOrder), deal.buying(person) as actor:
            cancel_order(actor=actor, order_id=mine.pk, now=NOW)
        with pytest.raises(NotYourOrder), deal.buying(person) as actor:
            set_order_comment(actor=actor, order_id=mine.pk, comment="чужое", now=NOW)
    with deal.buying() as actor:
        cancel_order(actor=actor, order_id=mine.pk, now=NOW)
        cancel_order(actor=actor, order_id=mine.pk, now=NOW)
    with deal.buying(deal.dealer.head) as actor:
        cancel_order(actor=actor, order_id=also_mine.pk, now=NOW)
    with deals.as_system():
        give_back(order_id=mine.pk, now=NOW)
        give_back(order_id=mine.pk, now=NOW)
    assert deals.shelf_of(product).reserved == 0
    assert deal.decide(also_mine) is OrderState.CANCELLED
    assert deals.shelf_of(product).reserved == 0


def test_what_the_warehouse_works_on_is_not_cancelled(deal: Deal) -> None:
    order = deal.place((deal.product(5), 1))
    Order.objects.unscoped("a test sets").filter(pk=order.pk).update(state="in_work")
    with pytest.raises(OrderTooFarOn), deal.buying() as actor:
        cancel_order(actor=actor, order_id=order.pk, now=NOW)


def test_a_comment_is_changed_once(deal: Deal) -> None:
    order = deal.place((deal.product(5), 1))
    for _ in range(2):
        with deal.buying() as actor:
            set_order_comment(actor=actor, order_id=order.pk, comment=" Звоните с утра ", now=NOW)
    order.refresh_from_db()
    assert (order.comment, order.version) == ("Звоните с утра", 2)


def test_repeating_leaves_out_what_is_not_offered_any_more(deal: Deal) -> None:
    stays, goes = deal.product(5), deal.product(5)
    order = deal.place((stays, 2), (goes, 1))
    goes.listings.update(is_active=False)  # type: ignore[attr-defined]
    with deal.buying() as actor:
        repeated = repeat_order(actor=actor, order_id=order.pk)
    assert (repeated.added, repeated.left_out) == (1, (goes.name,))
    assert [(line.product_id, line.quantity) for line in CartLine.objects.unscoped("a test looks")] == [
        (stays.pk, D(2))
    ]


def test_an_arrival_put_off_sends_the_order_to_the_manager_unless_other_supply_covers_it(deal: Deal) -> None:
    scarce = deal.product(0, arrivals=((10, date(2026, 4, 15)),))
    plenty = deal.product(10, arrivals=((10, date(2026, 4, 15)),))
    first, second = deal.place((scarce, 10), wished_on=WISH), deal.place((plenty, 10), wished_on=WISH)
    assert (deal.decide(first), deal.decide(second)) == (OrderState.CONFIRMED, OrderState.CONFIRMED)
    told = [ArrivalTold("", deal.warehouse.pk, product.pk, D(10), date(2026, 4, 25)) for product in (scarce, plenty)]
    with deals.as_system():
        counts = take_arrivals(seller_id=deal.seller_id, rows=told, at=NOW)
        assert (counts.created, counts.changed, counts.unchanged) == (0, 2, 0)
        states = [reconsider_order(order_id=order.pk, now=NOW) for order in (first, second)]
    assert states == [OrderState.ATTENTION, OrderState.CONFIRMED]
    first.refresh_from_db()
    assert first.attention[0]["params"]["earliest"] == "2026-04-25"
    assert (deals.shelf_of(plenty).reserved, deals.arrival_of(plenty).reserved) == (D(10), D(0))
    with deals.as_system():
        assert reconsider_order(order_id=first.pk, now=NOW) is OrderState.ATTENTION
    assert last_event(first) == "promise_broken"


def test_a_received_arrival_leaves_its_orders_on_the_shelf(deal: Deal) -> None:
    product = deal.product(arrivals=((10, date(2026, 4, 15)),))
    order = deal.place((product, 4), wished_on=WISH)
    deal.decide(order)
    row = ArrivalTold("", deal.warehouse.pk, product.pk, D(10), date(2026, 4, 15), ArrivalState.RECEIVED)
    with deals.as_system():
        take_arrivals(seller_id=deal.seller_id, rows=[row], at=NOW)
    assert deals.arrival_of(product).closed_at == NOW
    assert (deals.shelf_of(product).on_hand, deals.shelf_of(product).reserved, held(order)) == (D(10), D(4), D(4))
