"""What a buyer chooses for a need, with one click, and what the system makes of it."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from tests import deals, world
from tests.deals import NOW, Deal
from tests.stock.books import check_books

from zveno.base.events import subscribe, unsubscribe
from zveno.catalog.models import Product, ProductRelation
from zveno.kit.errors import Fault
from zveno.orders.actions.carry_out_choice import carry_out_choice, say_it_failed
from zveno.orders.actions.choose_for_need import choose_for_need
from zveno.orders.actions.reconsider_order import reconsider_order
from zveno.orders.errors import NeedNotFound, NeedSettled, NotYourOrder, OrderTooFarOn
from zveno.orders.events import OrderChanged
from zveno.orders.models import Need, Order, OrderEvent, OrderLine
from zveno.orders.rules.needs import Choice
from zveno.stock.actions.take_arrivals import ArrivalTold, take_arrivals
from zveno.stock.models import Balance, Reservation

pytestmark = pytest.mark.django_db
D = Decimal
DUE, WISH, LATE = date(2026, 4, 15), date(2026, 4, 17), date(2026, 4, 25)


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


def lines_of(order: Order) -> list[OrderLine]:
    return list(OrderLine.objects.unscoped("a test looks").filter(order=order).order_by("position"))


def need_of(order: Order) -> Need:
    return Need.objects.unscoped("a test looks").get(order=order)


def held(order: Order) -> list[tuple[bool, Decimal, date]]:
    rows = Reservation.objects.unscoped("a test looks").filter(order_id=order.pk, state="active").order_by("id")
    return [(row.arrival_id is not None, row.quantity, row.due_on) for row in rows]


def events(order: Order) -> list[str]:
    told = OrderEvent.objects.unscoped("a test looks").filter(order=order)
    return list(told.order_by("id").values_list("kind", flat=True))


def choose(deal: Deal, order: Order, choice: Choice, **params: Any) -> None:
    """The buyer clicks, the worker works."""
    need = need_of(order)
    with deal.buying() as actor:
        choose_for_need(actor=actor, need_id=need.pk, choice=choice, params=params, now=NOW)
    try:
        with deals.as_system():
            carry_out_choice(need_id=need.pk, now=NOW)
    except Fault as fault:
        with deals.as_system():
            say_it_failed(need_id=need.pk, fault=fault.code, now=NOW)
    order.refresh_from_db()


def instead(deal: Deal, product: Any, other: Product, kind: str = "substitute") -> None:
    ProductRelation.objects.create(
        owner=deal.seller.company, product=product, other=other, kind=kind, told_by="person", told_at=NOW
    )


def test_all_of_it_later(deal: Deal, order: Order) -> None:
    choose(deal, order, Choice.LATER)
    assert (order.state, order.promised_on, need_of(order).state) == ("confirmed", LATE, "covered")
    assert held(order) == [(False, D(30), LATE), (True, D(70), LATE)]
    assert events(order) == ["placed", "attention", "chosen", "confirmed"]
    check_books()


def test_in_parts_each_part_counts_on_its_own_day(deal: Deal, order: Order) -> None:
    choose(deal, order, Choice.PARTS)
    assert (order.state, order.promised_on) == ("confirmed", LATE)
    assert held(order) == [(False, D(30), WISH), (True, D(70), LATE)]


def test_an_order_as_a_whole_may_leave_in_parts_from_now_on(deal: Deal) -> None:
    kazan = world.warehouse(deal.seller, "Казань")
    product = deal.product(3)
    world.balance(kazan, product, 7)
    order = deal.place((product, 10), wished_on=WISH, in_parts=False)
    deal.decide(order)
    assert need_of(order).lacking == D(3)
    choose(deal, order, Choice.PARTS)
    assert (order.state, order.in_parts, need_of(order).state) == ("confirmed", True, "covered")
    assert sorted(quantity for _, quantity, _ in held(order)) == [D(3), D(7)]
    check_books()


def test_an_order_as_a_whole_later_waits_for_the_last_of_it(deal: Deal) -> None:
    first, second = deal.product(5), deal.product(0, arrivals=((5, LATE),))
    order = deal.place((first, 5), (second, 5), wished_on=WISH, in_parts=False)
    deal.decide(order)
    choose(deal, order, Choice.LATER)
    assert (order.state, order.promised_on) == ("confirmed", LATE)
    assert {due_on for _, _, due_on in held(order)} == {LATE}


def test_only_what_is_there(deal: Deal, order: Order) -> None:
    choose(deal, order, Choice.DROP)
    assert (order.state, order.total, lines_of(order)[0].quantity) == ("confirmed", D("3000.00"), D(30))
    assert need_of(order).state == "dropped"
    check_books()


def test_dropping_all_there_is_calls_the_order_off(deal: Deal) -> None:
    order = deal.place((deal.product(0), 5))
    deal.decide(order)
    choose(deal, order, Choice.DROP)
    assert (order.state, need_of(order).state) == ("cancelled", "dropped")


def test_a_substitute_takes_the_place_of_what_lacks_in_whole_packs_at_its_price(deal: Deal, order: Order) -> None:
    other = deal.product(100, price="110.00", pack_quantity=D(12))
    instead(deal, lines_of(order)[0].product, other)
    choose(deal, order, Choice.SUBSTITUTE, product_id=other.pk)
    first, second = lines_of(order)
    assert (first.quantity, second.product_id, second.quantity, second.price) == (D(30), other.pk, D(72), D(110))
    assert (order.state, order.total, order.line_count) == ("confirmed", D("10920.00"), 2)
    assert (second.promised_on, second.uncovered) == (WISH, 0)
    check_books()


@pytest.mark.parametrize(
    ("case", "prepare"),
    [
        ("no relation", lambda deal, product, other: None),
        ("only an accessory", lambda deal, product, other: instead(deal, product, other, "accessory")),
        ("the other way round", lambda deal, product, other: instead(deal, other, product)),
        ("of another seller", lambda deal, product, other: instead(deals.deal(), product, other)),
        (
            "sold meanwhile",
            lambda deal, product, other: (
                instead(deal, product, other),
                Balance.objects.unscoped("a test sets").filter(product=other).update(on_hand=3),
            ),
        ),
    ],
)
def test_what_is_no_substitute_now_changes_nothing_and_says_so(
    deal: Deal, order: Order, case: str, prepare: Any
) -> None:
    other = deal.product(100)
    prepare(deal, lines_of(order)[0].product, other)
    choose(deal, order, Choice.SUBSTITUTE, product_id=other.pk)
    need = need_of(order)
    assert (order.state, len(lines_of(order)), need.state) == ("attention", 1, "open"), case
    assert (need.choice_fault, need.carried_out_at) == ("nothing_to_choose", NOW)
    assert events(order)[-1] == "choice_failed"


def test_later_goods_that_were_taken_meanwhile_are_said_to_be_gone(deal: Deal, order: Order) -> None:
    deal.decide(deal.place((lines_of(order)[0].product, 60), wished_on=LATE))  # type: ignore[arg-type]
    choose(deal, order, Choice.LATER)
    assert (order.state, need_of(order).choice_fault) == ("attention", "not_enough_supply")
    choose(deal, order, Choice.DROP)
    assert order.state == "confirmed"


def test_asking_the_manager_leaves_it_open(deal: Deal, order: Order) -> None:
    choose(deal, order, Choice.ASK)
    need = need_of(order)
    assert (order.state, need.state, need.choice, events(order)[-1]) == ("attention", "open", "ask", "asked")


def test_a_choice_is_carried_out_once(deal: Deal, order: Order) -> None:
    choose(deal, order, Choice.PARTS)
    before = (order.version, held(order), events(order))
    with deals.as_system():
        carry_out_choice(need_id=need_of(order).pk, now=NOW)
    order.refresh_from_db()
    assert (order.version, held(order), events(order)) == before


def test_the_erp_hears_of_what_was_chosen(deal: Deal, order: Order) -> None:
    heard: list[Any] = []
    subscribe(OrderChanged, heard.append)
    try:
        choose(deal, order, Choice.DROP)
    finally:
        unsubscribe(OrderChanged, heard.append)
    assert [(one.what, one.version) for one in heard] == [("confirmed", order.version)]


def test_who_may_not_choose(deal: Deal, order: Order) -> None:
    need = need_of(order)
    colleague = world.member(deal.dealer.company, world.Role.BUYER).user
    for person in (colleague, deal.dealer.viewer):
        with pytest.raises(NotYourOrder), deal.buying(person) as actor:
            choose_for_need(actor=actor, need_id=need.pk, choice=Choice.DROP, now=NOW)
    with pytest.raises(NeedNotFound), deals.deal().buying() as actor:
        choose_for_need(actor=actor, need_id=need.pk, choice=Choice.DROP, now=NOW)
    Order.objects.unscoped("a test sets").filter(pk=order.pk).update(state="in_work")
    with pytest.raises(OrderTooFarOn), deal.buying() as actor:
        choose_for_need(actor=actor, need_id=need.pk, choice=Choice.DROP, now=NOW)
    Order.objects.unscoped("a test sets").filter(pk=order.pk).update(state="attention")
    choose(deal, order, Choice.DROP)
    with pytest.raises(NeedSettled), deal.buying() as actor:
        choose_for_need(actor=actor, need_id=need.pk, choice=Choice.LATER, now=NOW)


def test_after_a_slip_the_new_date_is_taken_with_one_click_and_a_second_slip_asks_anew(deal: Deal) -> None:
    product = deal.product(0, arrivals=((10, DUE),))
    order = deal.place((product, 10), wished_on=WISH)
    deal.decide(order)

    def slip(day: date) -> None:
        row = ArrivalTold("", deal.warehouse.pk, product.pk, D(10), day)
        with deals.as_system():
            take_arrivals(seller_id=deal.seller_id, rows=[row], at=NOW + timedelta(minutes=1))
            change = {"product_id": product.pk, "change": "moved", "document": "", "before": "", "after": ""}
            reconsider_order(order_id=order.pk, now=NOW, changes=[change])
        order.refresh_from_db()

    slip(LATE)
    assert (order.state, need_of(order).late_on) == ("attention", LATE)
    choose(deal, order, Choice.LATER)
    assert (order.state, order.promised_on, held(order)) == ("confirmed", LATE, [(True, D(10), LATE)])
    slip(date(2026, 5, 5))
    needs = Need.objects.unscoped("a test looks").filter(order=order).order_by("id")
    assert [(need.state, need.choice) for need in needs] == [("covered", "later"), ("open", "")]
    check_books()
