"""Two years of orders: who ordered what from whom, when it was shipped and when it was paid."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import NamedTuple
from zoneinfo import ZoneInfo

from zveno.demo.rules import seasons
from zveno.demo.rules.contracts import Own, own_price
from zveno.demo.rules.parties import DISTRIBUTORS, Party, Terms
from zveno.demo.rules.products import Good
from zveno.kit.period import next_month

# Younger orders are the open ones, made apart so that they agree with stock.
HISTORY_ENDS_DAYS = 8
CHANGED_MONTHS_BACK = 5
_VAT_22_FROM = date(2026, 1, 1)


class Line(NamedTuple):
    """One product of an order with its price by the contract; `shipped` is what came in the end."""

    good: Good
    quantity: int
    own: Own
    total: Decimal
    shipped: int

    @property
    def price(self) -> Decimal:
        return self.own.price


class Delivery(NamedTuple):
    """Goods that left: (line index, quantity, sum) of each; paid on `paid_on` unless that is still to come."""

    shipped_on: date
    parts: tuple[tuple[int, int, Decimal], ...]
    total: Decimal
    paid_on: date


@dataclass(slots=True)
class Sale:
    """An order of the past with all that followed. `number` counts within the seller."""

    id: int
    number: int
    terms: Terms
    placed_at: datetime
    confirmed_at: datetime
    wished_on: date
    state: str
    vat: int
    lines: list[Line]
    deliveries: list[Delivery] = field(default_factory=list)

    @property
    def total(self) -> Decimal:
        return sum((line.total for line in self.lines), Decimal(0))


def vat_on(day: date) -> int:
    """The usual Russian VAT rate of a day, in percent."""
    return 22 if day >= _VAT_22_FROM else 20


def price_changed_on(today: date) -> date:
    """The day from which the present prices hold."""
    return seasons.months_before(today, CHANGED_MONTHS_BACK)[0]


def sales(
    *,
    all_terms: Sequence[Terms],
    companies: Sequence[Party],
    goods: Sequence[Good],
    offered: dict[int, Sequence[Good]],
    today: date,
    seed: int,
    scale: float = 1.0,
) -> list[Sale]:
    """Every order placed until eight days before `today`, by the moment of placing; ids from 1, numbers by seller."""
    by_id = {company.id: company for company in companies}
    months = seasons.months_before(today)
    ends_on = today - timedelta(days=HISTORY_ENDS_DAYS)
    found: list[Sale] = []
    for back, month in zip(range(len(months) - 1, -1, -1), months, strict=True):
        days = _days(month, min(next_month(month), ends_on))
        if not days:
            continue
        demand = _Demand(goods=offered, month=month, back=back)
        weights = seasons.day_weights(days)
        for terms in all_terms:
            chance = random.Random(f"{seed}:{month}:{terms.seller}:{terms.entity}")  # noqa: S311 - a made-up world
            rate = _rate(terms, by_id[terms.buyer], month, back) * len(days) / 30 * scale
            for _ in range(int(rate + chance.random())):
                found.append(_sale(terms, by_id[terms.buyer], demand, days, weights, today, chance))
    found.sort(key=lambda sale: (sale.placed_at, sale.terms.entity, sale.terms.seller))
    numbers: dict[int, int] = {}
    for at, sale in enumerate(found, 1):
        sale.id = at
        sale.number = numbers[sale.terms.seller] = numbers.get(sale.terms.seller, 0) + 1
    return found


class _Demand:
    """Weights of the goods for one month, by seller and segment, each made once."""

    def __init__(self, *, goods: dict[int, Sequence[Good]], month: date, back: int) -> None:
        self.goods, self.month, self.back = goods, month, back
        self._made: dict[tuple[int, int, str], list[float]] = {}

    def choose(self, terms: Terms, segment: str, count: int, chance: random.Random) -> list[Good]:
        """About `count` different goods that the buyer takes from the seller this month."""
        # The faults are the distributor's, whether it buys or sells.
        faulty = terms.buyer if terms.buyer in DISTRIBUTORS else terms.seller
        key = (terms.seller, faulty, segment)
        if key not in self._made:
            self._made[key] = seasons.demand(
                self.goods[terms.seller],
                month=self.month,
                months_back=self.back,
                segment=segment,
                seller=faulty,
                is_primary=terms.buyer in DISTRIBUTORS,
            )
        chosen = chance.choices(self.goods[terms.seller], cum_weights=self._made[key], k=count)
        return list({good.id: good for good in chosen}.values())


def _rate(terms: Terms, buyer: Party, month: date, back: int) -> float:
    usual = 9.5 if buyer.id in DISTRIBUTORS else 4.4
    if terms.entity_is_daughter:
        usual *= 0.4
    return usual * buyer.size * seasons.trend(back) * seasons.month_factor(month)


def _days(starts_on: date, ends_on: date) -> list[date]:
    return [starts_on + timedelta(days=at) for at in range(max((ends_on - starts_on).days, 0))]


def _sale(
    terms: Terms,
    buyer: Party,
    demand: _Demand,
    days: Sequence[date],
    weights: Sequence[float],
    today: date,
    chance: random.Random,
) -> Sale:
    day = chance.choices(days, weights)[0]
    placed_at = moment(day, buyer.place.time_zone, chance)
    is_distributor = buyer.id in DISTRIBUTORS
    count = max(1, round(chance.gauss(42, 12) if is_distributor else chance.expovariate(1 / 13) + 1.5))
    chosen = demand.choose(terms, buyer.segment, min(count, 70), chance)
    before = day < price_changed_on(today)
    lines = [_line(good, terms, before, is_distributor, chance) for good in chosen]
    confirmed_at = placed_at + timedelta(minutes=chance.choice((1, 1, 1, 2, 38, 190, 1260)))
    sale = Sale(0, 0, terms, placed_at, confirmed_at, day + timedelta(days=chance.randrange(3, 15)), "", 0, lines)
    sale.vat = vat_on(day)
    _follow(sale, today, chance)
    return sale


def _line(good: Good, terms: Terms, before: bool, is_distributor: bool, chance: random.Random) -> Line:
    quantity = bought(good, chance) * (7 if is_distributor else 1)
    own = own_price(good, terms, before=before)
    return Line(good, quantity, own, quantity * own.price, quantity)


def bought(good: Good, chance: random.Random) -> int:
    """A usual quantity of a good in one line: dear things by the piece, cheap ones by packs."""
    retail = good.retail
    usual = 2 if retail > 4000 else 5 if retail > 1200 else 12 if retail > 400 else 24 if retail > 120 else 60
    quantity = max(1, round(chance.lognormvariate(0, 0.6) * usual))
    pack = good.family.pack
    return max(1, round(quantity / pack)) * pack


def moment(day: date, time_zone: str, chance: random.Random) -> datetime:
    """A moment of the working day where the buyer is."""
    minutes = min(max(round(chance.gauss(13 * 60, 130)), 8 * 60), 20 * 60)
    zone = ZoneInfo(time_zone)
    return datetime.combine(day, time(minutes // 60, minutes % 60, chance.randrange(60)), zone).astimezone(
        ZoneInfo("UTC")
    )


def _follow(sale: Sale, today: date, chance: random.Random) -> None:
    fate = chance.random()
    if fate < 0.03:
        sale.state = "cancelled" if fate < 0.02 else "rejected"
        sale.lines = [line._replace(shipped=0) for line in sale.lines]
        return
    if fate < 0.07 and len(sale.lines) > 2:
        at = chance.randrange(len(sale.lines))
        sale.lines[at] = sale.lines[at]._replace(shipped=sale.lines[at].quantity // 2)
    every = list(range(len(sale.lines)))
    cut = len(every) // 2 if fate > 0.9 and len(every) > 3 else len(every)
    shipped_on = sale.placed_at.date() + timedelta(days=chance.randrange(1, 6))
    for group in (every[:cut], every[cut:]):
        delivery = _delivery(sale, group, min(shipped_on, today - timedelta(days=1)), chance)
        if delivery:
            sale.deliveries.append(delivery)
        shipped_on += timedelta(days=3)
    last = sale.deliveries[-1].shipped_on if sale.deliveries else shipped_on
    sale.state = "completed" if (today - last).days > 6 else "shipped"


def _delivery(sale: Sale, group: list[int], shipped_on: date, chance: random.Random) -> Delivery | None:
    parts = []
    for at in group:
        line = sale.lines[at]
        if line.shipped:
            parts.append((at, line.shipped, line.shipped * line.price))
    if not parts:
        return None
    total = sum((part[2] for part in parts), Decimal(0))
    late = max(sale.terms.pays_late_days + chance.randrange(-2, 4), -sale.terms.delay_days)
    return Delivery(shipped_on, tuple(parts), total, shipped_on + timedelta(days=sale.terms.delay_days + late))


def deliveries(history: Sequence[Sale]) -> Iterator[tuple[int, Sale, Delivery]]:
    """(id from 1, order, delivery) of everything shipped, in the order of the orders."""
    number = 0
    for sale in history:
        for delivery in sale.deliveries:
            number += 1
            yield number, sale, delivery
