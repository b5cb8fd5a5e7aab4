"""Rounding of unit prices: bands of a seller and currency, checked so that what is rounded stays where it is."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from functools import lru_cache
from itertools import pairwise

from zveno.kit.money import minor_units
from zveno.pricing.rules.facts import ZERO, Band, Way

_ROUNDINGS = {Way.NEAREST: ROUND_HALF_UP, Way.UP: ROUND_CEILING, Way.DOWN: ROUND_FLOOR}


@lru_cache(maxsize=256)
def bands_for(bands: tuple[Band, ...], currency: str) -> tuple[Band, ...]:
    """The bands by amount; where the seller has none from zero, the currency's own step to the nearest."""
    found = sorted(bands, key=lambda band: band.from_amount)
    if not found or found[0].from_amount > 0:
        found.insert(0, Band(ZERO, Decimal(1).scaleb(-minor_units(currency))))
    return tuple(found)


def band_of(bands: Sequence[Band], amount: Decimal) -> Band:
    """The band that `amount` lies in. `bands` as `bands_for` gives them."""
    return max((band for band in bands if band.from_amount <= amount), key=lambda band: band.from_amount)


def rounded(amount: Decimal, band: Band, currency: str) -> Decimal:
    """`amount` as a multiple of the band's step, one step at least: nothing is given away."""
    steps = (amount / band.step).quantize(Decimal(1), rounding=_ROUNDINGS[band.way])
    return upwards(max(steps, Decimal(1)) * band.step, currency)


def upwards(amount: Decimal, currency: str) -> Decimal:
    """`amount` in whole minor units of the currency, none of it lost."""
    return amount.quantize(Decimal(1).scaleb(-minor_units(currency)), rounding=ROUND_CEILING)


def faults_of(bands: Sequence[Band], currency: str) -> list[str]:
    """What is wrong with bands, as codes: `step`, `repeated`, `border`.

    A step is 1, 2 or 5 times a power of ten, not finer than the currency. A band begins at a multiple of its own step
    and of the one below: so rounding never carries a price into a band where it would be rounded again.
    """
    found = []
    least = Decimal(1).scaleb(-minor_units(currency))
    if any(not _is_round(band.step) or band.step < least or band.from_amount < 0 for band in bands):
        return ["step"]
    if len({band.from_amount for band in bands}) < len(bands):
        found.append("repeated")
    ordered = bands_for(tuple(bands), currency)
    for below, band in pairwise(ordered):
        if band.from_amount % band.step or band.from_amount % below.step:
            found.append("border")
            break
    return found


def _is_round(step: Decimal) -> bool:
    digits = step.normalize().as_tuple().digits
    return step > 0 and digits in ((1,), (2,), (5,))
