"""What the distributors sold on, month by month, as each of them tells it: own codes, own words, own mistakes."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from zveno.demo.rules import codes, names, prices, seasons
from zveno.demo.rules.geography import Place
from zveno.demo.rules.parties import DISTRIBUTORS, Legal, Party
from zveno.demo.rules.products import Good
from zveno.demo.rules.trade import Sale, bought, price_changed_on
from zveno.kit.period import next_month

# Share of lines whose code means nothing to anybody, and of goods that come back.
_WRONG, _FOREIGN, _RETURNED = 0.004, 0.012, 0.008
_OTHER_LINES = {3: 1500, 4: 3100, 5: 2600, 6: 2900}
_OTHER_CUSTOMERS = 140
_WORDS = "Электромонтаж|Ремонт и К|СтройСервис|Энергоконтур|Дом мастера|Отделочник|Светотех|Квартал|Теплострой|Уют"
_FORMS = "ООО «{}»|ООО ТД «{}»|АО «{}»|ООО СК «{}»|ООО «{}-Сервис»|ООО «{} Плюс»"
_ALIENS = ("Саморез 3,5 × 35", "Пена монтажная 750 мл", "Перчатки х/б", "Рулетка 5 м", "Скотч малярный", "Мешок 50 л")


class Sold(NamedTuple):
    """One line of a distributor's file. `good` is empty where the code is not the manufacturer's or means nothing."""

    sold_on: date
    code: str
    name: str
    good: Good | None
    is_foreign: bool
    quantity: int
    price: Decimal
    total: Decimal
    customer: str
    inn: str
    place: Place
    document: str


@dataclass(frozen=True, slots=True)
class Month:
    """A distributor's sales of one month, in the order of its file."""

    distributor: int
    starts_on: date
    lines: Sequence[Sold]

    @property
    def ends_on(self) -> date:
        return next_month(self.starts_on)


def own_code(distributor: int, good: Good) -> str:
    """What the distributor calls the product in its own books; empty when it uses the maker's article or barcode."""
    if distributor == DISTRIBUTORS[0]:
        return f"СЛ{100_000 + good.id * 7}"
    return f"{5_000_000 + good.id * 13}" if distributor == DISTRIBUTORS[3] else ""


def own_name(distributor: int, good: Good) -> str:
    """What it calls it: two of the four rename."""
    if distributor == DISTRIBUTORS[0]:
        return good.name.replace(f" {good.family.brand}", "").upper()
    if distributor == DISTRIBUTORS[3]:
        return f"{good.family.brand}: {good.name.replace(f' {good.family.brand}', '')}"
    return good.name


def months(
    *,
    history: Sequence[Sale],
    entities: Sequence[Legal],
    companies: Sequence[Party],
    towns: Sequence[Place],
    offered: dict[int, Sequence[Good]],
    today: date,
    seed: int,
    scale: float = 1.0,
) -> Iterator[Month]:
    """Every full month of every distributor, oldest first."""
    by_entity = {entity.id: entity for entity in entities}
    through_portal = _through_portal(history, by_entity)
    starts = seasons.months_before(today)[:-1]
    for back, month in zip(range(len(starts), 0, -1), starts, strict=True):
        for distributor in DISTRIBUTORS:
            chance = random.Random(f"{seed}:sellout:{distributor}:{month}")  # noqa: S311 - a made-up world
            others = _others(distributor, companies, towns, seed)
            lines = list(through_portal.get((distributor, month), ()))
            count = round(_OTHER_LINES[distributor] * seasons.trend(back) * scale)
            lines += _walk_in(distributor, month, back, count, others, offered[distributor], today, chance)
            lines.sort(key=lambda line: (line.sold_on, line.document))
            yield Month(distributor, month, [_spoiled(line, distributor, chance) for line in lines])


