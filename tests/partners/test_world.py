"""The test world itself: its people can sign in and see their own world."""

from __future__ import annotations

import pytest
from tests import world

from zveno.base.scope import Section
from zveno.kit.codes import is_inn, is_kpp, is_ogrn
from zveno.partners.queries.actors import find_actor

pytestmark = pytest.mark.django_db


def test_a_dealer_of_the_world_acts_for_its_main_entity() -> None:
    seller, dealer = world.seller(), world.dealer(entities=2)
    kind = world.price_kind(seller)
    world.terms(seller, dealer.entity, price_kind=kind)
    actor = find_actor(user=dealer.buyer, section=Section.BUYING, chosen={})
    assert actor is not None
    assert actor.entity_id == dealer.entity.pk
    assert actor.scope.entities == tuple(e.pk for e in dealer.entities)
    assert actor.scope.sellers == (seller.company.pk,)


@pytest.mark.parametrize("number", [1, 17, 999, 4321, 1234567])
def test_codes_of_the_world_are_valid(number: int) -> None:
    assert is_inn(world.inn(number))
    assert is_inn(world.person_inn(number))
    assert is_ogrn(world.ogrn(number))
    entity_kpp = f"7707{number % 100_000 // 1000 % 100:02}{number % 1000:03}"
    assert is_kpp(entity_kpp)


def test_the_whole_small_world_can_be_built() -> None:
    from datetime import date

    operator, seller, dealer = world.operator(), world.seller(distributor=True), world.dealer()
    group = world.category(seller)
    lamp = world.product(seller, "Люстра «Вега»", code="ЛВ-7", category=group)
    world.price(world.price_kind(seller), lamp, "1250.50")
    store = world.warehouse(seller)
    world.balance(store, lamp, 12)
    world.arrival(store, lamp, 30, due_on=date(2026, 5, 1))
    world.payment(seller, dealer.entity)
    assert operator.admin.check_password(world.PASSWORD)
    assert lamp.code_folded == "ЛB7"
