"""The rules of claims: who may do what when, how much may be claimed, what a decision comes to."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zveno.claims.rules.claiming import (
    OUTCOMES,
    Kind,
    Outcome,
    ShippedLine,
    Terms,
    answer_due,
    claim_problems,
    claimable,
)
from zveno.claims.rules.deciding import ClaimedLine, Verdict, credited, granted, verdict_problems
from zveno.claims.rules.states import TABLE, Deed, Side, State, after, deeds_of

D = Decimal
SHIPPED = date(2026, 4, 1)


@pytest.mark.parametrize(
    ("state", "buyer", "seller"),
    [
        (State.SUBMITTED, {"withdraw"}, {"take", "ask", "decide"}),
        (State.IN_WORK, {"withdraw"}, {"ask", "decide"}),
        (State.QUESTION, {"answer", "withdraw"}, {"decide"}),
        (State.DECIDED, {"dispute"}, {"finish"}),
        (State.CLOSED, set(), set()),
        (State.WITHDRAWN, set(), set()),
    ],
)
def test_each_side_may_do_only_its_own_deeds_in_each_state(state: State, buyer: set[str], seller: set[str]) -> None:
    assert {deed.value for deed in deeds_of(state, Side.BUYER)} == buyer
    assert {deed.value for deed in deeds_of(state, Side.SELLER)} == seller


@given(st.lists(st.tuples(st.sampled_from(list(Deed)), st.sampled_from(list(Side))), max_size=12))
def test_nothing_leads_out_of_a_closed_claim_whatever_is_tried(deeds: list[tuple[Deed, Side]]) -> None:
    state, over = State.SUBMITTED, False
    for deed, side in deeds:
        target = after(state, deed, side)
        assert not (over and target is not None)
        if target is not None:
            assert side is TABLE[deed][0]
            state = target
        over = over or state in (State.CLOSED, State.WITHDRAWN)


@pytest.mark.parametrize(
    ("label", "kind", "today", "wanted", "codes"),
    [
        ("in time and in bounds", Kind.SHORTAGE, date(2026, 4, 15), {"a": D(4)}, []),
        ("the day after the last", Kind.SHORTAGE, date(2026, 4, 16), {"a": D(1)}, ["claim_too_late"]),
        ("a defect shows later", Kind.DEFECT, date(2027, 4, 1), {"a": D(1)}, []),
        ("more than is left", Kind.DAMAGE, SHIPPED, {"a": D("4.001")}, ["more_than_shipped"]),
        ("a surplus has no bound", Kind.SURPLUS, SHIPPED, {"a": D(900)}, []),
        ("nothing named", Kind.DAMAGE, SHIPPED, {}, ["no_lines_claimed"]),
        ("papers need no line", Kind.PAPERS, SHIPPED, {}, []),
        ("a line of something else", Kind.DAMAGE, SHIPPED, {"z": D(1)}, ["not_of_shipment"]),
        ("less than nothing", Kind.DAMAGE, SHIPPED, {"a": D(-1)}, ["quantity_wrong"]),
        ("too fine", Kind.DAMAGE, SHIPPED, {"a": D("0.0001")}, ["quantity_wrong"]),
        ("two faults at once", Kind.DAMAGE, date(2026, 6, 1), {"a": D(9)}, ["claim_too_late", "more_than_shipped"]),
    ],
)
def test_a_claim_is_held_against_time_and_shipment(
    label: str, kind: Kind, today: date, wanted: dict[str, Decimal], codes: list[str]
) -> None:
    lines = [ShippedLine("a", D(10), D(6)), ShippedLine("b", D(1))]
    problems = claim_problems(
        kind=kind, wanted=wanted, lines=lines, shipped_on=SHIPPED, today=today, terms=Terms(arrival_days=14)
    )
    assert [problem.code for problem in problems] == codes, label


def test_a_kind_with_no_days_is_not_taken() -> None:
    problems = claim_problems(
        kind=Kind.RETURN,
        wanted={"a": D(1)},
        lines=[ShippedLine("a", D(1))],
        shipped_on=SHIPPED,
        today=SHIPPED,
        terms=Terms(return_days=0),
    )
    assert [problem.code for problem in problems] == ["claims_not_taken"]


@pytest.mark.parametrize(
    ("opened", "days", "due"),
    [
        (date(2026, 4, 10), 1, date(2026, 4, 13)),
        (date(2026, 4, 10), 5, date(2026, 4, 17)),
        (date(2026, 4, 11), 5, date(2026, 4, 17)),
        (date(2026, 4, 13), 5, date(2026, 4, 20)),
    ],
)
def test_the_answer_is_due_after_working_days(opened: date, days: int, due: date) -> None:
    assert answer_due(opened, Terms(answer_days=days)) == due


quantities = st.decimals("0.001", "1000", places=3)


@given(shipped=quantities, asked=st.lists(quantities, max_size=8))
def test_claims_one_after_another_never_claim_more_than_was_shipped(shipped: Decimal, asked: list[Decimal]) -> None:
    claimed = D(0)
    for quantity in asked:
        line = ShippedLine("a", shipped, claimed)
        problems = claim_problems(
            kind=Kind.DAMAGE,
            wanted={"a": quantity},
            lines=[line],
            shipped_on=SHIPPED,
            today=SHIPPED,
            terms=Terms(),
        )
        if not problems:
            claimed += quantity
        most = claimable(Kind.DAMAGE, ShippedLine("a", shipped, claimed))
        assert most is not None and claimed + most == shipped


LINE = ClaimedLine(1, D(4), D("10.005"))


@pytest.mark.parametrize(
    ("label", "verdict", "codes"),
    [
        ("all replaced", Verdict(Outcome.REPLACE, D(4)), []),
        ("part of it, with a reason", Verdict(Outcome.REFUND, D(1), words="три целы"), []),
        ("part of it, without", Verdict(Outcome.REFUND, D(1)), ["reason_missing"]),
        ("rejected without a reason", Verdict(Outcome.REJECT, D(4)), ["reason_missing"]),
        ("rejected with one", Verdict(Outcome.REJECT, D(4), words="бой при разгрузке"), []),
        ("more than claimed", Verdict(Outcome.REFUND, D(5)), ["more_than_claimed"]),
        ("not of this kind", Verdict(Outcome.REPAIR, D(4)), ["outcome_unfit"]),
        ("a discount without a sum", Verdict(Outcome.DISCOUNT, D(4)), ["discount_wrong"]),
        ("a discount above the worth", Verdict(Outcome.DISCOUNT, D(4), D("40.03")), ["discount_wrong"]),
        ("a discount", Verdict(Outcome.DISCOUNT, D(4), D("40.02")), []),
        ("undecided", None, ["line_undecided"]),
    ],
)
def test_a_decision_is_whole_and_says_why(label: str, verdict: Verdict | None, codes: list[str]) -> None:
    verdicts = {1: verdict} if verdict else {}
    problems = verdict_problems(kind=Kind.DAMAGE, lines=[LINE], verdicts=verdicts, currency="RUB")
    assert [problem.code for problem in problems] == codes, label


@given(outcome=st.sampled_from(list(Outcome)), quantity=quantities, price=st.decimals("0.01", "9999", places=4))
def test_nobody_is_credited_more_than_the_goods_cost(outcome: Outcome, quantity: Decimal, price: Decimal) -> None:
    line = ClaimedLine(1, quantity, price)
    verdict = Verdict(outcome, quantity, D("1.00"), "так")
    for kind in Kind:
        if not verdict_problems(kind=kind, lines=[line], verdicts={1: verdict}, currency="RUB"):
            assert D(0) <= credited(line, verdict, "RUB") <= round(price * quantity, 2) + D("0.01")
            assert granted(verdict) <= quantity
            assert outcome is Outcome.REJECT or outcome in OUTCOMES[kind]
