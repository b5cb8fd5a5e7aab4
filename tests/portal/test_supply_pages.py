"""Pages of supply: what buyers see of it and choose when it lacks, how sellers open, explain, mend and plan it."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook
from tests import world

from zveno.base.clock import now
from zveno.base.scope import entered, system_scope
from zveno.catalog.models import Product, ProductRelation
from zveno.orders.actions.carry_out_choice import carry_out_choice
from zveno.orders.actions.decide_order import decide_order
from zveno.orders.models import Need, Order
from zveno.stock.models import Arrival, Balance, SupplyPolicy, Warehouse

pytestmark = pytest.mark.django_db

SignIn = Callable[[Any], Client]
HTMX = {"HX-Request": "true"}
D = Decimal
WISH, LATE = date.today() + timedelta(days=5), date.today() + timedelta(days=9)


@dataclass
class Deal:
    """A seller with ten lamps on the shelf and fifty due later than is wished; a candle may stand for the lamp."""

    seller: world.Partner
    dealer: world.Partner
    depot: Warehouse
    lamp: Product
    candle: Product
    late: Arrival
    sign_in: SignIn

    def lacking(self, quantity: str = "30") -> Order:
        """An order wished by a day on which only ten lamps are there."""
        client = self.sign_in(self.dealer.buyer)
        client.post(f"/buy/products/{self.lamp.pk}/quantity", {"quantity": quantity})
        client.post("/buy/cart/wish", {"wished_on": WISH.isoformat()})
        key = text(client.get("/buy/cart/")).split('name="placing_key" value="')[1].split('"')[0]
        client.post("/buy/cart/place", {"placing_key": key, "seller": self.seller.company.pk})
        order = Order.objects.unscoped("a test looks").latest("id")
        with transaction.atomic(), entered(system_scope()):
            decide_order(order_id=order.pk, now=now())
        order.refresh_from_db()
        return order


@pytest.fixture
def deal(sign_in: SignIn) -> Deal:
    seller, dealer = world.seller("Свет"), world.dealer("Лампочка")
    kind = world.price_kind(seller)
    world.terms(seller, dealer.entity, price_kind=kind)
    lamp, candle = world.product(seller, "Лампа А60", code="АВ-12"), world.product(seller, "Лампа свеча", code="СВ-7")
    for one in (lamp, candle):
        world.price(kind, one, "100.00")
    depot = world.warehouse(seller)
    world.balance(depot, lamp, 10)
    world.balance(depot, candle, 500)
    late = world.arrival(depot, lamp, 50, due_on=LATE, source_number="ПСТ-1")
    ProductRelation.objects.create(
        owner_id=seller.company.pk, product=lamp, other=candle, kind="substitute", told_by="erp", told_at=now()
    )
    return Deal(seller, dealer, depot, lamp, candle, late, sign_in)


def text(answer: Any) -> str:
    return str(answer.content.decode()).replace("\u00a0", " ")


def sheet(answer: Any) -> list[list[Any]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(b"".join(answer.streaming_content)))
    rows: list[list[Any]] = book.get_sheet_by_index(0).to_python()
    return rows


def need_of(order: Order) -> Need:
    return Need.objects.unscoped("a test looks").get(order=order)


def work_on(need: Need) -> None:
    with transaction.atomic(), entered(system_scope()):
        carry_out_choice(need_id=need.pk, now=now())


# The buyer's


def test_the_schedule_of_arrivals_tells_what_comes_when_and_how_sure(deal: Deal) -> None:
    world.arrival(deal.depot, deal.candle, 7, due_on=LATE + timedelta(days=20), confidence="planned")
    client = deal.sign_in(deal.dealer.buyer)
    page = text(client.get("/buy/arrivals/"))
    assert page.index("Лампа А60") < page.index("Лампа свеча")
    assert "50 шт" in page
    assert "менеджер" in page, "what is only planned is confirmed by a person"
    for address, shown, hidden in [
        ("/buy/arrivals/?q=свеча", "Лампа свеча", "Лампа А60"),
        ("/buy/arrivals/?confidence=planned", "Лампа свеча", "Лампа А60"),
        (f"/buy/arrivals/?to={LATE.isoformat()}", "Лампа А60", "Лампа свеча"),
    ]:
        found = text(client.get(address, headers=HTMX))
        assert shown in found, address
        assert hidden not in found, address
    assert [row[1] for row in sheet(client.get("/buy/arrivals.xlsx"))] == ["Код", "АВ-12", "СВ-7"]


def test_the_schedule_narrows_to_the_cart_and_to_what_was_bought(deal: Deal) -> None:
    world.arrival(deal.depot, deal.candle, 7, due_on=LATE)
    client = deal.sign_in(deal.dealer.buyer)
    client.post(f"/buy/products/{deal.candle.pk}/quantity", {"quantity": "1"})
    found = text(client.get("/buy/arrivals/?only=cart", headers=HTMX))
    assert "Лампа свеча" in found
    assert "Лампа А60" not in found
    assert "Лампа" not in text(client.get("/buy/arrivals/?only=bought", headers=HTMX))


def test_a_page_of_arrivals_costs_the_same_however_many(deal: Deal) -> None:
    client = deal.sign_in(deal.dealer.buyer)
    client.get("/buy/arrivals/")
    with CaptureQueriesContext(connection) as few:
        client.get("/buy/arrivals/", headers=HTMX)
    for number in range(30):
        world.arrival(deal.depot, world.product(deal.seller, f"Лампа {number}"), 5, due_on=LATE)
    with CaptureQueriesContext(connection) as many:
        client.get("/buy/arrivals/", headers=HTMX)
    assert len(many) == len(few)


def test_a_warehouse_that_only_shows_its_stock_tells_it_in_words_and_promises_nothing(deal: Deal) -> None:
    far = world.warehouse(deal.seller, "Урал", opens="shown", figures="bands")
    world.balance(far, deal.lamp, 60)
    hidden = world.warehouse(deal.seller, "Тайный", opens="hidden")
    world.balance(hidden, deal.lamp, 9000)
    client = deal.sign_in(deal.dealer.buyer)
    page = text(client.get(f"/buy/products/{deal.lamp.pk}/"))
    assert "Урал" in page
    assert "достаточно" in page
    assert "60 шт" in page, "by the late arrival: ten and fifty"
    assert "Тайный" not in page
    assert "9 000" not in page
    client.post(f"/buy/products/{deal.lamp.pk}/quantity", {"quantity": "70"})
    assert "10 потребность" in text(client.get("/buy/cart/")), "sixty of seventy come, nothing of what is only shown"


def test_the_product_page_offers_what_stands_for_it(deal: Deal) -> None:
    page = text(deal.sign_in(deal.dealer.buyer).get(f"/buy/products/{deal.lamp.pk}/"))
    assert "СВ-7" in page
    assert "500 шт" in page


def test_figures_long_unconfirmed_say_so_before_and_after_ordering(deal: Deal) -> None:
    SupplyPolicy.objects.create(seller=deal.seller.company, heard_at=now() - timedelta(days=9), stale_after_hours=72)
    client = deal.sign_in(deal.dealer.buyer)
    assert "Остатки устарели" in text(client.get(f"/buy/products/{deal.lamp.pk}/"))
    client.post(f"/buy/products/{deal.lamp.pk}/quantity", {"quantity": "2"})
    cart = text(client.get("/buy/cart/"))
    assert "давно не отвечает" in cart
    assert "Отправить менеджеру" in cart


def test_the_cart_line_opens_to_what_covers_it_and_takes_a_day_of_its_own(deal: Deal) -> None:
    client = deal.sign_in(deal.dealer.buyer)
    client.post(f"/buy/products/{deal.lamp.pk}/quantity", {"quantity": "30"})
    client.post("/buy/cart/wish", {"wished_on": WISH.isoformat()})
    assert "10 со склада + 20 потребность" in text(client.get("/buy/cart/"))
    opened = text(client.get(f"/buy/cart/lines/{deal.lamp.pk}/supply"))
    assert deal.depot.name in opened
    assert "60 шт" in opened
    later = text(client.post(f"/buy/cart/lines/{deal.lamp.pk}/day", {"wished_on": LATE.isoformat()}))
    assert "потребность" not in later
    gone = client.post(f"/buy/cart/lines/{deal.lamp.pk}/day", {"wished_on": "2020-01-01"})
    assert gone.status_code == 422


def test_a_substitute_takes_the_place_of_what_a_line_lacks(deal: Deal) -> None:
    client = deal.sign_in(deal.dealer.buyer)
    client.post(f"/buy/products/{deal.lamp.pk}/quantity", {"quantity": "30"})
    client.post("/buy/cart/wish", {"wished_on": WISH.isoformat()})
    told = {"other": str(deal.candle.pk), "quantity": "20"}
    page = text(client.post(f"/buy/cart/lines/{deal.lamp.pk}/instead", told))
    assert "Лампа свеча" in page
    assert "потребность" not in page
    back = {"other": str(deal.lamp.pk), "quantity": "5"}
    assert client.post(f"/buy/cart/lines/{deal.candle.pk}/instead", back).status_code == 422, "one direction only"


def test_an_order_that_comes_whole_waits_for_its_last_part(deal: Deal) -> None:
    client = deal.sign_in(deal.dealer.buyer)
    client.post(f"/buy/products/{deal.lamp.pk}/quantity", {"quantity": "30"})
    whole = text(client.post("/buy/cart/manner", {"in_parts": "false"}))
    assert f"{LATE:%d.%m}" in whole
    other = world.warehouse(world.seller("Чужой"), "Чужой склад")
    assert client.post("/buy/cart/manner", {"warehouse": str(other.pk)}).status_code == 422


@pytest.mark.parametrize(
    ("choice", "form", "state", "quantities"),
    [
        ("later", {}, "confirmed", {"АВ-12": D(30)}),
        ("parts", {}, "confirmed", {"АВ-12": D(30)}),
        ("substitute", {"product": "candle"}, "confirmed", {"АВ-12": D(10), "СВ-7": D(20)}),
        ("drop", {}, "confirmed", {"АВ-12": D(10)}),
        ("ask", {}, "attention", {"АВ-12": D(30)}),
    ],
)
def test_one_click_settles_what_an_order_lacks(
    deal: Deal, choice: str, form: dict[str, str], state: str, quantities: dict[str, Decimal]
) -> None:
    order = deal.lacking()
    need = need_of(order)
    client = deal.sign_in(deal.dealer.buyer)
    page = text(client.get(f"/buy/orders/{order.pk}/"))
    assert f"/buy/needs/{need.pk}/{choice}" in page
    params = {"product": str(deal.candle.pk)} if form else {}
    for _ in range(2):
        assert client.post(f"/buy/needs/{need.pk}/{choice}", params).status_code == 302
    if choice != "ask":
        work_on(need)
        work_on(need)
    order.refresh_from_db()
    assert order.state == state
    lines = {line.code: line.quantity for line in order.lines.unscoped("a test looks").exclude(quantity=0)}
    assert lines == quantities


def test_needs_are_listed_until_they_are_settled(deal: Deal) -> None:
    order = deal.lacking()
    client = deal.sign_in(deal.dealer.buyer)
    page = text(client.get("/buy/needs/"))
    assert order.number in page
    assert "не хватает 20" in page
    (told,) = sheet(client.get("/buy/needs.xlsx"))[1:]
    assert order.number in told
    need = need_of(order)
    client.post(f"/buy/needs/{need.pk}/drop")
    work_on(need)
    assert order.number not in text(client.get("/buy/needs/", headers=HTMX))
    assert order.number in text(client.get("/buy/needs/?state=all", headers=HTMX))


def test_a_viewer_reads_needs_and_chooses_nothing(deal: Deal) -> None:
    order = deal.lacking()
    client = deal.sign_in(deal.dealer.viewer)
    assert order.number in text(client.get("/buy/needs/"))
    assert f"/buy/needs/{need_of(order).pk}/" not in text(client.get(f"/buy/orders/{order.pk}/"))
    assert client.post(f"/buy/needs/{need_of(order).pk}/drop").status_code == 403
    assert need_of(order).choice == ""


# The seller's


def test_the_manager_reserves_in_a_delivery_from_the_list(deal: Deal) -> None:
    order = deal.lacking()
    need = need_of(order)
    client = deal.sign_in(deal.seller.head)
    assert f"{LATE:%d.%m}" in text(client.get("/sell/needs/"))
    row = text(client.post(f"/sell/needs/{need.pk}/plan", {"arrival": str(deal.late.pk)}, headers=HTMX))
    assert row.strip().startswith("<tr")
    assert "В резерве поставки" in row
    deal.late.refresh_from_db()
    assert deal.late.reserved == D(20)
    assert client.post(f"/sell/needs/{need.pk}/plan", {"arrival": "0"}, headers=HTMX).status_code == 409


def test_the_manager_names_a_day_or_says_no_and_the_buyer_reads_it(deal: Deal) -> None:
    order = deal.lacking()
    need = need_of(order)
    client = deal.sign_in(deal.seller.head)
    early = client.post(f"/sell/needs/{need.pk}/day", {"day": "2020-01-01"}, headers=HTMX)
    assert early.status_code == 422
    day = date.today() + timedelta(days=33)
    assert client.post(f"/sell/needs/{need.pk}/day", {"day": day.isoformat()}, headers=HTMX).status_code == 200
    buyer = deal.sign_in(deal.dealer.buyer)
    assert f"{day:%d.%m.%Y}" in text(buyer.get(f"/buy/orders/{order.pk}/"))
    client = deal.sign_in(deal.seller.head)
    assert client.post(f"/sell/needs/{need.pk}/drop", {"words": ""}, headers=HTMX).status_code == 422
    assert client.post(f"/sell/needs/{need.pk}/drop", {"words": "Снято с выпуска"}).status_code == 302
    assert "Снято с выпуска" in text(deal.sign_in(deal.dealer.buyer).get(f"/buy/orders/{order.pk}/"))


def test_the_sellers_arrivals_tell_how_much_orders_hold(deal: Deal) -> None:
    world.arrival(deal.depot, deal.candle, 5, due_on=date.today() - timedelta(days=1), source_number="ПСТ-0")
    order = deal.lacking()
    client = deal.sign_in(deal.seller.head)
    client.post(f"/sell/needs/{need_of(order).pk}/plan", {"arrival": str(deal.late.pk)})
    page = text(client.get("/sell/arrivals/"))
    assert "ПСТ-1" in page
    assert "просроч" in page, "the candle was due yesterday"
    rows = sheet(client.get("/sell/arrivals.xlsx?q=АВ-12"))
    assert [rows[1][at] for at in (1, 2, 4, 5, 6, 11)] == ["ПСТ-1", "АВ-12", 50.0, 20.0, 30.0, 1.0]


def test_the_ledger_of_a_shelf_explains_its_figure_to_the_piece(deal: Deal) -> None:
    order = deal.lacking()
    client = deal.sign_in(deal.seller.head)
    address = f"/sell/stock/{deal.lamp.pk}/{deal.depot.pk}/"
    page = text(client.get(address))
    assert order.number in page
    assert "Автоматически" in page
    assert "не сходятся" not in page
    rows = sheet(client.get(address.rstrip("/") + ".xlsx"))
    assert [(row[2], row[3], row[4], row[5], row[6]) for row in rows[1:]] == [
        (10.0, "", 10.0, 0.0, ""),
        ("", 10.0, 10.0, 10.0, order.number),
    ]
    assert "ПСТ-1" in text(client.get(f"{address}?arrival={deal.late.pk}"))
    assert client.get(f"/sell/stock/{deal.lamp.pk}/999999/").status_code == 404


def test_differences_are_shown_and_mended_once(deal: Deal) -> None:
    Balance.objects.unscoped("a test breaks it").filter(product=deal.lamp).update(reserved=4, erp_on_hand=10)
    client = deal.sign_in(deal.seller.head)
    page = text(client.get("/sell/stock/check/"))
    assert "АВ-12" in page
    assert "Исправить" in page
    assert client.post("/sell/stock/check/mend", {"kind": "nothing"}).status_code == 404
    mended = client.post("/sell/stock/check/mend", {"kind": "all"}, follow=True)
    assert "1 расхождение исправлено" in text(mended)
    assert "Всё сходится" in text(mended)
    assert Balance.objects.unscoped("a test looks").get(product=deal.lamp).reserved == D(0)
    again = text(client.post("/sell/stock/check/mend", {"kind": "all"}, follow=True))
    assert "0 расхождений исправлено" in again


def test_how_supply_is_promised_is_set_on_one_page(deal: Deal) -> None:
    client = deal.sign_in(deal.seller.head)
    told = {
        "confirmed_as": "ask", "planned_as": "hide", "produced_as": "show", "few_below": "5", "many_from": "50",
        "stale_after_hours": "", "shortage_grace_minutes": "30",
    }  # fmt: skip
    assert client.post("/sell/stock/settings/save", told).status_code == 302
    policy = SupplyPolicy.objects.unscoped("a test looks").get(seller=deal.seller.company)
    kept = (policy.confirmed_as, policy.planned_as, policy.few_below, policy.stale_after_hours)
    assert kept == ("ask", "hide", D(5), None)
    assert client.post("/sell/stock/settings/save", told | {"few_below": "60"}).status_code == 422
    policy.refresh_from_db()
    assert policy.few_below == D(5), "few must be less than many"


def test_a_warehouse_is_closed_to_all_and_opened_to_one_client(deal: Deal) -> None:
    client = deal.sign_in(deal.seller.head)
    other = world.dealer("Другой")
    world.terms(deal.seller, other.entity, price_kind=world.price_kind(deal.seller, "Опт"))
    place = {"warehouse": str(deal.depot.pk), "figures": "exact"}
    client.post("/sell/stock/settings/open", place | {"opens": "hidden"})
    whom = f"e{deal.dealer.entity.pk}"
    client.post("/sell/stock/settings/open", place | {"opens": "served", "whom": whom})
    assert deal.dealer.entity.name in text(client.get("/sell/stock/settings/"))
    assert "10 шт" in text(deal.sign_in(deal.dealer.buyer).get(f"/buy/products/{deal.lamp.pk}/"))
    assert "10 шт" not in text(deal.sign_in(other.buyer).get(f"/buy/products/{deal.lamp.pk}/"))
    client = deal.sign_in(deal.seller.head)
    client.post("/sell/stock/settings/close", {"warehouse": str(deal.depot.pk), "whom": whom})
    assert "10 шт" not in text(deal.sign_in(deal.dealer.buyer).get(f"/buy/products/{deal.lamp.pk}/"))


def test_what_stands_for_what_is_kept_in_a_list(deal: Deal) -> None:
    socket = world.product(deal.seller, "Розетка", code="РЗ-1")
    client = deal.sign_in(deal.seller.head)
    told = {"product": str(socket.pk), "other": str(deal.candle.pk), "kind": "analogue", "both": "1"}
    for _ in range(2):
        assert "РЗ-1" in text(client.post("/sell/relations/add", told, headers=HTMX))
    assert ProductRelation.objects.filter(kind="analogue").count() == 2
    assert client.post("/sell/relations/add", told | {"other": str(socket.pk)}).status_code == 422
    assert "СВ-7" not in text(client.get("/sell/relations/?q=нет-такого", headers=HTMX))
    assert len(sheet(client.get("/sell/relations.xlsx?q=РЗ-1"))) == 3
    first = ProductRelation.objects.filter(kind="analogue").earliest("id")
    assert client.post(f"/sell/relations/{first.pk}/drop", headers=HTMX).status_code == 200
    assert client.post(f"/sell/relations/{first.pk}/drop", headers=HTMX).status_code == 404
    assert ProductRelation.objects.filter(kind="analogue").count() == 1
