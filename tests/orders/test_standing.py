"""A buyer's standing follows what it ordered and got; the first order is the first once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from tests import deals, world
from tests.deals import NOW, Deal
from tests.racing import at_once

from zveno.base.models import AuditEntry
from zveno.orders.actions.cancel_order import cancel_order
from zveno.orders.actions.weigh_standing import weigh_standing
from zveno.orders.jobs import confirm_order, weigh_all
from zveno.orders.models import Order, OrderLine, Shipment
from zveno.pricing.actions.give_standing import give_standing
from zveno.pricing.actions.set_standing import set_standing
from zveno.pricing.models import BuyerStanding, FirstOrder
from zveno.pricing.queries.quotes import quotes_for
from zveno.pricing.queries.standings import standing_of
from zveno.pricing.rules.facts import Layer
from zveno.pricing.rules.standing import Asked, Past, Source, Test, next_after, standing_for

D = Decimal


@pytest.fixture
def deal(db: None) -> Deal:
    return deals.deal()


def standings(deal: Deal) -> dict[str, int]:
    told = (("Новый", 0, Test.NEW, 0), ("Базовый", 1, Test.ANY, 0), ("Серебро", 2, Test.VOLUME, 500_000))
    with deal.selling():
        return {
            name: set_standing(
                seller_id=deal.seller_id, standing_id=None, name=name, position=position, test=test,
                min_total=D(least), day=None, now=NOW - timedelta(days=30),
            )
            for name, position, test, least in told
        }  # fmt: skip


def weigh(deal: Deal, *, now: datetime = NOW) -> int:
    with deals.as_system():
        return weigh_standing(seller_id=deal.seller_id, entity_ids=[deal.dealer.entity.pk], now=now)


def standing(deal: Deal, *, at: datetime = NOW) -> str:
    with deals.as_system():
        found = standing_of(seller_id=deal.seller_id, entity_ids=[deal.dealer.entity.pk], at=at)
    return found[deal.dealer.entity.pk].name if found else ""


def shipped(deal: Deal, total: int, *, days_ago: int) -> Shipment:
    return Shipment.objects.create(
        seller=deal.seller.company, buyer_entity=deal.dealer.entity, number=f"Р-{total}", total=total,
        shipped_on=NOW.date() - timedelta(days=days_ago), recorded_at=NOW,
    )  # fmt: skip


ASKED = [Asked(1, 0, Test.NEW), Asked(2, 1, Test.ANY), Asked(3, 2, Test.VOLUME, D(500_000)), Asked(9, 9, Test.GIVEN)]


@pytest.mark.parametrize(
    ("case", "orders", "volume", "ought"),
    [
        ("nothing yet", 0, 0, 1),
        ("a first order", 1, 0, 2),
        ("just below", 4, 499_999, 2),
        ("reached", 4, 500_000, 3),
        ("shipped without an order of the portal", 0, 700_000, 3),
    ],
)
def test_the_best_standing_that_the_past_reaches(case: str, orders: int, volume: int, ought: int) -> None:
    found = standing_for(Past(orders, {12: D(volume)}), ASKED)
    assert found is not None
    assert found.standing_id == ought, case


def test_what_is_missing_to_the_next_standing_is_told() -> None:
    found = next_after(Past(3, {12: D(420_000)}), ASKED)
    assert found is not None
    assert (found[0].standing_id, found[1]) == (3, D(80_000))
    assert next_after(Past(3, {12: D(500_000)}), ASKED) is None


def test_a_buyer_rises_with_its_shipments_and_falls_when_they_grow_old(deal: Deal) -> None:
    standings(deal)
    assert weigh(deal) == 1
    assert standing(deal) == "Новый"
    deal.place((deal.product(5), 1))
    weigh(deal)
    assert standing(deal) == "Базовый"
    shipped(deal, 300_000, days_ago=300)
    shipped(deal, 250_000, days_ago=5)
    assert weigh(deal, now=NOW + timedelta(hours=1)) == 1
    assert weigh(deal, now=NOW + timedelta(hours=2)) == 0
    assert standing(deal, at=NOW + timedelta(hours=1)) == "Серебро"
    later = NOW + timedelta(days=90)
    weigh(deal, now=later)
    assert [standing(deal, at=at) for at in (NOW + timedelta(days=1), later)] == ["Серебро", "Базовый"]
    actions = AuditEntry.objects.unscoped("a test looks").filter(action="standing_reached").order_by("id")
    assert [entry.params["standing"] for entry in actions] == ["Новый", "Базовый", "Серебро", "Базовый"]


def test_a_standing_given_by_hand_is_held_until_its_day(deal: Deal) -> None:
    ids = standings(deal)
    weigh(deal)
    until = (NOW + timedelta(days=30)).date()
    with deal.selling():
        give_standing(
            seller_id=deal.seller_id, buyer_entity_id=deal.dealer.entity.pk, standing_id=ids["Серебро"],
            source=Source.MANAGER, held_until=until, now=NOW,
        )  # fmt: skip
    assert weigh(deal, now=NOW + timedelta(days=1)) == 0
    assert standing(deal, at=NOW + timedelta(days=1)) == "Серебро"
    assert weigh(deal, now=NOW + timedelta(days=40)) == 1
    assert standing(deal, at=NOW + timedelta(days=40)) == "Новый"
    rows = BuyerStanding.objects.unscoped("a test looks").order_by("valid_from")
    assert [row.source for row in rows] == ["rule", "manager", "rule"]


def test_the_job_of_an_order_and_the_nightly_one_weigh(deal: Deal) -> None:
    standings(deal)
    order = deal.place((deal.product(5), 1), now=datetime.now(UTC))
    confirm_order(order.pk)
    now = datetime.now(UTC)
    assert standing(deal, at=now) == "Базовый"
    shipped(deal, 900_000, days_ago=1)
    weigh_all(0)
    assert Shipment.objects.unscoped("a test looks").count() == 1
    assert standing(deal, at=datetime.now(UTC)) in ("Серебро", "Базовый")


def offer(deal: Deal) -> None:
    world.discount(deal.seller, 10, layer=Layer.FIRST_ORDER)


def prices(order: Order) -> list[str]:
    return [str(line.price) for line in OrderLine.objects.unscoped("a test looks").filter(order=order)]


def test_the_first_order_has_its_offer_and_the_second_has_not(deal: Deal) -> None:
    offer(deal)
    product = deal.product(50, price="100.00")
    assert prices(deal.place((product, 1))) == ["90.0000"]
    assert prices(deal.place((product, 1))) == ["100.0000"]
    with deal.buying() as actor:
        found = quotes_for(product_ids=[product.pk], terms=actor.terms_with(deal.seller_id), at=NOW)
    assert found[product.pk].price == D(100)


def test_an_order_that_came_to_nothing_gives_the_offer_back(deal: Deal) -> None:
    offer(deal)
    product = deal.product(50, price="100.00")
    first = deal.place((product, 1))
    with deal.buying() as actor:
        cancel_order(actor=actor, order_id=first.pk, now=NOW)
    weigh(deal, now=NOW + timedelta(minutes=1))
    assert prices(deal.place((product, 1), now=NOW + timedelta(minutes=2))) == ["90.0000"]
    claims = FirstOrder.objects.unscoped("a test looks").order_by("claimed_at")
    assert [claim.released_at is None for claim in claims] == [False, True]


@pytest.mark.django_db(transaction=True)
def test_of_orders_placed_at_once_one_is_the_first() -> None:
    deal = deals.deal()
    offer(deal)
    product = deal.product(50, price="100.00")
    placed = at_once(4, lambda number: deal.place((product, 1), key=f"race-{number}"))
    assert sorted(price for order in placed for price in prices(order)) == ["100.0000"] * 3 + ["90.0000"]  # type: ignore[arg-type]
