"""Which standing a buyer's past gives it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Test(StrEnum):
    """What a standing asks of the past: no order yet, any order, so much shipped, or nothing: it is given by hand."""

    __test__ = False  # not for pytest

    NEW = "new"
    ANY = "any"
    VOLUME = "volume"
    GIVEN = "given"


class Source(StrEnum):
    """Who gave a standing."""

    RULE = "rule"
    ERP = "erp"
    MANAGER = "manager"


@dataclass(frozen=True, slots=True)
class Asked:
    """What one standing asks: `min_total` shipped within the last `months` (test `volume`)."""

    standing_id: int
    position: int
    test: Test
    min_total: Decimal = Decimal(0)
    months: int = 12


@dataclass(frozen=True, slots=True)
class Past:
    """What a buyer did so far: its orders that stand, and what was shipped to it in the last N months, by N."""

    orders: int
    shipped: Mapping[int, Decimal]


def standing_for(past: Past, asked: Sequence[Asked]) -> Asked | None:
    """The best standing that the past reaches; None where none fits."""
    return max(
        (one for one in asked if _reached(past, one)), key=lambda one: (one.position, one.min_total), default=None
    )


def next_after(past: Past, asked: Sequence[Asked]) -> tuple[Asked, Decimal] | None:
    """The nearest better standing by volume and how much is missing to it."""
    now = standing_for(past, asked)
    better = [
        (one, one.min_total - past.shipped.get(one.months, Decimal(0)))
        for one in asked
        if one.test is Test.VOLUME and not _reached(past, one) and (now is None or one.position > now.position)
    ]
    return min(better, key=lambda pair: (pair[1], pair[0].position), default=None)


def _reached(past: Past, asked: Asked) -> bool:
    match asked.test:
        case Test.NEW:
            return past.orders == 0
        case Test.ANY:
            return past.orders > 0
        case Test.VOLUME:
            return past.shipped.get(asked.months, Decimal(0)) >= asked.min_total
        case Test.GIVEN:
            return False
