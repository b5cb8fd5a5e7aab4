"""How a seller shows and promises its supply: by confidence, by bands, and for how long figures are good."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum

from zveno.stock.rules.values import ZERO
from zveno.stock.rules.words import Confidence, Figures, Promising


class Band(StrEnum):
    """A quantity in a word."""

    NONE = "none"
    FEW = "few"
    ENOUGH = "enough"
    MANY = "many"


@dataclass(frozen=True, slots=True)
class Figure:
    """A quantity as a buyer may know it; `quantity` is `None` where only the band is told."""

    band: Band
    quantity: Decimal | None

    def __bool__(self) -> bool:
        return self.band is not Band.NONE


NOTHING = Figure(Band.NONE, ZERO)


@dataclass(frozen=True, slots=True)
class Policy:
    """A seller's settings; the defaults hold for a seller that has set nothing.

    `heard_at` is when its accounting system last told of stock or arrivals; `None`: it never did, so that figures kept
    by hand never count as stale.
    """

    confirmed_as: Promising = Promising.PROMISE
    planned_as: Promising = Promising.ASK
    produced_as: Promising = Promising.ASK
    few_below: Decimal = Decimal(10)
    many_from: Decimal = Decimal(100)
    stale_after_hours: int | None = 72
    shortage_grace_minutes: int = 15
    heard_at: datetime | None = None

    def promising(self, confidence: Confidence) -> Promising:
        """How arrivals of this confidence may be promised."""
        return {
            Confidence.CONFIRMED: self.confirmed_as,
            Confidence.PLANNED: self.planned_as,
            Confidence.PRODUCED: self.produced_as,
        }[confidence]

    def band(self, quantity: Decimal) -> Band:
        """The word for a quantity."""
        if quantity <= 0:
            return Band.NONE
        if quantity < self.few_below:
            return Band.FEW
        return Band.MANY if quantity >= self.many_from else Band.ENOUGH

    def figure(self, quantity: Decimal, figures: Figures) -> Figure:
        """The quantity as a buyer may know it, never below zero."""
        quantity = max(quantity, ZERO)
        return Figure(self.band(quantity), quantity if figures is Figures.EXACT else None)

    def total(self, parts: Iterable[tuple[Decimal, Figures]]) -> Figure:
        """The sum of quantities; a band, where any of them is told as a band."""
        known = list(parts)
        exact = all(figures is Figures.EXACT for _, figures in known)
        return self.figure(sum((quantity for quantity, _ in known), ZERO), Figures.EXACT if exact else Figures.BANDS)

    def is_stale(self, now: datetime) -> bool:
        """Whether the figures are too old to promise by without asking."""
        if self.heard_at is None or self.stale_after_hours is None:
            return False
        return now - self.heard_at > timedelta(hours=self.stale_after_hours)
