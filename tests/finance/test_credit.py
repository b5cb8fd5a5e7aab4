"""Credit: limits with author and time, what an order may do, the cart, races."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from tests import deals, world
from tests.deals import NOW, Deal
from tests.racing import at_once

from zveno.base.scope import entered, system_scope
from zveno.finance.actions.set_credit_limit import set_credit_limit
from zveno.finance.actions.set_credit_policy import set_credit_policy
from zveno.finance.errors import ClientUnknown, CreditBlocked, LimitOutOfRange, LimitReasonMissing, PolicyWrong
from zveno.finance.models import CreditLimit, CreditPolicy
from zveno.finance.queries.credit import credits_of, limit_history
from zveno.finance.rules.documents import Kind
from zveno.orders.models import Order
from zveno.orders.rules.states import OrderState
from zveno.partners.models import TradeTerms
from zveno.partners.rules.roles import Role

pytestmark = pytest.mark.django_db
D = Decimal


@pytest.fixture
def deal() -> Deal:
    """A deal with a limit of 1,000.00 of which 600.00 is owed."""
    made = deals.deal()
    TradeTerms.objects.unscoped("a test agrees").update(credit_limit=D(1000))
    world.paper(made.seller, made.dealer.entity, amount="600.00", issued_on=NOW.date())
    return made


def choose(deal: Deal, over_limit: str = "block", when_overdue: str = "warn", grace_days: int = 0) -> None:
    with deal.selling():
        set_credit_policy(
            seller_id=deal.seller_id,
            over_limit=over_limit,
            when_overdue=when_overdue,
            grace_days=grace_days,
            now=NOW,
        )


def limit(deal: Deal, amount: str | None, *, company: bool = False, reason: str = "Рост") -> None:
    with deal.selling():
        set_credit_limit(
            seller_id=deal.seller_id,
            company_id=deal.dealer.company.pk,
            entity_id=None if company else deal.dealer.entity.pk,
            amount=D(amount) if amount is not None else None,
            reason=reason,
            today=NOW.date(),
            now=NOW,
        )


def left(deal: Deal) -> Decimal | None:
    with entered(system_scope()):
        [credit] = credits_of(seller_id=deal.seller_id, day=NOW.date())
        return credit.standing.left


def test_debt_and_open_orders_stand_against_the_limit(deal: Deal) -> None:
    assert left(deal) == D(400)
    order = deal.place((deal.product(9), 3))
    assert left(deal) == D(100)
    world.payment(deal.seller, deal.dealer.entity, "250.00")
    assert left(deal) == D(350)
    order.state = OrderState.CANCELLED.value
    order.save()
    assert left(deal) == D(650)


def test_over_the_limit_the_order_is_refused_and_nothing_is_written_where_the_seller_blocks(deal: Deal) -> None:
    choose(deal)
    with pytest.raises(CreditBlocked):
        deal.place((deal.product(9), 5))
    assert Order.objects.unscoped("a test looks").count() == 0
    assert deal.place((deal.product(9), 4)).total == D(400)


def test_over_the_limit_the_manager_decides_where_the_seller_wants_it(deal: Deal) -> None:
    choose(deal, "approve")
    order = deal.place((deal.product(9), 5))
    assert deal.decide(order) is OrderState.ATTENTION
    assert order.attention == [
        {"code": "credit_over_limit", "line": None, "params": {"currency": "RUB", "over": "100.00"}}
    ]


def test_over_the_limit_the_order_passes_where_the_seller_only_warns(deal: Deal) -> None:
    order = deal.place((deal.product(9), 5))
    assert deal.decide(order) is OrderState.CONFIRMED


def test_a_debt_overdue_beyond_the_grace_stops_what_the_seller_says(deal: Deal) -> None:
    choose(deal, "warn", "block", 10)
    product = deal.product(50)
    world.paper(deal.seller, deal.dealer.entity, amount="1.00", due_on=NOW.date().replace(day=1))
    assert deal.place((product, 1)).pk
    choose(deal, "warn", "block", 8)
    with pytest.raises(CreditBlocked) as stopped:
        deal.place((product, 1))
    assert stopped.value.reasons[0].params == {"sum": "1.00", "days": "9"}


def test_the_limit_of_a_company_counts_all_its_entities_and_is_judged_by_the_system(deal: Deal) -> None:
    choose(deal, "block")
    daughter = world.entity(deal.dealer.company, main=deal.dealer.entity)
    world.terms(deal.seller, daughter, credit_limit=D(1000))
    world.paper(deal.seller, daughter, amount="300.00")
    limit(deal, "1000", company=True)
    order = deal.place((deal.product(9), 2))
    assert deal.decide(order) is OrderState.ATTENTION
    assert order.attention == [{"code": "credit_over_group_limit", "line": None, "params": {"currency": "RUB"}}]


def test_a_limit_set_by_people_overrules_the_terms_until_it_is_lifted_and_keeps_its_author(deal: Deal) -> None:
    limit(deal, "2000")
    assert left(deal) == D(1400)
    limit(deal, "2000")
    limit(deal, None, reason="Как в договоре")
    assert left(deal) == D(400)
    with deal.selling():
        history = limit_history(seller_id=deal.seller_id, company_id=deal.dealer.company.pk)
    assert [(one.amount, one.reason, one.set_by) for one in history] == [
        (None, "Как в договоре", deal.seller.manager.name),
        (D(2000), "Рост", deal.seller.manager.name),
    ]


@pytest.mark.parametrize(
    ("amount", "reason", "fault"),
    [("-1", "Рост", LimitOutOfRange), ("1" + "0" * 15, "Рост", LimitOutOfRange), ("5", "  ", LimitReasonMissing)],
    ids=["below zero", "too large", "no reason"],
)
def test_an_impossible_limit_is_refused(deal: Deal, amount: str, reason: str, fault: type[Exception]) -> None:
    with pytest.raises(fault):
        limit(deal, amount, reason=reason)


def test_nobody_sets_a_limit_for_a_company_that_is_no_client(deal: Deal) -> None:
    other = deals.deal()
    with other.selling(), pytest.raises(ClientUnknown):
        set_credit_limit(
            seller_id=other.seller_id,
            company_id=deal.dealer.company.pk,
            entity_id=deal.dealer.entity.pk,
            amount=D(5),
            reason="Чужой",
            today=NOW.date(),
            now=NOW,
        )
    assert CreditLimit.objects.unscoped("a test looks").count() == 0


def test_an_unknown_choice_of_policy_is_refused(deal: Deal) -> None:
    for choice in ({"over_limit": "shout"}, {"when_overdue": ""}, {"grace_days": 400}):
        with pytest.raises(PolicyWrong):
            choose(deal, **choice)  # type: ignore[arg-type]
    assert CreditPolicy.objects.unscoped("a test looks").count() == 0


def test_a_returned_shipment_gives_its_credit_back(deal: Deal) -> None:
    world.paper(deal.seller, deal.dealer.entity, Kind.RETURN, "600.00")
    assert left(deal) == D(1000)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_of_two_orders_at_once_only_as_many_pass_as_the_credit_bears() -> None:
    made = deals.deal()
    TradeTerms.objects.unscoped("a test agrees").update(credit_limit=D(1000))
    choose(made)
    product = made.product(50)

    def order(number: int) -> bool:
        try:
            made.place((product, 6), key=f"race-{number}")
        except CreditBlocked:
            return False
        return True

    assert sorted(at_once(3, order)) == [False, False, True]
    with transaction.atomic():
        assert left(made) == D(400)


# Pages


def test_the_cart_shows_what_is_left_and_that_the_order_would_be_refused(
    deal: Deal, sign_in: Callable[[Any], Client]
) -> None:
    choose(deal)
    product = deal.product(9)
    client = sign_in(deal.dealer.head)
    client.post(f"/buy/products/{product.pk}/quantity", {"quantity": "3", "seller": deal.seller_id})
    page = client.get("/buy/cart/").content.decode()
    assert "Остаток кредита после заказа" in page
    assert "100,00" in page
    client.post(f"/buy/products/{product.pk}/quantity", {"quantity": "5", "seller": deal.seller_id})
    page = client.get("/buy/cart/").content.decode()
    assert "Заказ превышает кредитный лимит на" in page
    assert 'id="place" disabled' in page


def test_who_may_not_see_money_is_told_what_becomes_of_the_order_without_figures(
    deal: Deal, sign_in: Callable[[Any], Client]
) -> None:
    choose(deal, "approve")
    product = deal.product(9)
    client = sign_in(deal.dealer.people[Role.BUYER])
    client.post(f"/buy/products/{product.pk}/quantity", {"quantity": "5", "seller": deal.seller_id})
    page = client.get("/buy/cart/").content.decode()
    assert "Решение примет менеджер продавца" in page
    assert "кредитный лимит" not in page
    assert "Остаток кредита" not in page
