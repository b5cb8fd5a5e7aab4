"""Settlements that a program tells by a call: applied at once, what cannot be is named."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from zveno.base.tx import in_transaction
from zveno.exchange.applying.course import Course
from zveno.exchange.applying.refs import Refs
from zveno.exchange.applying.settlements import apply_balances, apply_settlements
from zveno.exchange.rules.messages import BalanceMessage, SettlementMessage


@dataclass(frozen=True, slots=True)
class NotTaken:
    """One object that was refused: its id, the code of the finding, what fills its words."""

    external_id: str
    code: str
    params: dict[str, str]


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of a call."""

    created: int
    changed: int
    unchanged: int
    refused: tuple[NotTaken, ...]


@in_transaction
def take_settlements(
    *,
    seller_id: int,
    connection_id: int,
    documents: Sequence[SettlementMessage],
    balances: Sequence[BalanceMessage],
    name: str,
    now: datetime,
) -> Taken:
    """Apply the documents, then the balances; each is refused alone. The same call again changes nothing."""
    course = Course(0, 0, seller_id, Refs(connection_id, seller_id), options={}, at=now, name=name)
    apply_settlements(course, documents)
    apply_balances(course, balances)
    sums = {
        outcome: sum(counts[outcome] for counts in course.counts.values())
        for outcome in ("created", "changed", "unchanged")
    }
    refused = tuple(NotTaken(one.external_id, one.code, dict(one.params)) for one in course.noted)
    return Taken(**sums, refused=refused)
