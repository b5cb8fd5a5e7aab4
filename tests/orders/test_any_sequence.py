"""After any sequence of events no supply is promised beyond what there is, and the unhurt have changed nothing.

On the real database, with the actions themselves and what the workers do after them.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests import deals, world
from tests.deals import NOW, Deal
from tests.stock.books import check_books

from zveno.base.events import subscribe, unsubscribe
from zveno.catalog.models import Product
from zveno.orders.actions.apply_erp_order import ErpOrder, apply_erp_order
from zveno.orders.actions.cancel_order import cancel_order
from zveno.orders.actions.carry_out_choice import carry_out_choice
from zveno.orders.actions.choose_for_need import choose_for_need
from zveno.orders.actions.cover_order import cover_order
from zveno.orders.actions.give_back import give_back
from zveno.orders.actions.reconsider_order import reconsider_order
from zveno.orders.actions.settle_planned import settle_planned
from zveno.orders.models import Need, Order, OrderLine
from zveno.orders.queries.needing import orders_to_cover
from zveno.orders.rules.editing import may_cancel
from zveno.orders.rules.erp_words import ErpLine, ErpShipment
from zveno.orders.rules.needs import UNSETTLED, Choice
from zveno.orders.rules.states import HOLDS_RESERVATION, OrderState
from zveno.stock.actions.settle_shortage import settle_shortage
from zveno.stock.actions.take_arrivals import ArrivalState, ArrivalTold, take_arrivals
from zveno.stock.actions.take_stock_report import ShelfTold, take_stock_report
from zveno.stock.events import PromiseShaken, SupplyShort
from zveno.stock.models import Arrival, Reservation, Warehouse

pytestmark = pytest.mark.django_db
D = Decimal

small = st.integers(0, 12)
days = st.integers(0, 6)
events = st.one_of(
    st.tuples(st.just("place"), st.integers(0, 1), st.integers(1, 9), st.none() | days, st.booleans()),
    st.tuples(st.just("count"), st.integers(0, 1), st.integers(0, 1), small),
    st.tuples(st.just("arrival"), st.integers(0, 1), st.integers(0, 1), st.integers(0, 2), small, days),
    st.tuples(st.just("close"), st.integers(0, 5), st.sampled_from(["received", "cancelled"]), small),
    st.tuples(st.just("cancel"), st.integers(0, 5)),
    st.tuples(st.just("ship"), st.integers(0, 5), st.integers(1, 9)),
    st.tuples(st.just("choose"), st.integers(0, 5), st.sampled_from(["later", "parts", "drop"])),
)


@settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(events, min_size=4, max_size=12))
def test_after_any_sequence_the_books_are_right_and_the_unhurt_have_changed_nothing(steps: list[Any]) -> None:
    walk(steps)


@pytest.mark.slow
@pytest.mark.timeout(1200)
@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(events, min_size=10, max_size=40))
def test_after_any_long_sequence_too(steps: list[Any]) -> None:
    walk(steps)


def walk(steps: list[Any]) -> None:
    """Let the events happen one after another, with what the workers do after each; nothing of it is kept."""
    with transaction.atomic():
        house = House(deals.deal())
        for number, (kind, *told) in enumerate(steps):
            house.at = NOW + timedelta(minutes=number)
            before = house.snapshot()
            with house.listening():
                touched = getattr(house, kind)(*told)
            hurt = house.work_off() | touched
            check_books()
            after = house.snapshot()
            changed = {key for key in before if before[key] != after[key]}
            assert changed <= hurt, f"{kind} {told} changed orders that it does not concern"
            house.check_needs()
        transaction.set_rollback(True)


@dataclass
class House:
    """A deal with two products and two warehouses, and what its workers have to do."""

    deal: Deal
    at: Any = NOW
    products: list[Product] = field(default_factory=list)
    places: list[Warehouse] = field(default_factory=list)
    shaken: list[Any] = field(default_factory=list)
    short: list[Any] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.places = [self.deal.warehouse, world.warehouse(self.deal.seller, "Казань")]
        self.products = [self.deal.product(5), self.deal.product(5)]

    @contextmanager
    def listening(self) -> Iterator[None]:
        subscribe(PromiseShaken, self.shaken.append)
        subscribe(SupplyShort, self.short.append)
        try:
            yield
        finally:
            unsubscribe(PromiseShaken, self.shaken.append)
            unsubscribe(SupplyShort, self.short.append)

    # What happens; returns the orders it is about.

    def place(self, product: int, quantity: int, wish: int | None, in_parts: bool) -> set[int]:
        wished_on = self.day(wish) if wish is not None else None
        order = self.deal.place((self.products[product], quantity), wished_on=wished_on, in_parts=in_parts, now=self.at)
        self.deal.decide(order, now=self.at)
        return {order.pk}

    def count(self, product: int, place: int, quantity: int) -> set[int]:
        row = ShelfTold(self.places[place].pk, self.products[product].pk, D(quantity))
        with deals.as_system():
            take_stock_report(seller_id=self.deal.seller_id, rows=[row], at=self.at)
        return set()

    def arrival(self, product: int, place: int, number: int, quantity: int, day: int) -> set[int]:
        self.tell(f"ЗП-{number}", self.places[place].pk, self.products[product].pk, quantity, self.day(day))
        return set()

    def close(self, which: int, state: str, quantity: int) -> set[int]:
        arrivals = list(Arrival.objects.unscoped("a test looks").filter(closed_at=None).order_by("id"))
        if arrivals:
            one = arrivals[which % len(arrivals)]
            self.tell(one.source_number, one.warehouse_id, one.product_id, quantity, one.due_on, ArrivalState(state))
        return set()

    def cancel(self, which: int) -> set[int]:
        order = self.order(which)
        if order is None or not may_cancel(OrderState(order.state)):
            return set()
        with self.deal.buying() as actor:
            cancel_order(actor=actor, order_id=order.pk, now=self.at)
        with deals.as_system():
            give_back(order_id=order.pk, now=self.at)
        return {order.pk}

    def ship(self, which: int, quantity: int) -> set[int]:
        order = self.order(which)
        if order is None or OrderState(order.state) not in HOLDS_RESERVATION:
            return set()
        line = OrderLine.objects.unscoped("a test looks").filter(order=order).order_by("position")[0]
        told = ErpLine(line.product_id, D(quantity), line.price, D(quantity) * line.price)
        shipment = ErpShipment(f"Р-{self.at:%H%M}", self.at, (told,))
        said = ErpOrder(seller_id=self.deal.seller_id, order_id=order.pk, shipments=(shipment,))
        with deals.as_system():
            apply_erp_order(said=said, told_by="1С", now=self.at)
        return {order.pk}

    def choose(self, which: int, choice: str) -> set[int]:
        needs = list(Need.objects.unscoped("a test looks").filter(settled_at=None).order_by("id"))
        if not needs:
            return set()
        need = needs[which % len(needs)]
        from zveno.kit.errors import Fault

        try:
            with self.deal.buying() as actor:
                choose_for_need(actor=actor, need_id=need.pk, choice=Choice(choice), now=self.at)
            with deals.as_system():
                carry_out_choice(need_id=need.pk, now=self.at)
        except Fault:
            pass
        return {need.order_id}

    # What workers do.

    def work_off(self) -> set[int]:
        """Do what the events asked for; returns the orders that may have changed by it."""
        touched: set[int] = set()
        for event in self.short:
            with self.listening(), deals.as_system():
                settle_shortage(seller_id=event.seller_id, product_ids=event.product_ids, now=self.at)
        for event in self.shaken:
            for one in event.shaken:
                change = {"product_id": one.product_id, "change": one.change, "document": "", "before": "", "after": ""}
                with deals.as_system():
                    reconsider_order(order_id=one.order_id, now=self.at, changes=[change])
                touched.add(one.order_id)
        self.short.clear()
        self.shaken.clear()
        with deals.as_system():
            settle_planned(seller_id=self.deal.seller_id, now=self.at)
            waiting = orders_to_cover(seller_id=self.deal.seller_id, now=self.at)
        for order_id in waiting:
            with deals.as_system():
                cover_order(order_id=order_id, now=self.at)
        return touched | set(waiting)

    def snapshot(self) -> dict[int, Any]:
        """By order: its state, its date, what covers its lines, which goods it holds."""
        found: dict[int, Any] = {}
        for order in Order.objects.unscoped("a test looks").filter(seller_id=self.deal.seller_id):
            lines = OrderLine.objects.unscoped("a test looks").filter(order=order).order_by("position")
            pins = Reservation.objects.unscoped("a test looks").filter(order_id=order.pk, state="active")
            found[order.pk] = (
                order.state,
                order.promised_on,
                [(line.quantity, line.uncovered, line.promised_on) for line in lines],
                # Goods that came lie on the shelf now: that moves the pin, and hurts nobody.
                sorted((pin.product_id, pin.warehouse_id, pin.quantity, pin.due_on) for pin in merged(pins)),
            )
        return found

    def check_needs(self) -> None:
        """The unsettled needs are what the lines lack."""
        for line in OrderLine.objects.unscoped("a test looks").filter(order__seller_id=self.deal.seller_id):
            order = Order.objects.unscoped("a test looks").get(pk=line.order_id)
            needs = Need.objects.unscoped("a test looks").filter(order_line=line, settled_at=None)
            if OrderState(order.state) not in HOLDS_RESERVATION or line.cancelled_at:
                assert not needs.exists()
                continue
            held = Reservation.objects.unscoped("a test looks").filter(order_line_id=line.pk, state="active")
            lacking = line.quantity - line.shipped_quantity - sum((one.quantity for one in held), D(0))
            assert line.uncovered == max(lacking, D(0))
            assert sum((need.lacking for need in needs), D(0)) == line.uncovered
            assert all(need.state in {state.value for state in UNSETTLED} for need in needs)

    # Words.

    def order(self, which: int) -> Order | None:
        orders = list(Order.objects.unscoped("a test looks").filter(seller_id=self.deal.seller_id).order_by("id"))
        return orders[which % len(orders)] if orders else None

    def day(self, number: int) -> date:
        return NOW.date() + timedelta(days=number)

    def tell(
        self, number: str, place: int, product: int, quantity: int, day: date, state: ArrivalState = ArrivalState.OPEN
    ) -> None:
        row = ArrivalTold(number, place, product, D(quantity), day, state)
        with deals.as_system():
            take_arrivals(seller_id=self.deal.seller_id, rows=[row], at=self.at)


@dataclass(frozen=True)
class Pin:
    product_id: int
    warehouse_id: int
    due_on: date
    quantity: Decimal


def merged(pins: Any) -> list[Pin]:
    """Pins of one product, place and day as one."""
    sums: dict[tuple[int, int, date], Decimal] = {}
    for pin in pins:
        key = (pin.product_id, pin.warehouse_id, pin.due_on)
        sums[key] = sums.get(key, D(0)) + pin.quantity
    return [Pin(*key, quantity) for key, quantity in sums.items()]
