"""Quotes: price kind, discount, tiers, rounding, explanation; and prices taken in bulk."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests import deals
from tests.deals import NOW, Deal

from zveno.pricing.actions.take_price_kind import take_price_kind
from zveno.pricing.actions.take_prices import Counts, PriceTold, close_unconfirmed_prices, take_prices
from zveno.pricing.models import Price, PriceKind
from zveno.pricing.queries.quotes import quotes_for
from zveno.pricing.rules.quote import PriceRow, quote

D = Decimal
SINCE = datetime(2026, 1, 1, tzinfo=UTC)


def row(value: str, *, min_quantity: str = "0", vat_included: bool = True, currency: str = "RUB") -> PriceRow:
    return PriceRow(1, 2, "Дилерская", currency, vat_included, D(value), D(min_quantity), SINCE, SINCE)


@pytest.mark.parametrize(
    ("case", "value", "discount", "currency", "price"),
    [
        ("no discount", "100", "0", "RUB", "100.00"),
        ("half a kopeck goes up", "99.995", "0", "RUB", "100.00"),
        ("just under it goes down", "99.9949", "0", "RUB", "99.99"),
        ("a discount", "99.99", "7.5", "RUB", "92.49"),
        ("all of it off", "100", "100", "RUB", "0.00"),
        ("a currency without cents", "1000.5", "0", "JPY", "1001"),
    ],
)
def test_the_price_of_a_unit(case: str, value: str, discount: str, currency: str, price: str) -> None:
    found = quote([row(value, currency=currency)], discount_percent=D(discount))
    assert found is not None
    assert str(found.price) == price, case


def test_every_step_is_explained() -> None:
    found = quote([row("99.99", min_quantity="10", vat_included=False)], discount_percent=D("7.50"))
    assert found is not None
    assert found.trace == (
        {"code": "price_kind", "kind": "Дилерская", "value": "99.99", "currency": "RUB", "since": SINCE.isoformat()},
        {"code": "tier", "from": "10"},
        {"code": "discount", "percent": "7.5", "value": "92.49"},
        {"code": "vat_on_top"},
    )


def test_the_largest_tier_reached_holds() -> None:
    found = quote([row("80", min_quantity="100"), row("100"), row("90", min_quantity="10")], discount_percent=D(0))
    assert found is not None
    prices = {q: found.for_quantity(D(q)).price for q in (1, 10, 99, 100)}
    assert prices == {1: D(100), 10: D(90), 99: D(90), 100: D(80)}
    assert found.total(D("10.5")) == D("945.00")


@pytest.mark.parametrize("rows", [[], [row("0")]])
def test_no_price_is_no_quote(rows: list[PriceRow]) -> None:
    assert quote(rows, discount_percent=D(0)) is None


@given(
    st.decimals("0.0001", "1000000", places=4),
    st.decimals("0", "100", places=2),
    st.lists(st.decimals("0", "1000", places=3), max_size=4),
)
def test_a_discount_never_raises_a_price(value: Decimal, discount: Decimal, tiers: list[Decimal]) -> None:
    full = quote([row(str(value))], discount_percent=D(0))
    less = quote([row(str(value))], discount_percent=discount)
    assert full is not None
    assert less is not None
    assert 0 <= less.price <= full.price


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


def take(deal: Deal, at: datetime, *rows: tuple[Any, str], **fields: Any) -> Counts:
    told = [PriceTold(deal.kind.pk, product.pk, D(value), **fields) for product, value in rows]
    with deals.as_system():
        return take_prices(seller_id=deal.seller_id, rows=told, at=at)


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
