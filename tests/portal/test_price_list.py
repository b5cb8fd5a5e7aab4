"""The buyer's own price list: the file a job makes, and the address for its site."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob
from tests import world

from zveno.accounts.models import ApiKey
from zveno.base.files import keep
from zveno.base.models import Task
from zveno.catalog.models import Media, Product
from zveno.partners.models import Member
from zveno.partners.rules.roles import Role
from zveno.pricelists.jobs import make_price_list


@dataclass
class Shop:
    """A seller with a lamp of 100 roubles and an article without a price; a dealer with ten percent off."""

    seller: world.Partner
    dealer: world.Partner
    lamp: Product
    client: Client

    def made(self, **told: Any) -> Any:
        """What the job makes of a posted form: the answer of the download."""
        form = {"columns": ["code", "group", "price", "list_price", "free"], "form": "csv", **told}
        answer = self.client.post("/buy/price-list/", form)
        assert answer.status_code == 302, answer.content.decode()
        make_price_list(**ProcrastinateJob.objects.latest("id").args)
        return self.client.get(f"{answer['Location']}file")

    def address(self) -> str:
        found = re.search(r'data-copy="http://[^/]+(/buy/price-feed/[^"?]+)', self.page())
        assert found
        return found[1]

    def page(self) -> str:
        return str(self.client.get("/buy/price-list/").content.decode())


@pytest.fixture
def shop(transactional_db: None) -> Shop:
    seller, dealer = world.seller("Свет"), world.dealer("Лампочка")
    kind = world.price_kind(seller)
    world.terms(seller, dealer.entity, price_kind=kind, discount_percent=10)
    lamps = world.category(seller, "Лампы", parent=world.category(seller, "Освещение"))
    lamp = world.product(seller, "Лампа А60", code="ЛМ-7", brand="Люмика", category=lamps)
    world.price(kind, lamp, "100.00")
    world.product(seller, "Без цены", code="=БЦ-1")
    world.balance(world.warehouse(seller), lamp, 30)
    client = Client()
    client.force_login(dealer.head)
    return Shop(seller, dealer, lamp, client)


def rows_of(answer: Any) -> list[list[str]]:
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text), delimiter=";"))


def key_of(shop: Shop) -> ApiKey:
    return ApiKey.objects.create(
        company_id=shop.dealer.company.pk, name="Сайт", prefix="zv_1", secret_sha256="0" * 64, section="buying",
        user=shop.dealer.head,
    )  # fmt: skip


def test_a_job_makes_the_list_with_own_prices_group_by_group(shop: Shop) -> None:
    assert rows_of(shop.made()) == [
        ["code", "group", "price", "list_price", "free"],
        ["ЛМ-7", "Освещение / Лампы", "90", "100", "30"],
        ["'=БЦ-1", "", "", "", "0"],
    ]


def test_the_list_narrows_to_a_group_and_to_what_is_free(shop: Shop) -> None:
    assert [row[0] for row in rows_of(shop.made(only_free="on"))] == ["code", "ЛМ-7"]
    assert [row[0] for row in rows_of(shop.made(group=shop.lamp.category_id))] == ["code", "ЛМ-7"]


def test_a_workbook_is_made_too_and_the_page_says_when_it_is_ready(shop: Shop) -> None:
    answer = shop.client.post("/buy/price-list/", {"columns": ["code"], "form": "xlsx"})
    assert "Прайс-лист формируется" in shop.client.get(answer["Location"]).content.decode()
    make_price_list(**ProcrastinateJob.objects.latest("id").args)
    assert "Прайс-лист готов." in shop.client.get(answer["Location"]).content.decode()
    assert b"".join(shop.client.get(f"{answer['Location']}file").streaming_content)[:2] == b"PK"


def test_pictures_are_named_by_their_addresses(shop: Shop) -> None:
    picture = Media.objects.create(
        product=shop.lamp, kind="picture", name="lamp.webp",
        file=keep(pieces=[b"RIFF1234WEBP"], name="lamp.webp", now=world.NOW),
    )  # fmt: skip
    assert rows_of(shop.made(columns=["code", "picture"]))[1] == ["ЛМ-7", f"http://testserver/buy/media/{picture.pk}/"]
    key_of(shop)
    address, anyone = shop.address(), Client()
    named = rows_of(anyone.get(address, {"columns": "picture"}))[1][0]
    assert named.endswith(f"/pictures/{picture.pk}")
    assert anyone.get(named).status_code == 200


def test_who_has_left_meanwhile_gets_no_list(shop: Shop) -> None:
    answer = shop.client.post("/buy/price-list/", {"columns": ["code"], "form": "csv"})
    Member.objects.unscoped("a test").filter(user=shop.dealer.head).update(blocked_at=world.NOW)
    make_price_list(**ProcrastinateJob.objects.latest("id").args)
    task = Task.objects.unscoped("a test").latest("id")
    assert (task.state, task.result) == ("failed", {})
    assert answer.status_code == 302


def test_a_strangers_list_is_not_there(shop: Shop) -> None:
    answer = shop.client.post("/buy/price-list/", {"columns": ["code"], "form": "csv"})
    make_price_list(**ProcrastinateJob.objects.latest("id").args)
    other = world.dealer("Чужие")
    world.terms(shop.seller, other.entity)
    stranger = Client()
    stranger.force_login(other.head)
    for path in (answer["Location"], f"{answer['Location']}file"):
        assert stranger.get(path).status_code == 404


def test_the_address_for_the_site_opens_without_signing_in_until_its_key_is_taken_back(shop: Shop) -> None:
    assert "data-copy" not in shop.page()
    key = key_of(shop)
    address, anyone = shop.address(), Client()
    answer = anyone.get(address, {"columns": "code,price"})
    assert rows_of(answer) == [["code", "price"], ["ЛМ-7", "90"], ["'=БЦ-1", ""]]
    assert anyone.get(address.replace(".csv", ".xlsx")).status_code == 200
    assert anyone.get(address.replace(".csv", ".exe")).status_code == 404
    assert anyone.get(address.replace("/list.csv", "x/list.csv")).status_code == 404
    ApiKey.objects.unscoped("a test").filter(pk=key.pk).update(revoked_at=world.NOW)
    assert anyone.get(address).status_code == 404


def test_the_address_closes_when_its_maker_leaves_or_another_takes_the_place(shop: Shop) -> None:
    key_of(shop)
    address = shop.address()
    Member.objects.unscoped("a test").filter(user=shop.dealer.head).update(blocked_at=world.NOW)
    assert Client().get(address).status_code == 404


def test_addresses_are_shown_to_those_who_keep_keys(shop: Shop) -> None:
    key_of(shop)
    viewer = Client()
    viewer.force_login(shop.dealer.people[Role.VIEWER])
    page = viewer.get("/buy/price-list/").content.decode()
    assert "price-feed" not in page
    assert "Сформировать" in page
