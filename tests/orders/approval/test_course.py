"""From the cart to the order by way of the company's own people, step by step."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests import deals, world
from tests.deals import NOW
from tests.orders.approval.office import Office, office

from zveno.accounts.actions.make_api_key import make_api_key
from zveno.orders.actions.add_to_cart import add_to_cart
from zveno.orders.actions.approval.change_requisition import change_requisition
from zveno.orders.actions.approval.pass_on import pass_on
from zveno.orders.actions.approval.send_requisition import send_requisition
from zveno.orders.actions.approval.take_back_requisition import take_back_requisition
from zveno.orders.actions.approval.write_requisition import SentForApproval
from zveno.orders.actions.place_cart import place_cart
from zveno.orders.actions.write_order import PlacedOrder
from zveno.orders.errors import (
    ChangeNotAllowed,
    KeyUsedForAnotherOrder,
    LinesNotOrderable,
    NothingToOrder,
    NotYourRequisition,
    NotYourWord,
    RequisitionBlocked,
    RequisitionChanged,
    RequisitionNotFound,
    RequisitionTooFarOn,
    WordsMissing,
)
from zveno.orders.models import (
    ApprovalBudget,
    ApprovalRule,
    ApprovalSubstitute,
    CartLine,
    Order,
    OrderLine,
    Requisition,
    RequisitionDecision,
    RequisitionEvent,
)
from zveno.orders.queries.approval.waiting import waiting_for
from zveno.orders.queries.cart import cart_page
from zveno.orders.rules.approval.states import RequisitionState
from zveno.orders.rules.approval.steps import Change, WhenLate
from zveno.orders.rules.wishes import Wishes
from zveno.partners.actions.block_member import block_member
from zveno.partners.models import TradeTerms
from zveno.partners.rules.roles import Role

pytestmark = pytest.mark.django_db
D = Decimal
S = RequisitionState
HOUR = timedelta(hours=1)


@pytest.fixture
def firm() -> Office:
    return office()


# The door


def test_below_the_rule_an_order_is_placed_and_above_it_waits(firm: Office) -> None:
    firm.rule()
    product = firm.deal.product(50)
    assert isinstance(firm.order((product, 9)), PlacedOrder)
    sent = firm.order((product, 10), wishes=Wishes(date(2026, 4, 20)), comment="К открытию")
    assert isinstance(sent, SentForApproval)
    requisition = firm.requisition(sent.id)
    assert (requisition.state, requisition.number, requisition.total, requisition.line_count) == (
        S.WAITING,
        1,
        D("1000.00"),
        1,
    )
    assert (requisition.wished_on, requisition.comment, requisition.rule_name) == (
        date(2026, 4, 20),
        "К открытию",
        "От 1000",
    )
    (line,) = firm.lines(requisition)
    assert (line.price, line.promised_on, line.asked_quantity) == (D(100), date(2026, 4, 20), D(10))
    assert line.price_trace[0]["code"] == "price_kind"
    assert line.promise[0]["kind"] == "shelf"
    assert len(firm.orders()) == 1


def test_a_cart_that_was_sent_is_empty_and_a_second_click_finds_the_requisition(firm: Office) -> None:
    firm.rule()
    product = firm.deal.product(50)
    with firm.acting(firm.buyer) as actor:
        add_to_cart(actor=actor, seller_id=firm.deal.seller_id, product_id=product.pk, quantity=D(10))
        page = cart_page(actor=actor, seller_id=firm.deal.seller_id, now=NOW)
        assert page is not None
        sent = place_cart(actor=actor, seller_id=firm.deal.seller_id, placing_key=page.placing_key, now=NOW)
        again = place_cart(actor=actor, seller_id=firm.deal.seller_id, placing_key=page.placing_key, now=NOW)
    assert isinstance(sent, SentForApproval)
    assert isinstance(again, SentForApproval)
    assert (sent.id, sent.is_repeat, again.id, again.is_repeat) == (sent.id, False, sent.id, True)
    assert CartLine.objects.unscoped("a test looks").count() == 0


def test_the_same_key_is_the_same_requisition_and_later_the_same_order(firm: Office) -> None:
    firm.rule()
    product = firm.deal.product(50)
    first = firm.order((product, 10), key="abc")
    second = firm.order((product, 10), key="abc")
    assert (first.id, second.is_repeat) == (second.id, True)
    with pytest.raises(KeyUsedForAnotherOrder):
        firm.order((product, 11), key="abc")
    requisition = firm.requisition(first.id)
    firm.approve(requisition)
    firm.place(requisition)
    third = firm.order((product, 10), key="abc")
    assert isinstance(third, PlacedOrder)
    assert (third.id, third.is_repeat) == (requisition.order_id, True)


def test_what_cannot_be_ordered_is_not_sent_either(firm: Office) -> None:
    firm.rule()
    with pytest.raises(LinesNotOrderable):
        firm.order((firm.deal.product(50, pack_quantity=D(6)), 10))
    with pytest.raises(NothingToOrder):
        firm.order()
    assert Requisition.objects.unscoped("a test looks").count() == 0


def test_an_exempt_key_orders_without_asking_and_another_does_not(firm: Office) -> None:
    firm.rule()
    product = firm.deal.product(50)
    given = {
        "company_id": firm.company_id,
        "user_id": firm.buyer.pk,
        "section": "buying",
        "entity_id": None,
        "now": NOW,
    }
    with firm.acting(firm.head):
        free, bound = make_api_key(name="1С", **given), make_api_key(name="Сайт", **given)  # type: ignore[arg-type]
    firm.settings(exempt_key_ids=[free.id])
    assert isinstance(firm.order((product, 10), key_id=free.id), PlacedOrder)
    assert isinstance(firm.order((product, 10), key_id=bound.id), SentForApproval)


def test_a_sellers_manager_who_acts_for_the_company_is_bound_by_its_rules_and_sees_nothing_of_them(
    firm: Office,
) -> None:
    firm.rule()
    product = firm.deal.product(50)
    with firm.managing() as actor:
        add_to_cart(actor=actor, seller_id=firm.deal.seller_id, product_id=product.pk, quantity=D(10))
        page = cart_page(actor=actor, seller_id=firm.deal.seller_id, now=NOW)
        assert page is not None
        sent = place_cart(actor=actor, seller_id=firm.deal.seller_id, placing_key=page.placing_key, now=NOW)
        assert isinstance(sent, SentForApproval)
        for model in (Requisition, ApprovalRule):
            assert model.objects.visible_to(actor.scope).count() == 0
            assert model.objects.unscoped("the first wall is off").count() == 0
        assert waiting_for(actor, today=NOW.date()) == frozenset()
    requisition = firm.requisition(sent.id)
    assert (requisition.author_id, requisition.author_role, requisition.on_behalf) == (
        firm.deal.seller.manager.pk,
        "seller_manager",
        True,
    )
    firm.approve(requisition)
    assert firm.place(requisition) is S.PLACED
    (order,) = firm.orders()
    assert (order.placed_by_id, order.total) == (firm.deal.seller.manager.pk, D("1000.00"))


def test_neither_seller_nor_operator_nor_stranger_sees_a_requisition(firm: Office) -> None:
    firm.rule()
    firm.sent((firm.deal.product(50), 10))
    stranger = deals.deal()
    for act in (firm.deal.selling, stranger.buying, stranger.selling):
        with act() as actor:
            assert Requisition.objects.visible_to(actor.scope).count() == 0
            assert Requisition.objects.unscoped("the first wall is off").count() == 0
            assert ApprovalRule.objects.unscoped("the first wall is off").count() == 0


# Words


def test_the_last_word_makes_the_order_in_the_authors_name_once(firm: Office) -> None:
    firm.rule(firm.step(firm.accountant), firm.step("head"))
    requisition = firm.sent((firm.deal.product(50), 10), wishes=Wishes(date(2026, 4, 20)), comment="Срочно")
    with pytest.raises(NotYourWord):
        firm.approve(requisition, firm.head)
    assert firm.approve(requisition, firm.accountant) is S.WAITING
    assert requisition.step == 1
    assert firm.approve(requisition, firm.head) is S.APPROVED
    assert firm.place(requisition) is S.PLACED
    assert firm.place(requisition) is S.PLACED
    (order,) = firm.orders()
    assert (order.placed_by_id, order.total, order.wished_on, order.comment, order.source) == (
        firm.buyer.pk,
        D("1000.00"),
        date(2026, 4, 20),
        "Срочно",
        "portal",
    )
    assert requisition.order_id == order.pk
    assert firm.events(requisition) == ["sent", "word_given", "word_given", "approved", "placed"]


def test_an_author_does_not_approve_their_own_unless_the_company_allows_it(firm: Office) -> None:
    firm.rule(firm.step("buyer"))
    product = firm.deal.product(50)
    requisition = firm.sent((product, 10))
    with pytest.raises(NotYourWord):
        firm.approve(requisition, firm.buyer)
    firm.settings(own_allowed=True)
    assert isinstance(firm.order((product, 10)), PlacedOrder), "nobody else would be asked"


def test_the_authors_word_counts_at_their_own_step_where_that_is_allowed(firm: Office) -> None:
    firm.settings(own_allowed=True)
    firm.rule(firm.step("buyer"), firm.step("head"))
    requisition = firm.sent((firm.deal.product(50), 10))
    assert requisition.step == 1
    assert firm.approve(requisition) is S.APPROVED


def test_all_of_a_step_are_asked_and_a_person_with_two_seats_once(firm: Office) -> None:
    firm.rule(firm.step(firm.accountant, "accountant", "head", needs_all=True), firm.step(firm.accountant))
    requisition = firm.sent((firm.deal.product(50), 10))
    assert firm.approve(requisition, firm.accountant) is S.WAITING
    with pytest.raises(NotYourWord):
        firm.approve(requisition, firm.accountant)
    assert firm.approve(requisition, firm.head) is S.APPROVED, "the accountant's word counts at the second step too"
    words = RequisitionDecision.objects.unscoped("a test looks").filter(requisition=requisition)
    assert sorted(words.values_list("step", "seat", "user_id")) == [
        (0, 0, firm.accountant.pk),
        (0, 1, firm.accountant.pk),
        (0, 2, firm.head.pk),
        (1, 0, firm.accountant.pk),
    ]


def test_a_substitute_decides_on_their_days_and_it_is_told(firm: Office) -> None:
    firm.rule()
    ApprovalSubstitute.objects.create(
        company_id=firm.company_id,
        user=firm.head,
        substitute=firm.accountant,
        valid_from=NOW.date(),
        valid_to=NOW.date() + timedelta(days=1),
    )
    requisition = firm.sent((firm.deal.product(50), 10))
    with firm.acting(firm.accountant) as actor:
        assert waiting_for(actor, today=NOW.date()) == {requisition.pk}
    with pytest.raises(NotYourWord):
        firm.approve(requisition, firm.accountant, now=NOW + timedelta(days=2))
    assert firm.approve(requisition, firm.accountant) is S.APPROVED
    word = RequisitionDecision.objects.unscoped("a test looks").get(requisition=requisition)
    assert word.stands_for_id == firm.head.pk


def test_a_returned_requisition_is_changed_and_sent_again(firm: Office) -> None:
    firm.rule()
    requisition = firm.sent((firm.deal.product(50), 10))
    with firm.acting(firm.head) as actor, pytest.raises(WordsMissing):
        from zveno.orders.actions.approval.return_requisition import return_requisition

        return_requisition(actor=actor, requisition_id=requisition.pk, version=None, words=" ", for_good=False, now=NOW)
    firm.give_back(requisition)
    assert requisition.state == S.RETURNED
    with firm.acting(firm.buyer) as actor:
        change_requisition(actor=actor, requisition_id=requisition.pk, quantities={1: D(12)}, version=None, now=NOW)
        assert send_requisition(actor=actor, requisition_id=requisition.pk, now=NOW) is S.WAITING
    requisition.refresh_from_db()
    assert (requisition.total, requisition.round, requisition.stopped) == (D("1200.00"), 2, [])
    firm.approve(requisition)
    firm.place(requisition)
    assert firm.orders()[0].total == D("1200.00")


def test_sent_again_below_every_rule_it_is_placed_without_asking(firm: Office) -> None:
    firm.rule()
    requisition = firm.sent((firm.deal.product(50), 10))
    firm.give_back(requisition)
    with firm.acting(firm.buyer) as actor:
        change_requisition(actor=actor, requisition_id=requisition.pk, quantities={1: D(2)}, version=None, now=NOW)
        assert send_requisition(actor=actor, requisition_id=requisition.pk, now=NOW) is S.APPROVED
    assert firm.place(requisition) is S.PLACED


def test_a_declined_one_stays_declined_and_takes_back_no_more(firm: Office) -> None:
    firm.rule()
    requisition = firm.sent((firm.deal.product(50), 10))
    firm.give_back(requisition, for_good=True)
    assert requisition.state == S.DECLINED
    with pytest.raises(RequisitionTooFarOn):
        firm.approve(requisition)
    with firm.acting(firm.buyer) as actor:
        for deed in (
            lambda: take_back_requisition(actor=actor, requisition_id=requisition.pk, for_good=True, now=NOW),
            lambda: send_requisition(actor=actor, requisition_id=requisition.pk, now=NOW),
        ):
            with pytest.raises(RequisitionTooFarOn):
                deed()
    assert firm.orders() == []


def test_the_author_takes_it_back_to_change_or_for_good_and_a_colleague_does_not(firm: Office) -> None:
    firm.rule()
    requisition = firm.sent((firm.deal.product(50), 10))
    with firm.acting(firm.accountant) as actor, pytest.raises(NotYourRequisition):
        take_back_requisition(actor=actor, requisition_id=requisition.pk, for_good=False, now=NOW)
    with firm.acting(firm.buyer) as actor:
        take_back_requisition(actor=actor, requisition_id=requisition.pk, for_good=False, now=NOW)
        take_back_requisition(actor=actor, requisition_id=requisition.pk, for_good=False, now=NOW)
    requisition.refresh_from_db()
    assert requisition.state == S.DRAFT
    with pytest.raises(RequisitionTooFarOn):
        firm.approve(requisition)
    with firm.acting(firm.buyer) as actor:
        take_back_requisition(actor=actor, requisition_id=requisition.pk, for_good=True, now=NOW)
    assert firm.requisition(requisition.pk).state == S.WITHDRAWN


def test_a_stranger_does_nothing_to_a_requisition(firm: Office) -> None:
    firm.rule()
    requisition = firm.sent((firm.deal.product(50), 10))
    before = firm.requisition(requisition.pk).version
    with deals.deal().buying() as actor:
        from zveno.orders.actions.approval.approve_requisition import approve_requisition

        for deed in (
            lambda: approve_requisition(
                actor=actor, requisition_id=requisition.pk, version=None, accepts_rise=True, now=NOW
            ),
            lambda: take_back_requisition(actor=actor, requisition_id=requisition.pk, for_good=True, now=NOW),
            lambda: send_requisition(actor=actor, requisition_id=requisition.pk, now=NOW),
            lambda: change_requisition(
                actor=actor, requisition_id=requisition.pk, quantities={1: D(1)}, version=None, now=NOW
            ),
        ):
            with pytest.raises(RequisitionNotFound):
                deed()
    assert firm.requisition(requisition.pk).version == before


# Changes by those who decide


def test_those_who_decide_change_within_the_right_of_their_step(firm: Office) -> None:
    less = firm.step("head", may_change=Change.LESS)
    firm.rule(less)
    first, second = firm.deal.product(50), firm.deal.product(50)
    requisition = firm.sent((first, 10), (second, 5))
    with firm.acting(firm.head) as actor:
        with pytest.raises(ChangeNotAllowed):
            change_requisition(actor=actor, requisition_id=requisition.pk, quantities={1: D(11)}, version=None, now=NOW)
        change_requisition(
            actor=actor, requisition_id=requisition.pk, quantities={1: D(8), 2: D(0)}, version=None, now=NOW
        )
        with pytest.raises(NothingToOrder):
            change_requisition(actor=actor, requisition_id=requisition.pk, quantities={1: D(0)}, version=None, now=NOW)
    requisition.refresh_from_db()
    assert (requisition.total, requisition.line_count, requisition.round) == (D("800.00"), 1, 1)
    firm.approve(requisition)
    firm.place(requisition)
    (order,) = firm.orders()
    assert [
        (line.product_id, line.quantity) for line in OrderLine.objects.unscoped("a test looks").filter(order=order)
    ] == [(first.pk, D(8))]
    assert firm.lines(requisition)[1].asked_quantity == D(5)


def test_without_the_right_nothing_is_changed(firm: Office) -> None:
    firm.rule()
    requisition = firm.sent((firm.deal.product(50), 10))
    with firm.acting(firm.head) as actor, pytest.raises(ChangeNotAllowed):
        change_requisition(actor=actor, requisition_id=requisition.pk, quantities={1: D(9)}, version=None, now=NOW)


def test_raising_the_sum_asks_everybody_again_and_may_bring_it_under_another_rule(firm: Office) -> None:
    any_change = firm.step("head", may_change=Change.ANY)
    firm.rule(firm.step("head"), name="От 5000", min_total="5000")
    firm.rule(firm.step(firm.accountant), any_change)
    requisition = firm.sent((firm.deal.product(500), 10))
    firm.approve(requisition, firm.accountant)
    with firm.acting(firm.head) as actor:
        change_requisition(actor=actor, requisition_id=requisition.pk, quantities={1: D(20)}, version=None, now=NOW)
    requisition.refresh_from_db()
    assert (requisition.round, requisition.step, requisition.rule_name) == (2, 0, "От 1000")
    firm.approve(requisition, firm.accountant)
    with firm.acting(firm.head) as actor:
        change_requisition(actor=actor, requisition_id=requisition.pk, quantities={1: D(60)}, version=None, now=NOW)
    requisition.refresh_from_db()
    assert (requisition.round, requisition.rule_name, len(requisition.steps)) == (3, "От 5000", 1)


# No approved order changes silently


def test_a_rise_after_approval_stops_and_asks_again(firm: Office) -> None:
    firm.rule(firm.step(firm.accountant), firm.step("head"))
    product = firm.deal.product(50)
    requisition = firm.sent((product, 10))
    firm.approve(requisition, firm.accountant)
    firm.approve(requisition)
    firm.reprice(product, "100.01")
    assert firm.place(requisition) is S.WAITING
    assert firm.orders() == []
    assert (requisition.round, requisition.step, requisition.total) == (2, 0, D("1000.10"))
    assert [reason["code"] for reason in requisition.stopped] == ["price_up", "total_up"]
    assert firm.events(requisition)[-1] == "asked_again"
    firm.approve(requisition, firm.accountant)
    firm.approve(requisition)
    assert firm.place(requisition) is S.PLACED


def test_a_rise_within_the_tolerance_and_a_fall_are_ordered_and_told(firm: Office) -> None:
    firm.rule(tolerance_percent=D(1))
    product = firm.deal.product(50)
    dearer, cheaper = firm.sent((product, 10)), firm.sent((product, 10))
    for one in (dearer, cheaper):
        firm.approve(one)
    firm.reprice(product, "101.00")
    assert firm.place(dearer) is S.PLACED
    firm.reprice(product, "90.00")
    assert firm.place(cheaper) is S.PLACED
    assert [order.total for order in firm.orders()] == [D("1010.00"), D("900.00")]
    told = RequisitionEvent.objects.unscoped("a test looks").get(requisition=dearer, kind="placed").params
    assert (told["before"], told["after"]) == ("1000.00", "1010.00")


def test_whoever_sees_the_rise_may_accept_it_and_the_others_are_asked_again(firm: Office) -> None:
    firm.rule(firm.step(firm.accountant), firm.step("head"))
    product = firm.deal.product(50)
    requisition = firm.sent((product, 10))
    firm.approve(requisition, firm.accountant)
    firm.reprice(product, "200.00")
    with pytest.raises(RequisitionChanged):
        firm.approve(requisition)
    assert firm.approve(requisition, accepts_rise=True) is S.WAITING
    assert (requisition.round, requisition.step, requisition.total) == (2, 0, D("2000.00"))
    assert firm.approve(requisition, firm.accountant) is S.APPROVED, "the head has seen it as it is"


def test_a_line_that_cannot_be_ordered_any_more_stops_and_no_approval_helps(firm: Office) -> None:
    firm.rule(firm.step("head", may_change=Change.LESS))
    first, second = firm.deal.product(50), firm.deal.product(50)
    requisition = firm.sent((first, 10), (second, 1))
    firm.approve(requisition)
    second.listings.update(is_active=False)
    assert firm.place(requisition) is S.WAITING
    assert [reason["code"] for reason in requisition.stopped] == ["not_orderable"]
    with pytest.raises(RequisitionBlocked):
        firm.approve(requisition, accepts_rise=True)
    with firm.acting(firm.head) as actor:
        change_requisition(actor=actor, requisition_id=requisition.pk, quantities={2: D(0)}, version=None, now=NOW)
    firm.approve(requisition)
    assert firm.place(requisition) is S.PLACED


def test_the_manner_in_which_it_shall_come_stays_until_it_is_ordered(firm: Office) -> None:
    firm.rule()
    whole = Wishes(date(2026, 4, 20), in_parts=False, warehouse_id=firm.deal.warehouse.pk)
    requisition = firm.sent((firm.deal.product(50), 10), wishes=whole)
    firm.approve(requisition)
    assert firm.place(requisition) is S.PLACED
    placed = firm.orders()[0]
    assert (placed.in_parts, placed.warehouse_id, placed.wished_on) == (False, whole.warehouse_id, whole.wished_on)


def test_a_wished_date_that_passed_meanwhile_stops_until_another_is_chosen(firm: Office) -> None:
    firm.rule(firm.step("head", may_change=Change.ANY))
    requisition = firm.sent((firm.deal.product(50), 10), wishes=Wishes(date(2026, 4, 12)))
    later = NOW + timedelta(days=4)
    with pytest.raises(RequisitionBlocked):
        firm.approve(requisition, now=later)
    with firm.acting(firm.head) as actor:
        change_requisition(
            actor=actor,
            requisition_id=requisition.pk,
            quantities={},
            version=None,
            wished_on=date(2026, 4, 20),
            sets_wish=True,
            now=later,
        )
    firm.approve(requisition, now=later)
    assert firm.place(requisition, now=later) is S.PLACED
    assert firm.orders()[0].wished_on == date(2026, 4, 20)


def test_an_answer_to_what_is_not_so_any_more_is_told_apart(firm: Office) -> None:
    firm.rule(firm.step("head", "accountant", may_change=Change.LESS))
    requisition = firm.sent((firm.deal.product(50), 10))
    seen = requisition.version
    with firm.acting(firm.accountant) as actor:
        change_requisition(actor=actor, requisition_id=requisition.pk, quantities={1: D(9)}, version=seen, now=NOW)
    with pytest.raises(RequisitionChanged):
        firm.approve(requisition, version=seen)
    assert firm.approve(requisition, version=requisition.version + 1) is S.APPROVED


# Deadlines, the end of its time, asking


def test_a_step_that_nobody_answers_goes_on_and_then_to_the_head(firm: Office) -> None:
    first = firm.step(firm.accountant, deadline_hours=4, when_late=WhenLate.NEXT)
    second = firm.step(firm.accountant, deadline_hours=8)
    firm.rule(first, second)
    requisition = firm.sent((firm.deal.product(50), 10))
    assert requisition.due_at == NOW + 4 * HOUR
    assert firm.tend(requisition, now=NOW + 3 * HOUR) is S.WAITING
    assert requisition.step == 0
    firm.tend(requisition, now=NOW + 4 * HOUR)
    firm.tend(requisition, now=NOW + 4 * HOUR)
    assert (requisition.step, requisition.due_at) == (1, NOW + 12 * HOUR)
    firm.tend(requisition, now=NOW + 12 * HOUR)
    assert (requisition.step, requisition.due_at) == (1, None)
    with pytest.raises(NotYourWord):
        firm.approve(requisition, firm.accountant)
    assert firm.approve(requisition, firm.head) is S.APPROVED
    assert firm.events(requisition)[:3] == ["sent", "late", "late"]


def test_what_nobody_decides_expires_and_holds_no_budget_any_more(firm: Office) -> None:
    firm.settings(expire_days=3)
    firm.rule()
    requisition = firm.sent((firm.deal.product(50), 10))
    firm.tend(requisition, now=NOW + timedelta(days=2))
    assert requisition.state == S.WAITING
    for _ in range(2):
        assert firm.tend(requisition, now=NOW + timedelta(days=3)) is S.EXPIRED
    assert firm.events(requisition) == ["sent", "expired"]


def test_each_is_asked_once_at_a_step_and_reminded_once_before_the_deadline(firm: Office) -> None:
    from zveno.orders.actions.approval.ask_approvers import note_mailed

    firm.rule(firm.step("head", "accountant", needs_all=True, deadline_hours=10))
    requisition = firm.sent((firm.deal.product(50), 10))
    asks = firm.asks(requisition)
    assert len(asks) == 2
    assert firm.asks(requisition) == asks, "until the mail has left"
    with deals.as_system():
        for ask_id in asks:
            note_mailed(ask_id=ask_id, now=NOW)
    assert firm.asks(requisition) == ()
    firm.approve(requisition, firm.accountant)
    near = firm.asks(requisition, now=NOW + 6 * HOUR)
    assert len(near) == 1
    with deals.as_system():
        note_mailed(ask_id=near[0], now=NOW + 6 * HOUR)
    assert firm.asks(requisition, now=NOW + 7 * HOUR) == ()


# Budgets and credit


def test_a_budget_counts_placed_orders_and_waiting_requisitions(firm: Office) -> None:
    ApprovalBudget.objects.create(
        company_id=firm.company_id, entity=firm.deal.dealer.entity, period="month", amount=D(1500)
    )
    firm.rule(name="Сверх бюджета", min_total=None, over_budget=True)
    product = firm.deal.product(500)
    assert isinstance(firm.order((product, 10)), PlacedOrder)
    over = firm.order((product, 6))
    assert isinstance(over, SentForApproval)
    assert firm.requisition(over.id).trace[0]["conditions"] == [
        {
            "code": "budget",
            "holds": True,
            "params": {"budget": firm.deal.dealer.entity.name, "over": "100", "currency": "RUB"},
        }
    ]
    assert isinstance(firm.order((product, 1)), SentForApproval), "the waiting one holds its part"
    assert isinstance(firm.order((product, 10), now=NOW + timedelta(days=30)), PlacedOrder), "a new month"


def test_the_budget_of_an_author_is_theirs_alone(firm: Office) -> None:
    ApprovalBudget.objects.create(company_id=firm.company_id, user=firm.buyer, period="quarter", amount=D(500))
    firm.rule(name="Сверх бюджета", min_total=None, over_budget=True)
    product = firm.deal.product(500)
    assert isinstance(firm.order((product, 9), person=firm.head), PlacedOrder)
    assert isinstance(firm.order((product, 6)), SentForApproval)


def test_over_the_credit_limit_means_shipped_unpaid_and_under_way(firm: Office) -> None:
    TradeTerms.objects.unscoped("a test sets").update(credit_limit=D(2000))
    firm.rule(name="Сверх лимита", min_total=None, over_credit=True)
    product = firm.deal.product(500)
    assert isinstance(firm.order((product, 15)), PlacedOrder)
    assert isinstance(firm.order((product, 6)), SentForApproval)
    world.payment(firm.deal.seller, firm.deal.dealer.entity, "500.00")
    assert isinstance(firm.order((product, 6)), PlacedOrder)


# People who leave


def test_the_requisitions_of_a_blocked_author_pass_to_the_head(firm: Office) -> None:
    firm.rule(firm.step(firm.accountant))
    requisition = firm.sent((firm.deal.product(50), 10))
    with firm.acting(firm.head):
        block_member(
            company_id=firm.company_id,
            member_id=firm.deal.dealer.member(Role.BUYER).pk,
            blocked=True,
            given=list(Role),
            now=NOW,
        )
    with deals.as_system():
        assert pass_on(company_id=firm.company_id, user_id=firm.buyer.pk, now=NOW) == 1
        assert pass_on(company_id=firm.company_id, user_id=firm.buyer.pk, now=NOW) == 0
    requisition.refresh_from_db()
    assert requisition.author_id == firm.head.pk
    firm.approve(requisition, firm.accountant)
    firm.place(requisition)
    assert firm.orders()[0].placed_by_id == firm.head.pk


def test_an_author_blocked_between_approval_and_placing_does_not_hold_the_order_up(firm: Office) -> None:
    firm.rule(firm.step(firm.accountant))
    requisition = firm.sent((firm.deal.product(50), 10))
    firm.approve(requisition, firm.accountant)
    firm.deal.dealer.member(Role.BUYER).__class__.objects.unscoped("a test blocks").filter(user=firm.buyer).update(
        blocked_at=NOW
    )
    assert firm.place(requisition) is S.PLACED
    assert firm.orders()[0].placed_by_id == firm.head.pk
    assert firm.events(requisition)[-2:] == ["passed_on", "placed"]


def test_with_nobody_left_to_place_it_it_is_given_back_with_the_reason(firm: Office) -> None:
    firm.rule(firm.step(firm.accountant))
    requisition = firm.sent((firm.deal.product(50), 10))
    firm.approve(requisition, firm.accountant)
    TradeTerms.objects.unscoped("a test ends").update(valid_to=date(2024, 6, 1))
    assert firm.place(requisition) is S.RETURNED
    assert requisition.stopped[0]["code"] == "nobody_to_place"
    assert Order.objects.unscoped("a test looks").count() == 0


# What it costs


@pytest.mark.parametrize("count", [1, 200])
def test_asking_takes_as_many_statements_for_any_number_of_lines(firm: Office, count: int) -> None:
    firm.rule()
    products = [firm.deal.product(50, price="5000") for _ in range(count)]
    with CaptureQueriesContext(connection) as asked:
        requisition = firm.sent(*((product, 1) for product in products))
    placing = [q["sql"] for q in asked if "SAVEPOINT" not in q["sql"]]
    assert len(placing) <= 42, "\n".join(sql[:110] for sql in placing)
    firm.approve(requisition)
    with CaptureQueriesContext(connection) as placed:
        assert firm.place(requisition) is S.PLACED
    assert len([q for q in placed if "SAVEPOINT" not in q["sql"]]) <= 46


def test_a_company_without_rules_pays_one_statement(firm: Office) -> None:
    product = firm.deal.product(50)
    with CaptureQueriesContext(connection) as asked:
        firm.order((product, 1))
    assert sum("orders_approval" in q["sql"] for q in asked) == 1
