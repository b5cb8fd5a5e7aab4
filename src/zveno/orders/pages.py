"""The page of a requisition, ready to be drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal, cast

from django.utils import timezone
from django.utils.translation import gettext as _

from zveno.orders.history import drift_tone, drift_words, event_of, reasons_of
from zveno.orders.labels import (
    approver_role,
    budget_words,
    condition_words,
    requisition_tone,
    requisition_word,
)
from zveno.orders.queries.approval.requisition_page import LineValue, RequisitionPage, SeatValue, StepValue
from zveno.orders.rules.approval.budgets import BudgetState
from zveno.orders.rules.approval.states import RequisitionState
from zveno.orders.rules.approval.steps import Change
from zveno.orders.shown import When, when_covered
from zveno.pricing.words import reasons_of as price_reasons
from zveno.ui.navigation import Tone
from zveno.ui.parts import Reason, Step


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A line as it is drawn: `changes` are what differs from how it was written down, with their tones."""

    value: LineValue
    reasons: list[Reason]
    when: When | None
    changes: list[tuple[str, Tone]]
    is_blocked: bool

    @property
    def is_removed(self) -> bool:
        return self.value.quantity == 0

    @property
    def was_changed(self) -> bool:
        return self.value.quantity != self.value.asked_quantity


@dataclass(frozen=True, slots=True)
class ShownRule:
    """A rule of the trace with its conditions in words; `decides` marks the one that asks."""

    name: str
    decides: bool
    conditions: list[tuple[str, bool]]


@dataclass(frozen=True, slots=True)
class ShownBudget:
    """A budget as a bar: `share` of it that is used and waits, with this order; all in percent, 100 at most."""

    state: BudgetState
    words: str
    used_percent: int
    waiting_percent: int
    this_percent: int
    after: Decimal

    @property
    def is_over(self) -> bool:
        return self.after < 0

    @property
    def this_at(self) -> int:
        """Where the part of this order begins."""
        return self.used_percent + self.waiting_percent


def requisition_told(page: RequisitionPage) -> dict[str, Any]:
    """What the page of a requisition shows, by the names its templates use."""
    head = page.head
    counts = head.state in (RequisitionState.WAITING, RequisitionState.DRAFT, RequisitionState.RETURNED)
    return {
        "page": page,
        "requisition": head,
        "state_word": requisition_word(head.state),
        "state_tone": requisition_tone(head.state),
        "lines": [_line(line, page) for line in page.lines],
        "steps": steps_of(page.steps),
        "rules": rules_of_trace(page.trace),
        "events": [event_of(event) for event in page.events],
        "stopped": reasons_of(page.stopped, page.lines),
        "budgets": [shown_budget(state, head.total if counts else Decimal(0)) for state in page.budgets],
        "being_placed": head.state is RequisitionState.APPROVED,
        "changes_more": page.may.change is Change.ANY,
        "may_change": page.may.change is not Change.NOTHING,
        "moves": bool(page.drift.lines or page.drift.problems),
    }


def steps_of(steps: Sequence[StepValue]) -> list[Step]:
    """The way through the steps: whose word each needs, and who gave it."""
    return [Step(_names(step), _state(step), _given(step.seats)) for step in steps]


def rules_of_trace(trace: Sequence[dict[str, Any]]) -> list[ShownRule]:
    """Why it must be approved: each rule that was looked at, with what held and what did not."""
    return [
        ShownRule(
            name=str(entry["rule"]),
            decides=bool(entry["decides"]),
            conditions=[(condition_words(condition), bool(condition["holds"])) for condition in entry["conditions"]],
        )
        for entry in trace
    ]


def shown_budget(state: BudgetState, total: Decimal) -> ShownBudget:
    """The budget with an order of `total` on top."""

    def share(value: Decimal) -> int:
        return int(min(Decimal(100), value * 100 / state.amount))

    used, waiting = share(state.used), share(state.waiting)
    return ShownBudget(
        state=state,
        words=budget_words(state),
        used_percent=used,
        waiting_percent=min(waiting, 100 - used),
        this_percent=min(share(total), max(0, 100 - used - waiting)),
        after=state.left - total,
    )


def _line(line: LineValue, page: RequisitionPage) -> ShownLine:
    covered = bool(line.promise) or line.uncovered > 0
    return ShownLine(
        value=line,
        reasons=price_reasons(line.price_trace),
        when=when_covered(line.promise, line.uncovered, on=line.promised_on) if covered and line.quantity else None,
        changes=[(drift_words(one, page.head.currency), drift_tone(one)) for one in line.drifts],
        is_blocked=any(one.code == "not_orderable" for one in line.drifts),
    )


def _names(step: StepValue) -> str:
    if step.plan.with_head:
        return approver_role("head")
    told = [_seat_name(step, at, seat) for at, seat in enumerate(step.seats)]
    joined = _(" and ") if step.plan.needs_all else _(" or ")
    return joined.join(dict.fromkeys(told))


def _seat_name(step: StepValue, at: int, seat: SeatValue) -> str:
    role = step.plan.seats[at].role
    if role and len(seat.holders) != 1:
        return approver_role(role)
    return ", ".join(seat.holders) or approver_role("head")


def _given(seats: Sequence[SeatValue]) -> str:
    told = []
    for seat in seats:
        if seat.decided_by and seat.decided_at:
            moment = timezone.localtime(seat.decided_at)
            told.append(f"{seat.decided_by}, {moment:%d.%m %H:%M}")
    return "; ".join(dict.fromkeys(told))


def _state(step: StepValue) -> Literal["done", "current", "ahead", "bad"]:
    return cast('Literal["done", "current", "ahead", "bad"]', step.state)
