"""Pages of delivery: the cart's part, addresses, parcels, the seller's carriers and tariffs, the desk's places."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests import deals, world
from tests.delivery import ground
from tests.delivery.ground import Channel

from zveno.base import clock
from zveno.base.models import Task
from zveno.base.tabular.reading import read_workbook
from zveno.catalog.models import Product
from zveno.delivery import jobs
from zveno.delivery.models import (
    Carrier,
    CartDelivery,
    DeliveryAddress,
    OrderSegment,
    Parcel,
    Place,
    TariffRow,
    WarehousePlace,
    Zone,
)
from zveno.delivery.rules.tables import read_places, read_tariffs
from zveno.orders.actions.add_to_cart import add_to_cart
from zveno.orders.actions.plan_order_delivery import plan_order_delivery
from zveno.orders.models import Order

pytestmark = pytest.mark.django_db
D = Decimal
Enter = Callable[[Any], Client]


@pytest.fixture
def channel() -> Channel:
    return ground.golden()


@pytest.fixture
def goods(channel: Channel) -> tuple[Product, Product]:
    lamp = channel.deal.product(name="Люстра", weight_g=4000, volume_cm3=40_000)
    cable = channel.deal.product(name="Кабель", weight_g=30_000, volume_cm3=60_000)
    world.balance(channel.krasnodar, lamp, 100)
    world.balance(channel.moscow, cable, 100)
    return lamp, cable


def fill(channel: Channel, goods: Sequence[Product]) -> None:
    with channel.deal.buying() as actor:
        for product, quantity in zip(goods, (20, 5), strict=True):
            add_to_cart(actor=actor, seller_id=channel.deal.seller_id, product_id=product.pk, quantity=D(quantity))


def text(answer: Any) -> str:
    return " ".join(answer.content.decode().replace("\xa0", " ").split())


def test_the_cart_shows_each_part_with_every_carrier_and_why_one_does_not_go(
    channel: Channel, goods: tuple[Product, Product], sign_in: Enter
) -> None:
    fill(channel, goods)
    page = text(sign_in(channel.deal.dealer.buyer).get("/buy/cart/delivery"))
    assert page.count("Дальняя дорога") >= 4
    assert "7 910,00 ₽" in page
    assert "туда не возит" in page
    assert "Объёмный вес: 160 кг" in page
    assert "Владивосток, ул. Светланская, 33" in page


def test_the_choice_in_the_cart_answers_with_the_new_sum(
    channel: Channel, goods: tuple[Product, Product], sign_in: Enter
) -> None:
    fill(channel, goods)
    buyer = sign_in(channel.deal.dealer.buyer)
    told = {"warehouse": channel.moscow.pk, "pick": channel.air.pk}
    assert "26 660,00 ₽" in text(buyer.post("/buy/cart/delivery/choose", told))
    assert CartDelivery.objects.unscoped("a test").get().picks == {str(channel.moscow.pk): str(channel.air.pk)}
    assert buyer.post("/buy/cart/delivery/choose", {**told, "pick": 99_999_999}).status_code == 422
    assert buyer.post("/buy/cart/delivery/choose", {"address": 99_999_999}).status_code == 404


def test_without_an_address_the_cart_asks_where_to(
    channel: Channel, goods: tuple[Product, Product], sign_in: Enter
) -> None:
    channel.address.delete()
    fill(channel, goods)
    page = text(sign_in(channel.deal.dealer.buyer).get("/buy/cart/delivery"))
    assert "Укажите, куда везти" in page


def test_an_address_is_typed_a_slip_is_asked_about_and_one_goes_back_to_the_cart(
    channel: Channel, sign_in: Enter
) -> None:
    entity = channel.deal.dealer.entity
    buyer = sign_in(channel.deal.dealer.buyer)
    address = f"/buy/delivery/entities/{entity.pk}/addresses/new/?next=cart"
    asked = buyer.post(address, {"typed": "Владивасток, Мира 5"})
    assert (asked.status_code, "Какое место имеется в виду" in text(asked)) == (422, True)
    saved = buyer.post(address, {"typed": "Владивасток, Мира 5", "place": channel.address.place_id, "phone": "+7"})
    assert (saved.status_code, saved["Location"]) == (302, "/buy/cart/")
    made = DeliveryAddress.objects.unscoped("a test").latest("id")
    listed = text(buyer.get(f"/buy/delivery/entities/{entity.pk}/addresses/"))
    assert "Мира 5" in listed
    assert buyer.post(f"/buy/delivery/addresses/{made.pk}/archive").status_code == 302
    assert buyer.get(f"/buy/delivery/addresses/{made.pk}/").status_code == 404


@pytest.fixture
def order(channel: Channel, goods: tuple[Product, Product]) -> Order:
    placed = channel.deal.place((goods[0], 20), (goods[1], 5), now=clock.now())
    channel.deal.decide(placed, now=clock.now())
    with deals.as_system():
        plan_order_delivery(order_id=placed.pk, now=clock.now())
    return placed


def test_both_sides_see_the_parts_of_an_order_and_the_charge(channel: Channel, order: Order, sign_in: Enter) -> None:
    manager = sign_in(channel.deal.seller.manager)
    assert "Начислить доставку" in text(manager.get(f"/sell/orders/{order.pk}/"))
    charged = manager.post(
        f"/sell/shipments/orders/{order.pk}/charge", {"how": "line", "amount": "500,50", "name": "Доставка"}
    )
    assert charged.status_code == 302
    buyer = sign_in(channel.deal.dealer.buyer)
    page = text(buyer.get(f"/buy/orders/{order.pk}/"))
    assert "Продавец добавил доставку 500,50 ₽ отдельной строкой заказа." in page
    assert "Склад Краснодар" in page
    assert "Способ получения" in page
    assert "Начислить" not in page


def test_the_buyer_picks_another_carrier_while_the_order_may_be_changed(
    channel: Channel, order: Order, sign_in: Enter
) -> None:
    buyer = sign_in(channel.deal.dealer.buyer)
    told = {"warehouse": channel.moscow.pk, "pick": channel.air.pk}
    assert buyer.post(f"/buy/delivery/orders/{order.pk}/choose", told).status_code == 302
    with deals.as_system():
        plan_order_delivery(order_id=order.pk, now=clock.now())
    assert "22 200,00 ₽" in text(buyer.get(f"/buy/orders/{order.pk}/"))
    Order.objects.unscoped("a test").filter(pk=order.pk).update(state="in_work")
    assert buyer.post(f"/buy/delivery/orders/{order.pk}/choose", told).status_code == 409


def test_the_manager_hands_a_part_over_with_its_number(channel: Channel, order: Order, sign_in: Enter) -> None:
    manager = sign_in(channel.deal.seller.manager)
    part = OrderSegment.objects.unscoped("a test").get(order_id=order.pk, warehouse="Склад Москва")
    send = f"/sell/shipments/orders/{order.pk}/segments/{part.pk}/send"
    assert "Номер накладной" in text(manager.get(f"/sell/orders/{order.pk}/"))
    assert manager.post(send, {"number": "ДД-77"}).status_code == 302
    assert manager.post(send, {"number": "ДД-78"}).status_code == 409
    page = text(sign_in(channel.deal.dealer.buyer).get(f"/buy/orders/{order.pk}/"))
    assert ("ДД-77" in page, "ДД-78" in page) == (True, False)


@pytest.fixture
def parcel(channel: Channel, order: Order) -> Parcel:
    return Parcel.objects.create(
        seller_id=channel.deal.seller_id,
        buyer_company=channel.deal.dealer.company,
        buyer_entity=channel.deal.dealer.entity,
        order_id=order.pk,
        order_number=order.number,
        carrier=channel.road,
        carrier_name="Дальняя дорога",
        number="ДД-500",
        key="t-1",
        state="under_way",
        expected_on=clock.now().date().replace(year=2020),
        created_at=clock.now(),
    )


def test_parcels_under_way_are_listed_late_first_and_go_to_a_spreadsheet(
    channel: Channel, parcel: Parcel, sign_in: Enter
) -> None:
    for person, place in (
        (channel.deal.dealer.viewer, "/buy/delivery/shipments"),
        (channel.deal.seller.manager, "/sell/shipments"),
    ):
        member = sign_in(person)
        page = text(member.get(f"{place}/?q=дд"))
        assert "ДД-500" in page
        assert "опаздывает" in page
        assert "ДД-500" in text(member.get(f"{place}/{parcel.pk}/"))
    book = member.get("/sell/shipments/list.xlsx")
    rows = list(read_workbook(b"".join(book.streaming_content)).sheets[0])
    assert rows[1].values[0] == "ДД-500"


def test_the_manager_tells_how_far_it_is(channel: Channel, parcel: Parcel, sign_in: Enter) -> None:
    manager = sign_in(channel.deal.seller.manager)
    assert manager.post(f"/sell/shipments/{parcel.pk}/number", {"number": "ДД-501"}).status_code == 302
    assert manager.post(f"/sell/shipments/{parcel.pk}/say", {"state": "delivered"}).status_code == 302
    assert manager.post(f"/sell/shipments/{parcel.pk}/say", {"state": "nonsense"}).status_code == 404
    parcel.refresh_from_db()
    assert (parcel.number, parcel.state) == ("ДД-501", "delivered")
    buyer = sign_in(channel.deal.dealer.buyer)
    assert "Доставлено" in text(buyer.get(f"/buy/delivery/shipments/{parcel.pk}/"))


# The seller's set-up


def test_a_carrier_is_made_with_terms_a_surcharge_and_an_account(channel: Channel, sign_in: Enter) -> None:
    manager = sign_in(channel.deal.seller.manager)
    told = {
        "name": "СДЭК",
        "kind": "cdek",
        "position": 5,
        "is_active": "on",
        "tracking_url": "https://x.example/{number}",
    }
    made = manager.post("/sell/delivery/carriers/new/", told)
    carrier = Carrier.objects.unscoped("a test").get(name="СДЭК")
    assert made["Location"] == f"/sell/delivery/carriers/{carrier.pk}/"
    page = f"/sell/delivery/carriers/{carrier.pk}/"
    terms = {
        "valid_from": clock.today_at("Europe/Moscow").isoformat(),
        "kg_per_m3": "200", "weekdays": ["1", "3"], "prepare_days": "1",
        "vat_percent": "20", "road_factor": "1.3", "cut_off_hour": "14",
    }  # fmt: skip
    assert manager.post(f"{page}terms", terms).status_code == 302
    assert manager.post(f"{page}terms", {**terms, "kg_per_m3": "many"}).status_code == 422
    extra = {"extra": "bulky", "percent": "30", "over_kg": "50", "valid_from": terms["valid_from"]}
    assert manager.post(f"{page}surcharge", extra).status_code == 302
    assert manager.post(f"{page}account", {"account": "A"}).status_code == 422
    assert manager.post(f"{page}account", {"account": "A", "password": "P"}).status_code == 302
    secret = text(manager.post(f"{page}secret"))
    assert "показан один раз" in secret
    shown = text(manager.get(page))
    assert "пн, ср" in shown
    assert "Негабарит" in shown
    assert "P" not in manager.get(page).content.decode().split('name="password"')[1][:80]
    bad = {**told, "name": "Иной", "tracking_url": "javascript:alert(1)"}
    assert manager.post("/sell/delivery/carriers/new/", bad).status_code == 422


def table(*rows: Sequence[Any]) -> SimpleUploadedFile:
    book = io.BytesIO()
    with xlsxwriter.Workbook(book) as writer:
        sheet = writer.add_worksheet()
        for at, row in enumerate(rows):
            sheet.write_row(at, 0, row)
    return SimpleUploadedFile("тариф.xlsx", book.getvalue())


HEAD = ("Откуда", "Куда", "Вес свыше, кг", "Вес до, кг", "Цена", "Дней от")


def test_a_tariff_file_is_checked_first_and_its_good_rows_are_taken_when_told_so(
    channel: Channel, sign_in: Enter
) -> None:
    manager = sign_in(channel.deal.seller.manager)
    page = f"/sell/delivery/carriers/{channel.road.pk}/tariff/"
    sent = table(HEAD, ("Центр", "Дальний Восток", 0, 100, 2900, 12), ("Луна", "Центр", 0, 5, 1, 1))
    day = clock.now().date().isoformat()
    checked = manager.post(f"{page}check", {"file": sent, "valid_from": day})
    assert "нет зоны «Луна»" in text(checked)
    assert "Взять 1 хорошую строку" in text(checked)
    assert TariffRow.objects.unscoped("a test").filter(price=2900).count() == 0
    file_id = checked.context["stored"].pk
    followed = manager.post(f"{page}take", {"file": file_id, "valid_from": day})
    assert followed.status_code == 302
    task = Task.objects.unscoped("a test").latest("id")
    jobs.load_tariff.func(  # type: ignore[attr-defined]
        file_id=file_id,
        task_id=task.pk,
        seller_id=channel.deal.seller_id,
        carrier_id=channel.road.pk,
        valid_from=day,
        whole=False,
    )
    assert TariffRow.objects.unscoped("a test").filter(price=2900, valid_to=None).count() == 1
    assert "2 900,00 ₽" in text(manager.get(page))
    exported = manager.get(page.rstrip("/") + ".xlsx")
    back = read_tariffs(
        read_workbook(b"".join(exported.streaming_content)).sheets[0], zones=("Центр", "Юг", "Дальний Восток")
    )
    assert (len(back.lines), back.faults) == (4, ())
    assert "столбцы" in text(manager.post(f"{page}check", {"file": table(("a", "b")), "valid_from": day}))


def test_zones_and_warehouses_are_set_in_words(channel: Channel, sign_in: Enter) -> None:
    manager = sign_in(channel.deal.seller.manager)
    assert manager.post("/sell/delivery/zones/new/", {"name": "Запад", "lines": "Атлантида"}).status_code == 422
    assert manager.post("/sell/delivery/zones/new/", {"name": "Запад", "lines": "Москва\nRU-23"}).status_code == 302
    zone = Zone.objects.unscoped("a test").get(name="Запад")
    assert "Краснодарский край" in text(manager.get(f"/sell/delivery/zones/{zone.pk}/"))
    assert manager.post(f"/sell/delivery/zones/{zone.pk}/remove").status_code == 302
    ground.place("Сочи")
    place = f"/sell/delivery/warehouses/{channel.moscow.pk}/"
    assert manager.post(place, {"address": "г. Сочи, ул. Морская, 1", "phone": "+7"}).status_code == 302
    stands = WarehousePlace.objects.unscoped("a test").get(warehouse_id=channel.moscow.pk)
    assert (stands.place.name, stands.address) == ("Сочи", "ул. Морская, 1")
    assert "Сочи" in text(manager.get("/sell/delivery/warehouses/"))
    assert manager.post("/sell/delivery/warehouses/fragile", {"fragile": "Хрупкое"}).status_code == 204


# The desk's shared tables


def test_the_desk_keeps_places_and_the_calendar(sign_in: Enter) -> None:
    admin = sign_in(world.operator().admin)
    ground.place("Москва")
    exported = admin.get("/desk/delivery/places.xlsx")
    back = read_places(
        read_workbook(b"".join(exported.streaming_content)).sheets[0],
        time_zones={p.time_zone for p in Place.objects.all()},
    )
    assert back.faults == ()
    head = ("Наименование", "Код региона", "Регион", "Широта", "Долгота", "Часовой пояс", "Название по-английски")
    good = ("Ирбит", "RU-66", "Свердловская область", 57.68, 63.07, "Asia/Yekaterinburg", "Irbit")
    refused = admin.post("/desk/delivery/places/load/", {"file": table(head, good, (*good[:3], 999, 1, good[5], "X"))})
    assert refused.status_code == 422
    assert not Place.objects.filter(name="Ирбит").exists()
    assert "Новых: 1" in text(admin.post("/desk/delivery/places/load/", {"file": table(head, good)}))
    made = Place.objects.get(name="Ирбит")
    assert "Ирбит" in text(admin.get("/desk/delivery/places/?q=ирбит"))
    assert admin.get(f"/desk/delivery/places/{made.pk}/").status_code == 200
    assert (
        admin.post("/desk/delivery/calendar/day", {"day": "2027-01-09", "works": "0", "note": "перенос"}).status_code
        == 302
    )
    assert "09.01.2027" in text(admin.get("/desk/delivery/calendar/"))
