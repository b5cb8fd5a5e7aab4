"""Why an order does not confirm by itself: reasons a manager reads in one phrase each (N16)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

_ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class LineOutcome:
    """What the promise came to for a line: its place, names, and figures. `has_price` false: it is a request.

    `uncovered` is not there by `wished_on`; `unsure` is covered by goods that somebody must confirm.
    """

    position: int
    code: str
    name: str
    wanted: Decimal
    uncovered: Decimal
    unsure: Decimal
    earliest_on: date | None
    wished_on: date | None
    has_price: bool


def reasons(outcomes: Iterable[LineOutcome]) -> list[dict[str, Any]]:
    """The reasons, by line: `no_price`, `not_enough_by_date`, `not_enough` or `unsure`; `params` are plain texts.

    `earliest` is when the whole line could be there, empty when that is not known. No reasons: the order is confirmed.
    """
    return [reason for outcome in outcomes for reason in _of_line(outcome)]


def stale(heard_at: datetime) -> dict[str, Any]:
    """The reason of an order promised by figures that its seller's system has not confirmed since `heard_at`."""
    return {"code": "stale", "line": None, "params": {"since": heard_at.isoformat()}}


def _of_line(outcome: LineOutcome) -> Iterable[dict[str, Any]]:
    if not outcome.has_price:
        yield _reason("no_price", outcome)
    if outcome.uncovered > _ZERO:
        yield _reason(
            "not_enough_by_date" if outcome.wished_on else "not_enough",
            outcome,
            wanted=_text(outcome.wanted),
            covered=_text(outcome.wanted - outcome.uncovered),
            uncovered=_text(outcome.uncovered),
            wished=outcome.wished_on.isoformat() if outcome.wished_on else "",
            earliest=outcome.earliest_on.isoformat() if outcome.earliest_on else "",
        )
    if outcome.unsure > _ZERO:
        yield _reason("unsure", outcome, quantity=_text(outcome.unsure))


def _reason(code: str, outcome: LineOutcome, **params: str) -> dict[str, Any]:
    return {"code": code, "line": outcome.position, "params": {"code": outcome.code, "name": outcome.name, **params}}


def _text(value: Decimal) -> str:
    return format(value.normalize(), "f")
