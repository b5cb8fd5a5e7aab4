"""Why our balance of an account is not the one that the accounting system states."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

_ZERO = Decimal(0)


class Cause(StrEnum):
    """What a difference comes from."""

    MISSING_HERE = "missing_here"  # the accounting system counts a document that never came
    UNKNOWN_THERE = "unknown_there"  # we count a document that it does not
    AMOUNT_DIFFERS = "amount_differs"
    MAYBE_NOT_THERE = "maybe_not_there"  # a document of ours has exactly the sum of the difference
    UNEXPLAINED = "unexplained"


@dataclass(frozen=True, slots=True)
class Side:
    """A document as one side counts it by the day of the balance. `change` is what it does to the debt."""

    external_id: str
    number: str
    issued_on: date
    change: Decimal


@dataclass(frozen=True, slots=True)
class Explained:
    """One part of a difference; `effect` is ours minus theirs, and the effects add up to the difference."""

    cause: Cause
    effect: Decimal
    document: Side | None = None
    theirs: Decimal | None = None


def explain(ours: Iterable[Side], stated: Decimal, theirs: Sequence[Side] | None) -> tuple[Explained, ...]:
    """The parts of the difference between the sum of `ours` and the `stated` balance; none when there is none.

    `theirs`: every document the other side counts, `None` where it gave the sum alone. Documents are the same by
    external id, else by number and day.
    """
    here = list(ours)
    difference = sum((one.change for one in here), _ZERO) - stated
    if theirs is None:
        return _guessed(here, difference)
    found = list(_compared(here, theirs))
    left = difference - sum((one.effect for one in found), _ZERO)
    if left:
        found.append(Explained(Cause.UNEXPLAINED, left))
    return tuple(found) if difference or found else ()


def _guessed(here: Sequence[Side], difference: Decimal) -> tuple[Explained, ...]:
    if not difference:
        return ()
    alike = [one for one in here if one.change == difference]
    if len(alike) == 1:
        return (Explained(Cause.MAYBE_NOT_THERE, difference, alike[0]),)
    return (Explained(Cause.UNEXPLAINED, difference),)


def _compared(here: Sequence[Side], theirs: Sequence[Side]) -> Iterable[Explained]:
    by_id = {one.external_id: one for one in here if one.external_id}
    by_number = {(one.number, one.issued_on): one for one in here}
    met: set[int] = set()
    for told in theirs:
        mine = by_id.get(told.external_id) or by_number.get((told.number, told.issued_on))
        if mine is None or id(mine) in met:
            yield Explained(Cause.MISSING_HERE, -told.change, told)
            continue
        met.add(id(mine))
        if mine.change != told.change:
            yield Explained(Cause.AMOUNT_DIFFERS, mine.change - told.change, mine, told.change)
    for mine in here:
        if id(mine) not in met:
            yield Explained(Cause.UNKNOWN_THERE, mine.change, mine)
