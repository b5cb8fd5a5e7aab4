"""How a price came about: the record that a decision leaves and its explanation reads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Context, Decimal

from zveno.pricing.rules.choosing import LadderKey
from zveno.pricing.rules.facts import HUNDRED, ZERO, Band, Book, Column, Goods, Ladder, Mode, OwnPrice, PriceRow, Rung

# Enough digits for the exact product of a price and the shares of every layer.
EXACT = Context(prec=60)


@dataclass(frozen=True, slots=True)
class Base:
    """The price before discounts: `row` of `column`, or the agreed price `own`."""

    value: Decimal
    currency: str
    vat_included: bool
    min_quantity: Decimal
    confirmed_at: datetime
    column: Column | None = None
    row: PriceRow | None = None
    own: OwnPrice | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """How a price came about: what was chosen from, what counted, what it came to at each step.

    `taken` are the rungs that count, `exact` what is left after them and the cap, `limited` says that the floor held.
    """

    book: Book
    goods: Goods
    quantity: Decimal
    sums: Mapping[LadderKey, Decimal] | None
    base: Base
    ladders: tuple[Ladder, ...]
    reached: tuple[Rung, ...]
    taken: tuple[Rung, ...]
    capped: bool
    floor: Decimal | None
    is_floored: bool
    exact: Decimal
    band: Band | None
    price: Decimal


def left_after(taken: Sequence[Rung], mode: Mode) -> Decimal:
    """The share of the base that the discounts leave, exactly."""
    if mode is Mode.CHAIN:
        share = Decimal(1)
        for rung in taken:
            share *= (HUNDRED - rung.percent) / HUNDRED
        return share
    return max(ZERO, HUNDRED - sum((rung.percent for rung in taken), ZERO)) / HUNDRED
