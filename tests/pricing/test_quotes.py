"""Prices of products for a buyer: what is read, through both walls; and prices taken in bulk with their history."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from tests import deals, world
from tests.deals import NOW, Deal

from zveno.pricing.actions.take_price_kind import take_price_kind
from zveno.pricing.actions.take_prices import PriceTold, close_unconfirmed_prices, forget_ends, take_prices
from zveno.pricing.actions.timeline import Counts
from zveno.pricing.models import Combination, Discount, IndividualPrice, KindAssignment, Price, PriceKind
from zveno.pricing.queries.quotes import price_lines, quotes_for
from zveno.pricing.rules.facts import Layer

D = Decimal
SINCE = datetime(2024, 1, 1, tzinfo=UTC)


@pytest.fixture
def deal(db: None) -> Deal:
    return deals.deal()


def test_quotes_of_a_page_take_one_statement(deal: Deal, django_assert_num_queries: Any) -> None:
    products = [deal.product(price=str(100 + n)) for n in range(24)]
    unpriced = deal.product(price=None)
    ids = [product.pk for product in (*products, unpriced)]
    with deal.buying() as actor, django_assert_num_queries(1):
        found = quotes_for(product_ids=ids, terms=actor.terms_with(deal.seller_id), at=NOW)
    assert [found[product.pk].price for product in products] == [D(100 + n) for n in range(24)]
    assert unpriced.pk not in found


def test_another_buyers_price_kind_gives_nothing(deal: Deal) -> None:
    product = deal.product()
    other = deals.deal()
    with deal.buying() as actor:
        terms = actor.terms_with(deal.seller_id)
    with other.buying():
        assert quotes_for(product_ids=[product.pk], terms=terms, at=NOW) == {}
    with deal.buying():
        assert quotes_for(product_ids=[product.pk], terms=None, at=NOW) == {}


def buying_prices(deal: Deal, *products: Any, at: datetime = NOW) -> dict[int, str]:
    with deal.buying() as actor:
        terms = actor.terms_with(deal.seller_id)
        found = quotes_for(product_ids=[product.pk for product in products], terms=terms, at=at)
    return {key: str(quote.price) for key, quote in found.items()}


def test_rules_of_every_kind_are_read_from_the_tables(deal: Deal) -> None:
    """A regional column first, discounts by group, brand and product, a status, an agreed price, floor and rounding."""
    seller, entity = deal.seller, deal.dealer.entity
    light = world.category(seller, "Освещение")
    lamps = world.category(seller, "Лампы", parent=light)
    regional = world.price_kind(seller, "Урал", region=world.region())
    KindAssignment.objects.unscoped("a test").filter(price_kind=deal.kind).update(rank=2)
    world.assignment(regional, entity, rank=1)
    world.discount(seller, 10, entity=entity, category=light, contract_number="Д-7")
    world.discount(seller, 3, entity=entity)
    world.discount(seller, 20, layer=Layer.VOLUME, threshold=50)
    lamp = deal.product(price="100", category=lamps)
    world.price(regional, lamp, "90")
    other = deal.product(price="200", brand="Люмика")
    own = world.product(seller)
    world.agreed_price(seller, entity, own, "55.5", is_closed=True)
    single = deal.product(price="100", category=light)
    world.discount(seller, 25, entity=entity, product=single)
    assert buying_prices(deal, lamp, other, own, single) == {
        lamp.pk: "81.00", other.pk: "194.00", own.pk: "55.50", single.pk: "75.00"
    }  # fmt: skip
    with deal.buying() as actor:
        terms = actor.terms_with(deal.seller_id)
        prices = price_lines(lines=[(lamp.pk, D(50)), (other.pk, D(1)), (10**9, D(1))], terms=terms, at=NOW)
    assert [str(quote.price) if quote else None for quote in prices.quotes] == ["72.00", "194.00", None]
    first = prices.quotes[0]
    assert first is not None
    assert {"code": "discount", "layer": "contract", "percent": "10", "about_name": "Освещение", "lost": "smaller",
            "contract": "Д-7"}.items() <= first.trace[-2].items()  # fmt: skip


def test_everybodys_rules_hold_for_everybody_and_a_strangers_for_none(deal: Deal) -> None:
    other = deals.deal()
    product = deal.product(price="100")
    world.discount(deal.seller, 5)
    world.discount(other.seller, 50)
    world.discount(deal.seller, 60, entity=other.dealer.entity)
    assert buying_prices(deal, product) == {product.pk: "95.00"}
    with deal.buying():
        seen = Discount.objects.unscoped("the first wall is off").values_list("percent", flat=True)
        assert sorted(seen) == [D(5)]
        assert PriceKind.objects.unscoped("the first wall is off").count() == 1
        assert Price.objects.unscoped("the first wall is off").count() == 1
        with pytest.raises(Exception, match="row-level security"), transaction.atomic():
            Discount.objects.create(
                seller=deal.seller.company, buyer_entity=deal.dealer.entity, layer="contract", percent=90,
                valid_from=NOW, recorded_at=NOW, author_name="x",
            )  # fmt: skip


def test_a_buyer_reads_the_columns_given_to_it_and_the_floor_but_no_others(deal: Deal) -> None:
    floor, hidden, common = (world.price_kind(deal.seller, name) for name in ("Минимальная", "Опт", "Розница"))
    world.assignment(common)
    Combination.objects.create(
        seller=deal.seller.company, mode="sum", floor_kind=floor, valid_from=SINCE, recorded_at=SINCE, author_name="x"
    )
    product = deal.product(price="100")
    for kind, value in ((floor, "85"), (hidden, "10"), (common, "300")):
        world.price(kind, product, value)
    world.discount(deal.seller, 40, entity=deal.dealer.entity)
    assert buying_prices(deal, product) == {product.pk: "85.00"}
    with deal.buying() as actor:
        for rows in (PriceKind.objects.unscoped("off"), PriceKind.objects.visible_to(actor.scope)):
            assert set(rows.values_list("pk", flat=True)) == {deal.kind.pk, floor.pk, common.pk}
        for prices in (Price.objects.unscoped("off"), Price.objects.visible_to(actor.scope)):
            assert set(prices.values_list("price_kind_id", flat=True)) == {deal.kind.pk, floor.pk, common.pk}


def test_a_manager_acting_for_a_client_reads_nothing_of_its_other_sellers(deal: Deal) -> None:
    from zveno.base.scope import Section, entered
    from zveno.partners.queries.actors import ACTING_KEY, find_actor

    strange = deals.deal()
    world.terms(strange.seller, deal.dealer.entity, price_kind=strange.kind, discount_percent=30)
    mine = world.discount(deal.seller, 5, entity=deal.dealer.entity)
    with transaction.atomic():
        acting = find_actor(
            user=deal.seller.manager, section=Section.BUYING, chosen={ACTING_KEY: deal.dealer.entity.pk}
        )
        assert acting is not None
        with entered(acting.scope):
            for rows in (Discount.objects.unscoped("off"), Discount.objects.visible_to(acting.scope)):
                assert [row.pk for row in rows] == [mine.pk]
            assert [kind.pk for kind in PriceKind.objects.unscoped("off")] == [deal.kind.pk]


def test_a_past_day_is_answered_from_history(deal: Deal) -> None:
    product = deal.product(price=None)
    march, april = datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 4, 1, tzinfo=UTC)
    world.price(deal.kind, product, "100", valid_to=april)
    world.price(deal.kind, product, "110", valid_from=april)
    world.discount(deal.seller, 10, entity=deal.dealer.entity, valid_from=march, valid_to=april)
    told = [SINCE, march, april - timedelta(seconds=1), april]
    assert [buying_prices(deal, product, at=at)[product.pk] for at in told] == ["100.00", "90.00", "90.00", "110.00"]


def test_two_rules_at_one_place_do_not_hold_at_once(deal: Deal) -> None:
    entity = deal.dealer.entity
    world.discount(deal.seller, 5, entity=entity, valid_to=NOW)
    world.discount(deal.seller, 6, entity=entity, valid_from=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        world.discount(deal.seller, 7, entity=entity, valid_from=NOW + timedelta(days=1))
    with pytest.raises(IntegrityError), transaction.atomic():
        world.assignment(deal.kind, entity)
    product = deal.product()
    world.agreed_price(deal.seller, entity, product, "5")
    with pytest.raises(IntegrityError), transaction.atomic():
        world.agreed_price(deal.seller, entity, product, "6")
    assert IndividualPrice.objects.unscoped("a test looks").count() == 1


def test_a_cart_of_500_lines_takes_one_statement(deal: Deal, django_assert_num_queries: Any) -> None:
    product = deal.product()
    with deal.buying() as actor, django_assert_num_queries(1):
        lines = [(product.pk, D(n)) for n in range(1, 501)]
        assert len(price_lines(lines=lines, terms=actor.terms_with(deal.seller_id), at=NOW).quotes) == 500


def take(deal: Deal, at: datetime, *rows: tuple[Any, str], now: datetime | None = None, **fields: Any) -> Counts:
    told = [PriceTold(deal.kind.pk, product.pk, D(value), **fields) for product, value in rows]
    with deals.as_system():
        return take_prices(seller_id=deal.seller_id, rows=told, at=at, now=now)


def history(product: Any) -> list[tuple[Decimal, datetime, datetime | None]]:
    prices = Price.objects.unscoped("a test looks").filter(product=product).order_by("valid_from", "id")
    return [(price.value, price.valid_from, price.valid_to) for price in prices]


def test_a_price_that_differs_closes_the_one_before_the_same_is_only_confirmed(deal: Deal) -> None:
    product, other = deal.product(price=None), deal.product(price=None)
    first, second, third = (NOW + timedelta(days=n) for n in range(3))
    assert take(deal, first, (product, "100"), (other, "5")) == Counts(created=2)
    assert take(deal, second, (product, "100.0000"), (other, "6")) == Counts(changed=1, unchanged=1)
    assert take(deal, third, (product, "110"), (other, "6")) == Counts(changed=1, unchanged=1)
    assert history(product) == [(D(100), first, third), (D(110), third, None)]
    assert history(other) == [(D(5), first, second), (D(6), second, None)]
    with deal.buying() as actor:
        quoted = quotes_for(product_ids=[product.pk], terms=actor.terms_with(deal.seller_id), at=second)
    assert quoted[product.pk].price == D(100)
    assert quoted[product.pk].confirmed_at == second


def test_two_prices_at_one_moment_leave_one_open(deal: Deal) -> None:
    product = deal.product(price=None)
    take(deal, NOW, (product, "100"))
    take(deal, NOW, (product, "110"))
    assert history(product) == [(D(100), NOW, NOW), (D(110), NOW, None)]
    take(deal, NOW, (product, "90"), min_quantity=D(10))
    with deal.buying() as actor:
        found = quotes_for(product_ids=[product.pk], terms=actor.terms_with(deal.seller_id), at=NOW)[product.pk]
    assert (found.price, [tier.price for tier in found.tiers]) == (D(110), [D(90)])


def test_a_planned_price_waits_and_the_one_told_until_then_does_not_drop_it(deal: Deal) -> None:
    product = deal.product(price=None)
    june, may = NOW + timedelta(days=60), NOW + timedelta(days=30)
    take(deal, NOW, (product, "100"))
    assert take(deal, june, (product, "120"), now=NOW) == Counts(changed=1)
    tomorrow = NOW + timedelta(days=1)
    assert take(deal, tomorrow, (product, "100")) == Counts(unchanged=1)
    assert take(deal, tomorrow, (product, "105")) == Counts(changed=1)
    assert take(deal, may, (product, "110"), now=tomorrow) == Counts(changed=1)
    assert history(product) == [
        (D(100), NOW, tomorrow), (D(105), tomorrow, may), (D(110), may, june), (D(120), june, None)
    ]  # fmt: skip
    marked = Price.objects.unscoped("a test looks").filter(ends_ahead=True).order_by("valid_from")
    assert [price.value for price in marked] == [D(105), D(110)]
    assert [buying_prices(deal, product, at=at)[product.pk] for at in (tomorrow, may, june)] == [
        "105.00", "110.00", "120.00"
    ]  # fmt: skip
    with deals.as_system():
        assert forget_ends(now=may) == 1
    assert [price.value for price in marked.all()] == [D(110)]


def test_a_first_price_told_before_a_planned_one_ends_where_that_begins(deal: Deal) -> None:
    product = deal.product(price=None)
    may = NOW + timedelta(days=30)
    take(deal, may, (product, "110"), now=NOW)
    assert take(deal, NOW, (product, "100")) == Counts(created=1)
    assert history(product) == [(D(100), NOW, may), (D(110), may, None)]


def test_a_full_export_closes_what_it_did_not_mention(deal: Deal) -> None:
    kept, gone = deal.product(price=None), deal.product(price=None)
    take(deal, NOW, (kept, "100"), (gone, "5"))
    take(deal, NOW + timedelta(days=1), (kept, "100"))
    with deals.as_system():
        closed = close_unconfirmed_prices(
            seller_id=deal.seller_id,
            price_kind_ids=[deal.kind.pk],
            confirmed_before=NOW + timedelta(hours=1),
            at=NOW + timedelta(days=1),
        )
    assert closed == 1
    assert history(gone)[0][2] == NOW + timedelta(days=1)


def test_a_price_kind_is_made_then_kept_up_to_date(deal: Deal) -> None:
    fields: dict[str, Any] = {"seller_id": deal.seller_id, "name": "Опт", "currency": "", "vat_included": None}
    with deals.as_system():
        made, is_new = take_price_kind(price_kind_id=None, **fields)
        same, changed = take_price_kind(price_kind_id=made, **fields)
        _, renamed = take_price_kind(price_kind_id=made, **{**fields, "currency": "USD", "vat_included": False})
    kind = PriceKind.objects.unscoped("a test looks").get(pk=made)
    assert (is_new, same, changed, renamed) == (True, made, False, True)
    assert (kind.name, kind.currency, kind.vat_included) == ("Опт", "USD", False)
