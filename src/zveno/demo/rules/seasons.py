"""When goods sell: season, weekday, trend, and the faults of the channel that the demo world shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate

from zveno.demo.rules.products import Good
from zveno.kit.period import next_month

MONTHS = 24
YEARLY_GROWTH = 0.14

# January to December; one is the year's average.
_CURVES: dict[str, tuple[float, ...]] = {
    "flat": (0.85, 0.95, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.05, 1.1, 1.1, 0.95),
    "spring": (0.7, 0.85, 1.25, 1.35, 1.2, 1.05, 1.0, 1.0, 1.1, 1.0, 0.85, 0.7),
    "summer": (0.6, 0.7, 0.95, 1.2, 1.4, 1.45, 1.35, 1.25, 1.1, 0.85, 0.65, 0.5),
    "facade": (0.2, 0.3, 0.7, 1.3, 1.9, 2.1, 1.9, 1.6, 1.1, 0.6, 0.2, 0.1),
    "build": (0.7, 0.8, 1.0, 1.1, 1.15, 1.2, 1.2, 1.15, 1.1, 1.0, 0.9, 0.7),
    "autumn": (0.9, 0.85, 0.85, 0.8, 0.8, 0.8, 0.9, 1.05, 1.3, 1.4, 1.3, 1.1),
    "lamps": (1.1, 1.0, 0.9, 0.85, 0.8, 0.75, 0.8, 0.95, 1.15, 1.3, 1.25, 1.15),
    "garden": (0.2, 0.3, 0.8, 1.7, 2.2, 2.0, 1.5, 1.1, 0.8, 0.6, 0.4, 0.4),
    "newyear": (0.2, 0.05, 0.02, 0.02, 0.02, 0.02, 0.02, 0.1, 0.6, 2.2, 4.6, 4.2),
}
_WEEKDAYS = (1.35, 1.25, 1.15, 1.1, 0.9, 0.2, 0.05)
_GROUPS = {
    "decor": {"Декор": 3.0, "Краски и обои": 2.5, "Освещение": 0.6},
    "electro": {
        "Электроустановка": 2.6,
        "Кабель и провод": 2.6,
        "Щиты и автоматика": 2.4,
        "Монтаж": 2.0,
        "Освещение": 1.4,
    },
    "mixed": {},
}
_ELSEWHERE = {"decor": 0.06, "electro": 0.08, "mixed": 1.0}


@dataclass(frozen=True, slots=True)
class Fault:
    """What went wrong in the channel: for a seller's families, sales times `factor` in months `first`..`last` back."""

    seller: int
    families: frozenset[str]
    factor: float
    first: int
    last: int
    is_primary: bool = False


STUCK_FAMILIES = frozenset({"ПР"})
RUSH_FAMILIES = frozenset({"ПЖ", "БП"})
DEFICIT_FAMILIES = frozenset({"ВГ", "НМ"})

FAULTS = (
    # Bought in quantity, hardly sold on: stuck in the Ural.
    Fault(5, STUCK_FAMILIES, 6.0, 7, 3, is_primary=True),
    Fault(5, STUCK_FAMILIES, 0.12, 6, 0),
    # Floodlights in the Volga country: a rush.
    Fault(4, RUSH_FAMILIES, 4.5, 2, 0),
    # Power cable beyond the Urals: nothing to sell.
    Fault(6, DEFICIT_FAMILIES, 0.04, 3, 0),
    Fault(6, DEFICIT_FAMILIES, 0.0, 4, 0, is_primary=True),
)


def months_before(today: date, count: int = MONTHS) -> list[date]:
    """The first days of the `count` whole months before that of `today`, and of this one."""
    first = today.replace(day=1)
    year, month = divmod(first.year * 12 + first.month - 1 - count, 12)
    found = [date(year, month + 1, 1)]
    while found[-1] < first:
        found.append(next_month(found[-1]))
    return found


def trend(months_back: int) -> float:
    """How the channel has grown, one at today's month."""
    return float((1 + YEARLY_GROWTH) ** (-months_back / 12))


def month_factor(month: date) -> float:
    """The share of a usual month that a month's holidays leave."""
    return {1: 0.72, 5: 0.88, 12: 1.05}.get(month.month, 1.0)


def day_weights(days: Sequence[date]) -> list[float]:
    """Weights of days for orders: work days most, the first days of January and of May little."""
    found = []
    for day in days:
        quiet = (day.month == 1 and day.day < 9) or (day.month == 5 and (day.day in (1, 2, 9)))
        found.append(_WEEKDAYS[day.weekday()] * (0.05 if quiet else 1.0))
    return found


def demand(
    goods: Sequence[Good],
    *,
    month: date,
    months_back: int,
    segment: str,
    seller: int,
    is_primary: bool,
) -> list[float]:
    """Cumulative weights of `goods` in a month: popularity, season, what the buyer deals in, and the faults."""
    shares, elsewhere = _GROUPS[segment], _ELSEWHERE[segment]
    by_family: dict[str, float] = {}
    for good in goods:
        family = good.family
        if family.code not in by_family:
            weight = _CURVES[family.season][month.month - 1] * shares.get(family.path[0], elsewhere)
            by_family[family.code] = weight * _fault(seller, family.code, months_back, is_primary)
    return list(accumulate(good.popularity * by_family[good.family.code] for good in goods))


def _fault(seller: int, family: str, months_back: int, is_primary: bool) -> float:
    factor = 1.0
    for fault in FAULTS:
        if fault.seller == seller and family in fault.families and fault.is_primary is is_primary:
            factor *= fault.factor if fault.last <= months_back <= fault.first else 1.0
    return factor
