"""What every deed on a requisition shares: its locked row, its history, and the way through its steps."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from zveno.base.audit import record
from zveno.base.events import publish
from zveno.base.scope import current
from zveno.orders.errors import RequisitionNotFound, RequisitionTooFarOn
from zveno.orders.events import RequisitionApproved, RequisitionDecided, RequisitionWaits
from zveno.orders.models import Requisition, RequisitionDecision, RequisitionEvent, RequisitionLine
from zveno.orders.queries.approval.people import Circle, circle_of
from zveno.orders.queries.approval.rulebook import SettingsValue
from zveno.orders.rules.approval.states import Deed, RequisitionState, after
from zveno.orders.rules.approval.steps import Holder, StepPlan, open_seats, plan_from_json, seats_of
from zveno.partners.queries.names import company_time_zone


def locked_requisition(requisition_id: int) -> Requisition:
    """The requisition as the current scope may see it, its row locked. Raises RequisitionNotFound."""
    rows = Requisition.objects.visible_to(current()).select_for_update(of=("self",)).select_related("author")
    found = rows.filter(pk=requisition_id).first()
    if found is None:
        raise RequisitionNotFound()
    return found


def lines_of(requisition: Requisition) -> list[RequisitionLine]:
    """All its lines, the removed ones too, in their order."""
    rows = RequisitionLine.objects.visible_to(current()).filter(requisition=requisition)
    return list(rows.order_by("position"))


def today_of(requisition: Requisition, now: datetime) -> date:
    """The day where the buyer's company is."""
    return now.astimezone(ZoneInfo(company_time_zone(requisition.buyer_company_id))).date()


def circle_around(requisition: Requisition, now: datetime) -> Circle:
    """The people who may have a say in it."""
    return circle_of(requisition.buyer_company_id, today=today_of(requisition, now))


def tell(requisition: Requisition, kind: str, *, now: datetime, **params: object) -> None:
    """Add to its history, in the current actor's name."""
    RequisitionEvent(
        requisition=requisition,
        buyer_entity_id=requisition.buyer_entity_id,
        at=now,
        actor_name=current().actor_name or "system",
        kind=kind,
        params=params,
    ).save(force_insert=True)


def keep_deed(requisition: Requisition, action: str, *, now: datetime) -> None:
    """Keep the deed in the company's own trail: the number alone, since the operator reads that trail too."""
    record(
        action=action,
        subject=requisition,
        now=now,
        company_id=requisition.buyer_company_id,
        number=requisition.number,
    )


def move(requisition: Requisition, deed: Deed, *, by: str = "") -> None:
    """Take the requisition to the state that `deed` leads to and count its version up. Raises RequisitionTooFarOn."""
    then = after(RequisitionState(requisition.state), deed)
    if then is None:
        raise RequisitionTooFarOn(number=requisition.number, stands=requisition.state, by=by)
    requisition.state = then.value
    requisition.version += 1


def announce(requisition: Requisition, what: str) -> None:
    """Let its author hear what became of it."""
    publish(RequisitionDecided(requisition_id=requisition.pk, what=what))


def decisions_of(requisition: Requisition) -> QuerySet[RequisitionDecision]:
    """The words given in its present round."""
    rows = RequisitionDecision.objects.visible_to(current())
    return rows.filter(requisition=requisition, round=requisition.round)


def plan_of(requisition: Requisition) -> tuple[StepPlan, ...]:
    """Its steps."""
    return plan_from_json(requisition.steps)


def holders_now(
    requisition: Requisition, circle: Circle, settings: SettingsValue
) -> tuple[Mapping[int, Sequence[Holder]], tuple[int, ...]]:
    """Who may give the word of each seat of its present step, and which seats are open."""
    step = plan_of(requisition)[requisition.step]
    held = circle.holders(
        step,
        entity_id=requisition.buyer_entity_id,
        author_id=requisition.author_id,
        own_allowed=settings.own_allowed,
    )
    decided = decisions_of(requisition).filter(step=requisition.step).values_list("seat", flat=True)
    return held, open_seats(step, set(decided))


def give_word(requisition: Requisition, seats: Iterable[tuple[int, Holder]], *, now: datetime) -> None:
    """Keep a person's word for some seats of the present step. One SQL statement."""
    RequisitionDecision.objects.bulk_create(
        [
            RequisitionDecision(
                requisition=requisition,
                buyer_entity_id=requisition.buyer_entity_id,
                round=requisition.round,
                step=requisition.step,
                seat=seat,
                user_id=holder.user_id,
                stands_for_id=holder.stands_for,
                at=now,
            )
            for seat, holder in seats
        ]
    )


def go_through(requisition: Requisition, circle: Circle, settings: SettingsValue, *, now: datetime) -> None:
    """From its present step on, go to the first that lacks a word, or be approved when none does. Saves it.

    Who gave their word in this round is not asked for it again at a later step; neither is the author where they may
    decide on their own. Publishes that it waits, or that it is approved.
    """
    plan = plan_of(requisition)
    said = set(decisions_of(requisition).values_list("user_id", flat=True))
    if settings.own_allowed:
        said.add(requisition.author_id)
    for index in range(requisition.step, len(plan)):
        requisition.step = index
        held, still_open = holders_now(requisition, circle, settings)
        counted = {seat: (seat, holder) for user in sorted(said) for seat, holder in seats_of(user, held, still_open)}
        give_word(requisition, counted.values(), now=now)
        if open_seats(plan[index], (held.keys() - set(still_open)) | counted.keys()):
            _wait_at(requisition, plan[index], now)
            return
    move(requisition, Deed.APPROVE)
    requisition.due_at, requisition.decided_at = None, now
    requisition.save()
    tell(requisition, "approved", now=now)
    publish(RequisitionApproved(requisition_id=requisition.pk))


def _wait_at(requisition: Requisition, step: StepPlan, now: datetime) -> None:
    hours = step.deadline_hours
    # With the head it waits until the head decides: there is nobody to go on to.
    requisition.due_at = now + timedelta(hours=hours) if hours and not step.with_head else None
    requisition.save()
    publish(RequisitionWaits(requisition_id=requisition.pk))
