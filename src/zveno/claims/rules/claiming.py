"""What may be claimed of a shipment: kinds, wishes, how much of a line is left to claim, until which day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

_ZERO = Decimal(0)
MOST_LINES = 500
MOST_FILES = 20
MOST_FILE_BYTES = 20 * 2**20
_MOST_QUANTITY = Decimal(1_000_000_000)


class Kind(StrEnum):
    """What is wrong."""

    SHORTAGE = "shortage"
    DAMAGE = "damage"
    DEFECT = "defect"
    WRONG_GOODS = "wrong_goods"
    SURPLUS = "surplus"
    PAPERS = "papers"
    RETURN = "return"


class Outcome(StrEnum):
    """What the buyer wishes for, and what the seller decides of a line."""

    DELIVER = "deliver"
    REPLACE = "replace"
    REFUND = "refund"
    DISCOUNT = "discount"
    REPAIR = "repair"
    TAKE_BACK = "take_back"
    CORRECT_PAPERS = "correct_papers"
    REJECT = "reject"


# What makes sense of each kind, the likeliest first.
OUTCOMES: Mapping[Kind, tuple[Outcome, ...]] = {
    Kind.SHORTAGE: (Outcome.DELIVER, Outcome.REFUND),
    Kind.DAMAGE: (Outcome.REPLACE, Outcome.REFUND, Outcome.DISCOUNT),
    Kind.DEFECT: (Outcome.REPLACE, Outcome.REPAIR, Outcome.REFUND, Outcome.DISCOUNT),
    Kind.WRONG_GOODS: (Outcome.REPLACE, Outcome.REFUND, Outcome.DISCOUNT),
    Kind.SURPLUS: (Outcome.TAKE_BACK, Outcome.CORRECT_PAPERS),
    Kind.PAPERS: (Outcome.CORRECT_PAPERS,),
    Kind.RETURN: (Outcome.REFUND, Outcome.REPLACE),
}
# A surplus is more than the paper says, and a paper error takes nothing: neither uses up what was shipped.
_BEYOND_SHIPPED = frozenset({Kind.SURPLUS, Kind.PAPERS})
# Seen at the door, or only in use.
_SEEN_ON_ARRIVAL = frozenset({Kind.SHORTAGE, Kind.DAMAGE, Kind.WRONG_GOODS, Kind.SURPLUS})


@dataclass(frozen=True, slots=True)
class Terms:
    """A seller's terms in days: to claim after shipment by kind, and to answer a claim. Zero closes a kind."""

    arrival_days: int = 14
    defect_days: int = 365
    return_days: int = 14
    papers_days: int = 90
    answer_days: int = 5

    def days_for(self, kind: Kind) -> int:
        """How many days after shipment a claim of `kind` may be made."""
        if kind in _SEEN_ON_ARRIVAL:
            return self.arrival_days
        return {Kind.DEFECT: self.defect_days, Kind.RETURN: self.return_days}.get(kind, self.papers_days)

    def last_day(self, kind: Kind, shipped_on: date) -> date | None:
        """The last day of claiming; `None` where such claims are not taken at all."""
        days = self.days_for(kind)
        return shipped_on + timedelta(days=days) if days > 0 else None


def answer_due(opened_on: date, terms: Terms) -> date:
    """The day by which the seller is to answer: working days from the next day on, Saturdays and Sundays left out."""
    day, left = opened_on, max(terms.answer_days, 1)
    while left:
        day += timedelta(days=1)
        left -= day.weekday() < 5
    return day


@dataclass(frozen=True, slots=True)
class ShippedLine:
    """A line of a shipment and what of it open and granted claims have claimed already. `key` names it stably."""

    key: str
    shipped: Decimal
    claimed: Decimal = _ZERO


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a claim cannot be made so. `key` names a line, or is empty."""

    code: str
    key: str = ""
    params: Mapping[str, object] = field(default_factory=dict)


def claimable(kind: Kind, line: ShippedLine) -> Decimal | None:
    """How much of `line` may still be claimed; `None` is no limit."""
    return None if kind in _BEYOND_SHIPPED else max(line.shipped - line.claimed, _ZERO)


def uses_up(kind: Kind) -> bool:
    """Whether claims of `kind` use up what was shipped."""
    return kind not in _BEYOND_SHIPPED


def claim_problems(
    *,
    kind: Kind,
    wanted: Mapping[str, Decimal],
    lines: Sequence[ShippedLine],
    shipped_on: date,
    today: date,
    terms: Terms,
) -> list[Problem]:
    """Everything that stands against claiming the quantities `wanted` (line key → quantity)."""
    found = []
    last = terms.last_day(kind, shipped_on)
    if last is None:
        found.append(Problem("claims_not_taken"))
    elif today > last:
        found.append(Problem("claim_too_late", params={"last": last.isoformat()}))
    if not wanted and kind is not Kind.PAPERS:
        found.append(Problem("no_lines_claimed"))
    by_key = {line.key: line for line in lines}
    for key, quantity in wanted.items():
        line = by_key.get(key)
        if line is None:
            found.append(Problem("not_of_shipment", key))
        elif not _ZERO < quantity < _MOST_QUANTITY or quantity != round(quantity, 3):
            found.append(Problem("quantity_wrong", key))
        else:
            most = claimable(kind, line)
            if most is not None and quantity > most:
                found.append(Problem("more_than_shipped", key, {"most": str(most), "claimed": str(line.claimed)}))
    return found
