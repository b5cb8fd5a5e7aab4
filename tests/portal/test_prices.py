"""Prices as a seller keeps them: lists as a sheet by day, terms of a client, offers to all, the price on a day."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from tests import world

from zveno.base.clock import today_at
from zveno.catalog.models import Product
from zveno.pricing.models import Discount, IndividualPrice, KindAssignment, Price, PriceKind, Rounding, StandingRule
from zveno.pricing.rules.facts import Layer

pytestmark = pytest.mark.django_db

SignIn = Callable[[Any], Client]
TODAY = today_at("Europe/Moscow")
NEXT_WEEK = TODAY + timedelta(days=7)


@dataclass
class Shop:
    """A seller with a price list and a client; `client` is the seller's manager, `buyer` the dealer's."""

    seller: world.Partner
    dealer: world.Partner
    kind: PriceKind
    lamp: Product
    client: Client
    buyer: Client

    @property
    def entity_id(self) -> int:
        return int(self.dealer.entity.pk)

    def page(self, path: str, **asked: Any) -> str:
        answer = self.client.get(f"/sell/{path}", asked)
        assert answer.status_code == 200, path
        return answer.content.decode().replace("\xa0", " ").replace("\u202f", " ")

    def post(self, path: str, **told: Any) -> Any:
        return self.client.post(f"/sell/{path}", told)

    def answer(self, day: date = TODAY, **asked: Any) -> str:
        told = {"client": self.entity_id, "product": self.lamp.pk, "day": day.isoformat(), **asked}
        return self.page("prices/answer/", **told)

    def bought_at(self) -> str:
        page = self.buyer.get(f"/buy/products/{self.lamp.pk}/").content.decode()
        return page.replace("\xa0", " ").replace("\u202f", " ")


@pytest.fixture
def shop(sign_in: SignIn) -> Shop:
    seller, dealer = world.seller("Свет"), world.dealer("Лампочка")
    kind = world.price_kind(seller)
    world.terms(seller, dealer.entity, price_kind=kind)
    lamp = world.product(seller, "Лампа А60", code="ЛМ-7", brand="Люмика", category=world.category(seller, "Лампы"))
    world.price(kind, lamp, "100.00")
    manager = Client()
    manager.force_login(seller.manager)
    return Shop(seller, dealer, kind, lamp, manager, sign_in(dealer.buyer))


def rows(model: Any) -> Any:
    return model.objects.unscoped("a test looks")


def test_the_lists_say_how_many_prices_they_hold_and_who_buys_by_them(shop: Shop) -> None:
    page = shop.page("prices/")
    for part in ("Дилерская", "Лампочка", ">1<", "с НДС"):
        assert part in page, part


def test_a_price_typed_for_a_later_day_waits_for_it(shop: Shop) -> None:
    put = f"prices/lists/{shop.kind.pk}/{shop.lamp.pk}?day={NEXT_WEEK.isoformat()}"
    assert shop.post(put, price="120,50").status_code == 204
    now, later = (
        shop.page(f"prices/lists/{shop.kind.pk}/"),
        shop.page(f"prices/lists/{shop.kind.pk}/", day=NEXT_WEEK.isoformat()),
    )
    assert 'value="100"' in now
    assert f"120,50 ₽ с {NEXT_WEEK:%d.%m.%Y}" in now
    assert 'value="120.5"' in later or 'value="120,5"' in later
    assert shop.post(put.split("?")[0] + "?day=2020-01-01", price="1").status_code == 422
    assert shop.post(put.split("?")[0], price="дорого").status_code == 422


def test_an_emptied_cell_takes_the_product_out_of_the_list(shop: Shop) -> None:
    assert shop.post(f"prices/lists/{shop.kind.pk}/{shop.lamp.pk}", price="").status_code == 204
    assert "Цена по запросу" in shop.bought_at()
    assert 'placeholder="—"' in shop.page(f"prices/lists/{shop.kind.pk}/")


def test_a_new_list_opens_with_its_cells_empty(shop: Shop) -> None:
    made = shop.post("prices/lists/new", name="Оптовая", currency="RUB", vat_included="on")
    page = shop.page(made.headers["Location"].removeprefix("/sell/"))
    assert 'name="price"' in page
    assert 'value=""' in page


def test_a_pasted_block_sets_what_it_can_and_says_what_it_cannot(shop: Shop) -> None:
    text = "Артикул\tЦена\tОт\nЛМ-7\t110\nЛМ-7\t105,5\t10\nНЕТ-1\t7\nЛМ-7 без цены\n"
    answer = shop.post(f"prices/lists/{shop.kind.pk}/paste", text=text).content.decode()
    assert "2 цены задано." in answer
    assert "2 строки не приняты" in answer
    for part in ("НЕТ-1", "В этой строке нет цены."):
        assert part in answer
    told = rows(Price).filter(valid_to=None).order_by("min_quantity").values_list("min_quantity", "value")
    assert [(str(least), str(value)) for least, value in told] == [("0.000", "110.0000"), ("10.000", "105.5000")]
    again = shop.post(f"prices/lists/{shop.kind.pk}/paste", text=text).content.decode()
    assert "2 не изменились." in again


def test_a_list_goes_to_a_spreadsheet(shop: Shop) -> None:
    answer = shop.client.get(f"/sell/prices/lists/{shop.kind.pk}.xlsx")
    assert answer.status_code == 200
    assert b"".join(answer.streaming_content)[:2] == b"PK"  # type: ignore[attr-defined]


def test_a_new_list_is_opened_given_to_a_client_and_asked_first_for_its_group(shop: Shop) -> None:
    made = shop.post("prices/lists/new", name="Урал", currency="RUB", vat_included="on")
    assert made.status_code == 302
    kind = rows(PriceKind).get(name="Урал")
    world.price(kind, shop.lamp, "90")
    told = {"price_kind": kind.pk, "rank": 1, "group": shop.lamp.category_id, "contract_number": "Д-5"}
    assert shop.post(f"clients/{shop.entity_id}/add/column", **told).status_code == 302
    assert "90,00 ₽" in shop.bought_at()
    page = shop.page(f"clients/{shop.entity_id}/")
    for part in ("Урал", "Лампы", "Д-5", "Назначил виды цен"):
        assert part in page, part
    again = shop.post("prices/lists/new", name="Урал", currency="RUB")
    assert again.status_code == 422
    assert "уже" in again.content.decode()


def test_a_discount_by_brand_holds_until_it_is_ended(shop: Shop) -> None:
    add = f"clients/{shop.entity_id}/add/discount"
    told = {"layer": "contract", "percent": "7.5", "brand": "Люмика", "currency": "RUB"}
    assert shop.post(add, **told).status_code == 302
    assert "92,50 ₽" in shop.bought_at()
    rule = rows(Discount).get()
    assert shop.post(f"prices/end/discount/{rule.pk}", entity_id=shop.entity_id).status_code == 302
    assert "100,00 ₽" in shop.bought_at()


@pytest.mark.parametrize(
    ("case", "told", "words"),
    [
        ("an unknown product", {"layer": "contract", "percent": "5", "product": "НЕТ-1"}, "НЕТ-1"),
        ("two targets", {"layer": "contract", "percent": "5", "product": "ЛМ-7", "brand": "Люмика"}, "что-то одно"),
        ("a tier of nothing", {"layer": "volume", "percent": "5"}, "действует скидка"),
        ("too much", {"layer": "contract", "percent": "100"}, "99"),
        ("a day gone by", {"layer": "contract", "percent": "5", "day": "2020-01-01"}, "уже прошл"),
    ],
)
def test_what_means_nothing_is_told_at_the_form(shop: Shop, case: str, told: dict[str, Any], words: str) -> None:
    answer = shop.post(f"clients/{shop.entity_id}/add/discount", currency="RUB", **told)
    assert answer.status_code == 422, case
    assert words in answer.content.decode(), case
    assert not rows(Discount).exists()


def test_prices_are_agreed_one_by_one_and_in_a_block(shop: Shop) -> None:
    told = {"product": "ЛМ-7", "value": "77", "currency": "RUB", "vat_included": "on", "is_closed": "on"}
    assert shop.post(f"clients/{shop.entity_id}/add/agreed", **told).status_code == 302
    assert "77,00 ₽" in shop.bought_at()
    block = shop.post(f"clients/{shop.entity_id}/agreed", text="ЛМ-7;70;50\nНЕТ;1").content.decode()
    assert "1 цена задана." in block
    assert "1 строка не принята" in block
    assert rows(IndividualPrice).filter(valid_to=None).count() == 2


def test_an_offer_to_all_and_one_to_a_status_reach_the_client(shop: Shop) -> None:
    made = {"name": "Золотой", "position": 1, "test": "given", "months": 12}
    assert shop.post("prices/rules/statuses/new", **made).status_code == 302
    status = rows(StandingRule).get().standing_id
    told = {"layer": "status", "percent": "4", "status": "Золотой", "currency": "RUB"}
    assert shop.post("prices/all/add/discount", **told).status_code == 302
    everybody = {"layer": "volume", "percent": "10", "threshold": "20", "currency": "RUB"}
    assert shop.post("prices/all/add/discount", **everybody).status_code == 302
    assert "100,00 ₽" in shop.bought_at()
    assert shop.post(f"clients/{shop.entity_id}/status", standing_id=status).status_code == 302
    assert "96,00 ₽" in shop.bought_at()
    assert "90,00 ₽" in shop.answer(quantity="20")
    page = shop.page("prices/all/")
    for part in ("Золотой", "Скидка по статусу", "все товары"):
        assert part in page, part


def test_rounding_and_the_combination_are_set_and_wrong_bands_are_told(shop: Shop) -> None:
    form = {"bands-TOTAL_FORMS": 2, "bands-INITIAL_FORMS": 0, "bands-0-from_amount": "0", "bands-0-step": "5",
            "bands-0-way": "up", "bands-1-from_amount": "", "bands-1-step": "", "bands-1-way": "nearest"}  # fmt: skip
    world.discount(shop.seller, 3, entity=shop.dealer.entity)
    assert shop.post("prices/rules/round", **form).status_code == 302
    assert "100,00 ₽" in shop.bought_at()
    wrong = shop.post("prices/rules/round", **{**form, "bands-0-step": "3"})
    assert wrong.status_code == 422
    assert "1, 2" in wrong.content.decode()
    assert rows(Rounding).count() == 1
    assert shop.post("prices/rules/combine", mode="sum", cap_percent="40").status_code == 302
    assert 'value="40' in shop.page("prices/rules/")


def test_the_price_on_a_day_comes_from_history_with_every_rule_that_counted_or_lost(shop: Shop) -> None:
    world.discount(shop.seller, 5, entity=shop.dealer.entity, contract_number="Д-7")
    world.discount(shop.seller, 3, layer=Layer.VOLUME, threshold=10)
    page = shop.answer(quantity="1")
    for part in ("95,00 ₽", "Олег Савин", "договор Д-7", "Дилерская", "за количество"):
        assert part in page, part
    before = shop.answer(day=date(2023, 5, 1))
    assert "Цены не было" in before


def test_a_stranger_finds_neither_the_client_nor_the_list(shop: Shop) -> None:
    stranger = Client()
    stranger.force_login(world.seller("Чужие").manager)
    for path in (f"clients/{shop.entity_id}/", f"prices/lists/{shop.kind.pk}/", f"clients/{shop.entity_id}/add/agreed"):
        assert stranger.get(f"/sell/{path}").status_code == 404, path
    assert stranger.post(f"/sell/prices/lists/{shop.kind.pk}/{shop.lamp.pk}", {"price": "1"}).status_code == 404
    assert rows(KindAssignment).count() == 1
    asked = {"client": shop.entity_id, "product": shop.lamp.pk}
    assert "100,00" not in stranger.get("/sell/prices/answer/", asked).content.decode()
    suggested = stranger.get("/sell/clients/suggest", {"q": "лампочка"}).content.decode()
    assert "Лампочка" not in suggested
