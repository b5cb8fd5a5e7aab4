"""Asking anew: what a requisition comes to has changed beyond what was approved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from zveno.base.scope import current
from zveno.orders.actions.approval.freezing import FROZEN, freeze_anew, sum_up
from zveno.orders.actions.approval.moving import give_word, go_through, holders_now, move, plan_of, tell
from zveno.orders.actions.approval.write_requisition import take_rule
from zveno.orders.models import Requisition, RequisitionLine
from zveno.orders.queries.approval.offer import Offer
from zveno.orders.queries.approval.people import Circle
from zveno.orders.queries.approval.rulebook import SettingsValue
from zveno.orders.queries.approval.verdict import Asker, Judged, judge, own_rules
from zveno.orders.rules.approval.drift import Drift
from zveno.orders.rules.approval.states import Deed
from zveno.orders.rules.approval.steps import plan_as_json, seats_of, unescalated
from zveno.partners.queries.actors import TermsValue
from zveno.partners.queries.names import company_time_zone


@dataclass(frozen=True, slots=True)
class Renewed:
    """What a requisition comes to now, beside its lines as they were written down."""

    lines: Sequence[RequisitionLine]
    offer: Offer
    drift: Drift
    terms: TermsValue


def ask_again(
    requisition: Requisition,
    renewed: Renewed,
    circle: Circle,
    settings: SettingsValue,
    *,
    now: datetime,
    said_by: int | None = None,
) -> None:
    """Write the lines down as they are now and begin a new round at the first step, of another rule if it holds now.

    `said_by` has seen it as it is now and gives their word at once for the seats they hold, whenever their step comes.
    """
    drift, reasons = renewed.drift, drift_as_json(renewed.drift)
    written = freeze_anew(renewed.lines, renewed.offer)
    RequisitionLine.objects.visible_to(current()).bulk_update(written, FROZEN, batch_size=500)
    sum_up(requisition, renewed.lines)
    pick_again(requisition, renewed.lines, renewed.terms, now=now)
    tell(
        requisition,
        "asked_again",
        now=now,
        reasons=reasons,
        before=str(drift.total_before),
        after=str(requisition.total),
        currency=requisition.currency,
    )
    begin_round(requisition, circle, settings, now=now, stopped=reasons, said_by=said_by)


def judge_anew(
    requisition: Requisition, lines: Sequence[RequisitionLine], terms: TermsValue, *, now: datetime
) -> Judged:
    """What the company's rules say of it now, in its author's name."""
    asker = Asker(
        user_id=requisition.author_id,
        role=requisition.author_role,
        company_id=requisition.buyer_company_id,
        time_zone=company_time_zone(requisition.buyer_company_id),
        requisition_id=requisition.pk,
    )
    totals = [(line.product_id, line.total) for line in lines if line.quantity > 0]
    rules = own_rules(requisition.buyer_company_id)
    return judge(rules, asker=asker, terms=terms, totals=totals, currency=requisition.currency, now=now)


def pick_again(requisition: Requisition, lines: Sequence[RequisitionLine], terms: TermsValue, *, now: datetime) -> None:
    """Let the rule that holds for its present sum take over; where none asks any more, it stays under its own."""
    judged = judge_anew(requisition, lines, terms, now=now)
    if judged.verdict.asks:
        take_rule(requisition, judged)


def begin_round(
    requisition: Requisition,
    circle: Circle,
    settings: SettingsValue,
    *,
    now: datetime,
    stopped: list[dict[str, Any]],
    said_by: int | None = None,
) -> None:
    """Ask everybody anew, from the first step."""
    move(requisition, Deed.ASK_AGAIN)
    requisition.round += 1
    requisition.step, requisition.decided_at, requisition.stopped = 0, None, stopped
    requisition.steps = plan_as_json(unescalated(plan_of(requisition)))
    if said_by is not None:
        _word_ahead(requisition, circle, settings, said_by, now)
    go_through(requisition, circle, settings, now=now)


def _word_ahead(requisition: Requisition, circle: Circle, settings: SettingsValue, user_id: int, now: datetime) -> None:
    """Keep a person's word at the first step where they hold a seat; `go_through` counts it at the later ones."""
    for index in range(len(plan_of(requisition))):
        requisition.step = index
        held, still_open = holders_now(requisition, circle, settings)
        if seats := seats_of(user_id, held, still_open):
            give_word(requisition, seats, now=now)
            break
    requisition.step = 0


def drift_as_json(drift: Drift) -> list[dict[str, Any]]:
    """Why it stops, as plain values: `code`, `line` (its position, 0 for the whole), `before` and `now`, `problem`."""
    found: list[dict[str, Any]] = [
        {
            "code": line.code,
            "line": line.position,
            "before": _text(line.before),
            "now": _text(line.now),
            **({"problem": line.problem.code, "params": line.problem.params} if line.problem else {}),
        }
        for line in drift.lines
        if line.stops
    ]
    if drift.total_stops:
        found.append({"code": "total_up", "line": 0, "before": str(drift.total_before), "now": str(drift.total_now)})
    found += [{"code": p.code, "line": 0, "before": "", "now": "", "problem": p.code, "params": p.params}
              for p in drift.problems]  # fmt: skip
    return found


def _text(value: Decimal | date | None) -> str:
    if value is None:
        return ""
    return value.isoformat() if isinstance(value, date) else format(value.normalize(), "f")
