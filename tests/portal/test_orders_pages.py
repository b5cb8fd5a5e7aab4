"""Pages of orders on the three sides: the buyer's, the seller's, the operator's."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook
from tests import world

from zveno.base.clock import now
from zveno.base.scope import entered, system_scope
from zveno.catalog.models import Product
from zveno.orders.actions.decide_order import decide_order
from zveno.orders.models import Order
from zveno.partners.rules.roles import Role

pytestmark = pytest.mark.django_db

SignIn = Callable[[Any], Client]
HTMX = {"HX-Request": "true"}


@dataclass
class Deal:
    """A seller with ten lamps on the shelf, and a dealer with terms."""

    seller: world.Partner
    dealer: world.Partner
    lamp: Product
    sign_in: SignIn

    def place(self, quantity: str, *, person: Any = None, decide: bool = True) -> Order:
        client = self.sign_in(person or self.dealer.buyer)
        client.post(f"/buy/products/{self.lamp.pk}/quantity", {"quantity": quantity})
        page = client.get("/buy/cart/").content.decode()
        key = page.split('name="placing_key" value="')[1].split('"')[0]
        client.post("/buy/cart/place", {"placing_key": key, "seller": self.seller.company.pk})
        order = Order.objects.unscoped("a test looks").latest("id")
        if decide:
            with transaction.atomic(), entered(system_scope()):
                decide_order(order_id=order.pk, now=now())
            order.refresh_from_db()
        return order


@pytest.fixture
def deal(sign_in: SignIn) -> Deal:
    seller, dealer = world.seller("Свет"), world.dealer("Лампочка")
    kind = world.price_kind(seller)
    world.terms(seller, dealer.entity, price_kind=kind)
    lamp = world.product(seller, "Лампа А60", code="АВ-12")
    world.price(kind, lamp, "100.00")
    world.balance(world.warehouse(seller), lamp, 10)
    return Deal(seller, dealer, lamp, sign_in)


def text(answer: Any) -> str:
    return str(answer.content.decode()).replace("\u00a0", " ")


def sheet(answer: Any) -> list[list[Any]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(b"".join(answer.streaming_content)))
    rows: list[list[Any]] = book.get_sheet_by_index(0).to_python()
    return rows


# The buyer's


def test_a_placed_order_waits_and_then_shows_its_answer(deal: Deal) -> None:
    order = deal.place("4", decide=False)
    client = deal.sign_in(deal.dealer.buyer)
    assert "резервируются" in text(client.get(f"/buy/orders/{order.pk}/"))
    assert client.get(f"/buy/orders/{order.pk}/?wait=1", headers=HTMX).status_code == 204
    assert "HX-Refresh" not in client.get(f"/buy/orders/{order.pk}/?wait=1", headers=HTMX).headers
    with transaction.atomic(), entered(system_scope()):
        decide_order(order_id=order.pk, now=now())
    assert client.get(f"/buy/orders/{order.pk}/?wait=1", headers=HTMX).headers["HX-Refresh"] == "true"
    page = text(client.get(f"/buy/orders/{order.pk}/"))
    assert "Подтверждён автоматически" in page
    assert "со склада" in page
    assert "400,00 ₽" in page


def test_an_uncovered_order_says_why_it_is_with_the_manager(deal: Deal) -> None:
    order = deal.place("15")
    page = text(deal.sign_in(deal.dealer.buyer).get(f"/buy/orders/{order.pk}/"))
    assert "АВ-12: 10 из 15" in page
    assert "10 со склада + 5 потребность" in page


def test_orders_are_found_filtered_and_sorted(deal: Deal) -> None:
    first, second = deal.place("1"), deal.place("15")
    client = deal.sign_in(deal.dealer.buyer)
    for address, shown, hidden in [
        (f"/buy/orders/?q={first.number}", first, second),
        ("/buy/orders/?state=attention", second, first),
        ("/buy/orders/?q=лампа&state=confirmed", first, second),
    ]:
        page = text(client.get(address, headers=HTMX))
        assert shown.number in page, address
        assert hidden.number not in page, address
    page = text(client.get("/buy/orders/?sort=-total"))
    assert page.index(second.number) < page.index(first.number)
    assert "Таких заказов нет" in text(client.get("/buy/orders/?q=нет-такого"))
    assert client.get("/buy/orders/?period=nonsense&page=x&sort=drop&state=flying&entity=9").status_code == 200


def test_mine_are_mine(deal: Deal) -> None:
    mine, others = deal.place("1"), deal.place("2", person=deal.dealer.head)
    page = text(deal.sign_in(deal.dealer.buyer).get("/buy/orders/?mine=1"))
    assert mine.number in page
    assert others.number not in page


def test_a_colleagues_order_is_seen_but_not_changed(deal: Deal) -> None:
    order = deal.place("2", person=deal.dealer.head)
    client = deal.sign_in(deal.dealer.buyer)
    page = text(client.get(f"/buy/orders/{order.pk}/"))
    assert "оформил коллега" in page
    assert "Отменить заказ" not in page
    answer = client.post(f"/buy/orders/{order.pk}/comment", {"comment": "чужое"}, headers=HTMX)
    assert answer.status_code == 403
    assert "Ирина" in text(answer) or "Мария" in text(answer)
    assert client.post(f"/buy/orders/{order.pk}/cancel").status_code == 403
    order.refresh_from_db()
    assert (order.comment, order.state) == ("", "confirmed")


def test_the_head_cancels_any_order(deal: Deal) -> None:
    order = deal.place("2")
    client = deal.sign_in(deal.dealer.head)
    assert client.post(f"/buy/orders/{order.pk}/cancel").status_code == 302
    assert "Отменён покупателем" in text(client.get(f"/buy/orders/{order.pk}/"))


def test_a_comment_is_saved_in_place(deal: Deal) -> None:
    order = deal.place("2")
    client = deal.sign_in(deal.dealer.buyer)
    answer = client.post(f"/buy/orders/{order.pk}/comment", {"comment": "Позвоните за час"}, headers=HTMX)
    assert answer.status_code == 204
    assert "Позвоните за час" in text(client.get(f"/buy/orders/{order.pk}/"))


def test_an_order_is_repeated_into_the_cart(deal: Deal) -> None:
    order = deal.place("3")
    client = deal.sign_in(deal.dealer.buyer)
    answer = client.post(f"/buy/orders/{order.pk}/repeat", follow=True)
    assert 'value="3"' in answer.content.decode()


def test_an_order_prints_and_goes_to_a_spreadsheet(deal: Deal) -> None:
    order = deal.place("3")
    client = deal.sign_in(deal.dealer.viewer)
    assert order.number in text(client.get(f"/buy/orders/{order.pk}/print"))
    assert sheet(client.get(f"/buy/orders/{order.pk}.xlsx"))[1][1:4] == ["АВ-12", "Лампа А60", 3.0]
    assert sheet(client.get("/buy/orders.xlsx"))[1][0] == order.number


def test_a_stranger_finds_no_order(deal: Deal) -> None:
    order = deal.place("3")
    stranger = deal.sign_in(world.dealer().head)
    for address in ("", "print", "?wait=1"):
        assert stranger.get(f"/buy/orders/{order.pk}/{address}").status_code == 404
    for deed in ("cancel", "comment", "repeat"):
        assert stranger.post(f"/buy/orders/{order.pk}/{deed}", {"comment": "x"}).status_code == 404
    assert order.number not in text(stranger.get("/buy/orders/"))
    order.refresh_from_db()
    assert order.state == "confirmed"


def test_the_page_of_an_order_costs_the_same_however_long_it_is(deal: Deal) -> None:
    order = deal.place("3")
    client = deal.sign_in(deal.dealer.buyer)
    with CaptureQueriesContext(connection) as held:
        client.get(f"/buy/orders/{order.pk}/")
    assert len(held) <= 26, "\n".join(q["sql"][:150] for q in held)


# The seller's


def test_the_manager_sees_what_waits_why_and_two_answers(deal: Deal) -> None:
    order = deal.place("15")
    page = text(deal.sign_in(deal.seller.manager).get("/sell/"))
    assert order.number in page
    assert "АВ-12: 10 из 15" in page
    assert page.count("hx-post=") == 2


def test_an_answer_from_the_list_leaves_its_row_decided(deal: Deal) -> None:
    order = deal.place("15")
    client = deal.sign_in(deal.seller.manager)
    answer = client.post(f"/sell/orders/{order.pk}/reduce", headers=HTMX)
    assert "Подтверждён" in text(answer)
    order.refresh_from_db()
    assert (order.state, str(order.total)) == ("confirmed", "1000.00")
    again = client.post(f"/sell/orders/{order.pk}/reduce", headers=HTMX)
    assert again.status_code == 409
    assert "уже не сделать" in text(again)
    assert "Ничто вас не ждёт" in text(client.get("/sell/"))


def test_a_rejection_needs_words_and_the_buyer_reads_them(deal: Deal) -> None:
    order = deal.place("15")
    client = deal.sign_in(deal.seller.manager)
    assert client.post(f"/sell/orders/{order.pk}/reject", {"words": " "}).status_code == 422
    assert client.post(f"/sell/orders/{order.pk}/reject", {"words": "Снят с производства"}).status_code == 302
    page = text(deal.sign_in(deal.dealer.buyer).get(f"/buy/orders/{order.pk}/"))
    assert "Снят с производства" in page
    assert "Отклонён" in page


def test_a_day_of_the_managers_choosing_is_promised(deal: Deal) -> None:
    order = deal.place("15")
    client = deal.sign_in(deal.seller.manager)
    assert client.post(f"/sell/orders/{order.pk}/day", {"day": "1999-01-01"}).status_code == 422
    day = date.today() + timedelta(days=9)
    assert client.post(f"/sell/orders/{order.pk}/day", {"day": day.isoformat()}).status_code == 302
    order.refresh_from_db()
    assert (order.state, order.promised_on) == ("confirmed", day)


def test_what_the_manager_says_stands_in_the_history(deal: Deal) -> None:
    order = deal.place("15")
    client = deal.sign_in(deal.seller.manager)
    client.post(f"/sell/orders/{order.pk}/say", {"words": "Заменить на АВ-13?"})
    assert client.post(f"/sell/orders/{order.pk}/say", {"words": ""}).status_code == 422
    assert client.post(f"/sell/orders/{order.pk}/fly").status_code == 404
    assert "Заменить на АВ-13?" in text(deal.sign_in(deal.dealer.buyer).get(f"/buy/orders/{order.pk}/"))


def test_an_accountant_looks_but_does_not_decide(deal: Deal) -> None:
    order = deal.place("15")
    client = deal.sign_in(deal.seller.people[Role.ACCOUNTANT])
    assert client.post(f"/sell/orders/{order.pk}/as_is").status_code in (403, 404)
    order.refresh_from_db()
    assert order.state == "attention"


def test_another_seller_finds_nothing(deal: Deal) -> None:
    order = deal.place("15")
    client = deal.sign_in(world.seller().manager)
    assert client.get(f"/sell/orders/{order.pk}/").status_code == 404
    assert client.post(f"/sell/orders/{order.pk}/as_is").status_code == 404
    assert client.get(f"/sell/stock/{deal.lamp.pk}/").status_code == 404
    assert order.number not in text(client.get("/sell/orders/"))
    order.refresh_from_db()
    assert order.state == "attention"


def test_clients_stand_with_their_sums(deal: Deal) -> None:
    deal.place("4")
    page = text(deal.sign_in(deal.seller.manager).get("/sell/clients/"))
    assert "Лампочка" in page
    assert "400 ₽" in page


def test_stock_tells_who_holds_it(deal: Deal) -> None:
    order = deal.place("4")
    client = deal.sign_in(deal.seller.manager)
    page = text(client.get("/sell/stock/?q=ав-12"))
    assert "6 шт" in page
    page = text(client.get(f"/sell/stock/{deal.lamp.pk}/"))
    assert order.number in page
    assert '−<span class="z-num">4 шт' in page


def test_the_seller_searches_from_the_top(deal: Deal) -> None:
    order = deal.place("4")
    client = deal.sign_in(deal.seller.manager)
    assert order.number in text(client.get(f"/sell/search/suggest?q={order.number}"))
    assert "АВ-12" in text(client.get("/sell/search/?q=лампа")).replace("<mark>", "").replace("</mark>", "")
    assert sheet(client.get("/sell/orders.xlsx"))[1][0] == order.number


# The operator's


def test_the_operator_reads_every_sellers_orders_in_one_window(deal: Deal) -> None:
    order = deal.place("15")
    other = world.seller("Другой")
    client = deal.sign_in(world.operator().admin)
    page = text(client.get("/desk/orders/"))
    assert order.number in page
    assert "Лампочка" in page
    assert order.number not in text(client.get(f"/desk/orders/?seller={other.company.pk}"))
    page = text(client.get(f"/desk/orders/{order.pk}/"))
    assert "АВ-12: 10 из 15" in page
    assert 'method="post" action="/sell' not in page
    assert sheet(client.get("/desk/orders/orders.xlsx"))[1][0] == order.number
    assert sheet(client.get(f"/desk/orders/{order.pk}.xlsx"))[1][1] == "АВ-12"
    assert client.get(f"/desk/orders/search/?q={order.number}").headers["Location"].endswith(f"/{order.pk}/")


def test_the_desk_filters_by_the_buyers_region(deal: Deal) -> None:
    ural, south = world.region("Урал"), world.region("Юг")
    deal.dealer.company.region = ural
    deal.dealer.company.save()
    order = deal.place("1")
    client = deal.sign_in(world.operator().admin)
    assert order.number in text(client.get(f"/desk/orders/?region={ural.pk}"))
    assert order.number not in text(client.get(f"/desk/orders/?region={south.pk}"))


def test_a_seller_does_not_enter_the_desk(deal: Deal) -> None:
    assert deal.sign_in(deal.seller.manager).get("/desk/orders/").status_code == 404


def test_the_search_of_the_house_goes_where_the_person_lives(deal: Deal) -> None:
    for person, place in (
        (deal.dealer.buyer, "/buy/search/?q=x"),
        (deal.seller.manager, "/sell/search/?q=x"),
        (world.operator().admin, "/desk/orders/search/?q=x"),
    ):
        assert deal.sign_in(person).get("/search?q=x").headers["Location"] == place
