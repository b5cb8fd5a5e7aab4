"""What has changed since a requisition was written down, and whether it stops: no approved order changes silently.

Prices of an order may rise by the tolerance of its rule; what rises more, or cannot be ordered any more, is asked anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from zveno.orders.rules.lines import Problem

_ZERO, _HUNDRED = Decimal(0), Decimal(100)


@dataclass(frozen=True, slots=True)
class LineThen:
    """A line as it was written down. A price of `None` is one that nobody had named."""

    position: int
    price: Decimal | None
    total: Decimal
    promised_on: date | None
    uncovered: Decimal


@dataclass(frozen=True, slots=True)
class LineNow:
    """The same line as it would be ordered now; `problem` says why it cannot be."""

    position: int
    price: Decimal | None
    total: Decimal
    promised_on: date | None = None
    uncovered: Decimal = _ZERO
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class LineDrift:
    """One difference of a line. `code`: `not_orderable`, `price_gone`, `price_up`, `price_down`, `short` (less of it is
    covered), `later`, `sooner`. `stops`: it must be decided anew.
    """

    position: int
    code: str
    stops: bool
    before: Decimal | date | None = None
    now: Decimal | date | None = None
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class Drift:
    """All differences. `total_stops`: the sum rose beyond the tolerance though no line need have."""

    lines: tuple[LineDrift, ...] = ()
    total_before: Decimal = _ZERO
    total_now: Decimal = _ZERO
    total_stops: bool = False
    problems: tuple[Problem, ...] = field(default=())

    @property
    def stops(self) -> bool:
        return self.total_stops or bool(self.problems) or any(line.stops for line in self.lines)

    @property
    def blocks(self) -> bool:
        """Whether something cannot be ordered at all as it stands, so that no approval helps."""
        return bool(self.problems) or any(line.code == "not_orderable" for line in self.lines)

    def of_line(self, position: int) -> tuple[LineDrift, ...]:
        return tuple(line for line in self.lines if line.position == position)


def drift(
    then: Iterable[LineThen],
    now: Sequence[LineNow],
    *,
    tolerance_percent: Decimal,
    problems: Sequence[Problem] = (),
) -> Drift:
    """The differences between the lines as written down and as they would be ordered now, by position.

    `problems` are of the whole order (its wished date has passed). Lines on one side alone are not compared: whoever
    changed them has seen it.
    """
    by_position = {line.position: line for line in now}
    pairs = [(line, by_position[line.position]) for line in then if line.position in by_position]
    found = [difference for before, line in pairs for difference in _of_line(before, line, tolerance_percent)]
    total_before = sum((before.total for before, _ in pairs), _ZERO)
    total_now = sum((line.total for _, line in pairs), _ZERO)
    return Drift(
        lines=tuple(found),
        total_before=total_before,
        total_now=total_now,
        total_stops=_rose(total_before, total_now, tolerance_percent),
        problems=tuple(problems),
    )


def _of_line(before: LineThen, now: LineNow, tolerance: Decimal) -> list[LineDrift]:
    at = before.position
    if now.problem is not None:
        return [LineDrift(at, "not_orderable", stops=True, problem=now.problem)]
    found = _of_price(before, now, tolerance)
    if now.uncovered > before.uncovered:
        found.append(LineDrift(at, "short", stops=False, before=before.uncovered, now=now.uncovered))
    elif before.promised_on and now.promised_on and now.promised_on != before.promised_on:
        code = "later" if now.promised_on > before.promised_on else "sooner"
        found.append(LineDrift(at, code, stops=False, before=before.promised_on, now=now.promised_on))
    return found


def _of_price(before: LineThen, now: LineNow, tolerance: Decimal) -> list[LineDrift]:
    at = before.position
    if before.price == now.price:
        return []
    if now.price is None:
        return [LineDrift(at, "price_gone", stops=True, before=before.price)]
    if before.price is None:
        return [LineDrift(at, "price_up", stops=True, now=now.price)]
    if now.price > before.price:
        stops = _rose(before.price, now.price, tolerance)
        return [LineDrift(at, "price_up", stops=stops, before=before.price, now=now.price)]
    return [LineDrift(at, "price_down", stops=False, before=before.price, now=now.price)]


def _rose(before: Decimal, now: Decimal, tolerance: Decimal) -> bool:
    return now * _HUNDRED > before * (_HUNDRED + tolerance)
