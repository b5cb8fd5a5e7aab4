"""What accounting systems say lies and comes, and why the free stock is what it is."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from tests import deals
from tests.deals import NOW, Deal

from zveno.orders.actions.apply_erp_order import ErpOrder, apply_erp_order
from zveno.stock.actions.take_arrivals import ArrivalState, ArrivalTold, take_arrivals
from zveno.stock.actions.take_stock_report import Counts, ShelfTold, StockMeans, take_stock_report
from zveno.stock.models import Arrival
from zveno.stock.queries.policies import heard_of
from zveno.stock.queries.reservations import stock_explained
from zveno.stock.queries.supply import supply_of

pytestmark = pytest.mark.django_db
D = Decimal
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def deal() -> Deal:
    return deals.deal()


def report(deal: Deal, *rows: tuple[Any, int | str], at: datetime = NOW, stock_means: StockMeans = "on_hand") -> Counts:
    told = [ShelfTold(deal.warehouse.pk, product.pk, D(quantity)) for product, quantity in rows]
    with deals.as_system():
        return take_stock_report(seller_id=deal.seller_id, rows=told, at=at, stock_means=stock_means)


def test_a_report_makes_changes_and_confirms_rows(deal: Deal) -> None:
    new, same, other = deal.product(), deal.product(5), deal.product(7)
    found = report(deal, (new, "2.5"), (same, 5), (other, 9), at=LATER)
    assert found == Counts(created=1, changed=1, unchanged=1)
    assert [deals.shelf_of(p).on_hand for p in (new, same, other)] == [D("2.5"), D(5), D(9)]
    assert {deals.shelf_of(p).confirmed_at for p in (new, same, other)} == {LATER}
    assert report(deal, (new, "2.5"), (same, 5), (other, 9)) == Counts(unchanged=3)


def test_of_a_figure_told_twice_the_last_counts(deal: Deal) -> None:
    product = deal.product()
    assert report(deal, (product, 1), (product, 2)) == Counts(created=1)
    assert deals.shelf_of(product).on_hand == D(2)


def test_an_erp_that_reports_free_stock_has_taken_off_the_orders_it_knows(deal: Deal) -> None:
    product = deal.product(50)
    known, unknown = deal.place((product, 10)), deal.place((product, 5))
    deal.decide(known), deal.decide(unknown)
    with deals.as_system():
        apply_erp_order(
            said=ErpOrder(seller_id=deal.seller_id, order_id=known.pk, erp_number="1"), told_by="1С", now=NOW
        )
    report(deal, (product, 40), stock_means="free")
    shelf = deals.shelf_of(product)
    assert (shelf.on_hand, shelf.reserved) == (D(50), D(15))
    report(deal, (product, 40), stock_means="on_hand")
    assert deals.shelf_of(product).on_hand == D(40)


def test_less_counted_than_promised_is_a_debt_that_is_not_sold(deal: Deal) -> None:
    product = deal.product(50)
    order = deal.place((product, 30))
    deal.decide(order)
    report(deal, (product, 20))
    with deal.buying():
        found = deal.supply_of(product)
    assert (found.free_now.quantity, found.shelves, [s.free for s in found.supplies]) == (D(0), (), [D(-10)])


def told(deal: Deal, product: Any, quantity: int, due_on: date, **fields: Any) -> ArrivalTold:
    return ArrivalTold(fields.pop("number", "ЗП-1"), deal.warehouse.pk, product.pk, D(quantity), due_on, **fields)


def test_arrivals_are_known_by_paper_warehouse_and_product(deal: Deal) -> None:
    product, other = deal.product(), deal.product()
    row = told(deal, product, 70, date(2026, 4, 15))
    with deals.as_system():
        seen = take_arrivals(seller_id=deal.seller_id, rows=[row], at=NOW)
        again = take_arrivals(seller_id=deal.seller_id, rows=[row], at=NOW)
        more = take_arrivals(
            seller_id=deal.seller_id, rows=[told(deal, other, 5, date(2026, 4, 16))], at=NOW, closes_others=True
        )
    assert (seen, again, more) == (Counts(created=1), Counts(unchanged=1), Counts(created=1, changed=1))
    assert deals.arrival_of(product).closed_at == NOW


def test_a_cancelled_arrival_gives_back_what_was_held_of_it(deal: Deal) -> None:
    product = deal.product(arrivals=((10, date(2026, 4, 15)),))
    order = deal.place((product, 10), wished_on=date(2026, 4, 17))
    deal.decide(order)
    row = told(deal, product, 10, date(2026, 4, 15), number="", state=ArrivalState.CANCELLED)
    with deals.as_system():
        take_arrivals(seller_id=deal.seller_id, rows=[row], at=NOW)
        found = stock_explained(product_id=product.pk, seller_id=deal.seller_id)
    assert (deals.arrival_of(product).reserved, found.arrivals) == (D(0), ())
    assert [(held.order_id, held.state, held.quantity) for held in found.ended] == [(order.pk, "released", D(10))]


def test_the_seller_sees_who_holds_what(deal: Deal) -> None:
    product = deal.product(50, arrivals=((70, date(2026, 4, 15)),))
    order = deal.place((product, 100), wished_on=date(2026, 4, 17))
    deal.decide(order)
    with deal.selling():
        found = stock_explained(product_id=product.pk, seller_id=deal.seller_id)
    assert [(s.on_hand, s.free, [h.order_id for h in s.held]) for s in found.shelves] == [(D(50), D(20), [order.pk])]
    assert [(a.quantity, a.free, [h.quantity for h in a.held]) for a in found.arrivals] == [(D(70), D(0), [D(70)])]
    with deals.deal().selling():
        assert stock_explained(product_id=product.pk, seller_id=deal.seller_id).shelves == ()


def test_supply_of_many_products_takes_one_statement(deal: Deal, django_assert_num_queries: Any) -> None:
    products = [deal.product(5, arrivals=((1, date(2026, 4, 15)), (2, date(2026, 4, 9)))) for _ in range(20)]
    ids = [product.pk for product in products]
    with deal.buying(), django_assert_num_queries(1):
        found = supply_of(product_ids=ids, sellers=[deal.seller_id], today=NOW.date(), entity_id=deal.dealer.entity.pk)
    assert {(s.free_now.quantity, len(s.arrivals), s.confirmed_at is not None) for s in found.values()} == {
        (D(5), 1, True)
    }
    assert found[ids[0]].next_arrival is not None


def test_a_seller_is_heard_of_with_every_report(deal: Deal) -> None:
    product = deal.product(5)
    with deal.buying():
        assert heard_of(sellers=[deal.seller_id]) == {}
    report(deal, (product, 5), at=LATER)
    report(deal, (product, 5), at=NOW)
    with deal.buying():
        assert heard_of(sellers=[deal.seller_id]) == {deal.seller_id: LATER}


def test_a_buyer_cannot_write_the_sellers_stock(deal: Deal) -> None:
    product = deal.product(5)
    with deal.buying():
        from zveno.stock.models import Balance

        assert Balance.objects.unscoped("the first wall is off").update(on_hand=1000) == 0
        assert Arrival.objects.unscoped("the first wall is off").update(quantity=1000) == 0
    assert deals.shelf_of(product).on_hand == D(5)
