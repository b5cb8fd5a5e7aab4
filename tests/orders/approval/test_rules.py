"""Rules of approval: which rule asks, who may decide, what stops, how far a budget goes, the table of states."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zveno.kit.period import Period
from zveno.orders.rules.approval.budgets import BudgetPeriod, BudgetState, budgets_over, period_of
from zveno.orders.rules.approval.drift import LineNow, LineThen, drift
from zveno.orders.rules.approval.picking import BudgetOver, Facts, Outcome, Rule, needed_facts, pick_rule
from zveno.orders.rules.approval.states import EDITABLE, OPEN, Deed, RequisitionState, after
from zveno.orders.rules.approval.steps import (
    HEADS_SEAT,
    Change,
    Holder,
    Person,
    Seat,
    Standing,
    StepPlan,
    WhenLate,
    holders,
    late,
    open_seats,
    plan_as_json,
    plan_from_json,
    seats_of,
    unescalated,
)
from zveno.orders.rules.lines import Problem

D = Decimal
TODAY = date(2026, 4, 17)
HEAD_STEP = StepPlan((Seat(role="head"),))


def rule(id: int = 1, outcome: Outcome = Outcome.ASK, **fields: Any) -> Rule:
    return Rule(id=id, name=f"rule {id}", outcome=outcome, steps=(HEAD_STEP,), **fields)


def facts(total: str = "100000", **fields: Any) -> Facts:
    given = {"currency": "RUB", "author_id": 7, "role": "buyer", "entity_id": 3, "seller_id": 9, **fields}
    return Facts(total=D(total), **given)


# Picking


@pytest.mark.parametrize(
    ("case", "conditions", "told", "holds"),
    [
        ("nothing named holds always", {}, {}, True),
        ("the sum is reached", {"min_total": D(100000)}, {}, True),
        ("the sum is not reached", {"min_total": D("100000.01")}, {}, False),
        ("another currency is asked about", {"min_total": D(1), "currency": "USD"}, {}, True),
        ("the author is named", {"author_ids": frozenset({7, 8})}, {}, True),
        ("another author is named", {"author_ids": frozenset({8})}, {}, False),
        ("the role is named", {"roles": frozenset({"buyer"})}, {}, True),
        ("another role is named", {"roles": frozenset({"head"})}, {}, False),
        ("the entity is named", {"entity_ids": frozenset({3})}, {}, True),
        ("another entity is named", {"entity_ids": frozenset({4})}, {}, False),
        ("the seller is named", {"seller_ids": frozenset({9})}, {}, True),
        ("another seller is named", {"seller_ids": frozenset({1})}, {}, False),
        ("a line lies in the group", {"category_ids": frozenset({5})}, {"lines": ((frozenset({1, 5}), D(10)),)}, True),
        ("no line lies in the group", {"category_ids": frozenset({5})}, {"lines": ((frozenset({1}), D(10)),)}, False),
        ("over a budget", {"over_budget": True}, {"budgets_over": (BudgetOver("x", D(5)),)}, True),
        ("within the budgets", {"over_budget": True}, {}, False),
        ("over the credit", {"over_credit": True}, {"credit_over": D(1)}, True),
        ("within the credit", {"over_credit": True}, {}, False),
        ("all conditions must hold", {"min_total": D(1), "roles": frozenset({"head"})}, {}, False),
    ],
)
def test_a_rule_holds_when_all_its_conditions_do(
    case: str, conditions: dict[str, Any], told: dict[str, Any], holds: bool
) -> None:
    verdict = pick_rule([rule(**conditions)], facts(**told))
    assert (verdict.rule is not None, verdict.asks) == (holds, holds), case
    assert verdict.trace[0]["decides"] is holds


def test_the_sum_of_a_rule_about_groups_is_that_of_their_lines_each_counted_once() -> None:
    lines = ((frozenset({1, 5}), D(60)), (frozenset({1, 6}), D(30)), (frozenset({2}), D(500)))
    both = rule(category_ids=frozenset({1, 5}), min_total=D(90))
    assert pick_rule([both], facts("590", lines=lines)).asks
    assert not pick_rule([rule(category_ids=frozenset({1, 5}), min_total=D("90.01"))], facts("590", lines=lines)).asks


def test_the_first_rule_that_holds_decides_and_the_trace_tells_of_those_before_it() -> None:
    rules = [
        rule(1, min_total=D(200000)),
        rule(2, outcome=Outcome.FREE, roles=frozenset({"buyer"})),
        rule(3),
    ]
    verdict = pick_rule(rules, facts())
    assert verdict.rule is rules[1]
    assert not verdict.asks
    assert verdict.trace == [
        {
            "rule": "rule 1",
            "decides": False,
            "conditions": [
                {"code": "sum", "holds": False, "params": {"total": "100000", "least": "200000", "currency": "RUB"}}
            ],
        },
        {
            "rule": "rule 2",
            "decides": True,
            "conditions": [{"code": "role", "holds": True, "params": {"role": "buyer"}}],
        },
    ]


def test_an_exempt_key_is_asked_by_no_rule() -> None:
    verdict = pick_rule([rule()], facts(is_exempt=True))
    assert (verdict.rule, verdict.asks) == (None, False)
    assert verdict.trace[0]["conditions"][0]["code"] == "exempt"


def test_costly_facts_are_gathered_only_for_rules_that_look_at_them() -> None:
    assert needed_facts([rule(min_total=D(1), roles=frozenset({"buyer"}))]) == frozenset()
    assert needed_facts([rule(over_budget=True), rule(category_ids=frozenset({1}))]) == {"budget", "category"}


conditions = st.fixed_dictionaries(
    {},
    optional={
        "min_total": st.integers(0, 200_000).map(D),
        "author_ids": st.frozensets(st.integers(6, 8), min_size=1),
        "roles": st.frozensets(st.sampled_from(["buyer", "head"]), min_size=1),
        "entity_ids": st.frozensets(st.integers(2, 4), min_size=1),
        "over_budget": st.booleans(),
    },
)


@given(st.lists(conditions, max_size=6), st.integers(0, 200_000), st.booleans())
def test_the_rule_that_decides_holds_and_none_before_it_does(
    all_conditions: list[dict[str, Any]], total: int, over: bool
) -> None:
    rules = [rule(at, **given) for at, given in enumerate(all_conditions)]
    told = facts(str(total), budgets_over=(BudgetOver("x", D(1)),) if over else ())
    verdict = pick_rule(rules, told)
    alone = [pick_rule([one], told).rule is not None for one in rules]
    expected = next((one for one, holds in zip(rules, alone, strict=True) if holds), None)
    assert verdict.rule is expected
    assert len(verdict.trace) == (rules.index(expected) + 1 if expected else len(rules))


# Seats

PEOPLE = (Person(1, "head"), Person(2, "buyer"), Person(3, "accountant"), Person(4, "accountant"))


def held(step: StepPlan, **fields: Any) -> dict[int, list[tuple[int, int | None]]]:
    given = {"people": PEOPLE, "standings": (), "today": TODAY, "author_id": 2, "own_allowed": False, **fields}
    return {seat: [(h.user_id, h.stands_for) for h in found] for seat, found in holders(step, **given).items()}


def test_a_role_is_held_by_each_of_its_people_and_a_person_by_themselves() -> None:
    step = StepPlan((Seat(role="accountant"), Seat(user_id=1)))
    assert held(step) == {0: [(3, None), (4, None)], 1: [(1, None)]}


def test_an_author_decides_on_their_own_only_where_that_is_allowed() -> None:
    step = StepPlan((Seat(user_id=3),))
    assert held(step, author_id=3) == {0: [(1, None)]}, "it falls to the head"
    assert held(step, author_id=3, own_allowed=True) == {0: [(3, None)]}


def test_an_only_head_who_is_the_author_decides_all_the_same() -> None:
    assert held(HEAD_STEP, author_id=1) == {0: [(1, None)]}
    others = (*PEOPLE, Person(5, "head"))
    assert held(HEAD_STEP, author_id=1, people=others) == {0: [(5, None)]}


def test_a_substitute_holds_the_seat_on_their_days_and_beside_the_person() -> None:
    standing = Standing(1, 3, TODAY, TODAY + timedelta(days=1))
    assert held(HEAD_STEP, standings=[standing]) == {0: [(1, None), (3, 1)]}
    assert held(HEAD_STEP, standings=[standing], today=TODAY + timedelta(days=1)) == {0: [(1, None)]}
    assert held(HEAD_STEP, standings=[standing], today=TODAY - timedelta(days=1)) == {0: [(1, None)]}


def test_the_seat_of_somebody_who_is_gone_is_the_substitutes_or_falls_to_the_head() -> None:
    step = StepPlan((Seat(user_id=99),))
    assert held(step) == {0: [(1, None)]}
    assert held(step, standings=[Standing(99, 4, TODAY, TODAY + timedelta(days=3))]) == {0: [(4, 99)]}
    assert held(step, standings=[Standing(99, 2, TODAY, TODAY + timedelta(days=3))]) == {0: [(1, None)]}, "the author"


def test_any_word_passes_a_step_unless_all_are_needed() -> None:
    any_of = StepPlan((Seat(user_id=1), Seat(user_id=3)))
    all_of = StepPlan((Seat(user_id=1), Seat(user_id=3)), needs_all=True)
    assert (open_seats(any_of, []), open_seats(any_of, [1])) == ((0, 1), ())
    assert (open_seats(all_of, [1]), open_seats(all_of, [0, 1])) == ((0,), ())


def test_a_late_step_goes_on_or_to_the_head_whose_word_alone_counts_then() -> None:
    step = StepPlan((Seat(user_id=1), Seat(user_id=3)), needs_all=True, deadline_hours=4, when_late=WhenLate.NEXT)
    assert late(step, is_last=False) is None
    with_head = late(step, is_last=True)
    assert with_head is not None
    assert held(with_head) == {HEADS_SEAT: [(1, None)]}
    assert open_seats(with_head, [1]) == (HEADS_SEAT,), "what others said before does not stand for the head"
    assert open_seats(with_head, [1, HEADS_SEAT]) == ()
    assert unescalated([with_head]) == (step,)


def test_one_person_may_fill_several_seats() -> None:
    step = StepPlan((Seat(user_id=3), Seat(role="accountant"), Seat(user_id=1)), needs_all=True)
    found = holders(step, people=PEOPLE, standings=(), today=TODAY, author_id=2, own_allowed=False)
    assert seats_of(3, found, open_seats(step, [])) == ((0, Holder(3)), (1, Holder(3)))
    assert seats_of(2, found, open_seats(step, [])) == ()


seats = st.one_of(
    st.integers(1, 6).map(lambda id_: Seat(user_id=id_)),
    st.sampled_from(["head", "buyer", "accountant", "viewer"]).map(lambda role: Seat(role=role)),
)
plans = st.builds(
    StepPlan,
    seats=st.lists(seats, min_size=1, max_size=4).map(tuple),
    needs_all=st.booleans(),
    deadline_hours=st.none() | st.integers(1, 99),
    when_late=st.sampled_from(WhenLate),
    may_change=st.sampled_from(Change),
    with_head=st.booleans(),
)


@given(st.lists(plans, max_size=4))
def test_a_plan_comes_back_as_it_was_kept(plan: list[StepPlan]) -> None:
    assert plan_from_json(plan_as_json(plan)) == tuple(plan)


@given(plans, st.integers(1, 6), st.booleans(), st.sets(st.sampled_from(PEOPLE), min_size=1))
def test_every_seat_has_somebody_where_there_is_a_head_and_never_a_barred_author(
    plan: StepPlan, author_id: int, own: bool, people: set[Person]
) -> None:
    everybody = people | {Person(1, "head")}
    found = holders(plan, people=everybody, standings=(), today=TODAY, author_id=author_id, own_allowed=own)
    assert found.keys() == plan.asked.keys()
    only_head = author_id == 1
    for one in found.values():
        assert one
        assert {holder.user_id for holder in one} <= {person.user_id for person in everybody}
        assert own or only_head or author_id not in {holder.user_id for holder in one}


@given(plans, st.sets(st.integers(0, 5)))
def test_words_given_only_ever_close_seats(plan: StepPlan, decided: set[int]) -> None:
    before = set(open_seats(plan, []))
    now = set(open_seats(plan, decided))
    assert now <= before
    for more in plan.asked:
        assert set(open_seats(plan, decided | {more})) <= now


# What changed since

THEN = LineThen(1, D(100), D(1000), date(2026, 4, 20), D(0))


@pytest.mark.parametrize(
    ("case", "now", "tolerance", "code", "stops"),
    [
        ("nothing", LineNow(1, D(100), D(1000), date(2026, 4, 20)), "0", None, False),
        ("a rise", LineNow(1, D("100.01"), D("1000.10"), date(2026, 4, 20)), "0", "price_up", True),
        ("a rise within the tolerance", LineNow(1, D(101), D(1010), date(2026, 4, 20)), "1", "price_up", False),
        ("a rise beyond it", LineNow(1, D("101.01"), D("1010.10"), date(2026, 4, 20)), "1", "price_up", True),
        ("a fall", LineNow(1, D(90), D(900), date(2026, 4, 20)), "0", "price_down", False),
        ("the price is gone", LineNow(1, None, D(0)), "5", "price_gone", True),
        ("not offered any more", LineNow(1, D(100), D(1000), problem=Problem("product_not_offered")), "5",
         "not_orderable", True),
        ("later", LineNow(1, D(100), D(1000), date(2026, 4, 21)), "0", "later", False),
        ("sooner", LineNow(1, D(100), D(1000), date(2026, 4, 19)), "0", "sooner", False),
        ("less is covered", LineNow(1, D(100), D(1000), None, D(3)), "0", "short", False),
    ],
)  # fmt: skip
def test_what_changed_in_a_line_and_whether_it_stops(
    case: str, now: LineNow, tolerance: str, code: str | None, stops: bool
) -> None:
    found = drift([THEN], [now], tolerance_percent=D(tolerance))
    assert [line.code for line in found.lines] == ([code] if code else []), case
    assert found.stops is stops, case
    assert found.blocks is (code == "not_orderable")


def test_a_price_that_nobody_had_named_stops_when_it_is_named() -> None:
    found = drift([LineThen(1, None, D(0), None, D(0))], [LineNow(1, D(5), D(50))], tolerance_percent=D(10))
    assert found.stops


def test_small_rises_stop_together_when_the_sum_goes_beyond() -> None:
    then = [LineThen(1, None, D(0), None, D(0)), LineThen(2, D(10), D(100), None, D(0))]
    now = [LineNow(1, None, D(0)), LineNow(2, D(10), D(102))]
    assert drift(then, now, tolerance_percent=D(1)).total_stops
    assert not drift(then, now, tolerance_percent=D(2)).stops


def test_a_passed_date_stops_the_whole_and_no_approval_helps() -> None:
    problem = Problem("wished_date_passed", {"on": "2026-04-01"})
    found = drift([THEN], [LineNow(1, D(100), D(1000), date(2026, 4, 20))], tolerance_percent=D(0), problems=[problem])
    assert found.stops
    assert found.blocks


money = st.integers(1, 10_000).map(lambda cents: D(cents) / 100)


@given(st.lists(st.tuples(money, money, st.integers(1, 50)), min_size=1, max_size=8), st.integers(0, 20))
def test_nothing_stops_exactly_when_no_price_and_not_the_sum_rose_beyond_the_tolerance(
    lines: list[tuple[Decimal, Decimal, int]], tolerance: int
) -> None:
    then = [LineThen(at, before, before * n, None, D(0)) for at, (before, _, n) in enumerate(lines)]
    now = [LineNow(at, after_, after_ * n) for at, (_, after_, n) in enumerate(lines)]
    found = drift(then, now, tolerance_percent=D(tolerance))
    limit = D(1) + D(tolerance) / 100
    rose = any(after_ > before * limit for before, after_, _ in lines)
    total_before, total_now = sum(b * n for b, _, n in lines), sum(a * n for _, a, n in lines)
    assert found.stops == (rose or total_now > total_before * limit)


# Budgets


@pytest.mark.parametrize(
    ("kind", "day", "starts", "ends"),
    [
        (BudgetPeriod.MONTH, date(2026, 4, 30), date(2026, 4, 1), date(2026, 5, 1)),
        (BudgetPeriod.QUARTER, date(2026, 5, 1), date(2026, 4, 1), date(2026, 7, 1)),
        (BudgetPeriod.QUARTER, date(2026, 12, 31), date(2026, 10, 1), date(2027, 1, 1)),
    ],
)
def test_budgets_go_by_the_calendar(kind: BudgetPeriod, day: date, starts: date, ends: date) -> None:
    assert period_of(kind, day) == Period(starts, ends)


def test_waiting_requisitions_hold_a_part_of_the_budget() -> None:
    state = BudgetState(1, "ООО «Свет»", D(1000), "RUB", Period(TODAY, TODAY), used=D(400), waiting=D(300))
    assert state.left == D(300)
    assert budgets_over([state], total=D(300), currency="RUB") == ()
    assert budgets_over([state], total=D(301), currency="RUB") == (BudgetOver("ООО «Свет»", D(1)),)
    assert budgets_over([state], total=D(1), currency="USD") == (BudgetOver("ООО «Свет»", None),)


# States


def test_the_table_of_states() -> None:
    ways = {
        state.value: {deed.value: then.value for deed in Deed if (then := after(state, deed))}
        for state in RequisitionState
    }
    assert ways == {
        "draft": {"send": "waiting", "withdraw": "withdrawn", "expire": "expired"},
        "waiting": {
            "go_on": "waiting",
            "ask_again": "waiting",
            "approve": "approved",
            "return": "returned",
            "decline": "declined",
            "take_back": "draft",
            "withdraw": "withdrawn",
            "expire": "expired",
        },
        "approved": {"place": "placed", "ask_again": "waiting", "return": "returned"},
        "returned": {"send": "waiting", "withdraw": "withdrawn", "expire": "expired"},
        **{end: {} for end in ("placed", "declined", "withdrawn", "expired")},
    }
    assert EDITABLE < OPEN


@given(st.lists(st.sampled_from(Deed), max_size=12))
def test_whatever_is_done_an_order_comes_only_of_what_was_approved_and_ends_stay_ends(deeds: list[Deed]) -> None:
    state, way = RequisitionState.DRAFT, [RequisitionState.DRAFT]
    for deed in deeds:
        then = after(state, deed)
        if then is None:
            continue
        assert state in OPEN
        state = then
        way.append(state)
    if RequisitionState.PLACED in way:
        assert way[-1] is RequisitionState.PLACED
        assert way[-2] is RequisitionState.APPROVED
        assert way[-3] is RequisitionState.WAITING
