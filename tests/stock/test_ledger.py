"""The ledger: every change leaves its entry, the sums add up, old entries fold, differences are found and mended."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from tests import deals
from tests.deals import NOW, Deal
from tests.stock.books import check_books

from zveno.base.models import AuditEntry
from zveno.orders.models import Order
from zveno.stock.actions.fold_movements import fold_movements
from zveno.stock.actions.mend_stock import mend_stock
from zveno.stock.actions.take_arrivals import ArrivalState, ArrivalTold, take_arrivals
from zveno.stock.actions.take_stock_report import ShelfTold, take_stock_report
from zveno.stock.models import Arrival, Balance, Movement, Reservation
from zveno.stock.queries.differences import DifferenceKind, differences
from zveno.stock.queries.movements import Stand, SupplyKey, every_entry, ledger_page
from zveno.stock.rules.words import MovementKind

pytestmark = pytest.mark.django_db
D = Decimal
DUE = date(2026, 4, 15)


@pytest.fixture
def deal() -> Deal:
    return deals.deal()


def report(deal: Deal, product: Any, quantity: int, *, at: Any = NOW) -> None:
    with deals.as_system():
        take_stock_report(
            seller_id=deal.seller_id,
            rows=[ShelfTold(deal.warehouse.pk, product.pk, D(quantity))],
            at=at,
            document="offers.xml",
        )


def key_of(deal: Deal, product: Any, arrival_id: int | None = None) -> SupplyKey:
    return SupplyKey(deal.seller_id, product.pk, deal.warehouse.pk, arrival_id)


def found(deal: Deal) -> dict[str, int]:
    with deal.selling():
        told = differences(seller_id=deal.seller_id)
    return {kind.value: len(rows) for kind, rows in told.items() if rows}


def test_a_report_an_order_and_a_receipt_read_like_a_book(deal: Deal) -> None:
    product = deal.product(arrivals=((70, DUE),))
    report(deal, product, 50, at=NOW)
    report(deal, product, 50, at=NOW + timedelta(minutes=1))
    order = deal.place((product, 100), wished_on=date(2026, 4, 17), now=NOW + timedelta(minutes=2))
    deal.decide(order, now=NOW + timedelta(minutes=2))
    row = ArrivalTold("", deal.warehouse.pk, product.pk, D(70), DUE, ArrivalState.RECEIVED)
    with deals.as_system():
        take_arrivals(seller_id=deal.seller_id, rows=[row], at=NOW + timedelta(minutes=3))
    with deal.selling():
        page = ledger_page(key=key_of(deal, product), starts_at=None, ends_at=None)
    assert [(one.kind.value, one.quantity, one.held, one.after) for one in page.rows] == [
        ("received", D(70), D(70), Stand(D(120), D(100))),
        ("reserved", D(0), D(30), Stand(D(50), D(30))),
        ("count", D(50), D(0), Stand(D(50), D(0))),
    ]
    assert (page.closing, page.counters, page.adds_up) == (Stand(D(120), D(100)), Stand(D(120), D(100)), True)
    assert (page.rows[1].order_id, page.rows[2].document) == (order.pk, "offers.xml")
    check_books()


def test_a_period_opens_with_what_stood_before(deal: Deal) -> None:
    product = deal.product()
    for hour, quantity in enumerate((5, 9, 4)):
        report(deal, product, quantity, at=NOW + timedelta(hours=hour))
    with deal.selling():
        page = ledger_page(
            key=key_of(deal, product), starts_at=NOW + timedelta(hours=1), ends_at=NOW + timedelta(hours=2)
        )
        rows = list(every_entry(key=key_of(deal, product), starts_at=NOW + timedelta(hours=1), ends_at=None))
    assert (page.opening.quantity, page.closing.quantity, page.count) == (D(5), D(9), 1)
    assert [(one.kind, one.quantity) for one in page.kinds] == [(MovementKind.COUNT, D(4))]
    assert [(one.quantity, one.after.quantity) for one in rows] == [(D(4), D(9)), (D(-5), D(4))]


def test_a_stranger_reads_no_ledger(deal: Deal) -> None:
    product = deal.product(5)
    with deals.deal().selling():
        page = ledger_page(key=key_of(deal, product), starts_at=None, ends_at=None)
        assert differences(seller_id=deal.seller_id)[DifferenceKind.LEDGER] == ()
    assert (page.count, page.counters) == (0, Stand())
    with deal.buying():
        assert not Movement.objects.unscoped("the first wall is off").exists()


def test_old_entries_fold_by_month_and_kind_and_the_sums_stay(deal: Deal) -> None:
    product = deal.product()
    for day in range(40):
        report(deal, product, day % 7, at=NOW + timedelta(days=day))
    with deals.as_system():
        gone = fold_movements(before=NOW + timedelta(days=35))
        again = fold_movements(before=NOW + timedelta(days=35))
        page = ledger_page(key=key_of(deal, product), starts_at=None, ends_at=None)
    # On the first day nothing lay there, and nothing was written.
    assert (gone, again, page.count) == (32, 0, 7)
    assert [(one.entries, one.at.month) for one in page.rows[-2:]] == [(14, 5), (20, 4)]
    assert sum(one.entries for one in page.rows) == 39
    assert page.adds_up
    check_books()


@pytest.mark.parametrize("kind", list(DifferenceKind))
def test_without_differences_nothing_is_mended(deal: Deal, kind: DifferenceKind) -> None:
    deal.decide(deal.place((deal.product(5), 3)))
    with deals.as_system():
        assert mend_stock(seller_id=deal.seller_id, kinds=[kind], now=NOW) == {kind: 0}
    assert not AuditEntry.objects.unscoped("a test looks").filter(action="stock_mended").exists()


def a_counter_is_off(deal: Deal, order: Order) -> None:
    Balance.objects.unscoped("a test breaks").update(reserved=9)


def a_counter_of_an_arrival_is_off(deal: Deal, order: Order) -> None:
    Arrival.objects.unscoped("a test breaks").update(reserved=9)


def an_entry_is_missing(deal: Deal, order: Order) -> None:
    Movement.objects.unscoped("a test breaks").filter(kind="reserved").delete()


def a_count_is_off(deal: Deal, order: Order) -> None:
    Balance.objects.unscoped("a test breaks").update(on_hand=77)


def an_order_ended_behind_the_back(deal: Deal, order: Order) -> None:
    Order.objects.unscoped("a test breaks").filter(pk=order.pk).update(state="completed")


def more_is_held_than_there_is(deal: Deal, order: Order) -> None:
    Balance.objects.unscoped("a test breaks").update(on_hand=2, erp_on_hand=2)
    Movement.objects.unscoped("a test breaks").filter(kind="count").update(quantity=2)


@pytest.mark.parametrize(
    ("damage", "kind", "shows"),
    [
        (a_counter_is_off, DifferenceKind.HELD, {"held", "ledger", "over"}),
        (a_counter_of_an_arrival_is_off, DifferenceKind.HELD, {"held", "ledger"}),
        (an_entry_is_missing, DifferenceKind.LEDGER, {"ledger"}),
        (a_count_is_off, DifferenceKind.ERP, {"ledger", "erp"}),
        (an_order_ended_behind_the_back, DifferenceKind.STRAY, {"stray"}),
        (more_is_held_than_there_is, DifferenceKind.OVER, {"over"}),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_what_differs_is_found_mended_and_mended_once(
    deal: Deal, damage: Callable[[Deal, Order], None], kind: DifferenceKind, shows: set[str]
) -> None:
    product = deal.product(arrivals=((9, DUE),))
    report(deal, product, 5)
    order = deal.place((product, 4))
    deal.decide(order)
    assert found(deal) == {}
    damage(deal, order)
    assert set(found(deal)) == shows
    with deal.selling():
        mended = mend_stock(seller_id=deal.seller_id, kinds=list(DifferenceKind), now=NOW + timedelta(hours=1))
    assert mended[kind]
    assert found(deal) == {}
    check_books()
    with deal.selling():
        again = mend_stock(seller_id=deal.seller_id, kinds=list(DifferenceKind), now=NOW + timedelta(hours=2))
    assert not any(again.values())
    assert AuditEntry.objects.unscoped("a test looks").filter(action="stock_mended").count() == 1


def test_what_moved_since_the_count_is_no_difference(deal: Deal) -> None:
    from zveno.stock.actions.ship_reservations import ship_reservations

    product = deal.product()
    report(deal, product, 10)
    order = deal.place((product, 4))
    deal.decide(order)
    line = order.lines.unscoped("a test looks").get()
    later = NOW + timedelta(hours=1)
    with deals.as_system():
        ship_reservations(
            order_id=order.pk, seller_id=deal.seller_id, shipped={line.pk: D(4)}, shipped_at=later, now=later
        )
    assert (deals.shelf_of(product).on_hand, found(deal)) == (D(6), {})


def test_a_seller_mends_only_its_own(deal: Deal) -> None:
    product = deal.product(5)
    Balance.objects.unscoped("a test breaks").filter(product=product).update(reserved=2)
    with deals.deal().selling():
        assert not any(mend_stock(seller_id=deal.seller_id, kinds=list(DifferenceKind), now=NOW).values())
    assert deals.shelf_of(product).reserved == D(2)
    assert not Reservation.objects.unscoped("a test looks").exists()
