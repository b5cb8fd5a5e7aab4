"""Every page opens for the people it is for: nothing crashes, and what the house promises of its errors holds."""

from __future__ import annotations

import logging

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests import world
from tests.walls.addresses import every_address
from tests.walls.planted import Planted, plant
from tests.walls.test_every_url import ENDING, OWN_DOORS

from zveno.accounts.models import User
from zveno.partners.rules.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def planted() -> Planted:
    planted = plant()
    for role in (Role.HEAD, Role.BUYER):
        world.member(planted.seller.company, role)
    return planted


def opened(client: Client, planted: Planted, person: User) -> dict[str, int]:
    """Each address by name, and the status with which it opens for the person."""
    client.raise_request_exception = False
    found = {}
    for address in every_address():
        if address.name in OWN_DOORS | ENDING:
            continue
        if client.session.get("_auth_user_id") != str(person.pk):
            client.force_login(person)
        response = client.get(address.path(planted))
        b"".join(response.streaming_content) if response.streaming else response.content
        found[address.name] = response.status_code
    return found


@pytest.mark.slow
@pytest.mark.parametrize("who", ["dealer's head", "seller's head", "administrator", "accountant of the operator"])
def test_every_page_opens_for_its_own_people(
    client: Client, planted: Planted, who: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.CRITICAL)
    operator = world.operator()
    person, home = {
        "dealer's head": (planted.dealer.head, "buying:"),
        "seller's head": (planted.seller.head, "selling:"),
        "administrator": (operator.admin, "desk_"),
        "accountant of the operator": (operator.people[Role.OPERATOR_ACCOUNTANT], "desk_"),
    }[who]
    found = opened(client, planted, person)
    assert {name: status for name, status in found.items() if status >= 500} == {}
    assert sum(status == 200 for name, status in found.items() if name.startswith(home)) > 3


def test_a_missing_page_and_a_refused_one_carry_the_number_of_the_request(client: Client) -> None:
    dealer = world.dealer()
    world.sign_in(client, dealer.viewer)
    for path, status in (("/nowhere/", 404), ("/company/members/1/", 403), ("/profile/tasks/1", 404)):
        answer = client.get(path)
        assert answer.status_code == status
        assert len(answer.headers["X-Request-Id"]) == 36
        assert answer.headers["X-Request-Id"] in answer.content.decode()


def test_a_fault_is_told_in_words_with_its_status_and_nothing_is_kept(client: Client) -> None:
    dealer = world.dealer()
    world.sign_in(client, dealer.head)
    path = f"/company/members/{dealer.member(Role.HEAD).pk}/block"
    page = client.post(path, {"blocked": "1"})
    assert page.status_code == 409
    assert "С самим собой так нельзя" in page.content.decode()
    assert page.headers["X-Request-Id"] in page.content.decode()
    part = client.post(path, {"blocked": "1"}, headers={"HX-Request": "true"})
    assert (part.status_code, part.headers["Content-Type"]) == (409, "text/plain; charset=utf-8")
    assert part.content.decode().startswith("С самим собой")


def test_the_reader_is_spoken_to_in_their_own_language(client: Client) -> None:
    dealer = world.dealer()
    dealer.head.language = "en"
    dealer.head.save()
    world.sign_in(client, dealer.head)
    assert "Invited, not here yet" not in client.get("/company/").content.decode()
    assert "Where you work" in client.get("/profile/").content.decode()


def test_the_door_costs_nine_statements(client: Client) -> None:
    """Session, person; role, places, role again, companies, entities, terms, and the scope they give."""
    seller, dealer = world.seller(), world.dealer(entities=2)
    world.terms(seller, dealer.entity)
    world.sign_in(client, dealer.head)
    client.get("/company/keys/")
    with CaptureQueriesContext(connection) as captured:
        assert client.get("/company/members/999999/").status_code == 404
    run = [q["sql"] for q in captured if "SAVEPOINT" not in q["sql"]]
    door = next(at for at, sql in enumerate(run) if "zveno_buying" in sql) + 1
    assert door == 9, "\n".join(run)
