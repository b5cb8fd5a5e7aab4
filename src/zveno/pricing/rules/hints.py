"""What a little more would give: the rungs of an order's sum that are not reached yet."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from zveno.pricing.rules.choosing import LadderKey, amount_for, deciding, key_of
from zveno.pricing.rules.deciding import Quote
from zveno.pricing.rules.facts import Layer, Mode, Rung


@dataclass(frozen=True, slots=True)
class Offer:
    """A discount that the order's sum has not reached: `missing` more in `currency`, on what the rung is about."""

    rung: Rung
    missing: Decimal
    currency: str


def offers_ahead(quotes: Iterable[Quote | None]) -> tuple[Offer, ...]:
    """The next rung of each ladder of the order's sum that decides for some line, the nearest first.

    One that would not lower a price, because a larger discount counts alone, is no offer.
    """
    nearest: dict[LadderKey, Offer] = {}
    for quote in quotes:
        if quote is None or quote.decision.sums is None:
            continue
        told = quote.decision
        for ladder in deciding(told.ladders, quote.currency):
            if ladder.layer is not Layer.ORDER_SUM or key_of(ladder) in nearest:
                continue
            amount = amount_for(ladder, quote.quantity, told.sums)
            alone = told.book.mode is Mode.LARGEST
            useful = [rung for rung in ladder.ahead(amount) if not alone or rung.percent > quote.discount_percent]
            if useful:
                rung = min(useful, key=lambda one: one.threshold)
                nearest[key_of(ladder)] = Offer(rung, rung.threshold - amount, quote.currency)
    return tuple(sorted(nearest.values(), key=lambda offer: offer.missing))
