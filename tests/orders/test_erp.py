"""What the seller's accounting system says of orders."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from tests import deals, world
from tests.deals import NOW, Deal

from zveno.finance.models import LedgerDocument
from zveno.orders.actions.apply_erp_order import ErpApplied, ErpOrder, apply_erp_order
from zveno.orders.actions.cancel_order import cancel_order
from zveno.orders.actions.repeat_order import repeat_order
from zveno.orders.actions.set_order_comment import set_order_comment
from zveno.orders.errors import ErpOrderIncomplete, OrderOfTheErp
from zveno.orders.models import Order, OrderEvent, OrderLine, Shipment
from zveno.orders.queries.order_page import order_page
from zveno.orders.rules.erp_words import ErpLine, ErpPayment, ErpShipment, judge_state, pair_lines, shipped_by_line
from zveno.orders.rules.states import OrderState
from zveno.stock.models import Reservation

D = Decimal
SHIPPED_AT = datetime(2026, 4, 11, 8, 0, tzinfo=UTC)


@pytest.fixture
def deal(db: None) -> Deal:
    return deals.deal()


def apply(said: ErpOrder) -> ErpApplied:
    with deals.as_system():
        return apply_erp_order(said=said, told_by="1С", now=NOW)


def lines_of(order: Order) -> list[OrderLine]:
    return list(OrderLine.objects.unscoped("a test looks").filter(order=order).order_by("position"))


def said_of(deal: Deal, order: Order, **fields: object) -> ErpOrder:
    return ErpOrder(seller_id=deal.seller_id, order_id=order.pk, **fields)  # type: ignore[arg-type]


def erp_lines(order: Order) -> tuple[ErpLine, ...]:
    return tuple(
        ErpLine(line.product_id, line.quantity, line.price, line.total, name=line.name) for line in lines_of(order)
    )


def held(order: Order, state: str = "active") -> Decimal:
    rows = Reservation.objects.unscoped("a test looks").filter(order_id=order.pk, state=state)
    return sum((r.quantity for r in rows), D(0))


def test_a_state_ahead_is_taken_one_behind_is_only_noted_once(deal: Deal) -> None:
    order = deal.place((deal.product(5), 2))
    deal.decide(order)
    assert apply(said_of(deal, order, state=OrderState.IN_WORK, word="К выполнению")).changes == ("erp_state",)
    assert apply(said_of(deal, order, state=OrderState.IN_WORK)).changes == ()
    assert apply(said_of(deal, order, state=OrderState.CONFIRMED)).changes == ("erp_state_clash",)
    assert apply(said_of(deal, order, state=OrderState.CONFIRMED)).changes == ()
    order.refresh_from_db()
    assert order.state == "in_work"


def test_the_erp_number_marks_the_reservations_as_known(deal: Deal) -> None:
    order = deal.place((deal.product(5), 2))
    deal.decide(order)
    apply(said_of(deal, order, erp_number="ТД-77", promised_on=date(2026, 4, 12)))
    order.refresh_from_db()
    assert (order.erp_number, order.promised_on) == ("ТД-77", date(2026, 4, 12))
    assert order.number_key.endswith(" TД77")
    known = Reservation.objects.unscoped("a test looks").get(order_id=order.pk)
    assert known.erp_known_at == NOW


def test_changed_lines_replace_ours_and_supply_follows(deal: Deal) -> None:
    less, more, gone, new = (deal.product(50) for _ in range(4))
    order = deal.place((less, 10), (more, 10), (gone, 10))
    deal.decide(order)
    said = said_of(
        deal,
        order,
        lines=(
            ErpLine(less.pk, D(4), D("100"), D("400.00")),
            ErpLine(more.pk, D(20), D("95.5"), D("1910.00")),
            ErpLine(new.pk, D(3), D("10"), D("30.00"), name="Новый", unit="шт"),
        ),
    )
    assert apply(said).changes == ("erp_lines",)
    order.refresh_from_db()
    assert (order.total, order.line_count) == (D("2340.00"), 3)
    assert [deals.shelf_of(p).reserved for p in (less, more, gone, new)] == [D(4), D(20), D(0), D(3)]
    assert [(line.quantity, line.cancelled_at is None) for line in lines_of(order)] == [
        (D(4), True),
        (D(20), True),
        (D(10), False),
        (D(3), True),
    ]
    assert apply(said).changes == ()


def test_kopecks_of_difference_are_the_erps(deal: Deal) -> None:
    order = deal.place((deal.product(50, price="33.33"), 3))
    deal.decide(order)
    line = replace(erp_lines(order)[0], total=D("100.00"))
    assert apply(said_of(deal, order, lines=(line,))).changes == ("erp_rounding",)
    order.refresh_from_db()
    assert (order.total, lines_of(order)[0].total) == (D("100.00"), D("100.00"))


def test_shipments_count_on_the_lines_and_leave_the_stock_once(deal: Deal) -> None:
    product = deal.product(50)
    order = deal.place((product, 10))
    deal.decide(order)
    first = ErpShipment("Р-1", SHIPPED_AT, (ErpLine(product.pk, D(4), D(100), D("400.00"), name=product.name),))
    assert apply(said_of(deal, order, shipments=(first,))).changes == ("shipped", "erp_state")
    order.refresh_from_db()
    assert (order.state, lines_of(order)[0].shipped_quantity) == ("partly_shipped", D(4))
    shelf = deals.shelf_of(product)
    assert (shelf.on_hand, shelf.reserved) == (D(46), D(6))
    assert apply(said_of(deal, order, shipments=(first,))).changes == ()
    second = replace(first, number="Р-2", lines=(replace(first.lines[0], quantity=D(6)),))
    apply(said_of(deal, order, shipments=(first, second)))
    order.refresh_from_db()
    shelf = deals.shelf_of(product)
    assert (order.state, shelf.on_hand, shelf.reserved) == ("shipped", D(40), D(0))
    assert (held(order), held(order, "shipped")) == (D(0), D(10))


def test_a_balance_confirmed_after_the_shipment_has_lost_the_goods_already(deal: Deal) -> None:
    product = deal.product(50)
    world.Balance.objects.unscoped("a test sets").update(confirmed_at=datetime(2026, 4, 12, tzinfo=UTC), on_hand=40)
    order = deal.place((product, 10))
    deal.decide(order)
    gone = ErpShipment("Р-1", SHIPPED_AT, (ErpLine(product.pk, D(10), D(100), D(1000)),))
    apply(said_of(deal, order, shipments=(gone,)))
    shelf = deals.shelf_of(product)
    assert (shelf.on_hand, shelf.reserved) == (D(40), D(0))


def test_a_void_shipment_is_taken_back(deal: Deal) -> None:
    product = deal.product(50)
    order = deal.place((product, 10))
    deal.decide(order)
    gone = ErpShipment("Р-1", SHIPPED_AT, (ErpLine(product.pk, D(4), D(100), D(400)),))
    apply(said_of(deal, order, shipments=(gone,)))
    assert apply(said_of(deal, order, shipments=(replace(gone, is_void=True),))).changes == ("shipment_void",)
    assert (Shipment.objects.unscoped("a test looks").count(), lines_of(order)[0].shipped_quantity) == (0, D(0))


def test_shipped_without_a_paper_ships_all_that_is_held(deal: Deal) -> None:
    product = deal.product(50)
    order = deal.place((product, 10))
    deal.decide(order)
    said = said_of(deal, order, state=OrderState.SHIPPED)
    apply(said)
    assert apply(said).changes == ()
    assert (lines_of(order)[0].shipped_quantity, deals.shelf_of(product).reserved) == (D(10), D(0))


def test_cancelled_in_the_erp_gives_supply_back(deal: Deal) -> None:
    product = deal.product(50)
    order = deal.place((product, 10))
    deal.decide(order)
    apply(said_of(deal, order, state=OrderState.CANCELLED))
    assert deals.shelf_of(product).reserved == 0


def test_payments_are_kept_once(deal: Deal) -> None:
    order = deal.place((deal.product(5), 2))
    said = said_of(deal, order, payments=(ErpPayment("П-1", date(2026, 4, 11), D("200.00")),))
    assert apply(said).changes == ("paid",)
    assert apply(said).changes == ()
    assert [p.amount for p in LedgerDocument.objects.unscoped("a test looks")] == [D("200.00")]


def test_an_order_born_in_the_erp_appears_once_and_holds_its_goods(deal: Deal) -> None:
    """N17."""
    product = deal.product(50)
    said = ErpOrder(
        seller_id=deal.seller_id,
        buyer_company_id=deal.dealer.company.pk,
        buyer_entity_id=deal.dealer.entity.pk,
        erp_number="УТ-000000042",
        ordered_at=NOW,
        state=OrderState.IN_WORK,
        lines=(ErpLine(product.pk, D(7), D(90), D(630), name=product.name, unit="шт"),),
    )
    first, again = apply(said), apply(said)
    assert (first.created, first.order_id, again.created, again.changes) == (True, again.order_id, False, ())
    order = deals.order(first.order_id)
    assert (order.number, order.state, order.total, order.source) == ("УТ-000000042", "in_work", D(630), "erp")
    assert deals.shelf_of(product).reserved == D(7)
    next_year = apply(replace(said, ordered_at=datetime(2027, 1, 9, tzinfo=UTC)))
    assert deals.order(next_year.order_id).number == "УТ-000000042/2027"
    events = OrderEvent.objects.unscoped("a test looks").filter(order=order)
    assert [(e.kind, e.actor_name) for e in events] == [("erp_born", "1С")]


@pytest.mark.parametrize("lack", ["buyer_entity_id", "erp_number", "lines"])
def test_an_order_that_lacks_something_is_not_born(deal: Deal, lack: str) -> None:
    said = ErpOrder(
        seller_id=deal.seller_id,
        buyer_company_id=deal.dealer.company.pk,
        buyer_entity_id=deal.dealer.entity.pk,
        erp_number="1",
        lines=(ErpLine(None, D(1), D(1), D(1), name="Доставка"),),
    )
    empty = {"buyer_entity_id": None, "erp_number": "", "lines": None}[lack]
    with pytest.raises(ErpOrderIncomplete):
        apply(replace(said, **{lack: empty}))  # type: ignore[arg-type]


def test_repeating_everything_at_once_changes_nothing(deal: Deal) -> None:
    product = deal.product(50)
    order = deal.place((product, 10))
    deal.decide(order)
    said = said_of(
        deal,
        order,
        erp_number="1",
        state=OrderState.IN_WORK,
        lines=(ErpLine(product.pk, D(8), D(100), D(800)),),
        shipments=(ErpShipment("Р-1", SHIPPED_AT, (ErpLine(product.pk, D(8), D(100), D(800)),)),),
        payments=(ErpPayment("П-1", date(2026, 4, 11), D("800.00")),),
    )
    apply(said)
    order.refresh_from_db()
    version, shelf = order.version, deals.shelf_of(product)
    assert (order.state, shelf.on_hand, shelf.reserved) == ("shipped", D(42), D(0))
    again = apply(said)
    order.refresh_from_db()
    assert (order.version, again.changes) == (version, ())


# Rules


@pytest.mark.parametrize(
    ("now", "told", "becomes", "clashes"),
    [
        ("placed", None, None, False),
        ("placed", "confirmed", "confirmed", False),
        ("placed", "completed", "completed", False),
        ("in_work", "confirmed", None, True),
        ("shipped", "cancelled", None, True),
        ("cancelled", "in_work", None, True),
        ("in_work", "in_work", None, False),
    ],
)
def test_judging_a_state(now: str, told: str | None, becomes: str | None, clashes: bool) -> None:
    verdict = judge_state(OrderState(now), OrderState(told) if told else None)
    assert (verdict.becomes, verdict.clashes) == (OrderState(becomes) if becomes else None, clashes)


def test_lines_of_one_product_are_paired_in_their_order() -> None:
    ours = [ErpLine(1, D(1), D(1), D(1)), ErpLine(1, D(2), D(1), D(2)), ErpLine(None, D(1), D(1), D(1), name="x")]
    told = [ErpLine(1, D(3), D(1), D(3)), ErpLine(2, D(1), D(1), D(1)), ErpLine(None, D(5), D(1), D(5), name="x")]
    pairs, gone, new = pair_lines(ours, told)
    assert (pairs, gone, new) == ([(ours[0], told[0]), (ours[2], told[2])], [ours[1]], [told[1]])


def test_shipped_goods_fill_the_lines_of_a_product_in_turn() -> None:
    lines = [(1, 7, D(5)), (2, 7, D(5)), (3, 8, D(5))]
    assert shipped_by_line(lines, [(7, D(4)), (7, D(3)), (9, D(1))]) == {1: D(5), 2: D(2), 3: D(0)}
    assert shipped_by_line(lines, [(7, D(12))]) == {1: D(5), 2: D(7), 3: D(0)}


def test_an_order_born_in_the_erp_is_not_edited_here_but_ordered_again(deal: Deal) -> None:
    product = deal.product(50)
    line = ErpLine(product.pk, D(3), D("100"), D("300.00"), name=product.name)
    applied = apply(
        ErpOrder(
            seller_id=deal.seller_id,
            buyer_company_id=deal.dealer.company.pk,
            buyer_entity_id=deal.dealer.entity.pk,
            erp_number="ТД-5",
            ordered_at=NOW,
            author="Кира Менеджер",
            lines=(line,),
        )
    )
    with deal.buying(deal.dealer.head) as actor:
        page = order_page(order_id=applied.order_id)
        assert page is not None
        assert (page.order.placed_by, page.order.source) == ("Кира Менеджер", "erp")
        assert not page.may_be_edited(user_id=actor.user_id, rights=actor.rights)
        assert not page.may_be_cancelled(user_id=actor.user_id, rights=actor.rights)
        assert page.events[-1].params == {"number": "ТД-5", "author": "Кира Менеджер"}
        with pytest.raises(OrderOfTheErp):
            cancel_order(actor=actor, order_id=applied.order_id, now=NOW)
        with pytest.raises(OrderOfTheErp):
            set_order_comment(actor=actor, order_id=applied.order_id, comment="x", now=NOW)
        assert repeat_order(actor=actor, order_id=applied.order_id).added == 1
