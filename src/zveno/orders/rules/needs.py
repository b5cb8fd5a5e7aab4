"""Needs: what of an order goods do not cover by its day, the states they go through, and what a buyer may choose."""

from __future__ import annotations

from enum import StrEnum


class NeedState(StrEnum):
    """Where a need stands. PLANNED on goods that come, DATED for a day: both by the seller's manager."""

    OPEN = "open"
    PLANNED = "planned"
    DATED = "dated"
    COVERED = "covered"
    DROPPED = "dropped"


class NeedCause(StrEnum):
    """Why a need arose: there never was enough, or what was promised changed (see `stock.events.Shaken`)."""

    SHORT = "short"
    MOVED = "moved"
    CUT = "cut"
    CANCELLED = "cancelled"
    COUNTED = "counted"
    OVERDUE = "overdue"


class Choice(StrEnum):
    """What a buyer may choose: the line later, each part as it comes, a substitute, only what is there, to be asked."""

    LATER = "later"
    PARTS = "parts"
    SUBSTITUTE = "substitute"
    DROP = "drop"
    ASK = "ask"


UNSETTLED = frozenset({NeedState.OPEN, NeedState.PLANNED, NeedState.DATED})
