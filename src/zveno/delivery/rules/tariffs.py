"""What one carrier takes for one segment, and when it arrives, with the steps to the figure (O23, O24)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import ROUND_CEILING, Decimal
from enum import StrEnum

from zveno.delivery.rules.calendar import EVERY_DAY, Calendar, after_days, next_departure
from zveno.kit.money import round_money

Step = Mapping[str, str]
_ZERO = Decimal(0)
_FREE = Decimal("0.00")
_KILO = Decimal(1000)
_CM3_IN_M3 = Decimal(1_000_000)


@dataclass(frozen=True, slots=True)
class Load:
    """What travels: known weight and volume, how many lines lack one, its value, the heaviest and largest piece."""

    weight_g: Decimal
    volume_cm3: Decimal
    value: Decimal
    without_weight: int = 0
    without_volume: int = 0
    heaviest_g: int = 0
    largest_cm3: int = 0
    is_fragile: bool = False


@dataclass(frozen=True, slots=True)
class Band:
    """A row of a tariff: for loads of more than `over_kg` up to `upto_kg`, no larger than `upto_m3` (`None`: no limit).

    `price` holds for the band, `per_kg` for each started kilogram above `over_kg`, `per_km` for each kilometre.
    `weekdays` are the days it leaves (Monday is 0); none: those of the carrier.
    """

    id: int
    over_kg: Decimal
    upto_kg: Decimal | None
    upto_m3: Decimal | None
    price: Decimal
    per_kg: Decimal
    per_km: Decimal
    minimum: Decimal
    days_min: int
    days_max: int
    weekdays: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Terms:
    """How a carrier counts. `kg_per_m3` turns volume into weight (0: it does not count).

    `cut_off_hour`: what is ready today leaves today until that hour where the warehouse is. `days_work` counts the days
    under way as working days. `free_from` is the sum of the order from which the seller pays. Prices are without VAT
    unless `vat_included`. `road_factor` is how much longer the road is than the crow's way.
    """

    kg_per_m3: Decimal = _ZERO
    weekdays: frozenset[int] = EVERY_DAY
    cut_off_hour: int | None = None
    prepare_days: int = 0
    days_work: bool = True
    free_from: Decimal | None = None
    vat_percent: Decimal = _ZERO
    vat_included: bool = True
    road_factor: Decimal = Decimal("1.25")
    heaviest_piece_kg: Decimal | None = None
    currency: str = "RUB"


class Extra(StrEnum):
    """What a surcharge is for. `FUEL` is on the price of every load."""

    BULKY = "bulky"
    FRAGILE = "fragile"
    INSURANCE = "insurance"
    FUEL = "fuel"
    HANDLING = "handling"


@dataclass(frozen=True, slots=True)
class Surcharge:
    """Something on top: an `amount`, and `percent` of the price (of the goods' value for insurance).

    Bulky is a load with a piece heavier than `over_kg` or larger than `over_m3`.
    """

    extra: Extra
    amount: Decimal = _ZERO
    percent: Decimal = _ZERO
    over_kg: Decimal | None = None
    over_m3: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Ready:
    """From which day the goods lie ready, and where we stand: today and the hour, both where the warehouse is."""

    on: date
    today: date
    hour: int = 0


@dataclass(frozen=True, slots=True)
class Cost:
    """What a carrier takes for a segment, and when it comes.

    `amount` is `None` when it is not known: `problem` says why, with `params`. `is_from`: weight or volume of some
    goods is unknown, so it is at least this much. `trace` are the steps to it.
    """

    amount: Decimal | None
    is_from: bool = False
    leaves_on: date | None = None
    arrives_from: date | None = None
    arrives_to: date | None = None
    trace: tuple[Step, ...] = ()
    problem: str = ""
    params: Mapping[str, str] = field(default_factory=dict)
    currency: str = "RUB"

    @property
    def is_available(self) -> bool:
        """Whether the carrier can be chosen: its date is known, its cost perhaps not yet."""
        return not self.problem or self.problem == "to_be_told"


def tariff_cost(
    load: Load,
    *,
    terms: Terms,
    bands: Iterable[Band],
    surcharges: Sequence[Surcharge],
    ready: Ready,
    order_total: Decimal,
    calendar: Calendar,
    distance_km: int | None = None,
) -> Cost:
    """The cost of `load` by the bands of its way, and its dates. Problems: `no_tariff`, `too_heavy`, `piece_too_heavy`,
    `distance_unknown`, `never_leaves`. What is unknown about the load makes the cost a least one, never zero.
    """
    rows = list(bands)
    if not rows:
        return Cost(None, problem="no_tariff", currency=terms.currency)
    if terms.heaviest_piece_kg is not None and load.heaviest_g > terms.heaviest_piece_kg * _KILO:
        return _refused("piece_too_heavy", terms, limit=terms.heaviest_piece_kg, weight=_kg(load.heaviest_g))
    weighed = _weigh(load, terms)
    band = _band(rows, weighed.kg, load.volume_cm3 / _CM3_IN_M3)
    if band is None:
        limit = max((row.upto_kg for row in rows if row.upto_kg is not None), default=weighed.kg)
        return _refused("too_heavy", terms, limit=limit, weight=weighed.kg)
    if band.per_km and distance_km is None:
        return _refused("distance_unknown", terms)
    dates = _dates(terms, band, ready, calendar)
    if dates is None:
        return _refused("never_leaves", terms)
    priced = _price(load, weighed, band, terms, surcharges, distance_km, order_total)
    leaves_on, arrives_from, arrives_to, steps = dates
    counts_volume = terms.kg_per_m3 > 0 or any(row.upto_m3 is not None for row in rows)
    unknown = load.without_weight or (load.without_volume if counts_volume else 0)
    return Cost(
        amount=priced[0],
        is_from=bool(unknown) and priced[0] > 0,
        leaves_on=leaves_on,
        arrives_from=arrives_from,
        arrives_to=arrives_to,
        trace=(*weighed.steps, *priced[1], *steps),
        currency=terms.currency,
    )


def pickup_cost(*, terms: Terms, ready: Ready, calendar: Calendar) -> Cost:
    """Own pick-up costs nothing; the goods can be fetched when they are ready and packed."""
    fetched = _leaves(terms, terms.weekdays, ready, calendar)
    if fetched is None:
        return _refused("never_leaves", terms)
    step = {"code": "pickup", "on": fetched.isoformat()}
    return Cost(_FREE, False, fetched, fetched, fetched, (step,), currency=terms.currency)


def told_cost(
    load: Load,
    *,
    terms: Terms,
    amount: Decimal,
    days: tuple[int, int],
    ready: Ready,
    order_total: Decimal,
    calendar: Calendar,
    asked_on: date,
) -> Cost:
    """The cost that a carrier itself told for such a load, with its days under way counted from our own departure."""
    band = Band(0, _ZERO, None, None, amount, _ZERO, _ZERO, _ZERO, *days)
    dates = _dates(terms, band, ready, calendar)
    if dates is None:
        return _refused("never_leaves", terms)
    leaves_on, arrives_from, arrives_to, steps = dates
    told: list[Step] = [{"code": "told", "amount": str(amount), "on": asked_on.isoformat()}]
    charged, freed = _freed(amount, terms, order_total)
    unknown = bool(load.without_weight or load.without_volume)
    trace = (*told, *freed, *steps)
    return Cost(charged, unknown and charged > 0, leaves_on, arrives_from, arrives_to, trace, currency=terms.currency)


def to_be_told(reason: str, *, terms: Terms, ready: Ready, calendar: Calendar) -> Cost:
    """A carrier that can be chosen although nobody knows yet what it will take. `reason` is a code for the words."""
    leaves_on = _leaves(terms, terms.weekdays, ready, calendar)
    return Cost(None, False, leaves_on, problem="to_be_told", params={"reason": reason}, currency=terms.currency)


@dataclass(frozen=True, slots=True)
class _Weighed:
    kg: Decimal
    steps: tuple[Step, ...]


def _weigh(load: Load, terms: Terms) -> _Weighed:
    actual = load.weight_g / _KILO
    steps: list[Step] = [{"code": "weight", "kg": _text(actual)}]
    kg = actual
    if terms.kg_per_m3 > 0 and load.volume_cm3 > 0:
        cubic = load.volume_cm3 / _CM3_IN_M3
        by_volume = cubic * terms.kg_per_m3
        if by_volume > actual:
            kg = by_volume
            steps = [
                {"code": "volumetric", "kg": _text(by_volume), "m3": _text(cubic), "factor": _text(terms.kg_per_m3)}
            ]
    if load.without_weight:
        steps.append({"code": "without_weight", "lines": str(load.without_weight)})
    if load.without_volume and terms.kg_per_m3 > 0:
        steps.append({"code": "without_volume", "lines": str(load.without_volume)})
    return _Weighed(kg, tuple(steps))


def _band(rows: Sequence[Band], kg: Decimal, cubic: Decimal) -> Band | None:
    """The row of the load: of those that take it, the one that begins highest; for weight zero the lowest."""
    fitting = [
        row
        for row in rows
        if (row.over_kg < kg or (kg == 0 and row.over_kg == 0))
        and (row.upto_kg is None or kg <= row.upto_kg)
        and (row.upto_m3 is None or cubic <= row.upto_m3)
    ]
    return max(fitting, key=lambda row: (row.over_kg, -(row.upto_m3 or Decimal("1E9")), -row.id), default=None)


def _price(
    load: Load,
    weighed: _Weighed,
    band: Band,
    terms: Terms,
    surcharges: Sequence[Surcharge],
    distance_km: int | None,
    order_total: Decimal,
) -> tuple[Decimal, tuple[Step, ...]]:
    limit = _text(band.upto_kg) if band.upto_kg is not None else ""
    steps: list[Step] = [{"code": "band", "over": _text(band.over_kg), "upto": limit, "amount": str(band.price)}]
    price = band.price
    started = max(_ZERO, weighed.kg - band.over_kg).to_integral_value(ROUND_CEILING)
    if band.per_kg and started:
        price += band.per_kg * started
        amount = str(round_money(band.per_kg * started, terms.currency))
        steps.append({"code": "per_kg", "kg": _text(started), "price": _text(band.per_kg), "amount": amount})
    if band.per_km and distance_km is not None:
        road = (distance_km * terms.road_factor).to_integral_value(ROUND_CEILING)
        price += band.per_km * road
        amount = str(round_money(band.per_km * road, terms.currency))
        steps.append({"code": "per_km", "km": _text(road), "price": _text(band.per_km), "amount": amount})
    if price < band.minimum:
        price = band.minimum
        steps.append({"code": "minimum", "amount": str(band.minimum)})
    base = price
    for surcharge in surcharges:
        added = _added(surcharge, load, base)
        if added:
            price += added
            steps.append({"code": surcharge.extra.value, "amount": str(round_money(added, terms.currency))})
    if not terms.vat_included and terms.vat_percent:
        tax = price * terms.vat_percent / 100
        price += tax
        amount = str(round_money(tax, terms.currency))
        steps.append({"code": "vat", "percent": _text(terms.vat_percent), "amount": amount})
    charged, freed = _freed(round_money(price, terms.currency), terms, order_total)
    return charged, (*steps, *freed)


def _freed(price: Decimal, terms: Terms, order_total: Decimal) -> tuple[Decimal, tuple[Step, ...]]:
    if terms.free_from is None or order_total < terms.free_from:
        return price, ()
    return _FREE, ({"code": "free", "from": str(terms.free_from), "amount": str(price)},)


def _added(surcharge: Surcharge, load: Load, base: Decimal) -> Decimal:
    match surcharge.extra:
        case Extra.BULKY:
            heavy = surcharge.over_kg is not None and load.heaviest_g > surcharge.over_kg * _KILO
            large = surcharge.over_m3 is not None and load.largest_cm3 > surcharge.over_m3 * _CM3_IN_M3
            applies, of = heavy or large, base
        case Extra.FRAGILE:
            applies, of = load.is_fragile, base
        case Extra.INSURANCE:
            applies, of = load.value > 0, load.value
        case _:
            applies, of = True, base
    return surcharge.amount + of * surcharge.percent / 100 if applies else _ZERO


def _leaves(terms: Terms, weekdays: frozenset[int], ready: Ready, calendar: Calendar) -> date | None:
    start = max(ready.on, ready.today)
    if start == ready.today and terms.cut_off_hour is not None and ready.hour >= terms.cut_off_hour:
        start += timedelta(days=1)
    packed = after_days(start, terms.prepare_days, working=True, calendar=calendar)
    return next_departure(packed, weekdays=weekdays, only_working=terms.days_work, calendar=calendar)


def _dates(
    terms: Terms, band: Band, ready: Ready, calendar: Calendar
) -> tuple[date, date, date, tuple[Step, ...]] | None:
    leaves_on = _leaves(terms, band.weekdays or terms.weekdays, ready, calendar)
    if leaves_on is None:
        return None
    first = after_days(leaves_on, band.days_min, working=terms.days_work, calendar=calendar)
    last = after_days(leaves_on, max(band.days_min, band.days_max), working=terms.days_work, calendar=calendar)
    days = {"min": str(band.days_min), "max": str(max(band.days_min, band.days_max))}
    steps: tuple[Step, ...] = (
        {"code": "leaves", "ready": max(ready.on, ready.today).isoformat(), "on": leaves_on.isoformat()},
        {"code": "working_days" if terms.days_work else "days", **days},
    )
    return leaves_on, first, last, steps


def _refused(code: str, terms: Terms, **params: Decimal) -> Cost:
    return Cost(
        None, problem=code, params={name: _text(value) for name, value in params.items()}, currency=terms.currency
    )


def _kg(grams: int) -> Decimal:
    return Decimal(grams) / _KILO


def _text(value: Decimal) -> str:
    return format(value.quantize(Decimal("0.001")).normalize(), "f")


def without(cost: Cost, problem: str) -> Cost:
    """The same cost, but the carrier cannot be had: `problem` says why."""
    return replace(cost, amount=None, problem=problem)
