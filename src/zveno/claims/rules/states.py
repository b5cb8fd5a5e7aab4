"""The states of a claim as one table: which deed leads from where to where, and whose it is."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum


class State(StrEnum):
    """Where a claim stands."""

    SUBMITTED = "submitted"
    IN_WORK = "in_work"
    QUESTION = "question"
    DECIDED = "decided"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


class Side(StrEnum):
    """Who acts: the one who claims, or the one who answers."""

    BUYER = "buyer"
    SELLER = "seller"


class Deed(StrEnum):
    """What moves a claim."""

    TAKE = "take"
    ASK = "ask"
    ANSWER = "answer"
    DECIDE = "decide"
    DISPUTE = "dispute"
    FINISH = "finish"
    WITHDRAW = "withdraw"


_ASKED_FOR = (State.SUBMITTED, State.IN_WORK, State.QUESTION)

# Deed → whose it is, from where, to where.
TABLE: dict[Deed, tuple[Side, tuple[State, ...], State]] = {
    Deed.TAKE: (Side.SELLER, (State.SUBMITTED,), State.IN_WORK),
    Deed.ASK: (Side.SELLER, (State.SUBMITTED, State.IN_WORK), State.QUESTION),
    Deed.ANSWER: (Side.BUYER, (State.QUESTION,), State.IN_WORK),
    Deed.DECIDE: (Side.SELLER, _ASKED_FOR, State.DECIDED),
    Deed.DISPUTE: (Side.BUYER, (State.DECIDED,), State.IN_WORK),
    Deed.FINISH: (Side.SELLER, (State.DECIDED,), State.CLOSED),
    Deed.WITHDRAW: (Side.BUYER, _ASKED_FOR, State.WITHDRAWN),
}

OPEN = frozenset({*_ASKED_FOR, State.DECIDED})
# Where the clock of the seller's answer runs.
ON_THE_CLOCK = frozenset({State.SUBMITTED, State.IN_WORK})
# Where the next word is whose.
WAITS_FOR: dict[State, Side] = {
    State.SUBMITTED: Side.SELLER,
    State.IN_WORK: Side.SELLER,
    State.QUESTION: Side.BUYER,
    State.DECIDED: Side.SELLER,
}


def after(state: State, deed: Deed, side: Side) -> State | None:
    """Where `deed` by `side` leads from `state`; `None` when it may not be done."""
    whose, sources, target = TABLE[deed]
    return target if side is whose and state in sources else None


def deeds_of(state: State, side: Side) -> Iterator[Deed]:
    """What `side` may do to a claim in `state`."""
    return (deed for deed in Deed if after(state, deed, side) is not None)
