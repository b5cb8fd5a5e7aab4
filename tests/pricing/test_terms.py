"""Terms as the seller's people set them: what holds from when, what ends, what is refused, what history says."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from tests import deals, world
from tests.deals import NOW, Deal

from zveno.base.models import AuditEntry
from zveno.kit.errors import Fault
from zveno.pricing.actions.agree_terms import agree_terms
from zveno.pricing.actions.assign_kinds import ColumnTold, assign_kinds
from zveno.pricing.actions.checks import About, Whose
from zveno.pricing.actions.end_rule import end_rule
from zveno.pricing.actions.set_agreed_prices import AgreedTold, set_agreed_prices
from zveno.pricing.actions.set_combination import set_combination
from zveno.pricing.actions.set_discounts import DiscountTold, set_discounts
from zveno.pricing.actions.set_price_kind import set_price_kind
from zveno.pricing.actions.set_prices import set_prices
from zveno.pricing.actions.set_rounding import set_rounding
from zveno.pricing.actions.take_prices import PriceTold
from zveno.pricing.actions.take_terms import AgreedTerm, ColumnTerm, DiscountTerm, PriceTerm, take_terms
from zveno.pricing.actions.timeline import Counts
from zveno.pricing.models import Discount
from zveno.pricing.queries.naming import Named
from zveno.pricing.queries.quotes import quotes_for
from zveno.pricing.queries.terms import discounts_of, terms_in_brief
from zveno.pricing.rules.facts import Band, Layer, Mode, Way
from zveno.ui import deeds

D = Decimal
MAY = date(2026, 5, 1)


@pytest.fixture
def deal(db: None) -> Deal:
    return deals.deal()


def price(deal: Deal, product: Any, *, days: int = 0) -> str:
    at = NOW + timedelta(days=days, seconds=1)
    with deal.buying() as actor:
        found = quotes_for(product_ids=[product.pk], terms=actor.terms_with(deal.seller_id), at=at)
    return str(found[product.pk].price) if product.pk in found else ""


def own(deal: Deal) -> Whose:
    return Whose(deal.seller_id, deal.dealer.entity.pk)


def told() -> list[str]:
    """The deeds so far in words."""
    entries = AuditEntry.objects.unscoped("a test looks").order_by("id")
    return [str(event.title) for event in deeds.events(list(entries))]


def test_a_discount_told_for_may_holds_from_may_and_the_old_one_until_then(deal: Deal) -> None:
    product = deal.product(price="100")
    with deal.selling():
        put = {"whose": own(deal), "now": NOW}
        assert set_discounts(rows=[DiscountTold(Layer.CONTRACT, D(5))], day=None, **put) == Counts(created=1)
        assert set_discounts(rows=[DiscountTold(Layer.CONTRACT, D(8))], day=MAY, **put) == Counts(changed=1)
        assert set_discounts(rows=[DiscountTold(Layer.CONTRACT, D(8))], day=MAY, **put) == Counts(unchanged=1)
    assert [price(deal, product, days=days) for days in (0, 20, 22)] == ["95.00", "95.00", "92.00"]
    assert told() == [
        f"Задал скидки ({deal.dealer.entity.name}): Скидка по договору −5 %.",
        f"Задал скидки ({deal.dealer.entity.name}) с 01.05.2026: Скидка по договору −8 %.",
    ]


def test_what_was_charged_yesterday_is_not_changed(deal: Deal) -> None:
    with deal.selling(), pytest.raises(Fault) as refused:
        set_discounts(
            whose=own(deal), rows=[DiscountTold(Layer.CONTRACT, D(5))], day=NOW.date() - timedelta(days=1), now=NOW
        )
    assert refused.value.code == "day_passed"


@pytest.mark.parametrize(
    ("case", "row", "code"),
    [
        ("a whole price", DiscountTold(Layer.CONTRACT, D(100)), "percent_out_of_range"),
        ("three digits", DiscountTold(Layer.CONTRACT, D("5.123")), "percent_out_of_range"),
        ("a tier from nothing", DiscountTold(Layer.VOLUME, D(5)), "threshold_needed"),
        ("a sum of no currency", DiscountTold(Layer.ORDER_SUM, D(5), threshold=D(1000)), "threshold_needed"),
        ("a quantity below zero", DiscountTold(Layer.VOLUME, D(5), threshold=D(-1)), "quantity_out_of_range"),
        ("a status for one client", DiscountTold(Layer.STATUS, D(5)), "audience_unclear"),
        ("two targets", DiscountTold(Layer.CONTRACT, D(5), About(category_id=1, brand="Люмика")), "target_unclear"),
        ("an unknown group", DiscountTold(Layer.CONTRACT, D(5), About(category_id=10**9)), "goods_unknown"),
    ],
)
def test_a_discount_that_means_nothing_is_refused(deal: Deal, case: str, row: DiscountTold, code: str) -> None:
    with deal.selling(), pytest.raises(Fault) as refused:
        set_discounts(whose=own(deal), rows=[row], day=None, now=NOW)
    assert refused.value.code == code, case
    assert not Discount.objects.unscoped("a test looks").exists()


def test_terms_are_set_for_own_clients_with_own_columns_only(deal: Deal) -> None:
    other = deals.deal()
    with deal.selling():
        with pytest.raises(Fault) as refused:
            assign_kinds(whose=own(deal), rows=[ColumnTold(other.kind.pk)], day=None, now=NOW)
        assert refused.value.code == "price_kind_unknown"
        with pytest.raises(Fault) as refused:
            set_discounts(
                whose=Whose(deal.seller_id, other.dealer.entity.pk),
                rows=[DiscountTold(Layer.CONTRACT, D(5))],
                day=None,
                now=NOW,
            )
        assert refused.value.code == "buyer_unknown"


def test_a_column_for_a_group_is_asked_before_the_general_one(deal: Deal) -> None:
    retail = world.price_kind(deal.seller, "Розничная")
    decor = world.category(deal.seller, "Декор")
    product, other = deal.product(price="70", category=decor), deal.product(price="70")
    world.price(retail, product, "100")
    with deal.selling():
        rows = [ColumnTold(retail.pk, about=About(category_id=decor.pk), contract_number="Д-1")]
        assign_kinds(whose=own(deal), rows=rows, day=None, now=NOW)
    assert (price(deal, product), price(deal, other)) == ("100.00", "70.00")
    assert told() == [f"Назначил виды цен ({deal.dealer.entity.name}): «Розничная», порядок 1 (Декор)."]


def test_an_ended_rule_is_history_and_ending_it_twice_changes_nothing(deal: Deal) -> None:
    product = deal.product(price="100")
    with deal.selling():
        set_discounts(whose=own(deal), rows=[DiscountTold(Layer.CONTRACT, D(5))], day=None, now=NOW)
        rule = discounts_of(seller_id=deal.seller_id, entity_id=deal.dealer.entity.pk, since=NOW)[0]
        for _ in range(2):
            end_rule(seller_id=deal.seller_id, kind="discount", rule_id=rule.id, day=MAY, now=NOW)
    assert [price(deal, product, days=days) for days in (0, 22)] == ["95.00", "100.00"]
    assert told()[1:] == [f"Прекратил ({deal.dealer.entity.name}): Скидка по договору −5 % с 01.05.2026."]
    with deals.deal().selling() as stranger, pytest.raises(Fault) as refused:
        end_rule(seller_id=stranger.company_id, kind="discount", rule_id=rule.id, day=None, now=NOW)
    assert refused.value.code == "rule_unknown"


def test_agreed_prices_have_tiers_and_a_final_one_takes_no_discount(deal: Deal) -> None:
    product = deal.product(price="100")
    with deal.selling():
        set_discounts(whose=own(deal), rows=[DiscountTold(Layer.CONTRACT, D(10))], day=None, now=NOW)
        rows = [AgreedTold(product.pk, D(80)), AgreedTold(product.pk, D("75.5"), min_quantity=D(50), is_closed=True)]
        set_agreed_prices(seller_id=deal.seller_id, buyer_entity_id=deal.dealer.entity.pk, rows=rows, day=None, now=NOW)
    with deal.buying() as actor:
        quote = quotes_for(product_ids=[product.pk], terms=actor.terms_with(deal.seller_id), at=NOW)[product.pk]
    assert (str(quote.price), [str(tier.price) for tier in quote.tiers]) == ("72.00", ["75.50"])


def test_rounding_cap_and_floor_are_set_with_a_day(deal: Deal) -> None:
    floor = world.price_kind(deal.seller, "Минимальная")
    product = deal.product(price="1234.40")
    world.price(floor, product, "1000")
    with deal.selling():
        bands = [Band(D(1000), D(10), Way.UP)]
        set_rounding(seller_id=deal.seller_id, currency="RUB", bands=bands, day=None, now=NOW)
        set_discounts(whose=own(deal), rows=[DiscountTold(Layer.CONTRACT, D(50))], day=MAY, now=NOW)
        set_combination(
            seller_id=deal.seller_id, mode=Mode.SUM, cap_percent=D(40), floor_kind_id=floor.pk, day=None, now=NOW
        )
        with pytest.raises(Fault) as refused:
            bands = [Band(D(15), D(10), Way.UP)]
            set_rounding(seller_id=deal.seller_id, currency="RUB", bands=bands, day=None, now=NOW)
    assert refused.value.code == "bands_wrong"
    assert [price(deal, product, days=days) for days in (0, 22)] == ["1240.00", "1000.00"]


def test_prices_set_by_hand_wait_for_their_day_and_a_nought_takes_one_out(deal: Deal) -> None:
    product, gone = deal.product(price="100"), deal.product(price="50")
    with deal.selling():
        rows = [PriceTold(deal.kind.pk, product.pk, D(110)), PriceTold(deal.kind.pk, gone.pk, D(0))]
        set_prices(seller_id=deal.seller_id, rows=rows, day=MAY, now=NOW)
    assert [[price(deal, one, days=days) for days in (0, 22)] for one in (product, gone)] == [
        ["100.00", "110.00"], ["50.00", ""]
    ]  # fmt: skip


def test_two_columns_of_one_name_are_refused(deal: Deal) -> None:
    rest: dict[str, Any] = {"currency": "RUB", "vat_included": True, "region_id": None, "now": NOW}
    with deal.selling():
        made, fresh = set_price_kind(seller_id=deal.seller_id, price_kind_id=None, name=" Урал ", **rest)
        assert fresh
        assert set_price_kind(seller_id=deal.seller_id, price_kind_id=made, name="Урал", **rest) == (made, False)
        for name, code in (("Урал", "price_kind_name_taken"), (" ", "name_needed")):
            with pytest.raises(Fault) as refused:
                set_price_kind(seller_id=deal.seller_id, price_kind_id=None, name=name, **rest)
            assert refused.value.code == code


def test_terms_agreed_in_one_deed_give_column_and_discount_and_take_them_away(deal: Deal) -> None:
    client = world.dealer().entity
    rest: dict[str, Any] = {
        "seller_id": deal.seller_id, "buyer_entity_id": client.pk, "credit_limit": D(1000), "payment_delay_days": 5,
        "contract_number": "Д-9", "region_id": None, "manager_id": None,
    }  # fmt: skip
    with deals.as_system():
        agree_terms(valid_from=NOW.date(), now=NOW, price_kind_id=deal.kind.pk, discount_percent=D("7.5"), **rest)
        brief = terms_in_brief(entity_ids=[client.pk], at=NOW)[deal.seller_id, client.pk]
        assert (brief.kinds, brief.percent, brief.by_group) == (("Дилерская",), D("7.5"), False)
        later = NOW + timedelta(days=2)
        agree_terms(valid_from=later.date(), now=later, price_kind_id=None, discount_percent=D(0), **rest)
        assert terms_in_brief(entity_ids=[client.pk], at=later) == {}
        assert terms_in_brief(entity_ids=[client.pk], at=NOW)[deal.seller_id, client.pk].percent == D("7.5")


def test_rows_told_by_names_are_set_each_that_can_be_and_answered_for(deal: Deal) -> None:
    light = world.category(deal.seller, "Освещение")
    lamps = world.category(deal.seller, "Лампы", parent=light)
    product = deal.product(price="100", code="ЛМ-7", brand="Люмика", category=lamps)
    entity = deal.dealer.entity
    client = {"inn": entity.inn, "kpp": entity.kpp}
    rows = [
        DiscountTerm(Named(group="освещение / лампы", **client), percent=D(5)),
        DiscountTerm(Named(brand="ЛЮМИКА"), layer=Layer.VOLUME, percent=D(3), threshold=D(10)),
        AgreedTerm(Named(product_code="ЛМ-7", **client), value=D(77)),
        PriceTerm(Named(product_code="ЛМ-7", price_kind="дилерская"), value=D(120)),
        ColumnTerm(Named(price_kind="Такой нет", **client)),
        AgreedTerm(Named(product_code="НЕТ-1", **client), value=D(7)),
        DiscountTerm(Named(inn="7707083893"), percent=D(5)),
        DiscountTerm(Named(brand="Люмика"), layer=Layer.VOLUME, percent=D(4), threshold=D(10)),
        AgreedTerm(Named(product_code="ЛМ-7"), value=D(7)),
        DiscountTerm(Named(group="Лампы", **client), percent=D(120)),
    ]
    with deal.selling():
        found = take_terms(seller_id=deal.seller_id, rows=rows, now=NOW)
    assert [(one.what, one.fault.code if one.fault else "") for one in found] == [
        ("refused", "told_twice"),
        ("refused", "told_twice"),
        ("created", ""),
        ("changed", ""),
        ("refused", "price_kind_unknown"),
        ("refused", "goods_unknown"),
        ("refused", "buyer_unknown"),
        ("created", ""),
        ("refused", "buyer_unknown"),
        ("refused", "percent_out_of_range"),
    ]
    assert price(deal, product) == "77.00"


def test_whole_or_nothing_sets_nothing_where_one_row_is_wrong(deal: Deal) -> None:
    product = deal.product(price="100", code="ЛМ-8")
    rows = [
        AgreedTerm(Named(product_code="ЛМ-8"), value=D(77)),
        AgreedTerm(Named(product_code="НЕТ"), value=D(7)),
    ]
    entity_id = deal.dealer.entity.pk
    with deal.selling():
        found = take_terms(seller_id=deal.seller_id, rows=rows, now=NOW, whole=True, entity_id=entity_id)
        assert [one.what for one in found] == ["created", "refused"]
        assert price(deal, product) == "100.00"
        again = take_terms(seller_id=deal.seller_id, rows=rows[:1], now=NOW, whole=True, entity_id=entity_id)
    assert [one.what for one in again] == ["created"]
    assert price(deal, product) == "77.00"
