"""The made-up values: whole, valid, the same for the same seed."""

from __future__ import annotations

import hashlib
import io
from datetime import timedelta

import pytest
from PIL import Image
from tests.demo.conftest import NOW, SCALE

from zveno.demo.drawing.pictures import picture
from zveno.demo.rules import products, seasons
from zveno.demo.rules.families import families
from zveno.demo.world import World
from zveno.kit.codes import is_gtin, is_inn, is_kpp, is_ogrn


def digest(world: World) -> str:
    parts = (world.companies, world.entities, world.terms, world.people, world.goods, world.shelves, world.arrivals)
    sums = [(sale.placed_at, sale.total, sale.state) for sale in world.history]
    sold = [(month.distributor, month.starts_on, len(month.lines), month.lines[:3]) for month in world.sold_on]
    return hashlib.sha256(repr((parts, sums, sold)).encode()).hexdigest()


def test_the_same_seed_and_day_give_the_same_world() -> None:
    first = digest(World(now=NOW, scale=SCALE))
    assert digest(World(now=NOW, scale=SCALE)) == first
    assert digest(World(now=NOW, scale=SCALE, seed=7)) != first


def test_the_full_world_is_of_the_size_that_was_asked_for() -> None:
    world = World(now=NOW)
    assert len(world.companies) == 1 + 1 + 4 + 60
    assert sum(entity.company >= 7 for entity in world.entities) == 90
    assert len({good.id for good in world.goods}) == len({good.name for good in world.goods}) == products.WHOLE
    assert len({good.code for good in world.goods}) == products.WHOLE
    assert {len(family.path) for family in families()} == {3}


def test_every_code_of_a_company_or_product_has_its_control_digit() -> None:
    world = World(now=NOW, scale=SCALE)
    assert all(is_inn(entity.inn) and is_ogrn(entity.ogrn) for entity in world.entities)
    assert all(is_kpp(entity.kpp) for entity in world.entities if len(entity.inn) == 10)
    assert len({entity.inn for entity in world.entities}) == len(world.entities)
    assert all(is_gtin(good.barcode) for good in world.goods)
    assert all(is_inn(line.inn) for month in world.sold_on for line in month.lines)


def test_orders_are_of_whole_packs_and_come_to_the_sum_of_their_lines() -> None:
    for sale in World(now=NOW, scale=SCALE).history:
        assert all(line.quantity % line.good.family.pack == 0 for line in sale.lines)
        assert sale.total == sum(line.quantity * line.price for line in sale.lines)
        shipped = sum(quantity for delivery in sale.deliveries for _, quantity, _ in delivery.parts)
        assert shipped == sum(line.shipped for line in sale.lines)


def test_nothing_of_the_past_lies_in_the_future() -> None:
    world = World(now=NOW, scale=SCALE)
    assert all(sale.placed_at < NOW - timedelta(days=7) for sale in world.history)
    assert all(delivery.shipped_on < world.today for sale in world.history for delivery in sale.deliveries)
    assert all(arrival.due_on > world.today for arrival in world.arrivals)


@pytest.mark.parametrize("family", families(), ids=lambda family: family.code)
def test_every_family_has_a_picture(family: object) -> None:
    assert isinstance(family, products.Family)
    content = picture(family.shape, family.code, "")
    image = Image.open(io.BytesIO(content))
    assert (image.format, image.size) == ("WEBP", (360, 360))
    assert len(image.convert("L").resize((24, 24)).getcolors() or ()) > 4


@pytest.mark.parametrize("fault", seasons.FAULTS)
def test_the_faults_of_the_channel_turn_demand(fault: seasons.Fault) -> None:
    goods = [good for good in World(now=NOW).goods if good.family.code in fault.families]
    asked = {"goods": goods, "month": NOW.date().replace(day=1), "segment": "mixed", "is_primary": fault.is_primary}
    usual = seasons.demand(seller=3, months_back=fault.last, **asked)[-1]
    turned = seasons.demand(seller=fault.seller, months_back=fault.last, **asked)[-1]
    later = seasons.demand(seller=fault.seller, months_back=fault.first + 1, **asked)[-1]
    assert turned == pytest.approx(usual * fault.factor)
    assert later == pytest.approx(usual)
