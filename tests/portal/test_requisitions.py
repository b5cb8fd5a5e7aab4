"""Pages of approval: from the cart to the order, the link of a mail, the rules of a company."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from tests import deals
from tests.orders.approval.office import Office

from zveno.accounts.models import User
from zveno.base.clock import now
from zveno.delivery.models import CartDelivery, OrderDelivery
from zveno.orders.models import ApprovalBudget, ApprovalRule, ApprovalSubstitute, Requisition, RequisitionAsk
from zveno.orders.queries.approval.links import Link, signed

pytestmark = pytest.mark.django_db

SignIn = Callable[[Any], Client]


@pytest.fixture
def firm() -> Office:
    office = Office(deals.deal())
    office.rule()
    return office


def shown(answer: Any, status: int = 200) -> str:
    assert answer.status_code == status
    return str(answer.content.decode())


def last() -> Requisition:
    return Requisition.objects.unscoped("a test looks").latest("id")


def sent_from_cart(firm: Office, client: Client, quantity: int = 15) -> str:
    """Send a cart for approval as a person does; the page of the cart before it is sent."""
    product = firm.deal.product(50, price="100")
    client.post(f"/buy/products/{product.pk}/quantity", {"quantity": quantity})
    page = shown(client.get("/buy/cart/"))
    found = re.search(r'name="placing_key" value="([^"]+)"', page)
    assert found
    placing = {"placing_key": found[1], "seller": firm.deal.seller_id}
    answer = client.post("/buy/cart/place", placing)
    assert answer.url == client.post("/buy/cart/place", placing).url
    return page


def waiting(firm: Office) -> Requisition:
    return firm.sent((firm.deal.product(50, price="100"), 15), now=now())


def link_of(firm: Office, requisition: Requisition, deed: str = "approve", *, whose: User | None = None) -> str:
    """The link in the mail of the head, or of another who was asked."""
    firm.asks(requisition, now=now())
    user = whose or firm.head
    ask = RequisitionAsk.objects.unscoped("a test looks").get(requisition=requisition, user=user)
    return f"/decide/{signed(Link(ask.pk, user.pk, firm.company_id, requisition.buyer_entity_id))}/{deed}/"


def test_a_cart_says_by_which_rule_it_is_approved_and_becomes_an_order_after_the_word(
    firm: Office, sign_in: SignIn
) -> None:
    buyer = sign_in(firm.buyer)
    page = sent_from_cart(firm, buyer)
    assert "«От 1000»" in page or "“От 1000”" in page
    assert firm.head.shown_name in page
    asked = last()
    assert firm.orders() == []
    mine = shown(buyer.get(f"/buy/requisitions/{asked.pk}/"))
    assert f"/buy/requisitions/{asked.pk}/take-back" in mine
    assert f"/buy/requisitions/{asked.pk}/approve" not in mine
    head = sign_in(firm.head)
    assert f"/buy/requisitions/{asked.pk}/" in shown(head.get("/buy/requisitions/"))
    seen = shown(head.get(f"/buy/requisitions/{asked.pk}/"))
    assert f'action="/buy/requisitions/{asked.pk}/approve"' in seen
    head.post(f"/buy/requisitions/{asked.pk}/approve", {"version": asked.version})
    asked.refresh_from_db()
    assert asked.state == "approved"
    assert head.get(f"/buy/requisitions/{asked.pk}/?wait=1").headers.get("HX-Redirect") is None
    firm.place(asked, now=now())
    answer = head.get(f"/buy/requisitions/{asked.pk}/?wait=1")
    assert answer.headers["HX-Redirect"] == f"/buy/orders/{asked.order_id}/"
    assert f"/buy/requisitions/{asked.pk}/" in shown(sign_in(firm.buyer).get(f"/buy/orders/{asked.order_id}/"))


def test_below_every_rule_a_cart_is_ordered_as_before(firm: Office, sign_in: SignIn) -> None:
    sent_from_cart(firm, sign_in(firm.buyer), quantity=3)
    assert len(firm.orders()) == 1
    assert not Requisition.objects.unscoped("a test looks").exists()


def test_the_choice_of_delivery_goes_with_the_requisition_and_leaves_the_next_cart_alone(
    firm: Office, sign_in: SignIn
) -> None:
    dealer = firm.deal.dealer
    own = {"user": firm.buyer, "buyer_entity": dealer.entity, "seller_id": firm.deal.seller_id}
    CartDelivery.objects.create(**own, in_parts=True, picks={"0": "fastest"})
    sent_from_cart(firm, sign_in(firm.buyer))
    carts = CartDelivery.objects.unscoped("a test looks")
    assert not carts.exists()
    asked = last()
    assert (asked.delivery["in_parts"], asked.delivery["usual"]) == (True, "fastest")
    CartDelivery.objects.create(**own, in_parts=False, picks={"0": "cheapest"})
    firm.approve(asked, now=now())
    firm.place(asked, now=now())
    kept = OrderDelivery.objects.unscoped("a test looks").get(order_id=asked.order_id)
    assert (kept.in_parts, kept.picks) == (True, {"0": "fastest"})
    assert carts.count() == 1


def test_the_link_of_a_mail_asks_to_sign_in_and_looking_decides_nothing(firm: Office, sign_in: SignIn) -> None:
    asked = waiting(firm)
    link = link_of(firm, asked)
    stranger = Client().get(link)
    assert stranger.status_code == 302
    assert "/accounts/login/" in stranger.url
    head = sign_in(firm.head)
    assert asked.line_count == 1
    assert f'value="{asked.version}"' in shown(head.get(link))
    asked.refresh_from_db()
    assert asked.state == "waiting"
    assert firm.buyer.email in shown(sign_in(firm.buyer).get(link), 403)
    head = sign_in(firm.head)
    shown(head.post(link, {"deed": "approve", "version": asked.version}))
    asked.refresh_from_db()
    assert asked.state == "approved"
    shown(head.get(link), 410)
    shown(head.post(link, {"deed": "approve", "version": asked.version}), 410)


def test_where_the_company_allows_it_the_mail_alone_decides_once(firm: Office) -> None:
    firm.settings(links_without_sign_in=True)
    asked = waiting(firm)
    link = link_of(firm, asked, "return")
    shown(Client().get(link))
    shown(Client().post(link, {"deed": "return", "version": asked.version, "words": ""}), 409)
    shown(Client().post(link, {"deed": "return", "version": asked.version, "words": "Дорого"}))
    asked.refresh_from_db()
    assert asked.state == "returned"
    shown(Client().get(link), 410)


def test_a_link_that_was_tampered_with_is_no_link(firm: Office, sign_in: SignIn) -> None:
    link = link_of(firm, waiting(firm))
    assert sign_in(firm.head).get(link.replace("/decide/W", "/decide/X")).status_code == 404
    assert sign_in(firm.head).get(link.replace("/approve/", "/delete/")).status_code == 404


def test_several_are_approved_at_once_and_what_has_changed_is_left(firm: Office, sign_in: SignIn) -> None:
    first, second = waiting(firm), waiting(firm)
    told = {"chosen": [first.pk, second.pk], f"version-{first.pk}": first.version, f"version-{second.pk}": 99}
    sign_in(firm.head).post("/buy/requisitions/approve", told)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == ("approved", "waiting")


def test_the_head_makes_rules_budgets_and_substitutes_and_others_do_not(firm: Office, sign_in: SignIn) -> None:
    head = sign_in(firm.head)
    rule = {"name": "Декор", "outcome": "ask", "min_total": "7 000", "currency": "RUB", "tolerance_percent": "1",
            "steps": "1", "s0-who": ["head"], "s0-may_change": "less", "s0-when_late": "head", "save": "1"}  # fmt: skip
    assert head.post("/company/approvals/new/", rule).status_code == 302
    made = ApprovalRule.objects.unscoped("a test looks").get(name="Декор")
    assert (made.min_total, made.steps[0]["change"]) == (7000, "less")
    assert "Декор" in shown(head.get("/company/approvals/"))
    shown(head.post("/company/approvals/new/", {**rule, "s0-who": []}), 422)
    budget = {"owner": f"e{firm.deal.dealer.entity.pk}", "period": "month", "amount": "90000", "currency": "RUB"}
    assert head.post("/company/approvals/budgets/new/", budget).status_code == 302
    assert ApprovalBudget.objects.unscoped("a test looks").count() == 1
    today = now().date().isoformat()
    away = {"user_id": firm.head.pk, "substitute_id": firm.buyer.pk, "first_day": today, "last_day": today}
    assert head.post("/company/approvals/substitutes/", away).status_code == 302
    assert ApprovalSubstitute.objects.unscoped("a test looks").count() == 1
    buyer = sign_in(firm.buyer)
    for address in ("", "new/", "budgets/", "settings/"):
        assert buyer.get(f"/company/approvals/{address}").status_code in (403, 404)
    shown(buyer.get("/company/approvals/substitutes/"))
