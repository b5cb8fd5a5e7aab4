"""Orders found by typed text through both walls: every field, nobody else's notes, as many statements for any size."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests import deals, world
from tests.deals import NOW, Deal

from zveno.base.scope import Section, entered
from zveno.orders.actions.apply_erp_order import ErpOrder, apply_erp_order
from zveno.orders.actions.set_order_comment import set_order_comment
from zveno.orders.actions.set_order_note import set_order_note
from zveno.orders.errors import OrderNotFound
from zveno.orders.models import Order, OrderNote, OrderWord
from zveno.orders.queries import order_search
from zveno.orders.queries.order_list import OrderFilter, each_order, order_list, typed_filter
from zveno.orders.rules.erp_words import ErpLine
from zveno.partners.queries.actors import find_actor

pytestmark = pytest.mark.django_db
D = Decimal


@pytest.fixture
def deal() -> Deal:
    return deals.deal()


def found(text: str, **fields: Any) -> list[str]:
    wanted = typed_filter(text, today=NOW.date())
    return [row.number.rsplit("-", 1)[-1].lstrip("0") for row in order_list(wanted=wanted, **fields).rows]


def born_in_erp(deal: Deal, number: str, *, name: str = "Монтаж люстры", total: str = "700") -> Order:
    line = ErpLine(None, D(1), D(total), D(total), name=name, unit="шт")
    with deals.as_system():
        applied = apply_erp_order(
            said=ErpOrder(
                seller_id=deal.seller_id,
                buyer_company_id=deal.dealer.company.pk,
                buyer_entity_id=deal.dealer.entity.pk,
                erp_number=number,
                ordered_at=NOW,
                lines=(line,),
                author="Кира Менеджер",
            ),
            told_by="1С",
            now=NOW,
        )
    return deals.order(applied.order_id)


def test_numbers_are_found_by_their_beginning_and_by_what_stands_inside(deal: Deal) -> None:
    product = deal.product(50)
    first, second = deal.place((product, 1)), deal.place((product, 2), now=NOW + timedelta(hours=1))
    code = deal.seller.company.code
    Order.objects.unscoped("a test sets").filter(pk=second.pk).update(number_key=f"{code}000002 ЦБ00004177")
    for act in (deal.buying, deal.selling):
        with act():
            assert found(f"{code}-0000") == ["2", "1"]
            assert found(first.number[-4:]) == ["1"]
            assert found("цб-0000417") == ["2"]
            assert found("4177") == ["2"]
            assert found("4178") == []


def test_an_order_born_in_the_erp_is_found_by_its_lines_its_number_and_its_source(deal: Deal) -> None:
    deal.place((deal.product(5, name="Люстра"), 1))
    born = born_in_erp(deal, "ТД-0091")
    with deal.buying():
        rows = order_list(wanted=typed_filter("монтаж", today=NOW.date())).rows
        assert [(row.id, row.source, row.placed_by) for row in rows] == [(born.pk, "erp", "Кира Менеджер")]
        assert [row.id for row in order_list(wanted=typed_filter("из 1С", today=NOW.date())).rows] == [born.pk]
        assert [row.id for row in order_list(wanted=typed_filter("тд0091", today=NOW.date())).rows] == [born.pk]
        assert len(found("люст")) == 2


def test_words_meet_in_one_product_or_in_the_head_of_the_order(deal: Deal) -> None:
    lamp = deal.product(5, name="Лампа матовая", code="ЛМ-1")
    clear, matt = deal.product(5, name="Лампа прозрачная", code="ЛП-1"), deal.product(5, name="Плафон матовый")
    deal.place((lamp, 1))
    deal.place((clear, 1), (matt, 1), now=NOW + timedelta(hours=1))
    with deal.buying() as actor:
        two = order_list().rows[0].id
        set_order_comment(actor=actor, order_id=two, comment="Везёт водитель Сергеев", now=NOW)
        assert found("лампа матов") == ["1"]
        assert found("лампа") == ["2", "1"]
        assert found("сергеев лампа") == ["2"]
        assert found("серг прозрачная") == ["2"]
        assert found("сергеев лм-1") == []
        set_order_comment(actor=actor, order_id=two, comment="", now=NOW)
        assert found("сергеев") == []
    assert not OrderWord.objects.unscoped("a test looks").filter(order_id=two).exists()


def test_the_entity_is_found_by_name_and_inn_and_the_seller_by_the_buyer_alone(deal: Deal) -> None:
    deal.place((deal.product(5), 1))
    entity = deal.dealer.entity
    with deal.selling():
        assert found(entity.inn) == ["1"]
        assert found(f"ИНН {entity.inn}") == ["1"]
        assert found(entity.inn[:7]) == ["1"]
        assert found(deal.dealer.company.name.split()[-1]) == ["1"]
        assert found(deal.seller.company.name) == []
    with deal.buying():
        assert found(deal.seller.company.name) == ["1"]


def test_sums_dates_and_states_narrow_together(deal: Deal) -> None:
    product = deal.product(50, price="100.40")
    deal.place((product, 1), now=NOW - timedelta(days=40))
    second = deal.place((product, 12))
    deal.decide(second)
    with deal.buying():
        assert found("1 204,80") == ["2"]
        assert found(">1000 сегодня") == ["2"]
        assert found("<1000") == ["1"]
        assert found("01.03.2026 - 05.03.2026") == ["1"]
        assert found("подтверждён") == ["2"]
        assert found("вчера") == []


def test_late_orders_and_those_with_needs_are_told_apart(deal: Deal) -> None:
    poor, rich = deal.product(3), deal.product(50)
    needy = deal.place((poor, 5))
    deal.decide(needy)
    late = deal.place((rich, 1), wished_on=date(2026, 4, 12), now=NOW + timedelta(hours=1))
    deal.decide(late)
    Order.objects.unscoped("a test sets").filter(pk=late.pk).update(promised_on=date(2026, 4, 15))
    with deal.selling():
        assert found("потребность") == ["1"]
        assert found("late") == ["2"]


def test_a_note_is_found_and_shown_to_its_author_alone(deal: Deal) -> None:
    order = deal.place((deal.product(5), 1))
    with deal.buying():
        set_order_note(order_id=order.pk, text="Спросить про скидку", now=NOW)
        set_order_note(order_id=order.pk, text="Спросить про бонус", now=NOW)
        assert (found("бонус"), found("скидку"), found("с заметкой")) == (["1"], [], ["1"])
        assert order_list().rows[0].note == "Спросить про бонус"
    operator = world.operator()
    for act in (lambda: deal.buying(deal.dealer.head), deal.selling):
        with act():
            assert (found("бонус"), found("с заметкой")) == ([], [])
            assert order_list().rows[0].note == ""
            assert OrderNote.objects.unscoped("the first wall is off").count() == 0
    desk = find_actor(user=operator.admin, section=Section.DESK, chosen={})
    assert desk is not None
    with entered(desk.scope):
        assert found("бонус") == []
        assert OrderNote.objects.unscoped("the first wall is off").count() == 0
    with deal.buying():
        set_order_note(order_id=order.pk, text="  ", now=NOW)
        assert OrderNote.objects.unscoped("a test looks").count() == 0


def test_nobody_notes_beside_an_order_they_do_not_see(deal: Deal) -> None:
    order = deal.place((deal.product(5), 1))
    with deals.deal().buying(), pytest.raises(OrderNotFound):
        set_order_note(order_id=order.pk, text="чужое", now=NOW)
    with deals.as_system(), pytest.raises(OrderNotFound):
        set_order_note(order_id=order.pk, text="ничьё", now=NOW)


def test_a_stranger_finds_nothing_by_any_word(deal: Deal) -> None:
    order = deal.place((deal.product(5, name="Лампа"), 1))
    with deal.buying() as actor:
        set_order_comment(actor=actor, order_id=order.pk, comment="Секретное слово", now=NOW)
    for act in (deals.deal().buying, deals.deal().selling):
        with act():
            for text in ("секретное", "лампа", order.number, order.number[-3:], deal.dealer.entity.inn, ">0"):
                assert found(text) == [], text
            assert OrderWord.objects.unscoped("the first wall is off").count() == 0


@pytest.mark.parametrize("common", [20_000, 1], ids=["by the lines", "order by order"])
def test_both_ways_to_a_product_find_the_same(deal: Deal, common: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(order_search, "_COMMON", common)
    lamp, other = deal.product(50, name="Лампа"), deal.product(50, name="Плафон")
    for at, products in enumerate(([lamp], [other], [lamp, other], [other])):
        deal.place(*((product, 1) for product in products), now=NOW + timedelta(hours=at))
    for act in (deal.buying, deal.selling):
        with act():
            assert found("лампа") == ["3", "1"]
            assert found("лампа", sort="placed", per_page=1, page=2) == ["3"]
            assert found("лампа плафон") == []


@pytest.mark.parametrize("count", [3, 40])
def test_a_search_takes_as_many_statements_for_any_number_of_orders(deal: Deal, count: int) -> None:
    product = deal.product(500, name="Лампа")
    for at in range(count):
        deal.place((product, 1), now=NOW + timedelta(minutes=at))
    with deal.selling(), CaptureQueriesContext(connection) as asked:
        rows = order_list(wanted=typed_filter("лампа сегодня >0", today=NOW.date()), per_page=2).rows
    assert len(rows) == 2
    assert len(asked) == 8, "\n".join(q["sql"][:160] for q in asked)


def test_an_export_reads_in_pieces_and_in_order(deal: Deal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("zveno.orders.queries.order_list._PIECE", 2)
    product = deal.product(500)
    for at in range(5):
        deal.place((product, at + 1), now=NOW + timedelta(minutes=at))
    with deal.buying():
        rows = list(each_order(wanted=OrderFilter(), sort="total", most=4))
    assert [row.total for row in rows] == [D(100), D(200), D(300), D(400)]
    with deals.deal().buying():
        assert list(each_order(wanted=OrderFilter(), most=4)) == []
