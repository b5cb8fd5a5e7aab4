"""Every address, asked by every role of a stranger company with a victim's ids: nothing is shown, nothing changed."""

from __future__ import annotations

import io
import logging
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client
from tests import world
from tests.walls.addresses import MARK, Address, every_address, harmful_form
from tests.walls.planted import Planted, fingerprint, ids_now, plant

from zveno.accounts.models import ApiKey, User
from zveno.accounts.rules.secrets import digest
from zveno.base.walls import WalledQuerySet
from zveno.config.access import TABLE
from zveno.partners.models import Member
from zveno.partners.rules.roles import Role

pytestmark = pytest.mark.django_db

# Addresses that are walked by tests of their own door, with keys or passwords of strangers.
OWN_DOORS = frozenset(name for name, access in TABLE.items() if access.own_door)
# Walking these would end the walker's own session.
ENDING = frozenset({"account_logout", "usersessions_list"})
# Answers other than a refusal that tell a stranger nothing, each with its reason.
HARMLESS = {
    ("post", "buying:put", 422): "the field says that the product is not offered, as for an unknown number",
    ("post", "buying:cart-remove", 200): "what is not in one's own cart is out of it already",
}
STRANGERS = [
    ("dealer", Role.HEAD),
    *(
        pytest.param(stranger, marks=pytest.mark.slow)
        for stranger in (
            *(("dealer", role) for role in (Role.BUYER, Role.VIEWER, Role.ACCOUNTANT)),
            *(("distributor", role) for role in (Role.HEAD, Role.SELLER_MANAGER, Role.ACCOUNTANT)),
            ("nobody", None),
        )
    ),
]


@dataclass
class Siege:
    """A victim, the state of its rows, and a client of strangers."""

    planted: Planted
    ids: dict[str, list[int]]
    people: dict[tuple[str, Role | None], User]
    client: Client

    def state(self) -> dict[str, tuple[str, int]]:
        return fingerprint(self.planted, self.ids)

    def enter(self, stranger: tuple[str, Role | None]) -> None:
        person = self.people.get(stranger)
        if person is None:
            self.client.logout()
        elif self.client.session.get("_auth_user_id") != str(person.pk):
            self.client.force_login(person)


@pytest.fixture
def siege(client: Client, caplog: pytest.LogCaptureFixture) -> Siege:
    caplog.set_level(logging.CRITICAL)
    planted = plant()
    ids = ids_now()
    seller = world.seller()
    dealer, distributor = world.dealer(), world.seller(distributor=True)
    kind = world.price_kind(seller)
    world.price(kind, world.product(seller), "10")
    for buyer in (dealer, distributor):
        world.terms(seller, buyer.entity, price_kind=kind)
    people: dict[tuple[str, Role | None], User] = {("dealer", r): u for r, u in dealer.people.items()}
    people |= {("distributor", r): u for r, u in distributor.people.items()}
    client.raise_request_exception = False
    return Siege(planted, ids, people, client)


def walked() -> Iterator[Address]:
    return (address for address in every_address() if address.name not in OWN_DOORS)


