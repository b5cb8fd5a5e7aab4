"""The pure rules of the ledger, by table and by property."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zveno.finance.rules.ageing import Age, age_of, aged, due_between
from zveno.finance.rules.credit import Answer, Overdue, Policy, Standing, Verdict, decide
from zveno.finance.rules.differences import Cause, Side, explain
from zveno.finance.rules.documents import Kind, Settles, change_of
from zveno.finance.rules.reminding import is_quiet, stage_of, statement_is_due
from zveno.finance.rules.settling import Basis, Entry, settle

DAY = date(2026, 4, 17)


def entry(id_: int, change: str, on: int = 0, due: int = 0, **more: object) -> Entry:
    issued = DAY + timedelta(days=on)
    return Entry(id_, f"D-{id_:03}", Decimal(change), issued, issued + timedelta(days=due), **more)  # type: ignore[arg-type]


# What does what to the debt


@pytest.mark.parametrize(
    ("kind", "amount", "change"),
    [
        (Kind.SHIPMENT, "100", "100"),
        (Kind.SHIPMENT, "-100", "-100"),
        (Kind.RETURN, "100", "-100"),
        (Kind.PAYMENT, "100", "-100"),
        (Kind.ADVANCE, "100", "-100"),
        (Kind.REFUND, "100", "100"),
        (Kind.CORRECTION, "-30", "-30"),
        (Kind.OFFSET, "-30", "-30"),
        (Kind.OPENING, "500", "500"),
    ],
)
def test_each_kind_of_document_has_its_sign(kind: Kind, amount: str, change: str) -> None:
    assert change_of(kind, Decimal(amount)) == Decimal(change)


# What settles what


def test_a_payment_settles_the_oldest_debt_first_and_the_rest_stays_an_advance() -> None:
    done = settle([entry(1, "100", due=30), entry(2, "50", on=1, due=5), entry(3, "-170", on=2)])
    assert [(p.debt_id, p.credit_id, p.amount, p.basis) for p in done.pairs] == [
        (2, 3, Decimal(50), Basis.OLDEST),
        (1, 3, Decimal(100), Basis.OLDEST),
    ]
    assert done.rest == {1: 0, 2: 0, 3: Decimal(-20)}


def test_a_payment_for_an_order_settles_that_order_before_older_debts() -> None:
    done = settle([entry(1, "100"), entry(2, "60", on=3, order_id=7), entry(3, "-60", on=5, order_id=7)])
    assert [(p.debt_id, p.amount, p.basis) for p in done.pairs] == [(2, Decimal(60), Basis.ORDER)]
    assert done.rest == {1: Decimal(100), 2: 0, 3: 0}


def test_what_the_accounting_system_says_comes_before_everything() -> None:
    told = (Settles("upd-3", Decimal(40)),)
    done = settle(
        [
            entry(1, "100", order_id=7, external_id="upd-1"),
            entry(3, "80", on=9, external_id="upd-3"),
            entry(5, "-90", on=10, order_id=7, settles=told),
        ]
    )
    assert {(p.debt_id, p.basis): p.amount for p in done.pairs} == {
        (3, Basis.TOLD): Decimal(40),
        (1, Basis.ORDER): Decimal(50),
    }


def test_a_reversal_settles_the_shipment_it_reverses() -> None:
    done = settle([entry(1, "100"), entry(2, "-100", on=4)])
    assert done.rest == {1: 0, 2: 0}


entries = st.lists(
    st.builds(
        lambda change, on, due, order: (Decimal(change) / 100, on, due, order),
        st.integers(-100_000, 100_000).filter(bool),
        st.integers(0, 60),
        st.integers(0, 45),
        st.sampled_from((None, 1, 2, 3)),
    ),
    max_size=30,
).map(
    lambda rows: [
        entry(at, str(change), on, due, order_id=order, external_id=f"x{at}", settles=(Settles(f"x{at // 2}"),))
        for at, (change, on, due, order) in enumerate(rows, 1)
    ]
)


@settings(max_examples=1000)
@given(entries, st.randoms(use_true_random=False))
def test_settling_keeps_the_balance_and_does_not_depend_on_the_order_of_arrival(
    rows: list[Entry], chance: object
) -> None:
    done = settle(rows)
    shuffled = list(rows)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    again = settle(shuffled)
    assert (again.rest, sorted(map(str, again.pairs))) == (done.rest, sorted(map(str, done.pairs)))
    assert sum(done.rest.values()) == sum(row.change for row in rows)
    assert not (any(v > 0 for v in done.rest.values()) and any(v < 0 for v in done.rest.values()))
    paid: defaultdict[int, Decimal] = defaultdict(Decimal)
    for pair in done.pairs:
        assert pair.amount > 0
        paid[pair.debt_id] += pair.amount
        paid[pair.credit_id] -= pair.amount
    assert all(row.change - paid[row.id] == done.rest[row.id] for row in rows)


# Ages


@pytest.mark.parametrize(
    ("days", "age"),
    [
        (-5, Age.NOT_DUE), (0, Age.NOT_DUE), (1, Age.DAYS_30), (30, Age.DAYS_30), (31, Age.DAYS_60),
        (60, Age.DAYS_60), (61, Age.DAYS_90), (90, Age.DAYS_90), (91, Age.OLDER), (900, Age.OLDER),
    ],
)  # fmt: skip
def test_a_debt_is_as_old_as_the_days_past_its_due_day(days: int, age: Age) -> None:
    due_on = DAY - timedelta(days=days)
    assert age_of(due_on, DAY) is age
    first, last = due_between(age, DAY)
    assert first <= due_on <= last


@given(st.lists(st.tuples(st.dates(date(2024, 1, 1), date(2027, 1, 1)), st.decimals(-999, 999, places=2)), max_size=20))
def test_the_ages_add_up_to_the_balance(rests: list[tuple[date, Decimal]]) -> None:
    assert aged(rests, DAY).balance == sum(rest for _, rest in rests)


# Differences


def side(number: str, change: str) -> Side:
    return Side(f"id-{number}", number, DAY, Decimal(change))


def test_a_difference_is_explained_by_missing_foreign_and_unequal_documents() -> None:
    ours = [side("1", "100"), side("2", "50"), side("4", "-30")]
    theirs = [side("1", "100"), side("2", "55"), side("3", "20")]
    found = explain(ours, Decimal(175), theirs)
    assert [(one.cause, one.document.number if one.document else "", one.effect) for one in found] == [
        (Cause.AMOUNT_DIFFERS, "2", Decimal(-5)),
        (Cause.MISSING_HERE, "3", Decimal(-20)),
        (Cause.UNKNOWN_THERE, "4", Decimal(-30)),
    ]
    assert sum(one.effect for one in found) == Decimal(120) - Decimal(175)


def test_a_sum_without_documents_is_explained_by_the_one_document_that_has_it() -> None:
    ours = [side("1", "100"), side("2", "50")]
    assert explain(ours, Decimal(100), None)[0].cause is Cause.MAYBE_NOT_THERE
    assert explain(ours, Decimal(101), None)[0].cause is Cause.UNEXPLAINED
    assert explain(ours, Decimal(150), None) == ()


sides = st.lists(
    st.tuples(st.integers(1, 12), st.decimals(-500, 500, places=2)), max_size=10, unique_by=lambda pair: pair[0]
).map(lambda rows: [side(str(number), str(change)) for number, change in rows])


@given(sides, sides, st.decimals(-2000, 2000, places=2))
def test_the_parts_of_a_difference_add_up_to_it(ours: list[Side], theirs: list[Side], stated: Decimal) -> None:
    difference = sum((one.change for one in ours), Decimal(0)) - stated
    for told in (theirs, None):
        assert sum((part.effect for part in explain(ours, stated, told)), Decimal(0)) == difference


# Credit


def test_an_order_within_the_limit_passes_and_says_what_is_left() -> None:
    standing = Standing(Decimal(100_000), debt=Decimal(30_000), reserved=Decimal(20_000))
    decision = decide(total=Decimal(50_000), policy=Policy(Answer.BLOCK), entity=standing)
    assert (decision.verdict, decision.left, decision.reasons) == (Verdict.ALLOWED, Decimal(50_000), ())


@pytest.mark.parametrize(
    ("answer", "verdict"),
    [
        (Answer.WARN, Verdict.WARNED),
        (Answer.APPROVE, Verdict.NEEDS_APPROVAL),
        (Answer.BLOCK, Verdict.BLOCKED),
    ],
)
def test_over_the_limit_the_sellers_choice_counts(answer: Answer, verdict: Verdict) -> None:
    standing = Standing(Decimal(100), debt=Decimal(60))
    decision = decide(total=Decimal("40.01"), policy=Policy(over_limit=answer), entity=standing)
    assert decision.verdict is verdict
    assert decision.reasons[0].params == {"over": "0.01", "left": "40", "limit": "100"}


def test_the_gravest_reason_decides_and_each_is_named() -> None:
    decision = decide(
        total=Decimal(50),
        policy=Policy(over_limit=Answer.WARN, when_overdue=Answer.BLOCK),
        entity=Standing(Decimal(10)),
        group=Standing(Decimal(40)),
        overdue=Overdue(Decimal(5), 12),
    )
    assert decision.verdict is Verdict.BLOCKED
    assert [reason.code for reason in decision.reasons] == ["over_limit", "over_group_limit", "overdue"]
    assert decision.left == Decimal(10)


def test_without_a_limit_nothing_is_over_it() -> None:
    decision = decide(total=Decimal(10**9), policy=Policy(Answer.BLOCK), entity=Standing(None, Decimal(5)))
    assert (decision.verdict, decision.left) == (Verdict.ALLOWED, None)


amounts = st.decimals(0, 10**6, places=2)


@given(amounts, amounts, amounts, amounts, st.sampled_from(Answer))
def test_a_dearer_order_is_never_judged_milder(
    limit: Decimal, debt: Decimal, total: Decimal, more: Decimal, answer: Answer
) -> None:
    severity = list(Verdict).index
    policy, standing = Policy(answer, answer), Standing(limit, debt)
    small = decide(total=total, policy=policy, entity=standing)
    large = decide(total=total + more, policy=policy, entity=standing)
    assert severity(small.verdict) <= severity(large.verdict)


# Reminders


@pytest.mark.parametrize(
    ("days_late", "stage"),
    [(-4, None), (-3, "before"), (0, "before"), (1, "after-1"), (7, "after-1"), (8, "after-2"), (15, "after-3")],
)
def test_a_reminder_has_a_stage_that_lasts_until_the_next(days_late: int, stage: str | None) -> None:
    assert stage_of(DAY - timedelta(days=days_late), DAY, days_before=3, every_days_after=7) == stage


def test_reminders_can_be_one_alone_or_none_before() -> None:
    assert stage_of(DAY, DAY, days_before=0, every_days_after=0) is None
    assert stage_of(DAY - timedelta(days=40), DAY, days_before=0, every_days_after=0) == "after-1"


@pytest.mark.parametrize(
    ("hour", "quiet"), [(8, True), (9, False), (19, False), (20, True), (0, True)], ids=lambda value: str(value)
)
def test_quiet_hours_span_midnight(hour: int, quiet: bool) -> None:
    assert is_quiet(time(hour), time(20), time(9)) is quiet


def test_a_statement_is_due_once_a_week_or_month_and_a_missed_day_loses_nothing() -> None:
    monday = date(2026, 4, 13)
    assert statement_is_due("weekly", monday + timedelta(days=2), monday - timedelta(days=3))
    assert not statement_is_due("weekly", monday + timedelta(days=2), monday)
    assert statement_is_due("monthly", DAY, date(2026, 3, 31))
    assert not statement_is_due("monthly", DAY, date(2026, 4, 1))
    assert not statement_is_due("never", DAY, None)
