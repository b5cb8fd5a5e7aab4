"""The first steps of giving one's word: the requisition as it was shown, and the seats one may fill."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from zveno.orders.actions.approval.moving import circle_around, decisions_of, holders_now, locked_requisition, plan_of
from zveno.orders.errors import NotYourWord, RequisitionChanged, RequisitionTooFarOn
from zveno.orders.models import Requisition
from zveno.orders.queries.approval.people import Circle
from zveno.orders.queries.approval.rulebook import SettingsValue, settings_of
from zveno.orders.rules.approval.states import RequisitionState
from zveno.orders.rules.approval.steps import Holder, StepPlan, seats_of


@dataclass(frozen=True, slots=True)
class Hearing:
    """A locked requisition at a step, with the seats of it that one person may fill."""

    requisition: Requisition
    circle: Circle
    settings: SettingsValue
    step: StepPlan
    seats: Sequence[tuple[int, Holder]]


def hearing(*, requisition_id: int, user_id: int, version: int | None, now: datetime) -> Hearing:
    """The requisition for the word of a person, who saw it in this `version` (`None`: in whatever version).

    Raises RequisitionNotFound, RequisitionTooFarOn (decided meanwhile, with by whom), RequisitionChanged, NotYourWord.
    """
    requisition = locked_requisition(requisition_id)
    circle = circle_around(requisition, now)
    if requisition.state != RequisitionState.WAITING:
        raise RequisitionTooFarOn(
            number=requisition.number, stands=requisition.state, by=_decided_by(requisition, circle)
        )
    if version is not None and version != requisition.version:
        raise RequisitionChanged(number=requisition.number)
    settings = settings_of(requisition.buyer_company_id)
    held, still_open = holders_now(requisition, circle, settings)
    seats = seats_of(user_id, held, still_open)
    if not seats:
        names = dict.fromkeys(circle.name(holder.user_id) for seat in still_open for holder in held[seat])
        raise NotYourWord(number=requisition.number, names=", ".join(names))
    return Hearing(requisition, circle, settings, plan_of(requisition)[requisition.step], seats)


def _decided_by(requisition: Requisition, circle: Circle) -> str:
    last = decisions_of(requisition).order_by("-at", "-id").values_list("user_id", flat=True).first()
    return circle.name(last)
