"""The seller's decision line by line, and what it comes to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from zveno.claims.rules.claiming import OUTCOMES, Kind, Outcome, Problem
from zveno.kit.money import round_money

_ZERO = Decimal(0)
_PAID = frozenset({Outcome.REFUND, Outcome.DISCOUNT})


@dataclass(frozen=True, slots=True)
class ClaimedLine:
    """A claimed line: quantity and what a unit of it cost."""

    id: int
    quantity: Decimal
    price: Decimal


@dataclass(frozen=True, slots=True)
class Verdict:
    """What becomes of a line: of how much, the sum of a discount, and why where less than claimed is granted."""

    outcome: Outcome
    quantity: Decimal
    amount: Decimal | None = None
    words: str = ""


def worth(line: ClaimedLine, quantity: Decimal, currency: str) -> Decimal:
    """What `quantity` of the line cost, to the smallest coin."""
    return round_money(line.price * quantity, currency)


def credited(line: ClaimedLine, verdict: Verdict, currency: str) -> Decimal:
    """The sum the buyer is credited with: all of a refund, the discount as it is named, otherwise nothing."""
    if verdict.outcome is Outcome.REFUND:
        return worth(line, verdict.quantity, currency)
    if verdict.outcome is Outcome.DISCOUNT:
        return verdict.amount or _ZERO
    return _ZERO


def verdict_problems(
    *, kind: Kind, lines: Sequence[ClaimedLine], verdicts: Mapping[int, Verdict], currency: str
) -> list[Problem]:
    """Everything that stands against a decision. Problem keys are line ids as text."""
    found = []
    for line in lines:
        key, verdict = str(line.id), verdicts.get(line.id)
        if verdict is None:
            found.append(Problem("line_undecided", key))
        elif verdict.outcome is Outcome.REJECT:
            found += [] if verdict.words.strip() else [Problem("reason_missing", key)]
        elif verdict.outcome not in OUTCOMES[kind]:
            found.append(Problem("outcome_unfit", key))
        elif not _ZERO < verdict.quantity <= line.quantity:
            found.append(Problem("more_than_claimed", key, {"most": str(line.quantity)}))
        elif verdict.quantity < line.quantity and not verdict.words.strip():
            found.append(Problem("reason_missing", key))
        elif verdict.outcome is Outcome.DISCOUNT:
            most = worth(line, verdict.quantity, currency)
            if verdict.amount is None or not _ZERO < verdict.amount <= most:
                found.append(Problem("discount_wrong", key, {"most": str(most)}))
    return found


def granted(verdict: Verdict) -> Decimal:
    """How much of a line a verdict grants."""
    return _ZERO if verdict.outcome is Outcome.REJECT else verdict.quantity
