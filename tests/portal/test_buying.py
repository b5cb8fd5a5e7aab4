"""Buying pages: the catalog, the product, search; what they show, to whom, and with how many statements."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook
from tests import world

from zveno.base.clock import now
from zveno.catalog.models import Product

pytestmark = pytest.mark.django_db

SignIn = Callable[[Any], Client]


@dataclass
class Shop:
    """A seller with goods, and a dealer who buys of it."""

    seller: world.Partner
    dealer: world.Partner
    lamp: Product
    socket: Product


@pytest.fixture
def shop() -> Shop:
    seller, dealer = world.seller("Свет"), world.dealer("Лампочка")
    kind = world.price_kind(seller)
    world.terms(seller, dealer.entity, price_kind=kind, discount_percent=10)
    lamps = world.category(seller, "Лампы")
    lamp = world.product(seller, "Лампа А60 10 Вт", code="АВ-12", category=lamps, attributes={"Цоколь": "E27"})
    socket = world.product(seller, "Розетка двойная", code="РЗ-2", attributes={"Цвет": "белый"})
    world.price(kind, lamp, "100.00")
    depot = world.warehouse(seller)
    world.balance(depot, lamp, 30)
    world.arrival(depot, lamp, 70, due_on=date.today() + timedelta(days=5))
    return Shop(seller, dealer, lamp, socket)


def test_the_catalog_shows_own_price_stock_and_arrival(shop: Shop, sign_in: SignIn) -> None:
    page = sign_in(shop.dealer.buyer).get("/buy/").content.decode()
    assert "АВ-12" in page
    assert "90,00\u00a0₽" in page
    assert "30\u00a0шт" in page
    assert "70\u00a0шт" in page
    assert "по запросу" in page


def test_typing_returns_the_list_alone_with_the_match_marked(shop: Shop, sign_in: SignIn) -> None:
    answer = sign_in(shop.dealer.buyer).get("/buy/?q=ab12", headers={"HX-Request": "true"}).content.decode()
    assert "<mark>АВ-12</mark>" in answer
    assert "<html" not in answer
    assert "РЗ-2" not in answer


def test_the_catalog_can_be_narrowed_by_group_attribute_and_stock(shop: Shop, sign_in: SignIn) -> None:
    client = sign_in(shop.dealer.buyer)
    for address in (f"/buy/?group={shop.lamp.category_id}", "/buy/?a.Цоколь=E27", "/buy/?stock=1"):
        page = client.get(address).content.decode()
        assert "АВ-12" in page, address
        assert "РЗ-2" not in page, address


@pytest.mark.parametrize("address", ["/buy/?page=x", "/buy/?group=-1&sort=drop", "/buy/?page=99999999", "/buy/?q=%00"])
def test_nonsense_in_the_address_is_ignored(address: str, shop: Shop, sign_in: SignIn) -> None:
    assert sign_in(shop.dealer.buyer).get(address).status_code == 200


def test_a_page_of_the_catalog_costs_the_same_however_many_products(shop: Shop, sign_in: SignIn) -> None:
    client = sign_in(shop.dealer.buyer)
    client.get("/buy/")
    with CaptureQueriesContext(connection) as few:
        client.get("/buy/")
    for number in range(24):
        world.product(shop.seller, f"Выключатель {number}")
    with CaptureQueriesContext(connection) as many:
        client.get("/buy/")
    assert len(many) == len(few)
    own = [q["sql"] for q in many if '"catalog_' in q["sql"] or "pricing_price" in q["sql"] or "stock_" in q["sql"]]
    assert len(own) == 4, own


def test_without_terms_the_page_says_what_would_be_here(sign_in: SignIn) -> None:
    page = sign_in(world.dealer().buyer).get("/buy/").content.decode()
    assert "Пока нет продавца" in page


def test_the_product_page_tells_stock_by_warehouse_and_by_date(shop: Shop, sign_in: SignIn) -> None:
    page = sign_in(shop.dealer.buyer).get(f"/buy/products/{shop.lamp.pk}/").content.decode()
    assert "Москва, Подольск" in page
    assert "100\u00a0шт" in page
    assert "Цоколь" in page


def test_a_strangers_product_is_not_found(shop: Shop, sign_in: SignIn) -> None:
    other = world.seller("Чужой")
    theirs = world.product(other, "Чужая лампа", code="ЧУЖ-1")
    client = sign_in(shop.dealer.buyer)
    assert client.get(f"/buy/products/{theirs.pk}/").status_code == 404
    assert "ЧУЖ-1" not in client.get("/buy/?q=ЧУЖ").content.decode()
    assert client.post(f"/buy/products/{theirs.pk}/quantity", {"quantity": "1"}).status_code in (404, 422)


def test_the_list_goes_to_a_spreadsheet_with_own_prices(shop: Shop, sign_in: SignIn) -> None:
    answer = sign_in(shop.dealer.buyer).get("/buy/catalog.xlsx?q=лампа")
    book = CalamineWorkbook.from_filelike(io.BytesIO(b"".join(answer.streaming_content)))  # type: ignore[attr-defined]
    rows = book.get_sheet_by_index(0).to_python()
    assert [rows[1][at] for at in (0, 1, 6, 8)] == ["АВ-12", "Лампа А60 10 Вт", 90.0, 30.0]
    assert len(rows) == 2


def test_a_quantity_typed_in_the_catalog_is_what_the_cart_holds(shop: Shop, sign_in: SignIn) -> None:
    client = sign_in(shop.dealer.buyer)
    for text in ("12", "5", "5"):
        answer = client.post(f"/buy/products/{shop.lamp.pk}/quantity", {"quantity": text})
        assert answer.status_code == 200
    assert "450,00" in answer.content.decode()
    client.post(f"/buy/products/{shop.lamp.pk}/quantity", {"quantity": ""})
    assert "Корзина пуста" in client.get("/buy/cart/").content.decode()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("-3", "больше нуля"),
        ("много", "не число"),
        ("1e9", "не число"),
        ("99999999999999", "не больше"),
        ("0,0001", "знаков"),
    ],
)
def test_a_bad_quantity_is_refused_in_words(text: str, words: str, shop: Shop, sign_in: SignIn) -> None:
    answer = sign_in(shop.dealer.buyer).post(
        f"/buy/products/{shop.lamp.pk}/quantity", {"quantity": text}, headers={"HX-Request": "true"}
    )
    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_the_top_search_finds_products(shop: Shop, sign_in: SignIn) -> None:
    client = sign_in(shop.dealer.buyer)
    assert "АВ-12" in client.get("/buy/search/suggest?q=лампа").content.decode().replace("<mark>", "")
    assert client.get("/buy/search/?q=ав-12").headers["Location"] == f"/buy/products/{shop.lamp.pk}/"


def test_a_seller_is_no_buyer(shop: Shop, sign_in: SignIn) -> None:
    assert sign_in(shop.seller.manager).get("/buy/").status_code == 404
    assert now() is not None
