"""Many at the same moment: one word counts, one order comes of it, a budget is not spent twice."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from tests import deals
from tests.deals import NOW
from tests.orders.approval.office import Office, office
from tests.racing import at_once

from zveno.kit.errors import Fault
from zveno.orders.actions.approval.approve_requisition import approve_requisition
from zveno.orders.actions.approval.ask_approvers import ask_approvers
from zveno.orders.actions.approval.place_requisition import place_requisition
from zveno.orders.actions.approval.take_back_requisition import take_back_requisition
from zveno.orders.actions.approval.tend_requisition import tend_requisition
from zveno.orders.actions.approval.write_requisition import SentForApproval
from zveno.orders.actions.write_order import PlacedOrder
from zveno.orders.models import ApprovalBudget, Order, Requisition, RequisitionAsk, RequisitionDecision
from zveno.orders.rules.approval.states import RequisitionState

pytestmark = pytest.mark.django_db(transaction=True)
D = Decimal


@pytest.fixture
def firm() -> Office:
    return office()


def test_of_two_who_approve_at_the_same_moment_the_second_is_told_of_the_first(firm: Office) -> None:
    firm.rule(firm.step("head", "accountant"))
    requisition = firm.sent((firm.deal.product(50), 10))
    people = [firm.head, firm.accountant]

    def approve(number: int) -> str:
        try:
            with firm.acting(people[number % 2]) as actor:
                return approve_requisition(
                    actor=actor,
                    requisition_id=requisition.pk,
                    version=requisition.version,
                    accepts_rise=False,
                    now=NOW,
                ).value
        except Fault as fault:
            return f"{fault.code} {fault.params.get('by', '')}"

    told = sorted(map(str, at_once(4, approve)))
    assert told[0] == "approved"
    assert [text.split()[0] for text in told[1:]] == ["requisition_too_far_on"] * 3
    assert all(text.split(" ", 1)[1] in {firm.head.name, firm.accountant.name} for text in told[1:])
    assert RequisitionDecision.objects.unscoped("a test looks").count() == 1


def test_workers_at_the_same_moment_make_one_order(firm: Office) -> None:
    firm.rule()
    requisition = firm.sent((firm.deal.product(50), 10))
    firm.approve(requisition)

    def place(_: int) -> RequisitionState:
        with deals.as_system():
            return place_requisition(requisition_id=requisition.pk, now=NOW)

    assert set(at_once(6, place)) == {RequisitionState.PLACED}
    assert Order.objects.unscoped("a test looks").count() == 1


def test_taking_back_and_approving_at_the_same_moment_come_to_one_of_both(firm: Office) -> None:
    firm.rule()
    for _ in range(5):
        requisition = firm.sent((firm.deal.product(50), 10))

        def act(number: int, requisition: Requisition = requisition) -> bool:
            try:
                with firm.acting(firm.head if number else firm.buyer) as actor:
                    if number:
                        approve_requisition(
                            actor=actor, requisition_id=requisition.pk, version=None, accepts_rise=False, now=NOW
                        )
                    else:
                        take_back_requisition(actor=actor, requisition_id=requisition.pk, for_good=True, now=NOW)
            except Fault:
                return False
            return True

        assert sorted(map(bool, at_once(2, act))) == [False, True]
        assert firm.requisition(requisition.pk).state in (RequisitionState.APPROVED, RequisitionState.WITHDRAWN)


def test_a_budget_is_not_spent_twice(firm: Office) -> None:
    ApprovalBudget.objects.create(
        company_id=firm.company_id, entity=firm.deal.dealer.entity, period="month", amount=D(1000)
    )
    firm.rule(name="Сверх бюджета", min_total=None, over_budget=True)
    product = firm.deal.product(500)
    found = at_once(6, lambda _: firm.order((product, 6)))
    assert sum(isinstance(one, PlacedOrder) for one in found) == 1
    assert sum(isinstance(one, SentForApproval) for one in found) == 5
    numbers = Requisition.objects.unscoped("a test looks").values_list("number", flat=True)
    assert sorted(numbers) == [1, 2, 3, 4, 5]


def test_clicks_with_one_key_send_one_requisition(firm: Office) -> None:
    firm.rule()
    product = firm.deal.product(500)
    found = at_once(6, lambda _: firm.order((product, 10), key="one"))
    assert len({one.id for one in found}) == 1  # type: ignore[attr-defined]
    assert Requisition.objects.unscoped("a test looks").count() == 1


def test_a_deadline_that_two_workers_meet_goes_one_step_on(firm: Office) -> None:
    step = firm.step("accountant", deadline_hours=1)
    firm.rule(step, firm.step("head"))
    requisition = firm.sent((firm.deal.product(50), 10))

    def tend(_: int) -> object:
        with deals.as_system():
            tend_requisition(requisition_id=requisition.pk, now=NOW + timedelta(hours=1))
            return ask_approvers(requisition_id=requisition.pk, now=NOW + timedelta(hours=1))

    at_once(4, tend)
    assert firm.events(requisition) == ["sent", "late"]
    assert RequisitionAsk.objects.unscoped("a test looks").filter(requisition=requisition).count() == 1
