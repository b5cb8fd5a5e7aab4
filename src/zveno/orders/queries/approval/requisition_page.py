"""One requisition with everything that belongs to it, and what has changed since it was written down."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from zveno.base.scope import current
from zveno.orders.errors import NoTerms
from zveno.orders.models import Requisition, RequisitionDecision, RequisitionEvent, RequisitionLine
from zveno.orders.queries.approval.budgets import BudgetValue, budget_states, budgets_for
from zveno.orders.queries.approval.offer import Offer, WantedLine, offer_now
from zveno.orders.queries.approval.people import Circle, circle_of
from zveno.orders.queries.approval.requisition_list import RequisitionRow, requisition_rows
from zveno.orders.queries.approval.rulebook import SettingsValue, settings_of
from zveno.orders.queries.approval.terms import terms_of_requisition
from zveno.orders.rules.approval.budgets import BudgetState
from zveno.orders.rules.approval.drift import Drift, LineDrift, LineNow, LineThen, drift
from zveno.orders.rules.approval.states import EDITABLE, RequisitionState
from zveno.orders.rules.approval.steps import Change, Holder, StepPlan, open_seats, plan_from_json, seats_of
from zveno.partners.queries.actors import Actor
from zveno.partners.rules.roles import Right


@dataclass(frozen=True, slots=True)
class LineValue:
    """A line as it was written down; a removed one has the quantity zero. `drifts` are the differences since."""

    position: int
    product_id: int
    code: str
    name: str
    unit: str
    asked_quantity: Decimal
    quantity: Decimal
    price: Decimal | None
    discount_percent: Decimal
    total: Decimal
    price_trace: tuple[dict[str, Any], ...]
    promise: tuple[dict[str, str], ...]
    promised_on: date | None
    uncovered: Decimal
    drifts: tuple[LineDrift, ...]


@dataclass(frozen=True, slots=True)
class SeatValue:
    """A seat of a step: who may give its word, and who gave it (`decided_by`), when, standing in for whom."""

    holders: tuple[str, ...]
    decided_by: str = ""
    decided_at: datetime | None = None
    stands_for: str = ""


@dataclass(frozen=True, slots=True)
class StepValue:
    """A step of the way: passed, current or ahead."""

    number: int
    plan: StepPlan
    state: str
    seats: tuple[SeatValue, ...]


@dataclass(frozen=True, slots=True)
class EventValue:
    """One thing that happened; `kind` with `params` become a sentence on the page."""

    at: datetime
    actor_name: str
    kind: str
    params: dict[str, Any]


@dataclass(frozen=True, slots=True)
class May:
    """What the reader may do with it now."""

    decide: bool = False
    change: Change = Change.NOTHING
    send: bool = False
    take_back: bool = False
    withdraw: bool = False


@dataclass(frozen=True, slots=True)
class RequisitionPage:
    """A requisition in full. `drift` is empty once it is decided. `now_total` is what it would come to now."""

    head: RequisitionRow
    entity_id: int
    seller_id: int
    vat_included: bool
    promised_on: date | None
    trace: tuple[dict[str, Any], ...]
    stopped: tuple[dict[str, Any], ...]
    tolerance_percent: Decimal
    expires_at: datetime
    on_behalf: bool
    lines: tuple[LineValue, ...]
    steps: tuple[StepValue, ...]
    events: tuple[EventValue, ...]
    budgets: tuple[BudgetState, ...]
    drift: Drift
    may: May
    settings: SettingsValue


def requisition_page(*, actor: Actor, requisition_id: int, now: datetime, today: date) -> RequisitionPage | None:
    """The requisition as the actor may see it. A flat number of SQL statements, two more for each budget it touches."""
    row = Requisition.objects.visible_to(current()).select_related("author").filter(pk=requisition_id).first()
    if row is None:
        return None
    lines = list(RequisitionLine.objects.visible_to(current()).filter(requisition=row).order_by("position"))
    events = RequisitionEvent.objects.visible_to(current()).filter(requisition=row).order_by("-at", "-id")
    circle, settings = circle_of(row.buyer_company_id, today=today), settings_of(row.buyer_company_id)
    differences = _drift(row, lines, actor, now)
    budgets = budgets_for(company_id=row.buyer_company_id, entity_id=row.buyer_entity_id, author_id=row.author_id)
    return RequisitionPage(
        head=requisition_rows([row])[0],
        entity_id=row.buyer_entity_id,
        seller_id=row.seller_id,
        vat_included=row.vat_included,
        promised_on=row.promised_on,
        trace=tuple(row.trace),
        stopped=tuple(row.stopped),
        tolerance_percent=row.tolerance_percent,
        expires_at=row.expires_at,
        on_behalf=row.on_behalf,
        lines=tuple(_line(line, differences) for line in lines),
        steps=_steps(row, circle, settings),
        events=tuple(EventValue(e.at, e.actor_name, e.kind, e.params) for e in events),
        budgets=_budgets(row, budgets, actor, today),
        drift=differences,
        may=_may(row, actor, circle, settings),
        settings=settings,
    )


def requisition_state(*, requisition_id: int) -> tuple[RequisitionState, int | None] | None:
    """The state, and the order that came of it, if the current scope may see it. One SQL statement."""
    rows = Requisition.objects.visible_to(current()).filter(pk=requisition_id)
    found = rows.values_list("state", "order_id").first()
    return (RequisitionState(found[0]), found[1]) if found else None


def requisition_of_order(*, order_id: int) -> tuple[int, int] | None:
    """Id and number of the requisition that the order came of, as far as the current scope sees it. One statement."""
    return Requisition.objects.visible_to(current()).filter(order_id=order_id).values_list("pk", "number").first()


def _drift(row: Requisition, lines: Sequence[RequisitionLine], actor: Actor, now: datetime) -> Drift:
    if RequisitionState(row.state) not in _STILL_MOVING:
        return Drift()
    offer = _offer(row, lines, actor, now)
    if offer is None:
        return Drift()
    return drift(
        [LineThen(x.position, x.price, x.total, x.promised_on, x.uncovered) for x in lines if x.quantity > 0],
        [LineNow(o.position, o.price, o.total, o.promised_on, o.uncovered, o.problem) for o in offer.lines],
        tolerance_percent=row.tolerance_percent,
        problems=offer.problems,
    )


_STILL_MOVING = EDITABLE | {RequisitionState.WAITING}


def _offer(row: Requisition, lines: Sequence[RequisitionLine], actor: Actor, now: datetime) -> Offer | None:
    try:
        terms = terms_of_requisition(actor, row.buyer_entity_id, row.seller_id)
    except NoTerms:
        return None
    wanted = [
        WantedLine(line.position, line.product_id, line.quantity, line.wished_on) for line in lines if line.quantity > 0
    ]
    return offer_now(terms=terms, lines=wanted, wishes=row.wishes, now=now)


def _steps(row: Requisition, circle: Circle, settings: SettingsValue) -> tuple[StepValue, ...]:
    rows = RequisitionDecision.objects.visible_to(current()).filter(requisition=row, round=row.round)
    given = {(d.step, d.seat): d for d in rows}
    found = []
    for index, plan in enumerate(plan_from_json(row.steps)):
        held = circle.holders(
            plan, entity_id=row.buyer_entity_id, author_id=row.author_id, own_allowed=settings.own_allowed
        )
        seats = tuple(_seat(circle, held[seat], given.get((index, seat))) for seat in plan.asked)
        found.append(StepValue(index + 1, plan, _step_state(row, index), seats))
    return tuple(found)


def _seat(circle: Circle, held: Sequence[Holder], given: RequisitionDecision | None) -> SeatValue:
    names = tuple(dict.fromkeys(circle.name(holder.user_id) for holder in held))
    if given is None:
        return SeatValue(names)
    return SeatValue(names, circle.name(given.user_id), given.at, circle.name(given.stands_for_id))


def _step_state(row: Requisition, index: int) -> str:
    if row.state in (RequisitionState.APPROVED, RequisitionState.PLACED) or index < row.step:
        return "done"
    if row.state == RequisitionState.WAITING and index == row.step:
        return "current"
    stopped = row.state in (RequisitionState.RETURNED, RequisitionState.DECLINED) and index == row.step
    return "bad" if stopped else "ahead"


def _budgets(row: Requisition, budgets: list[BudgetValue], actor: Actor, today: date) -> tuple[BudgetState, ...]:
    return tuple(
        budget_states(budgets, company_id=row.buyer_company_id, today=today, time_zone=actor.time_zone, without=row.pk)
    )


def _may(row: Requisition, actor: Actor, circle: Circle, settings: SettingsValue) -> May:
    state = RequisitionState(row.state)
    own = row.author_id == actor.user_id or Right.ORDERS_EDIT_ALL in actor.rights
    editable = own and state in EDITABLE
    decides, change = False, Change.ANY if editable else Change.NOTHING
    if state is RequisitionState.WAITING:
        decides = bool(_open_to(row, actor.user_id, circle, settings))
        change = plan_from_json(row.steps)[row.step].may_change if decides else Change.NOTHING
    return May(
        decide=decides,
        change=change,
        send=editable and Right.ORDERS_PLACE in actor.rights,
        take_back=own and state is RequisitionState.WAITING,
        withdraw=own and (editable or state is RequisitionState.WAITING),
    )


def _open_to(row: Requisition, user_id: int, circle: Circle, settings: SettingsValue) -> tuple[int, ...]:
    plan = plan_from_json(row.steps)[row.step]
    held = circle.holders(
        plan, entity_id=row.buyer_entity_id, author_id=row.author_id, own_allowed=settings.own_allowed
    )
    decided = RequisitionDecision.objects.visible_to(current()).filter(requisition=row, round=row.round, step=row.step)
    still_open = open_seats(plan, set(decided.values_list("seat", flat=True)))
    return tuple(seat for seat, _ in seats_of(user_id, held, still_open))


def _line(line: RequisitionLine, differences: Drift) -> LineValue:
    return LineValue(
        position=line.position,
        product_id=line.product_id,
        code=line.code,
        name=line.name,
        unit=line.unit,
        asked_quantity=line.asked_quantity,
        quantity=line.quantity,
        price=line.price,
        discount_percent=line.discount_percent,
        total=line.total,
        price_trace=tuple(line.price_trace),
        promise=tuple(line.promise),
        promised_on=line.promised_on,
        uncovered=line.uncovered,
        drifts=differences.of_line(line.position),
    )
