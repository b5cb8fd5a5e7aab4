"""What waits for a person's word."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Q

from zveno.base.scope import current
from zveno.orders.models import Requisition, RequisitionDecision
from zveno.orders.queries.approval.people import Circle, circle_of
from zveno.orders.queries.approval.rulebook import SettingsValue, settings_of
from zveno.orders.rules.approval.states import RequisitionState
from zveno.orders.rules.approval.steps import open_seats, plan_from_json, seats_of
from zveno.partners.queries.actors import Actor


def waiting_for(actor: Actor, *, today: date) -> frozenset[int]:
    """The ids of the requisitions that wait for the actor's word. One SQL statement where nothing waits at all.

    Where anything waits in the company, seven, whatever their number.
    """
    if actor.is_acting:
        return frozenset()
    rows = Requisition.objects.visible_to(current()).filter(
        buyer_company_id=actor.company_id, state=RequisitionState.WAITING.value
    )
    waiting = list(rows.only("pk", "author_id", "buyer_entity_id", "round", "step", "steps"))
    if not waiting:
        return frozenset()
    circle = circle_of(actor.company_id, today=today)
    return frozenset(held_by(actor.user_id, waiting, circle, settings_of(actor.company_id)))


def held_by(
    user_id: int, waiting: Iterable[Requisition], circle: Circle, settings: SettingsValue
) -> dict[int, tuple[int, ...]]:
    """Requisition → the seats of its present step that are open and that the person may fill. One SQL statement."""
    waiting = list(waiting)
    decided = _decided(waiting)
    found: dict[int, tuple[int, ...]] = {}
    for one in waiting:
        step = plan_from_json(one.steps)[one.step]
        held = circle.holders(
            step, entity_id=one.buyer_entity_id, author_id=one.author_id, own_allowed=settings.own_allowed
        )
        still_open = open_seats(step, decided.get(one.pk, frozenset()))
        if seats := tuple(seat for seat, _ in seats_of(user_id, held, still_open)):
            found[one.pk] = seats
    return found


def _decided(waiting: Iterable[Requisition]) -> dict[int, frozenset[int]]:
    """Requisition → the seats that gave their word at its present step."""
    either = Q(pk__in=[])
    for one in waiting:
        either |= Q(requisition_id=one.pk, round=one.round, step=one.step)
    found: dict[int, set[int]] = {}
    rows = RequisitionDecision.objects.visible_to(current()).filter(either)
    for requisition_id, seat in rows.values_list("requisition_id", "seat"):
        found.setdefault(requisition_id, set()).add(seat)
    return {key: frozenset(seats) for key, seats in found.items()}
