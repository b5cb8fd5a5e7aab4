"""What a warehouse is to a buyer: by region and entity, in figures or bands; how arrivals are promised; freshness."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from tests import deals, world
from tests.deals import NOW, Deal

from zveno.orders.rules.states import OrderState
from zveno.stock.models import Arrival, EntityOpening, RegionOpening, SupplyPolicy, Warehouse
from zveno.stock.queries.policies import supply_rules
from zveno.stock.rules.policy import Band, Policy
from zveno.stock.rules.words import Confidence, Figures, Opens, Promising

pytestmark = pytest.mark.django_db
D = Decimal
DUE = date(2026, 4, 15)


@pytest.fixture
def deal() -> Deal:
    return deals.deal()


def policy(deal: Deal, **fields: Any) -> None:
    SupplyPolicy.objects.unscoped("a test sets").update_or_create(seller=deal.seller.company, defaults=fields)


def open_to(deal: Deal, place: Warehouse, opens: str, figures: str = "exact", **whom: Any) -> None:
    model = RegionOpening if "region" in whom else EntityOpening
    model.objects.create(seller=deal.seller.company, warehouse=place, opens=opens, figures=figures, **whom)  # type: ignore[attr-defined]


def home(deal: Deal, *names: str) -> list[Any]:
    """A line of regions from the top down; the dealer lives in the last."""
    found: list[Any] = []
    for name in names:
        found.append(world.region(name, parent=found[-1] if found else None))
    deal.dealer.entity.region = found[-1]
    deal.dealer.entity.save()
    return found


def rules_of(deal: Deal) -> dict[int, tuple[str, str, int]]:
    with deal.buying():
        found = supply_rules(seller_id=deal.seller_id, entity_id=deal.dealer.entity.pk).warehouses
    return {key: (one.opens.value, one.figures.value, one.distance) for key, one in found.items()}


def test_without_openings_each_warehouse_is_what_it_says_itself(deal: Deal) -> None:
    hidden = world.warehouse(deal.seller, "Тайный", opens="hidden", figures="bands")
    assert rules_of(deal) == {deal.warehouse.pk: ("served", "exact", 9), hidden.pk: ("hidden", "bands", 9)}


def test_the_nearest_region_counts_and_the_entity_before_any_region(deal: Deal) -> None:
    country, area, _town = home(deal, "Россия", "Урал", "Екатеринбург")
    place = deal.warehouse
    open_to(deal, place, "hidden", region=country)
    assert rules_of(deal)[place.pk][0] == "hidden"
    open_to(deal, place, "shown", "bands", region=area)
    assert rules_of(deal)[place.pk][:2] == ("shown", "bands")
    open_to(deal, place, "served", buyer_entity=deal.dealer.entity)
    assert rules_of(deal)[place.pk][:2] == ("served", "exact")
    stranger = world.region("Сибирь", parent=country)
    other = world.warehouse(deal.seller, "Омск")
    open_to(deal, other, "hidden", region=stranger)
    assert rules_of(deal)[other.pk][0] == "served"


def test_distance_is_the_way_up_to_where_both_lie(deal: Deal) -> None:
    country, area, town = home(deal, "Россия", "Урал", "Екатеринбург")
    places = {
        name: world.warehouse(deal.seller, name, region=region)
        for name, region in (
            ("здесь", town),
            ("в области", area),
            ("рядом", world.region("Пермь", parent=area)),
            ("далеко", world.region("Сибирь", parent=country)),
            ("за границей", world.region("Казахстан")),
        )
    }
    found = rules_of(deal)
    assert {name: found[place.pk][2] for name, place in places.items()} == {
        "здесь": 0,
        "в области": 1,
        "рядом": 1,
        "далеко": 2,
        "за границей": 9,
    }


def test_a_buyer_is_promised_only_from_warehouses_that_serve_them(deal: Deal) -> None:
    product = deal.product(5)
    deal.warehouse.opens = "shown"
    deal.warehouse.save()
    with deal.buying():
        found = deal.supply_of(product)
    assert [(shelf.free.quantity, shelf.is_served) for shelf in found.shelves] == [(D(5), False)]
    assert (found.free_now.quantity, found.supplies) == (D(0), ())
    order = deal.place((product, 3))
    assert deal.decide(order) is OrderState.ATTENTION
    assert deals.shelf_of(product).reserved == 0


def test_what_is_hidden_is_not_even_seen(deal: Deal) -> None:
    product = deal.product(5, arrivals=((9, DUE),))
    Warehouse.objects.unscoped("a test sets").filter(pk=deal.warehouse.pk).update(opens="hidden")
    with deal.buying():
        found = deal.supply_of(product)
    assert (found.shelves, found.arrivals, found.supplies) == ((), (), ())


def test_of_two_warehouses_the_nearer_ships(deal: Deal) -> None:
    _, town = home(deal, "Россия", "Казань")
    near = world.warehouse(deal.seller, "Казань", region=town)
    product = deal.product(5)
    world.balance(near, product, 5)
    order = deal.place((product, 4))
    deal.decide(order)
    assert order.lines.unscoped("a test looks").get().promise[0]["warehouse"] == "Казань"


def test_where_any_warehouse_tells_bands_the_sum_is_a_band(deal: Deal) -> None:
    policy(deal, few_below=10, many_from=100)
    product = deal.product(60)
    other = world.warehouse(deal.seller, "Казань", figures="bands")
    world.balance(other, product, 7)
    with deal.buying():
        found = deal.supply_of(product)
    assert {shelf.warehouse: (shelf.free.quantity, shelf.free.band) for shelf in found.shelves} == {
        deal.warehouse.name: (D(60), Band.ENOUGH),
        "Казань": (None, Band.FEW),
    }
    assert (found.free_now.quantity, found.free_now.band) == (None, Band.ENOUGH)
    assert [(free.quantity, free.band) for _, free in found.availability(NOW.date())] == [(None, Band.ENOUGH)]


@pytest.mark.parametrize(
    ("quantity", "band"),
    [(-1, Band.NONE), (0, Band.NONE), ("0.5", Band.FEW), ("9.999", Band.FEW), (10, Band.ENOUGH), (99, Band.ENOUGH),
     (100, Band.MANY)],
)  # fmt: skip
def test_bands_begin_where_the_seller_says(quantity: object, band: Band) -> None:
    assert Policy(few_below=D(10), many_from=D(100)).band(D(str(quantity))) is band


@pytest.mark.parametrize(
    ("case", "promising", "seen", "sure", "state"),
    [
        ("promised like stock", Promising.PROMISE, True, [True], OrderState.CONFIRMED),
        ("promised, somebody confirms", Promising.ASK, True, [False], OrderState.ATTENTION),
        ("only shown", Promising.SHOW, True, [], OrderState.ATTENTION),
        ("not even shown", Promising.HIDE, False, [], OrderState.ATTENTION),
    ],
)
def test_how_planned_arrivals_are_promised(
    deal: Deal, case: str, promising: Promising, seen: bool, sure: list[bool], state: OrderState
) -> None:
    policy(deal, planned_as=promising.value)
    product = deal.product(0, arrivals=((9, DUE),))
    Arrival.objects.unscoped("a test sets").update(confidence=Confidence.PLANNED.value)
    with deal.buying():
        found = deal.supply_of(product)
    assert (bool(found.arrivals), [one.is_sure for one in found.supplies]) == (seen, sure), case
    order = deal.place((product, 3), wished_on=DUE)
    assert deal.decide(order) is state, case
    if promising is Promising.ASK:
        assert [reason["code"] for reason in order.attention] == ["unsure"]
        assert deals.arrival_of(product).reserved == D(3)


def test_an_order_is_taken_while_the_erp_is_silent_but_does_not_confirm_by_itself(deal: Deal) -> None:
    product = deal.product(5)
    policy(deal, heard_at=NOW - timedelta(hours=25), stale_after_hours=24)
    order = deal.place((product, 3))
    assert deal.decide(order) is OrderState.ATTENTION
    assert [(reason["code"], reason["line"]) for reason in order.attention] == [("stale", None)]
    assert deals.shelf_of(product).reserved == D(3)


@pytest.mark.parametrize(
    ("case", "hours_ago", "stale_after", "is_stale"),
    [("fresh", 23, 24, False), ("too old", 25, 24, True), ("never stale", 999, None, False),
     ("never heard", None, 24, False)],
)  # fmt: skip
def test_when_figures_count_as_stale(case: str, hours_ago: int | None, stale_after: int | None, is_stale: bool) -> None:
    heard_at = NOW - timedelta(hours=hours_ago) if hours_ago is not None else None
    assert Policy(heard_at=heard_at, stale_after_hours=stale_after).is_stale(NOW) is is_stale, case


def test_a_stranger_sees_no_openings_of_others(deal: Deal) -> None:
    open_to(deal, deal.warehouse, "hidden", buyer_entity=deal.dealer.entity)
    stranger = deals.deal()
    world.terms(deal.seller, stranger.dealer.entity, price_kind=deal.kind)
    with stranger.buying() as actor:
        assert not EntityOpening.objects.unscoped("the first wall is off").exists()
        rules = supply_rules(seller_id=deal.seller_id, entity_id=actor.entity_id)
    assert rules.warehouses[deal.warehouse.pk].opens is Opens.SERVED
    assert rules.warehouses[deal.warehouse.pk].figures is Figures.EXACT
