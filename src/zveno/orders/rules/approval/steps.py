"""The steps of a rule: whose word is needed, how many of them, until when, and who may give it on a given day."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

# The role to which everything falls that nobody else can decide.
HEAD = "head"
# The seat of the head who decides in place of others: words given before for their seats do not count for it.
HEADS_SEAT = 99
MOST_SEATS = 50
MOST_STEPS = 9


class WhenLate(StrEnum):
    """Where a step goes whose people do not answer in time."""

    NEXT = "next"
    HEAD = "head"


class Change(StrEnum):
    """What the people of a step may change: nothing, only less of it, or anything."""

    NOTHING = "nothing"
    LESS = "less"
    ANY = "any"


@dataclass(frozen=True, slots=True)
class Seat:
    """Whose word counts: that of one person, or of anybody with a role."""

    user_id: int | None = None
    role: str = ""


@dataclass(frozen=True, slots=True)
class StepPlan:
    """One step. `needs_all`: the word of each seat, else that of any. Without `deadline_hours` it waits for ever.

    `with_head`: its time ran out, so that the head decides in place of its seats.
    """

    seats: tuple[Seat, ...]
    needs_all: bool = False
    deadline_hours: int | None = None
    when_late: WhenLate = WhenLate.HEAD
    may_change: Change = Change.NOTHING
    with_head: bool = False

    @property
    def asked(self) -> dict[int, Seat]:
        """The seats whose word counts now, by their number."""
        return {HEADS_SEAT: Seat(role=HEAD)} if self.with_head else dict(enumerate(self.seats))


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of the company who is not blocked and sees the entity that the requisition is for."""

    user_id: int
    role: str


@dataclass(frozen=True, slots=True)
class Standing:
    """That `substitute_id` may decide for `user_id` on the days from `valid_from` until before `valid_to`."""

    user_id: int
    substitute_id: int
    valid_from: date
    valid_to: date


@dataclass(frozen=True, slots=True)
class Holder:
    """A person who may give the word of a seat; `stands_for`: whose substitute they are."""

    user_id: int
    stands_for: int | None = None


def holders(
    step: StepPlan,
    *,
    people: Collection[Person],
    standings: Iterable[Standing],
    today: date,
    author_id: int,
    own_allowed: bool,
) -> dict[int, tuple[Holder, ...]]:
    """Who may give the word of each seat of `step`, by its number.

    An author decides on their own only where that is allowed. A seat that nobody can fill falls to the heads; where
    the author is the only head, to the author: a company cannot lock itself out. Empty only in a company without a
    head.
    """
    present = {person.user_id for person in people}
    stand_ins: dict[int, list[int]] = {}
    for standing in standings:
        if standing.valid_from <= today < standing.valid_to and standing.substitute_id in present:
            stand_ins.setdefault(standing.user_id, []).append(standing.substitute_id)
    barred = set() if own_allowed else {author_id}
    heads = [person.user_id for person in people if person.role == HEAD]
    fallen = tuple(Holder(id_) for id_ in heads if id_ not in barred) or tuple(Holder(id_) for id_ in heads)
    return {
        number: _holders_of(seat, people, present, stand_ins, barred) or fallen for number, seat in step.asked.items()
    }


def open_seats(step: StepPlan, decided: Collection[int]) -> tuple[int, ...]:
    """The seats whose word is still needed, given those that gave theirs; none: the step is passed."""
    lacking = tuple(number for number in step.asked if number not in decided)
    return () if not step.needs_all and len(lacking) < len(step.asked) else lacking


def seats_of(
    user_id: int, held: Mapping[int, Sequence[Holder]], among: Iterable[int]
) -> tuple[tuple[int, Holder], ...]:
    """The seats of `among` that a person may fill, and in whose place."""
    return tuple((seat, holder) for seat in sorted(among) for holder in held[seat] if holder.user_id == user_id)


def late(step: StepPlan, *, is_last: bool) -> StepPlan | None:
    """What becomes of a step whose time ran out: the same with the head, or `None`: it goes on to the next."""
    if step.when_late is WhenLate.NEXT and not is_last:
        return None
    return replace(step, with_head=True)


def unescalated(plan: Iterable[StepPlan]) -> tuple[StepPlan, ...]:
    """The steps as the rule has them: what went to the head for want of an answer goes to its own people again."""
    return tuple(replace(step, with_head=False) for step in plan)


def plan_as_json(plan: Iterable[StepPlan]) -> list[dict[str, Any]]:
    """Steps as plain values to be kept."""
    return [
        {
            "seats": [{"user": seat.user_id} if seat.user_id is not None else {"role": seat.role} for seat in s.seats],
            "all": s.needs_all,
            "hours": s.deadline_hours,
            "late": s.when_late.value,
            "change": s.may_change.value,
            **({"with_head": True} if s.with_head else {}),
        }
        for s in plan
    ]


def plan_from_json(kept: Iterable[Mapping[str, Any]]) -> tuple[StepPlan, ...]:
    """The steps that were kept."""
    return tuple(
        StepPlan(
            seats=tuple(Seat(user_id=seat.get("user"), role=seat.get("role", "")) for seat in step["seats"]),
            needs_all=bool(step.get("all")),
            deadline_hours=step.get("hours"),
            when_late=WhenLate(step.get("late", WhenLate.HEAD.value)),
            may_change=Change(step.get("change", Change.NOTHING.value)),
            with_head=bool(step.get("with_head")),
        )
        for step in kept
    )


def _holders_of(
    seat: Seat,
    people: Collection[Person],
    present: Collection[int],
    stand_ins: Mapping[int, Sequence[int]],
    barred: Collection[int],
) -> tuple[Holder, ...]:
    if seat.user_id is not None:
        asked = [seat.user_id]
    else:
        asked = [person.user_id for person in people if person.role == seat.role]
    own = [Holder(id_) for id_ in asked if id_ in present]
    instead = [Holder(stand_in, id_) for id_ in asked for stand_in in stand_ins.get(id_, ())]
    found: dict[int, Holder] = {}
    for holder in (*own, *instead):
        if holder.user_id not in barred:
            found.setdefault(holder.user_id, holder)
    return tuple(found.values())