def text_of(response: Any) -> str:
    """What a reader finds in the answer; workbooks and archives are opened."""
    content = b"".join(response.streaming_content) if response.streaming else response.content
    if content[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            content = b"\n".join(archive.read(name) for name in archive.namelist())
    return str(content.decode("utf-8", errors="replace"))


def is_refusal(response: Any) -> bool:
    """404; or 403 and 405 where the role or the method was refused before; or the way to sign in."""
    way = response.headers.get("Location", "") + response.headers.get("HX-Redirect", "")
    return response.status_code in (403, 404, 405) or "/accounts/" in way


@pytest.mark.parametrize("stranger", STRANGERS, ids=lambda s: f"{s[0]} {s[1] or ''}".strip())
def test_a_stranger_sees_nothing_and_changes_nothing(siege: Siege, stranger: tuple[str, Role | None]) -> None:
    before, form, leaks = siege.state(), harmful_form(siege.planted), []
    for address in walked():
        path = address.path(siege.planted)
        for method in ("get", "post"):
            if method == "post" and address.name in ENDING:
                continue
            siege.enter(stranger)
            response = getattr(siege.client, method)(path, form if method == "post" else None)
            told = f"{method} {address.name}: {response.status_code}"
            known = (method, address.name, response.status_code) in HARMLESS
            if address.names_an_object and not known and not is_refusal(response):
                leaks.append(told)
            if response.status_code >= 500:
                leaks.append(f"{told} is a crash")
            if MARK in text_of(response):
                leaks.append(f"{told} shows the victim")
    assert not leaks, "\n".join(leaks)
    assert siege.state() == before


@pytest.mark.slow
@pytest.mark.parametrize("stranger", [("dealer", Role.HEAD), ("distributor", Role.HEAD)], ids=lambda s: s[0])
def test_the_second_wall_holds_when_the_first_is_off(
    siege: Siege, stranger: tuple[str, Role], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(WalledQuerySet, "visible_to", lambda rows, scope: rows.unscoped("the first wall is off"))
    before, form, leaks = siege.state(), harmful_form(siege.planted), []
    for address in walked():
        path = address.path(siege.planted)
        for method in ("get", "post"):
            if method == "post" and address.name in ENDING:
                continue
            siege.enter(stranger)
            response = getattr(siege.client, method)(path, form if method == "post" else None)
            if MARK in text_of(response):
                leaks.append(f"{method} {address.name}: {response.status_code}")
    assert not leaks, "\n".join(leaks)
    assert siege.state() == before


def test_every_address_stands_in_the_access_table_and_every_row_names_an_address() -> None:
    names = {address.name for address in every_address()}
    assert {"nameless"} & names == set()
    assert names - set(TABLE) == set(), "addresses without a row"
    assert set(TABLE) - names == set(), "rows without an address"


def test_the_walk_knows_a_value_for_every_parameter() -> None:
    planted = plant()
    unknown = []
    for address in every_address():
        try:
            address.path(planted)
        except KeyError as error:
            unknown.append(f"{address.name}: {error}")
    assert unknown == []


@pytest.mark.parametrize("section", ["buying", "selling"])
@pytest.mark.parametrize("first_wall", [True, False], ids=["both walls", "second wall alone"])
def test_every_operation_of_the_api_refuses_a_strangers_key(
    siege: Siege, section: str, first_wall: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = siege.people["dealer" if section == "buying" else "distributor", Role.HEAD]
    secret = f"zv_stranger_{section}"
    ApiKey.objects.create(
        company_id=Member.objects.unscoped("a test looks").get(user=person).company_id,
        name="Чужой",
        prefix="zv_",
        secret_sha256=digest(secret),
        section=section,
        user=person,
    )
    if not first_wall:
        monkeypatch.setattr(WalledQuerySet, "visible_to", lambda rows, scope: rows.unscoped("the first wall is off"))
    before, form, leaks, refused = siege.state(), harmful_form(siege.planted), [], 0
    keys = {"Authorization": f"Bearer {secret}", "Idempotency-Key": "stranger-1"}
    for address in (address for address in every_address() if address.name.startswith("api:")):
        path = address.path(siege.planted)
        for method in ("get", "post", "put", "patch", "delete"):
            answer = getattr(siege.client, method)(path, form, content_type="application/json", headers=keys)
            told = f"{method} {address.name}: {answer.status_code}"
            refused += answer.status_code == 404
            if first_wall and (answer.status_code >= 500 or (address.parameters and answer.status_code < 400)):
                leaks.append(told)
            if MARK in text_of(answer):
                leaks.append(f"{told} shows the victim")
    assert not leaks, "\n".join(leaks)
    assert refused or not first_wall
    assert siege.state() == before
