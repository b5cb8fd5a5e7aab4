"""Where a parcel is, by what was said of it: repeated and out of order, it comes to the same."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum


class ParcelState(StrEnum):
    """How far a parcel is. `BOOKING` waits for the carrier's answer, `PROBLEM` for somebody to act."""

    BOOKING = "booking"
    BOOKED = "booked"
    ACCEPTED = "accepted"
    UNDER_WAY = "under_way"
    ARRIVED = "arrived"
    READY = "ready"
    WITH_COURIER = "with_courier"
    DELIVERED = "delivered"
    RETURNED = "returned"
    PROBLEM = "problem"
    CANCELLED = "cancelled"


OVER = frozenset({ParcelState.DELIVERED, ParcelState.RETURNED, ParcelState.CANCELLED})
# What the carrier has in hands.
TRAVELLING = frozenset(
    {
        ParcelState.ACCEPTED,
        ParcelState.UNDER_WAY,
        ParcelState.ARRIVED,
        ParcelState.READY,
        ParcelState.WITH_COURIER,
        ParcelState.PROBLEM,
    }
)
_FIRST_LOOK = timedelta(minutes=30)
_LONGEST_BETWEEN = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class Said:
    """One thing said of a parcel: when, its state, the carrier's own code and words, where."""

    at: datetime
    state: ParcelState
    code: str = ""
    text: str = ""
    place: str = ""

    @property
    def key(self) -> str:
        """The same thing said twice has one key."""
        return f"{self.at.isoformat()} {self.code or self.state.value} {self.place}"[:200]


def state_of(said: Iterable[Said], *, otherwise: ParcelState) -> ParcelState:
    """The state by the latest word; a parcel that is over stays so, whatever is said late of its way.

    Of words of the same moment the farther on counts.
    """
    ordered = sorted(said, key=lambda word: (word.at, list(ParcelState).index(word.state)))
    ends = [word.state for word in ordered if word.state in OVER]
    if ends:
        return ends[-1]
    return ordered[-1].state if ordered else otherwise


def is_late(*, expected_on: date | None, state: ParcelState, today: date) -> bool:
    """Whether a parcel should have been there already."""
    return state not in OVER and expected_on is not None and expected_on < today


def next_look(*, now: datetime, failures: int, state: ParcelState) -> datetime | None:
    """When to ask the carrier again: each half an hour, less often the longer it fails; never for what is over."""
    if state in OVER:
        return None
    return now + min(_FIRST_LOOK * (1 << min(failures, 6)), _LONGEST_BETWEEN)


def best_segment(shipped: Mapping[int, Decimal], segments: Sequence[tuple[int, Mapping[int, Decimal]]]) -> int | None:
    """Which of the segments (id, product → quantity) the shipped goods are of: the one that holds most of them."""
    scored = [
        (sum((min(quantity, held.get(key, Decimal(0))) for key, quantity in shipped.items()), Decimal(0)), -id_)
        for id_, held in segments
    ]
    best = max(scored, default=(Decimal(0), 0))
    return -best[1] if best[0] > 0 else None
