"""The cart as a sheet: what is typed and pasted into it, what it says, and placing exactly once."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests import world

from zveno.catalog.models import Product
from zveno.orders.models import CartLine, Order
from zveno.pricing.models import PriceKind
from zveno.pricing.rules.facts import Layer

pytestmark = pytest.mark.django_db

SignIn = Callable[[Any], Client]
HTMX = {"HX-Request": "true"}


@dataclass
class Deal:
    """A seller with a lamp (30 on the shelf, 70 arriving in five days) and a dealer with terms."""

    seller: world.Partner
    dealer: world.Partner
    lamp: Product
    client: Client

    def add(self, product: Product, quantity: str) -> None:
        answer = self.client.post(f"/buy/products/{product.pk}/quantity", {"quantity": quantity})
        assert answer.status_code == 200

    def page(self) -> str:
        return self.client.get("/buy/cart/").content.decode()

    def placing_key(self) -> str:
        found = re.search(r'name="placing_key" value="([^"]+)"', self.page())
        assert found
        return found[1]


@pytest.fixture
def deal(sign_in: SignIn) -> Deal:
    seller, dealer = world.seller("Свет"), world.dealer("Лампочка")
    kind = world.price_kind(seller)
    world.terms(seller, dealer.entity, price_kind=kind)
    lamp = world.product(seller, "Лампа А60", code="АВ-12", weight_g=500)
    world.price(kind, lamp, "100.00")
    depot = world.warehouse(seller)
    world.balance(depot, lamp, 30)
    world.arrival(depot, lamp, 70, due_on=date.today() + timedelta(days=5))
    return Deal(seller, dealer, lamp, sign_in(dealer.buyer))


def lines() -> list[tuple[str, str]]:
    found = CartLine.objects.unscoped("a test looks").order_by("position")
    return [(line.product.code, format(line.quantity.normalize(), "f")) for line in found]


def test_a_chosen_suggestion_becomes_a_line_of_one_pack(deal: Deal) -> None:
    boxed = world.product(deal.seller, "Патрон", code="ПТ-1", pack_quantity=12)
    deal.client.post("/buy/cart/add", {"value": str(deal.lamp.pk), "text": "АВ-12"})
    answer = deal.client.post("/buy/cart/add", {"value": str(boxed.pk), "text": "ПТ-1"}).content.decode()
    assert lines() == [("АВ-12", "1"), ("ПТ-1", "12")]
    assert re.search(rf'id="q{boxed.pk}"[^>]*data-focus', answer)


def test_a_typed_code_becomes_a_line_in_latin_letters_too(deal: Deal) -> None:
    deal.client.post("/buy/cart/add", {"value": "", "text": "ab12 5"})
    assert lines() == [("АВ-12", "5")]


def test_a_pasted_block_adds_what_is_clear_and_asks_about_the_rest(deal: Deal) -> None:
    world.product(deal.seller, "Патрон", code="ПТ-1", pack_quantity=12)
    answer = deal.client.post("/buy/cart/paste", {"text": "АВ-12\t10\nПТ-1\t7\nНЕТ-1\t3\n"}).content.decode()
    assert lines() == [("АВ-12", "10")]
    assert "Ближайшее количество: 12" in answer
    assert "Артикула «НЕТ-1» у этого продавца нет" in answer
    assert answer.count("z-doubt") == 2


def test_an_answered_row_becomes_its_line_in_place(deal: Deal) -> None:
    boxed = world.product(deal.seller, "Патрон", code="ПТ-1", pack_quantity=12)
    told = {"value": str(boxed.pk), "quantity": "12", "answer": "line"}
    answer = deal.client.post("/buy/cart/add", told, headers=HTMX).content.decode()
    assert answer.lstrip().startswith(f'<tr id="row-{boxed.pk}"')
    again = deal.client.post("/buy/cart/add", told, headers=HTMX).content.decode()
    assert f'<tr id="row-{boxed.pk}" hx-swap-oob="delete">' in again
    assert lines() == [("ПТ-1", "24")]


def test_the_chip_says_from_which_supply_and_when(deal: Deal) -> None:
    deal.add(deal.lamp, "100")
    due = date.today() + timedelta(days=5)
    assert f"70 в пути {due:%d.%m} + 30 со склада" in deal.page().replace("\u00a0", " ")
    deal.add(deal.lamp, "120")
    page = deal.page()
    assert "+ 20 потребность" in page
    assert "Отправить менеджеру" in page


def test_a_saved_quantity_answers_with_what_depends_on_it(deal: Deal) -> None:
    deal.add(deal.lamp, "1")
    answer = deal.client.post(f"/buy/cart/lines/{deal.lamp.pk}/", {"quantity": "12"}, headers=HTMX).content.decode()
    for part in (f'id="sum-{deal.lamp.pk}"', f'id="when-{deal.lamp.pk}"', 'id="cart-totals"', 'id="cart-summary"'):
        assert part in answer
    assert "1\u00a0200,00\u00a0₽" in answer
    assert "6\u00a0кг" in answer


def test_a_quantity_that_passes_a_sum_of_the_order_answers_with_every_price_it_moves(deal: Deal) -> None:
    other = world.product(deal.seller, "Кабель", code="КБ-1")
    world.price(PriceKind.objects.unscoped("a test").get(), other, "50.00")
    world.discount(deal.seller, 10, layer=Layer.ORDER_SUM, threshold=1000)
    deal.add(deal.lamp, "2")
    deal.add(other, "1")
    assert "Ещё 750,00 ₽ в заказе — и будет −10 %" in deal.page().replace("\xa0", " ")

    def answered(quantity: str) -> str:
        answer = deal.client.post(f"/buy/cart/lines/{deal.lamp.pk}/", {"quantity": quantity}, headers=HTMX)
        return str(answer.content.decode().replace("\xa0", " "))

    assert f'id="sum-{other.pk}"' not in answered("3")
    passed = answered("10")
    assert re.search(rf'id="sum-{other.pk}".*?45,00 ₽', passed)
    assert re.search(rf'id="off-{other.pk}"[^>]*>10 %', passed)
    assert "в заказе — и будет" not in passed
    assert re.search(rf'id="sum-{other.pk}".*?50,00 ₽', answered("9"))


@pytest.mark.parametrize(
    ("text", "words"), [("-1", "больше нуля"), ("0", "больше нуля"), ("пять", "не число"), ("1" * 15, "не больше")]
)
def test_a_bad_quantity_keeps_the_line_and_says_why(text: str, words: str, deal: Deal) -> None:
    deal.add(deal.lamp, "3")
    answer = deal.client.post(f"/buy/cart/lines/{deal.lamp.pk}/", {"quantity": text}, headers=HTMX)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert lines() == [("АВ-12", "3")]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("1926-04-17", "уже прошло"),
        ("2126-04-17", "слишком далеко"),
        ("17/04", "не дата"),
        ("0001-01-01", "уже прошло"),
    ],
)
def test_a_bad_date_is_refused_in_words(text: str, words: str, deal: Deal) -> None:
    answer = deal.client.post("/buy/cart/wish", {"wished_on": text}, headers=HTMX)
    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_a_wished_date_changes_what_is_promised(deal: Deal) -> None:
    deal.add(deal.lamp, "100")
    tomorrow = date.today() + timedelta(days=1)
    answer = deal.client.post("/buy/cart/wish", {"wished_on": tomorrow.isoformat()}, headers=HTMX).content.decode()
    assert "30 со склада + 70 потребность" in answer
    assert "Всё может быть к" in answer


def test_a_removed_line_can_be_put_back_where_it_was(deal: Deal) -> None:
    other = world.product(deal.seller, "Патрон", code="ПТ-1")
    deal.add(deal.lamp, "3")
    deal.add(other, "4")
    answer = deal.client.post(f"/buy/cart/lines/{deal.lamp.pk}/remove")
    assert lines() == [("ПТ-1", "4")]
    found = re.search(r'"undo": "([^"]+)"', answer.headers["HX-Trigger"])
    assert found
    deal.client.post(found[1])
    assert lines() == [("АВ-12", "3"), ("ПТ-1", "4")]
    assert deal.client.post("/buy/cart/restore/nothing").status_code == 404


def test_a_double_click_places_one_order(deal: Deal) -> None:
    deal.add(deal.lamp, "5")
    key = deal.placing_key()
    first = deal.client.post("/buy/cart/place", {"placing_key": key, "seller": deal.seller.company.pk})
    second = deal.client.post("/buy/cart/place", {"placing_key": key, "seller": deal.seller.company.pk})
    assert first.status_code == second.status_code == 302
    assert first.headers["Location"] == second.headers["Location"]
    assert Order.objects.unscoped("a test looks").count() == 1
    assert lines() == []


def test_a_cart_changed_in_another_window_is_not_placed(deal: Deal) -> None:
    deal.add(deal.lamp, "5")
    told = {"placing_key": "00000000-0000-4000-8000-000000000000", "seller": deal.seller.company.pk}
    answer = deal.client.post("/buy/cart/place", told)
    assert answer.status_code == 409
    assert "другом окне" in answer.content.decode()
    assert lines() == [("АВ-12", "5")]


def test_an_empty_cart_is_refused(deal: Deal) -> None:
    told = {"placing_key": "00000000-0000-4000-8000-000000000000", "seller": deal.seller.company.pk}
    assert deal.client.post("/buy/cart/place", told).status_code in (409, 422)
    assert deal.client.post("/buy/cart/place", {"placing_key": "x"}).status_code == 404


def test_a_cart_of_500_lines_costs_as_many_statements_as_one_of_five(deal: Deal) -> None:
    goods = [world.product(deal.seller, f"Товар {number}", code=f"Т-{number:04}") for number in range(500)]
    deal.client.post("/buy/cart/paste", {"text": "\n".join(f"{p.code}\t2" for p in goods[:5])})
    deal.page()
    with CaptureQueriesContext(connection) as few:
        deal.page()
    deal.client.post("/buy/cart/paste", {"text": "\n".join(f"{p.code}\t2" for p in goods)})
    with CaptureQueriesContext(connection) as many:
        page = deal.page()
    assert page.count("data-row=") == 500
    assert len(many) == len(few)
    with CaptureQueriesContext(connection) as saving:
        deal.client.post(f"/buy/cart/lines/{goods[0].pk}/", {"quantity": "3"}, headers=HTMX)
    assert len(saving) <= len(many) + 8


def test_a_viewer_sees_the_catalog_but_no_cart(deal: Deal, sign_in: SignIn) -> None:
    client = sign_in(deal.dealer.viewer)
    page = client.get("/buy/").content.decode()
    assert "АВ-12" in page
    assert "data-save" not in page
    assert client.get("/buy/cart/").status_code == 403
    assert client.post("/buy/cart/add", {"value": str(deal.lamp.pk)}).status_code == 403


def test_another_persons_cart_is_their_own(deal: Deal, sign_in: SignIn) -> None:
    deal.add(deal.lamp, "5")
    assert "Корзина пуста" in sign_in(deal.dealer.head).get("/buy/cart/").content.decode()


def test_the_cart_goes_to_a_spreadsheet(deal: Deal) -> None:
    deal.add(deal.lamp, "5")
    answer = deal.client.get("/buy/cart.xlsx")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"].endswith("spreadsheetml.sheet")