def _through_portal(history: Sequence[Sale], entities: dict[int, Legal]) -> dict[tuple[int, date], list[Sold]]:
    found: dict[tuple[int, date], list[Sold]] = defaultdict(list)
    for sale in history:
        seller = sale.terms.seller
        if seller not in DISTRIBUTORS:
            continue
        entity = entities[sale.terms.entity]
        for delivery in sale.deliveries:
            key = (seller, delivery.shipped_on.replace(day=1))
            for at, quantity, total in delivery.parts:
                line = sale.lines[at]
                document = f"РН-{sale.number:06d}"
                found[key].append(
                    _sold(
                        seller,
                        line.good,
                        delivery.shipped_on,
                        quantity,
                        line.price,
                        total,
                        entity.name,
                        entity.inn,
                        entity.place,
                        document,
                    )
                )
    return found


def _sold(
    distributor: int,
    good: Good,
    day: date,
    quantity: int,
    price: Decimal,
    total: Decimal,
    customer: str,
    inn: str,
    place: Place,
    document: str,
) -> Sold:
    code, name = own_code(distributor, good), own_name(distributor, good)
    return Sold(day, code, name, good, False, quantity, price, total, customer, inn, place, document)


@lru_cache(maxsize=8)
def _customers(distributor: int, near: tuple[Place, ...], seed: int) -> list[tuple[str, str, Place]]:
    chance = random.Random(f"{seed}:customers:{distributor}")  # noqa: S311 - a made-up world
    found = []
    for number in range(_OTHER_CUSTOMERS):
        place = chance.choice(near)
        inn = codes.company_inn(place.tax_region, 10_000 + distributor * 1_000 + number)
        if number % 5 == 0:
            title = f"ИП {names.person(chance).split()[1]}"
            inn = codes.person_inn(place.tax_region, 10_000 + distributor * 1_000 + number)
        else:
            title = chance.choice(_FORMS.split("|")).format(f"{chance.choice(_WORDS.split('|'))} {place.name}")
        found.append((title, inn, place))
    return found


def _others(
    distributor: int, companies: Sequence[Party], towns: Sequence[Place], seed: int
) -> list[tuple[str, str, Place]]:
    near = sorted({c.place.id for c in companies if distributor in c.suppliers and c.id > max(DISTRIBUTORS)})
    return _customers(distributor, tuple(town for town in towns if town.id in near), seed)


def _walk_in(
    distributor: int,
    month: date,
    back: int,
    count: int,
    customers: Sequence[tuple[str, str, Place]],
    goods: Sequence[Good],
    today: date,
    chance: random.Random,
) -> Iterator[Sold]:
    weights = seasons.demand(
        goods, month=month, months_back=back, segment="mixed", seller=distributor, is_primary=False
    )
    days = [month + timedelta(days=at) for at in range((next_month(month) - month).days)]
    busy = seasons.day_weights(days)
    share = 1 if month >= price_changed_on(today) else prices.BEFORE
    buyers = chance.choices(customers, k=count)
    chosen = chance.choices(goods, cum_weights=weights, k=count)
    sold_on = chance.choices(days, busy, k=count)
    for good, day, (customer, inn, place) in zip(chosen, sold_on, buyers, strict=True):
        quantity = max(1, round(bought(good, chance) * 0.55))
        markup = Decimal(round(chance.uniform(0.70, 0.88), 2))
        price = (good.retail * share * markup).quantize(prices.CENT)
        document = f"Р{day:%m%d}-{hash_of(customer):03d}"
        if chance.random() < _RETURNED:
            quantity, document = -max(1, quantity // 4), f"В{document}"
        total = quantity * price
        yield _sold(distributor, good, day, quantity, price, total, customer, inn, place, document)


@lru_cache(maxsize=4096)
def hash_of(text: str) -> int:
    """A small number that tells customers' papers of one day apart, the same on every run."""
    return sum(ord(letter) * at for at, letter in enumerate(text, 1)) % 1000


def _spoiled(line: Sold, distributor: int, chance: random.Random) -> Sold:
    luck = chance.random()
    if luck < _WRONG:
        code = f"{chance.choice('XЖQ')}{chance.randrange(1000, 9999)}"
        return line._replace(good=None, code=code, name=f"Товар со склада {code}")
    if luck < _WRONG + _FOREIGN:
        name = chance.choice(_ALIENS)
        return line._replace(good=None, is_foreign=True, code=f"99{hash_of(name):03d}", name=name)
    return line
