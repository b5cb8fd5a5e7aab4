"""Keys of programs: made, shown once, found by their secret alone, taken back."""

from __future__ import annotations

import hashlib
from datetime import timedelta

import pytest
from django.test import Client
from tests import world

from zveno.accounts.models import ApiKey, User
from zveno.accounts.queries.keys import find_key
from zveno.base.scope import Section
from zveno.partners.queries.callers import find_caller

pytestmark = pytest.mark.django_db


def made_secret(client: Client, dealer: world.Partner) -> str:
    world.sign_in(client, dealer.head)
    page = client.post("/company/keys/", {"name": "1С склада", "section": "buying", "entity_id": dealer.entities[1].pk})
    assert page.status_code == 200
    secret = page.context["made"].secret
    assert secret in page.content.decode()
    assert secret not in client.get("/company/keys/").content.decode()
    return str(secret)


def test_a_key_is_found_by_its_secret_and_acts_for_its_maker(client: Client) -> None:
    dealer = world.dealer(entities=2)
    secret = made_secret(client, dealer)
    row = ApiKey.objects.unscoped("a test looks").get()
    assert row.secret_sha256 == hashlib.sha256(secret.encode()).hexdigest()
    found = find_key(secret=secret, now=world.NOW)
    assert found is not None
    assert (found.company_id, found.section, found.entity_id) == (
        dealer.company.pk,
        Section.BUYING,
        dealer.entities[1].pk,
    )
    actor = find_caller(secret=secret, section=Section.BUYING, now=world.NOW)
    assert actor is not None
    assert (actor.company_id, actor.entity_id, actor.scope.entities) == (
        dealer.company.pk,
        dealer.entities[1].pk,
        (dealer.entities[1].pk,),
    )


def test_the_last_use_is_noted_once_a_minute(client: Client) -> None:
    secret = made_secret(client, world.dealer(entities=2))
    for seconds, noted in ((0, 0), (30, 0), (61, 61)):
        find_key(secret=secret, now=world.NOW + timedelta(seconds=seconds))
        row = ApiKey.objects.unscoped("a test looks").get()
        assert row.last_used_at == world.NOW + timedelta(seconds=noted)


@pytest.mark.parametrize("wrong", ["", "zv_", "zv_nothing", "x" * 5000, "zv_\x00"])
def test_a_wrong_secret_opens_nothing(client: Client, wrong: str) -> None:
    made_secret(client, world.dealer(entities=2))
    assert find_key(secret=wrong, now=world.NOW) is None


def test_a_revoked_key_and_a_blocked_persons_key_open_nothing(client: Client) -> None:
    dealer = world.dealer(entities=2)
    secret = made_secret(client, dealer)
    User.objects.filter(pk=dealer.head.pk).update(is_active=False)
    assert find_key(secret=secret, now=world.NOW) is None
    User.objects.filter(pk=dealer.head.pk).update(is_active=True)
    dealer.company.blocked_at = world.NOW
    dealer.company.save()
    assert find_caller(secret=secret, section=Section.BUYING, now=world.NOW) is None
    dealer.company.blocked_at = None
    dealer.company.save()
    assert find_caller(secret=secret, section=Section.SELLING, now=world.NOW) is None
    row = ApiKey.objects.unscoped("a test looks").get()
    client.post(f"/company/keys/{row.pk}/revoke")
    assert find_key(secret=secret, now=world.NOW) is None


def test_a_key_needs_an_own_entity_and_a_head(client: Client) -> None:
    dealer, stranger = world.dealer(), world.dealer()
    world.sign_in(client, dealer.head)
    told = {"name": "чужое", "section": "buying", "entity_id": stranger.entity.pk}
    assert client.post("/company/keys/", told).status_code == 422
    assert client.post("/company/keys/", {**told, "entity_id": "", "section": "desk"}).status_code == 422
    world.sign_in(client, dealer.buyer)
    assert client.get("/company/keys/").status_code == 403
    assert ApiKey.objects.unscoped("a test looks").count() == 0
