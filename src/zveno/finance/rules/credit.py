"""Whether an order may be placed on credit: one decision with its reasons."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

_ZERO = Decimal(0)


class Answer(StrEnum):
    """What a seller lets happen when an order goes too far."""

    WARN = "warn"
    APPROVE = "approve"
    BLOCK = "block"


class Verdict(StrEnum):
    """What becomes of the order."""

    ALLOWED = "allowed"
    WARNED = "warned"
    NEEDS_APPROVAL = "needs_approval"
    BLOCKED = "blocked"


_VERDICT = {Answer.WARN: Verdict.WARNED, Answer.APPROVE: Verdict.NEEDS_APPROVAL, Answer.BLOCK: Verdict.BLOCKED}
_SEVERITY = list(Verdict)


@dataclass(frozen=True, slots=True)
class Policy:
    """What the seller chose: for an order over the limit, and for a debt overdue by more than `grace_days`."""

    over_limit: Answer = Answer.WARN
    when_overdue: Answer = Answer.WARN
    grace_days: int = 0


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one entity, or a whole group, stands: limit (`None`: none set), debt, reserved by open orders."""

    limit: Decimal | None
    debt: Decimal = _ZERO
    reserved: Decimal = _ZERO

    @property
    def left(self) -> Decimal | None:
        """What may still be ordered; below zero when it is overdrawn; `None` without a limit."""
        return None if self.limit is None else self.limit - self.debt - self.reserved


@dataclass(frozen=True, slots=True)
class Overdue:
    """The sum overdue by more than the grace days, and the age of its oldest part in days."""

    sum: Decimal = _ZERO
    days: int = 0


@dataclass(frozen=True, slots=True)
class Reason:
    """Why: `over_limit`, `over_group_limit` (over: by how much, limit, left) or `overdue` (sum, days)."""

    code: str
    verdict: Verdict
    params: dict[str, str]


@dataclass(frozen=True, slots=True)
class Decision:
    """The verdict, the gravest of the reasons, and what is left of the credit before the order (`None`: no limit)."""

    verdict: Verdict
    left: Decimal | None
    reasons: tuple[Reason, ...] = ()


def decide(
    *, total: Decimal, policy: Policy, entity: Standing, group: Standing | None = None, overdue: Overdue | None = None
) -> Decision:
    """Judge an order of `total` beside what stands already (the order itself not among it)."""
    reasons = [*_over("over_limit", total, entity, policy)]
    if group is not None:
        reasons += _over("over_group_limit", total, group, policy)
    if overdue is not None and overdue.sum > 0:
        told = {"sum": _text(overdue.sum), "days": str(overdue.days)}
        reasons.append(Reason("overdue", _VERDICT[policy.when_overdue], told))
    lefts = [left for left in (entity.left, group.left if group else None) if left is not None]
    verdict = max((reason.verdict for reason in reasons), key=_SEVERITY.index, default=Verdict.ALLOWED)
    return Decision(verdict, min(lefts, default=None), tuple(reasons))


def _over(code: str, total: Decimal, standing: Standing, policy: Policy) -> list[Reason]:
    left = standing.left
    if left is None or total <= 0 or total <= left:
        return []
    told = {"over": _text(total - left), "left": _text(max(left, _ZERO)), "limit": _text(standing.limit or _ZERO)}
    return [Reason(code, _VERDICT[policy.over_limit], told)]


def _text(value: Decimal) -> str:
    return format(value, "f")
